"""Where a window gives a result and who receives it: what is checked and kept, and how it is erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from qyzmet.cases import allow, erasing
from qyzmet.cases.accounts import number_of
from qyzmet.cases.deployment import administering
from qyzmet.cases.filing import shapes
from qyzmet.cases.hold import Held
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, HandedOver, HomeVisit
from qyzmet.cases.refusals import refused
from qyzmet.people.models import Account
from qyzmet.regulation.model.steps import END

__all__ = ["Receiver", "check_gives", "check_not_given", "gives", "giving_steps", "keep"]


def gives(law: Law, channel: str, step_id: str) -> tuple[str, ...]:
    """The outcomes of a step by which the window an application came in by gives its result; empty for every
    other step.

    It is a task of the post that takes applications in by this way, and the outcome closes the way without
    naming an ending of its own. Cites: A120 §5(6); M262 private §13 Centre 10.
    """
    way, step = law.package.channels.get(channel), law.package.steps.get(step_id)
    if way is None or step is None or way.by is None or step.by != way.by or step.kind != "task":
        return ()
    moves = step.then.items()
    return tuple(outcome for outcome, to in moves if all(move.go == END and not move.exit for move in to))


def giving_steps(law: Law) -> set[str]:
    """The steps by which some window of the service gives its result."""
    package = law.package
    return {step for step in package.steps if any(gives(law, way, step) for way in package.channels)}


def check_gives(held: Held, step_id: str, outcome: str | None = None) -> None:
    """Raise ActRefused `no-result-here` where the step gives no result, or not by this outcome."""
    by = gives(held.law, held.case.channel, step_id)
    if not by or (outcome is not None and outcome not in by):
        raise refused("no-result-here", held.law.step(step_id).cite)


def check_not_given(held: Held, no: int) -> None:
    """Raise ActRefused `given-already` where somebody else was faster, to whoever may know of the case."""
    row = None if no in held.open else HandedOver.objects.filter(case_id=held.case.pk, token_no=no).first()
    if row is None:
        return
    allow.sees(held)
    official = Account.objects.filter(number=row.official).first()
    raise refused("given-already", at=row.at, name=official.full_name if official else row.official)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who stands at the window: the number in the document of identity; a representative with the paper of
    their `authority`. `paper`: the scanned receipt they signed, [{name, size, sha256}]."""

    number: str
    as_party: Literal["recipient", "representative"] = "recipient"
    authority: str = ""
    paper: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


def keep(held: Held, no: int, receiver: Receiver, received_by: str, identified_by: str) -> dict[str, Any]:
    """Check and keep who received the result; what the journal says of it.

    Raises ActRefused `account-number`, `receiver-other` (not the recipient's own number), `receiver-own` (the
    inspector's), `receiver-authority`, `output-faulty` for a scan that is none.
    Cites: A120 §5(6); M262 private §13 Centre 10; M262 private §16(1) item 8.
    """
    case = held.case
    company = case.applicant_kind == "legal-entity" and receiver.as_party == "recipient"
    number = number_of(receiver.number, "legal-entity" if company else "individual")
    if receiver.as_party == "recipient" and number != case.applicant:
        raise refused("receiver-other", hint={"field": "number"})
    if number == held.act.actor.person:
        raise refused("receiver-own", hint={"field": "number"})
    if receiver.as_party == "representative" and not receiver.authority.strip():
        raise refused("receiver-authority", hint={"field": "authority"})
    if not all(shapes.is_file(each) for each in receiver.paper):
        raise refused("output-faulty", hint={"paper": "type"})
    given = receiver.authority if receiver.as_party == "representative" else ""
    authority = administering.words(given, "authority") if given else ""
    HandedOver.objects.create(
        case_id=case.pk, token_no=no, received_by=received_by, number=number, as_party=receiver.as_party,
        identified_by=identified_by, authority=authority, paper=[dict(each) for each in receiver.paper],
        official=held.act.actor.person, at=held.now,
    )  # fmt: skip
    papers = [each["sha256"] for each in receiver.paper]
    return {"as": receiver.as_party, "number": number, "authority": authority, "receipt": papers}


@erasing.eraser("handing")
def _erase(case: Case, now: datetime) -> set[str]:
    """Nothing is left of who received a result and of where they were visited."""
    mine = HandedOver.objects.filter(case=case)
    named = {digest for row in mine for digest in erasing.digests_in(row.paper)}
    mine.update(received_by="", number="", identified_by="", authority="", paper=[])
    HomeVisit.objects.filter(case=case).update(applicant="", applicant_name="", phone="", address="", why="")
    return named


@erasing.namer("handing")
def _named(digests: set[str]) -> set[str]:
    return erasing.mentioned(HandedOver, ("paper",), digests)
