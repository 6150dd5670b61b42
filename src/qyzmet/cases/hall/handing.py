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
from qyzmet.cases.models import Case, HandedOver, HomeVisit, Outbox, SignatureRecord
from qyzmet.cases.refusals import ActRefused, refused
from qyzmet.cases.signed import Signed
from qyzmet.people.models import Account
from qyzmet.regulation.model.steps import END

__all__ = [
    "Receiver",
    "check_gives",
    "check_not_given",
    "checked",
    "given_before",
    "gives",
    "giving_steps",
    "keep",
    "unsealed",
]


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
    problem = None if no in held.open else given_before(held.case, no)
    if problem is not None:
        allow.sees(held)
        raise problem


def given_before(case: Case, no: int) -> ActRefused | None:
    """The refusal that says who gave this result and when; None while it waits."""
    row = HandedOver.objects.filter(case_id=case.pk, token_no=no).first()
    if row is None:
        return None
    official = Account.objects.filter(number=row.official).first()
    name = official.full_name if official else row.official
    return refused("given-already", at=row.at, name=name, hint={"official": row.official})


def unsealed(case: Case, law: Law) -> ActRefused | None:
    """The refusal `result-not-sealed`, which names what is ordered and not issued under its seal yet.

    It waits for the worker, or for a signature to be confirmed. None once every paper but minutes is there.
    """
    ordered = Outbox.objects.filter(destination="documents", stream=case.stream).exclude(state="sent")
    found = list(ordered.order_by("id").values_list("ref", flat=True))
    for record in SignatureRecord.objects.filter(case=case, outcome="pending").order_by("id"):
        found += [ref for destination, _, _, ref in record.waiting if destination == "documents"]
    given = [each for each in dict.fromkeys(found) if each not in law.minutes]
    if not given:
        return None
    names = {lang: ", ".join(law.issued_name(each)[lang] for each in given) for lang in ("kk", "ru", "en")}
    return refused("result-not-sealed", names=names)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who stands at the window: the number in the document of identity; a representative with the paper of
    their `authority`. `paper`: the scanned receipt they signed, [{name, size, sha256}]; `by_key`: they sign
    with their key instead, and `signed` is that signature once it is given."""

    number: str
    as_party: Literal["recipient", "representative"] = "recipient"
    authority: str = ""
    paper: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    by_key: bool = False
    signed: Signed | None = None

    def company(self, case: Case) -> bool:
        """Whether the number is that of a company which receives its own result."""
        return case.applicant_kind == "legal-entity" and self.as_party == "recipient"


def checked(
    case: Case, receiver: Receiver, received_by: str, identified_by: str, *, giver: str
) -> dict[str, str]:
    """The receiver as the record and a signature have them: {name, number, as, identified_by, authority}.

    Raises ActRefused `account-number`, `receiver-other` (not the recipient's own number), `receiver-own` (the
    giver's), `receiver-authority`, `output-faulty` for a name or a document left out and a scan that is none.
    Cites: A120 §5(6); M262 private §13 Centre 10; M262 private §16(1) item 8.
    """
    name, document = received_by.strip(), identified_by.strip()
    if not name or not document:
        raise refused("output-faulty", hint={"received_by": "required", "identified_by": "required"})
    number = number_of(receiver.number, "legal-entity" if receiver.company(case) else "individual")
    if receiver.as_party == "recipient" and number != case.applicant:
        raise refused("receiver-other", hint={"field": "number"})
    if number == giver:
        raise refused("receiver-own", hint={"field": "number"})
    given = receiver.authority.strip() if receiver.as_party == "representative" else ""
    if receiver.as_party == "representative" and not given:
        raise refused("receiver-authority", hint={"field": "authority"})
    if not all(shapes.is_file(each) for each in receiver.paper):
        raise refused("output-faulty", hint={"paper": "type"})
    authority = administering.words(given, "authority") if given else ""
    return {"name": name, "number": number, "as": receiver.as_party, "identified_by": document,
            "authority": authority}  # fmt: skip


def keep(held: Held, no: int, who: Mapping[str, str], paper: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Keep who received the result, as `checked`; what the journal says of it."""
    HandedOver.objects.create(
        case_id=held.case.pk, token_no=no, received_by=who["name"], number=who["number"], as_party=who["as"],
        identified_by=who["identified_by"], authority=who["authority"], paper=[dict(each) for each in paper],
        official=held.act.actor.person, at=held.now,
    )  # fmt: skip
    rest = {part: who[part] for part in ("identified_by", "as", "number", "authority")}
    return {"to": who["name"], **rest, "receipt": [each["sha256"] for each in paper]}


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
