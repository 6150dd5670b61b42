"""The receiver's signature for a result at a window, in place of one on a paper receipt.

`receiver` everywhere: {name, number, as, identified_by, authority}, as `hall.handing` has checked them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qyzmet.cases.hold import Held
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, SignatureRecord, Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Proof, deciding, signers
from qyzmet.cases.signed.parts import differing, not_this
from qyzmet.cases.signed.prepared import VERSION, canonical, official_said
from qyzmet.people.actor import Actor

__all__ = ["HANDING", "bytes_of", "check", "keep"]

HANDING = "handing"
"""What such a signature is asked for, and the kind its bytes name."""

Receiver = Mapping[str, str]


def bytes_of(
    case: Case,
    token: Token,
    law: Law,
    receiver: Receiver,
    documents: Mapping[str, Mapping[str, str]],
    *,
    actor: Actor,
    prepared_at: datetime,
) -> bytes:
    """What the receiver signs. `documents`: issued document → {number, code, sha256} of the sealed file."""
    said = _said(case, token, law, receiver, actor)
    kept = {
        key: {part: each[part] for part in ("number", "code", "sha256")} for key, each in documents.items()
    }
    return canonical({**said, "documents": kept, "prepared_at": prepared_at.isoformat()})


def check(held: Held, token: Token, receiver: Receiver, proof: Proof | None, *, company: bool) -> None:
    """Whether the receiver, and nobody else, signed for what is given now.

    Raises ActRefused `signature-needed`, `signature-not-this`, `signature-invalid`.
    """
    clause, law = held.law.step(token.step).cite, held.law
    if proof is None:
        raise refused("signature-needed", clause)
    issued = {key for package in (law.package, *law.general) for key in package.issued}
    parts = differing(proof.said, _said(held.case, token, law, receiver, held.act.actor))
    parts += [] if deciding.papers_kept(proof, issued) else ["documents"]
    if parts:
        raise not_this(parts, clause)
    whose = signers.of_receiver(receiver["number"], proof.signed, held.now, company=company)
    signers.accept(proof.signed, whose, clause)


def keep(held: Held, no: int, seq: int, proof: Proof) -> None:
    """Keep the signature with the entry of the hand-over.

    While it is pending nothing waits with it: the receiver was known by their document too, and the
    supervisor is told of a key that turns out revoked.
    """
    row = deciding.row_of(held, seq, f"{SignatureRecord.HANDING}{no}", proof)
    if proof.signed.pending:
        held.act.send("revocation", "signature.pending", held.case.stream, seq, ref=row.subject)
    held.act.signature(row)


def _said(case: Case, token: Token, law: Law, receiver: Receiver, actor: Actor) -> dict[str, Any]:
    """The bytes but for the documents and the moment. `official`: who gives the result."""
    return {
        "v": VERSION,
        "kind": HANDING,
        "case": case.ref,
        "number": case.number,
        "edition": law.name,
        "step": token.step,
        "no": token.no,
        "receiver": dict(receiver),
        "official": official_said(actor),
    }
