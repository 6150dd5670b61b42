"""A slip in an issued document is corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qyzmet.cases import issuing
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["correct_document"]


def correct_document(
    actor: Actor,
    ref: str,
    document: str,
    *,
    corrections: Mapping[str, Any],
    reason: str,
    now: datetime,
    key: str | None = None,
) -> Case:
    """Issue a document again with a slip put right (field → right value); the former one says what replaced
    it.

    Only slips: what the decision says does not change by a correction. Who signs the document, or the head.
    Cites: the clause of the document itself.
    """
    body = [ref, document, dict(corrections), reason]
    with act("correct-document", actor, now=now, key=key, body=body) as this:
        held = hold(this, ref)
        issuing.may(held, document)
        if this.repeated:
            return held.case
        if not reason.strip() or not corrections:
            raise refused("reason-needed", "APPC art. 83", ground="correction")
        said = {"document": document, "corrections": dict(corrections), "reason": reason}
        seq = held.record("document.corrected", said)
        this.send("documents", "replace", held.case.stream, seq, ref=document)
        this.answer = {"case": ref}
        return held.case
