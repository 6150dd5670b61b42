"""Revision 2 of the sampler is published under open cases: dry run, apply, verify.

The repair gives the vet 3 working days in place of 2 and sends an elder to the stable before the Council.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from qyzmet.cases import acts
from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import Case, CaseState, Deadline, Edition, Entry, Payload, Stream, Token
from qyzmet.cases.steps import functions
from qyzmet.cases.steps.functions import Call, Verdict
from qyzmet.people.actor import SYSTEM
from tests.cases.conftest import found, parameters
from tests.cases.town import SAMPLER, Town, citizen, licence, moment, open_step, package_at

pytestmark = pytest.mark.django_db

__all__ = ["parameters"]

MONDAY = moment("2024-09-02 10:00")
NEXT_DAY = moment("2024-09-03 11:00")
MENDED = package_at(SAMPLER / "2024-01-10-n1" / "service.revision-2.yaml")
APPROVER = "811201401188"
VET = "vet-check"


@pytest.fixture
def samruk(db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    def stall(_call: Call) -> Verdict:
        return Verdict("done")

    monkeypatch.setitem(functions._registered, "samruk.note_stall", stall)
    return found()


def town_at_work(town: Town, count: int) -> dict[str, list[Case]]:
    """So many cases: of every ten five before the vet, one of those suspended and one suspended for a day and taken
    up again; three at the registrar's; two withdrawn."""
    made: dict[str, list[Case]] = {"vet": [], "stopped": [], "resumed": [], "register": [], "ended": []}
    for number in range(count):
        case = acts.submit(citizen(), licence(), now=MONDAY)
        place = number % 10
        if place in {0, 1}:
            acts.withdraw(citizen(), case.ref, now=MONDAY)
            made["ended"].append(case)
            continue
        if place in {2, 3, 4}:
            made["register"].append(case)
            continue
        acts.complete(town.actor("registrar"), case.ref, 1, now=MONDAY)
        if place in {5, 6, 7}:
            made["vet"].append(case)
            continue
        acts.suspend(town.actor("mayor"), case.ref, "dispute", reason="A claim to the tulpar.", now=MONDAY)
        if place == 8:
            made["stopped"].append(case)
        else:
            acts.resume(town.actor("mayor"), case.ref, "dispute", reason="Settled.", now=NEXT_DAY)
            made["resumed"].append(case)
    return made


def everything_of(cases: list[Case]) -> list[list[dict[str, Any]]]:
    """Rows of these cases, as they stand."""
    ids = [case.pk for case in cases]
    return [
        list(Case.objects.filter(pk__in=ids).order_by("id").values()),
        list(Token.objects.filter(case__in=ids).order_by("id").values()),
        list(Deadline.objects.filter(case__in=ids).order_by("id").values()),
        list(Stream.objects.filter(name__in=[case.stream for case in cases]).order_by("name").values()),
    ]


def told(case: Case) -> dict[str, Any]:
    """What the journal says of the revision of a case."""
    entry = Entry.objects.get(stream=case.stream, act="case.revised")
    payload = Payload.objects.get(stream=case.stream, seq=entry.seq)
    return dict(json.loads(payload.data or "{}"))


