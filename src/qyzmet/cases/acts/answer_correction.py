"""The recipient answers a return with corrections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qyzmet.cases import allow, rows
from qyzmet.cases.filing import answers
from qyzmet.cases.filing.shapes import papers_faults
from qyzmet.cases.hold import Held, hold
from qyzmet.cases.models import Case, Filing, Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.steps.finishing import Result, finish
from qyzmet.cases.steps.outputs import facts_of
from qyzmet.cases.transaction import act
from qyzmet.cases.words import wording
from qyzmet.people.actor import Actor

__all__ = ["answer_correction"]


def answer_correction(
    actor: Actor,
    ref: str,
    *,
    form: Mapping[str, Any] | None = None,
    documents: Mapping[str, Any] | None = None,
    now: datetime,
    key: str | None = None,
) -> Case:
    """Give what was asked for: changed answers and further documents. What was filed stays in the journal.

    Cites: the awaiting step's own clause.
    """
    body = [ref, form, documents]
    with act("answer-correction", actor, now=now, key=key, body=body) as this:
        held = hold(this, ref)
        allow.party(held)
        if this.repeated:
            return held.case
        faults = papers_faults(held.law, documents or {})
        if faults:
            raise refused("form-faulty", hint=faults)
        token = _awaiting(held)
        papers = rows.select(Filing, "WHERE case_id = %s", [held.case.pk])[0]
        papers.form = _corrected(held, papers, form or {})
        papers.documents = {**papers.documents, **(documents or {})}
        rows.update(papers, ("form", "documents"))
        wording.keep(held.case, held.law, papers)
        held.set(facts={**held.case.facts, **facts_of("form", papers.form, held.law.wanted)})
        held.record("case.corrected", {"form": dict(form or {}), "documents": dict(documents or {})})
        step = held.law.step(token.step)
        outcome = next(each for each in step.then if each != "timeout")
        finish(held, token, Result(outcome), code="event.received")
        this.answer = {"case": ref}
        return held.case


def _awaiting(held: Held) -> Token:
    for token in held.open.values():
        if token.kind == "await" and held.law.step(token.step).from_ in held.law.package.parties:
            return token
    raise refused("correction-none")


def _corrected(held: Held, papers: Filing, form: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**papers.form, **form}
    fields = {k: f for section in held.law.package.form.values() for k, f in section.fields.items()}
    known = {**held.case.facts, **{f"form.{k}": v for k, v in merged.items()}}
    read = answers.read(fields, merged, held.law.facts(known))
    if any(name in form or code != "required" for name, code in read.faults.items()):
        raise refused("form-faulty", hint=read.faults)
    return read.clean
