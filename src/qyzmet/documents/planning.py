"""A step's documents before it is completed, printed as they will be: what the official sees and signs.

    planned = plan(actor, case_page(actor, ref), token.no, "assign", output={...}, grounds=(), now=now)
    planned["notice"].sha256  # of the PDF, kept as a blob

Number and code are fixed here. `documents.issue` takes the planned PDF of a step that was signed; a plan
nobody signs leaves a blob and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qyzmet.cases import blobs
from qyzmet.cases.filing import answers
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, Token
from qyzmet.cases.queries import CasePage
from qyzmet.cases.refusals import refused
from qyzmet.documents.models import Document
from qyzmet.documents.numbers import next_number, number_of, ordered_by
from qyzmet.documents.printing import Printed, print_document
from qyzmet.documents.sources import Completion, Source, entered, source_if, source_of
from qyzmet.people.actor import Actor

__all__ = ["Planned", "plan", "plan_again"]


@dataclass(frozen=True, slots=True)
class Planned:
    """A document that will be issued if the step is completed so. `sha256` and `size` are of the PDF before
    its seal."""

    name: Mapping[str, str]
    number: str
    code: str
    sha256: str
    size: int


def plan(
    actor: Actor,
    page: CasePage,
    token: Token | int,
    outcome: str,
    *,
    output: Mapping[str, Any] | None = None,
    grounds: Sequence[Mapping[str, str]] = (),
    now: datetime,
) -> dict[str, Planned]:
    """Print what completing the step with this outcome will issue; document id → what was printed.

    Raises ActRefused `output-faulty` for what the step cannot record, `no-such-outcome`, `not-found`.
    """
    no = token if isinstance(token, int) else token.no
    row = next((each for each in page.tokens if each.no == no), None) or _token(page, no)
    step = page.law.step(row.step)
    if outcome not in step.then:
        raise refused(
            "no-such-outcome", step.cite, outcome=outcome, choices=", ".join(step.then),
            hint={"outcomes": list(step.then)},
        )  # fmt: skip
    recorded = _read(page.law, page.case, row, outcome, output or {})
    done = Completion(actor, outcome, recorded, tuple(grounds), now)
    planned: dict[str, Planned] = {}
    move = entered(page.law, page.case, row, outcome, recorded)
    for issued in ordered_by(page.law, page.case, row, (move.exit if move else None) or ""):
        source = source_if(page.case, no, done, issued)
        planned[issued] = _kept(source, print_document(source, number_of(source), at=now), now)
    return planned


def plan_again(former: Document, corrections: Mapping[str, Any], *, now: datetime) -> Planned:
    """Print what would replace an issued document, with its slips put right."""
    if former.case_id is None:
        raise refused("document-unknown")
    source = source_of(former.case_id, former.seq, former.issued, corrections=corrections)
    made = print_document(source, next_number(former.number), at=now, replaces=former.number)
    return _kept(source, made, now)


def _kept(source: Source, made: Printed, now: datetime) -> Planned:
    digest = blobs.put(made.pdf, "application/pdf", now=now)
    name = source.rule.name.model_dump(exclude={"reviewed"})
    return Planned(name, made.number, made.code, digest, len(made.pdf))


def _token(page: CasePage, no: int) -> Token:
    row = Token.objects.filter(case=page.case, no=no).first()
    if row is None:
        raise refused("not-found")
    return row


def _read(law: Law, case: Case, token: Token, outcome: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the step will keep, read as completing it reads it."""
    fields = law.step(token.step).output
    if not fields and not given:
        return {}
    move = entered(law, case, token, outcome, given)
    known = {f"output.{token.step}.{name}": value for name, value in given.items()}
    known["exit"] = (move.exit if move else None) or token.heading or ""
    read = answers.read(fields, given, law.facts({**case.facts, **known}))
    if read.faults:
        raise refused("output-faulty", law.step(token.step).cite, hint=read.faults)
    return read.clean
