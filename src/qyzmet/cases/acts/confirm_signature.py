"""The answer of a source of revocation reaches a signature that waited for it."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from qyzmet.cases import allow, rows
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case, SignatureRecord
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Proof, Signed, confirming, prove
from qyzmet.cases.transaction import act
from qyzmet.people.actor import SYSTEM, Actor
from qyzmet.signatures import Verdict

__all__ = ["confirm_signature"]


def confirm_signature(
    row: SignatureRecord, verdict: Verdict, *, now: datetime, actor: Actor = SYSTEM
) -> Case:
    """Enter a new verdict on a pending signature.

    One that is still pending changes nothing, nor does one on a signature that has had its answer.
    Valid: a filing has its effect and registers by the moment of its receipt, a decision's documents go out.
    Invalid or revoked: the filing is not accepted and the recipient is told which check failed (process 4);
    a decision's documents never go out and the supervisor is told.
    Cites: A120 §10(6); A120 §10(7); K4201 an.1 §8(6); K4201 an.1 §8(7); K4201 an.2 §8(6); K4201 an.2 §8(7).
    """
    allow.system(actor)
    proof = prove(Signed(row.prepared, verdict), now=now)
    with act("confirm-signature", actor, now=now) as this:
        held = hold(this, _ref(row))
        current = _locked(row)
        if current.outcome == "pending" and verdict.outcome != "pending":
            _same_key(current, proof)
            confirming.enter(held, current, proof)
        return held.case


def _locked(row: SignatureRecord) -> SignatureRecord:
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    return rows.select(SignatureRecord, f"WHERE id = %s{lock}", [row.pk])[0]


def _ref(row: SignatureRecord) -> str:
    return rows.select(Case, "WHERE id = %s", [row.case_id])[0].ref


def _same_key(row: SignatureRecord, proof: Proof) -> None:
    """The answer is about the signature that waited, not about another over the same bytes."""
    kept = row.record["signers"][0]["certificate"]
    if proof.signed.signer.certificate != kept:
        raise refused("not-found")