@pytest.mark.parametrize("count", [60, pytest.param(1000, marks=pytest.mark.full)])
def test_2_4_revision_2_under_open_cases(samruk: Town, count: int) -> None:
    cases = town_at_work(samruk, count)
    open_ = count * 8 // 10
    before, entries = everything_of(cases["ended"]), Entry.objects.count()

    # The dry run says what changes, for how many, and writes nothing.
    report = acts.dry_run(MENDED)
    assert (report.kind, report.cases, report.steps) == ("repair", open_, {VET: count // 2})
    assert (report.lost, report.term) == ((), False)
    assert (Entry.objects.count(), Edition.objects.filter(service="sampler").count()) == (entries, 1)

    made = acts.revise_edition(
        SYSTEM, MENDED, reason="Two days are too short for wings.", approver=APPROVER, now=NEXT_DAY
    )
    assert (made.before.revision, made.after.revision) == (1, 2)
    assert Case.objects.filter(edition=made.after).count() == open_
    assert Entry.objects.filter(act="case.revised").count() == open_

    # Two working days of the clinic from Monday were Wednesday; three are Thursday (the clinic closes at 19:00).
    for case in cases["vet"]:
        assert open_step(case, VET).due == moment("2024-09-05 19:00")
        assert told(case)["deadlines"] == {VET: ["2024-09-04T19:00:00+05:00", "2024-09-05T19:00:00+05:00"]}
    # A day of suspension stays counted.
    for case in cases["resumed"]:
        assert open_step(case, VET).due == moment("2024-09-06 19:00")
    for case in cases["register"]:
        assert told(case)["deadlines"] == {}
    assert everything_of(cases["ended"]) == before
    assert all(Case.objects.get(pk=case.pk).edition_id == made.before_id for case in cases["ended"])
    assert verify().tamperings == []


def test_2_4_a_case_that_stood_still_goes_on_under_the_mended_limit(samruk: Town) -> None:
    (stopped,) = town_at_work(samruk, 9)["stopped"]
    acts.revise_edition(SYSTEM, MENDED, reason="Too short.", approver=APPROVER, now=NEXT_DAY)
    assert open_step(stopped, VET).due is None
    acts.resume(samruk.actor("mayor"), stopped.ref, "dispute", reason="Settled.", now=NEXT_DAY)
    assert open_step(stopped, VET).due == moment("2024-09-06 19:00")
    assert told(stopped)["deadlines"] == {VET: ["2 working days", "3 working days"]}


def test_2_4_open_cases_pass_through_the_step_that_is_new(samruk: Town) -> None:
    (case, *_) = town_at_work(samruk, 6)["vet"]
    acts.revise_edition(SYSTEM, MENDED, reason="Too short.", approver=APPROVER, now=NEXT_DAY)
    vet, hand = samruk.actor("vet"), samruk.actor("stable-hand")
    wings = {"wingspan": "9", "temper": "calm"}
    acts.complete(vet, case.ref, open_step(case, VET).no, "healthy", output=wings, now=NEXT_DAY)
    acts.complete(hand, case.ref, open_step(case, "stabling").no, now=NEXT_DAY)
    trial = Case.objects.get(parent=case)
    acts.complete(vet, trial.ref, 1, "landed", output={"height": "40"}, now=NEXT_DAY)
    rested = open_step(case, "rest")
    acts.expire(SYSTEM, case.ref, rested.no, now=rested.due or NEXT_DAY)
    quiet = open_step(case, "neighbours")
    acts.expire(SYSTEM, case.ref, quiet.no, now=quiet.due or NEXT_DAY)
    visit = open_step(case, "elder-visit")
    assert visit.post == "elders"
    acts.complete(samruk.actor("elders"), case.ref, visit.no, now=visit.opened_at + timedelta(hours=1))
    assert open_step(case, "council").kind == "collegial"
    assert Case.objects.get(pk=case.pk).state == CaseState.OPEN


def test_2_4_a_longer_term_reaches_a_case_that_stands_still(samruk: Town) -> None:
    (stopped,) = town_at_work(samruk, 9)["stopped"]
    rule = MENDED.term[-1].model_copy(update={"within": "20 working days"})
    longer = MENDED.model_copy(update={"term": (*MENDED.term[:-1], rule)})
    acts.revise_edition(SYSTEM, longer, reason="Too short.", approver=APPROVER, now=NEXT_DAY)
    assert told(stopped)["deadlines"]["term"] == ["12 working days", "20 working days"]
    acts.resume(samruk.actor("mayor"), stopped.ref, "dispute", reason="Settled.", now=NEXT_DAY)
    # 20 working days from Monday 2 September are Monday 30 September, and one day it stood still.
    assert Case.objects.get(pk=stopped.pk).due == moment("2024-10-01 18:30")
