"""A month in Samruk: every kind of case a supervisor counts, and a supervisor of the body above."""

from __future__ import annotations

from datetime import datetime, timedelta

from qyzmet.cases import acts
from qyzmet.cases.acts.mark_deadlines import pass_deadlines
from qyzmet.cases.models import Case
from qyzmet.people.actor import SYSTEM, Actor, Principal
from tests.cases.test_sampler import WINGS, at_council, at_examinations, grant
from tests.cases.town import (
    OTHER,
    Town,
    citizen,
    complete,
    hear,
    licence,
    moment,
    notify,
    open_step,
)

__all__ = ["END", "MONDAY", "bustle", "supervisor", "tick", "turned_away"]

MONDAY = moment("2024-09-02 10:00")
END = moment("2024-09-30 20:00")
SICK = {"output": WINGS, "grounds": [{"ground": "ill", "reason": "It limps."}]}


def supervisor(town: Town) -> Actor:
    """Who supervises from the body above."""
    return town.official("supervisor", town.above)


def bustle(town: Town) -> dict[str, Case]:
    """Cases by what became of them. The clock ends on 30 September 2024."""
    return {
        "licensed": licensed(town),
        "refused": refused(town, moment("2024-09-03 10:00")),
        "refused-late": refused(town, moment("2024-09-17 10:00")),
        "resumed": resumed(town),
        "standing": standing_still(town),
        "withdrawn": withdrawn(town),
        "taken": taken(town),
        "reopened": reopened(town),
        "waiting": acts.submit(citizen(OTHER), licence(), now=moment("2024-09-30 17:50")),
        "unregistered": acts.submit(citizen(OTHER), licence(), now=moment("2024-09-30 20:00")),
        "moved": moved(town),
    }


def licensed(town: Town) -> Case:
    case, now = at_council(town)
    grant(town, case, now)
    name = {"flight-name": "Найзағай"}
    acts.deliver_event(citizen(), case.ref, "name-chosen", "chosen", output=name, now=now)
    complete(town.actor("mayor"), case.ref, open_step(case, "sign-results").no, now=now)
    return acts.complete(town.actor("herald"), case.ref, open_step(case, "herald").no, now=now)


def refused(town: Town, now: datetime) -> Case:
    """Sick, heard and refused. With the notice after 13 September the hearing clause is broken."""
    case, vet = at_examinations(town), town.actor("vet")
    stabling = open_step(case, "stabling").no
    acts.take(town.actor("stable-hand"), case.ref, stabling, now=now)
    acts.complete(vet, case.ref, open_step(case, "vet-check").no, "sick", now=now, **SICK)
    at = now + timedelta(days=1)
    notify(vet, case.ref, open_step(case, "hearing:notice").no, at=at, decision="Sick.", now=now)
    hear(vet, case.ref, open_step(case, "hearing:hold").no, "waived", now=at)
    last = at + timedelta(minutes=10)
    acts.complete(vet, case.ref, open_step(case, "vet-check").no, "sick", now=last, **SICK)
    return complete(town.actor("mayor"), case.ref, open_step(case, "sign-results").no, now=last)


def standing_still(town: Town) -> Case:
    """Quarantined on Tuesday."""
    case, tuesday = at_examinations(town), moment("2024-09-03 11:00")
    grounds = [{"ground": "quarantine", "reason": "Glanders."}]
    no = open_step(case, "vet-check").no
    acts.complete(town.actor("vet"), case.ref, no, "quarantine", output=WINGS, grounds=grounds, now=tuesday)
    no = open_step(case, "announce-quarantine").no
    return complete(town.actor("mayor"), case.ref, no, now=tuesday)


def resumed(town: Town) -> Case:
    """Quarantined from Tuesday to Friday, then withdrawn at the end of the month, late."""
    case = standing_still(town)
    friday = moment("2024-09-06 12:00")
    acts.resume(town.actor("mayor"), case.ref, "quarantine", reason="Healthy again.", now=friday)
    return acts.withdraw(citizen(), case.ref, reason="It flew away.", now=moment("2024-09-26 15:00"))


def withdrawn(town: Town) -> Case:
    case = at_examinations(town)
    return acts.withdraw(citizen(), case.ref, reason="It flew away.", now=moment("2024-09-04 12:40"))


def taken(town: Town) -> Case:
    """Open since the beginning, one step taken and one taken and given back."""
    case, vet, hand = at_examinations(town), town.actor("vet"), town.actor("stable-hand")
    acts.take(vet, case.ref, open_step(case, "vet-check").no, now=MONDAY)
    acts.take(hand, case.ref, open_step(case, "stabling").no, now=MONDAY)
    return acts.give_back(hand, case.ref, open_step(case, "stabling").no, now=MONDAY)


def reopened(town: Town) -> Case:
    case = withdrawn(town)
    above = town.official("inspector", town.above)
    return acts.reopen(above, case.ref, "council", reason="A judgment.", now=moment("2024-09-09 10:00"))


def moved(town: Town) -> Case:
    """Taken by the registrar, then transferred to an office of another body above."""
    case = acts.submit(citizen(), licence(), now=MONDAY)
    acts.take(town.actor("registrar"), case.ref, open_step(case, "register").no, now=MONDAY)
    elsewhere = town.body("elsewhere", "higher-body")
    other = town.body("other-office", case.provider.kind, parent=elsewhere)
    above = town.official("inspector", town.above)
    return acts.transfer(above, case.ref, other.pk, reason="The other valley.", now=MONDAY)


def turned_away(town: Town) -> None:
    """A filing refused at the window."""
    recipient = Principal(OTHER, "individual", "Сергеев Н.", "self")
    grounds = [{"ground": "papers-missing", "reason": "No portrait."}]
    acts.refuse_to_accept(town.actor("registrar"), "sampler", recipient, grounds=grounds, now=MONDAY)


def tick(now: datetime) -> None:
    """What the ticker marks by then."""
    while pass_deadlines(SYSTEM, now=now):
        pass
