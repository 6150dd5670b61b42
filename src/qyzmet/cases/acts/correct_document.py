"""A slip in an issued document is corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qyzmet.cases import issuing
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Signed, deciding, prove
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
    signed: Signed | None = None,
    key: str | None = None,
) -> Case:
    """Issue a document again with a slip put right (field → right value); the former one says what replaced
    it.

    Only slips: what the decision says does not change by a correction. Who signs the document, or the head;
    where the law has the document's step signed, its correction is signed too.
    Cites: the clause of the document itself.
    """
    body = [ref, document, dict(corrections), reason, signed and signed.prepared]
    proof = prove(signed, now=now) if signed else None
    with act("correct-document", actor, now=now, key=key, body=body) as this:
        held = hold(this, ref)
        issuing.may(held, document)
        if this.repeated:
            return held.case
        if not reason.strip() or not corrections:
            raise refused("reason-needed", "APPC art. 83", ground="correction")
        deciding.check_correction(held, document, corrections, reason, proof)
        said = {"document": document, "corrections": dict(corrections), "reason": reason}
        seq = held.record("document.corrected", said | ({"signature": signed.plain()} if signed else {}))
        if proof is not None:
            deciding.keep(held, f"document:{document}", seq, proof)
        held.send("documents", "replace", seq, document)
        this.answer = {"case": ref}
        return held.case
