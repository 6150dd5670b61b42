"""What a pending signature brings about once its source of revocation has answered.

Cites: A120 §10(6); A120 §10(7).
"""

from __future__ import annotations

from qyzmet.cases import rows
from qyzmet.cases.filing import founding, registration
from qyzmet.cases.hold import Held
from qyzmet.cases.models import CaseState, Filing, SignatureRecord
from qyzmet.cases.signed import Proof

__all__ = ["NOT_ACCEPTED", "enter"]

NOT_ACCEPTED = "not-accepted"
"""The ending of a filing whose signature was not confirmed, where the law names no such exit of its own."""


def enter(held: Held, row: SignatureRecord, proof: Proof) -> None:
    """Enter the verdict, and go on with the filing or the decision it is on."""
    verdict = proof.signed.verdict
    row.outcome, row.record, row.judged_at = verdict.outcome, dict(proof.record), verdict.at
    row.confirmed_at = held.now if verdict.valid else None
    rows.update(row, ("outcome", "record", "judged_at", "confirmed_at"))
    said = {"of": row.seq, "subject": row.subject, "signature": proof.signed.plain()}
    if verdict.valid:
        held.record("signature.confirmed", said)
        _go_on(held, row)
        return
    check = verdict.failed[0]
    said |= {"check": check.check, "code": check.code, "facts": dict(check.facts)}
    seq = held.record("signature.refused", said)
    if _is_filing(row):
        _not_accepted(held, row)
    else:
        held.act.send("mail", "signature.refused", held.case.stream, seq, ref="supervisor")


def _is_filing(row: SignatureRecord) -> bool:
    return row.subject.startswith("filing:")


def _go_on(held: Held, row: SignatureRecord) -> None:
    for destination, kind, seq, ref in row.waiting:
        held.act.send(destination, kind, held.case.stream, seq, ref)
    if not _is_filing(row) or not held.case.unconfirmed or _others_wait(held):
        return
    held.set(unconfirmed=False)
    if held.case.state != CaseState.RECEIVED:
        return
    papers = rows.select(Filing, "WHERE case_id = %s", [held.case.pk])[0]
    founding.take_effect(held, papers.form)
    if held.case.registered_at <= held.now:
        registration.register(held)


def _others_wait(held: Held) -> bool:
    waiting = "WHERE case_id = %s AND outcome = 'pending' AND subject LIKE %s"
    return bool(rows.select(SignatureRecord, waiting, [held.case.pk, "filing:%"]))


def _not_accepted(held: Held, row: SignatureRecord) -> None:
    """Process 4: the service is refused because the signature is not confirmed, and which check failed."""
    if held.case.state != CaseState.RECEIVED:
        return
    exits = held.law.package.exits.items()
    exit_ = next((key for key, each in exits if each.kind == NOT_ACCEPTED), NOT_ACCEPTED)
    held.set(state=CaseState.ENDED, exit=exit_, ended_at=held.now, unconfirmed=False)
    seq = held.record("case.not-accepted", {"exit": exit_, "of": row.seq, "subject": row.subject})
    held.act.send("mail", "case.not-accepted", held.case.stream, seq)
