"""An official writes a note into a case, for the colleagues of the body."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow, notes
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.cases.watching import watches
from qyzmet.people.actor import Actor

__all__ = ["add_note"]


def add_note(actor: Actor, ref: str, text: str, *, now: datetime, key: str | None = None) -> Case:
    """Add an internal note; it stays as it was written. Officials of the same body see it, nobody else.

    It is no part of the decision and starts no clock: what bears on the applicant goes into grounds and
    minutes. Raises ActRefused `note-empty`, `text-too-long`, `not-your-act` for who only watches.
    No clause asks for notes: they are a body's own papers.
    """
    words = notes.written(text)
    with act("add-note", actor, now=now, key=key, body=[ref, words]) as this:
        held = hold(this, ref)
        allow.sees(held)
        if this.repeated:
            return held.case
        if not actor.is_official or actor.organisation is None or watches(actor):
            raise refused("not-your-act")
        allow.not_own(held)
        this.record(notes.stream(held.case), "note.added", {"text": words}, edition=held.law.name)
        this.answer = {"case": ref}
        return held.case
