"""An issued document is annulled."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import issuing
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["annul"]


def annul(
    actor: Actor, ref: str, document: str, *, reason: str, now: datetime, key: str | None = None
) -> Case:
    """Annul an issued document; whoever verifies it then sees that it is no longer in force and why.

    The document stays on the case. Who signs it, or the head.
    Cites: the clause of the document itself.
    """
    with act("annul", actor, now=now, key=key, body=[ref, document, reason]) as this:
        held = hold(this, ref)
        issuing.may(held, document)
        if this.repeated:
            return held.case
        if not reason.strip():
            raise refused("reason-needed", "APPC art. 84", ground="annulment")
        seq = held.record("document.annulled", {"document": document, "reason": reason})
        this.send("documents", "annul", held.case.stream, seq, ref=document)
        this.send("mail", "document.annulled", held.case.stream, seq, ref=document)
        this.answer = {"case": ref}
        return held.case
