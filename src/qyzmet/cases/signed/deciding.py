"""The official's signature on a step: needed where the law lists what is signed, over what is decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qyzmet.cases import rows
from qyzmet.cases.hold import Held
from qyzmet.cases.laws import Law, holds
from qyzmet.cases.models import Blob, SignatureRecord, Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Proof, signers
from qyzmet.cases.signed.parts import differing, not_this
from qyzmet.cases.signed.prepared import correction_said, decision_said
from qyzmet.regulation.model import Step

if TYPE_CHECKING:
    from qyzmet.cases.steps.finishing import Result

__all__ = [
    "BY_HAND",
    "check",
    "check_correction",
    "clause_of",
    "fitting",
    "keep",
    "papers_kept",
    "papers_of",
    "row_of",
    "wait_with_pending",
]

BY_HAND = frozenset({"task", "batch", "collegial"})
"""Kinds of steps that people do; what is awaited from an applicant or a machine is nobody's load."""


def clause_of(step: Step) -> str:
    """The clause that has a step signed; empty where nobody signs."""
    if not step.sign or step.kind not in BY_HAND:
        return ""
    return step.sign[0].cite or step.cite


def papers_of(step: Step) -> tuple[str, ...]:
    """The documents a step issues, the minutes of its sitting among them."""
    minutes = (step.votes.minutes,) if step.votes and step.votes.minutes else ()
    return tuple(dict.fromkeys((*step.issues, *minutes)))


def fitting(law: Law, step_id: str, facts: Mapping[str, Any]) -> list[str]:
    """The documents of a step issued in such a case: by its way in and the ending, `exit`, it gets."""
    known = law.home(step_id).issued
    papers = papers_of(law.step(step_id))
    return [each for each in papers if each not in known or holds(known[each].only, facts)]


def check(held: Held, token: Token, result: Result) -> None:
    """Whether the step is signed as it has to be, by who completes it, over what is recorded.

    Raises ActRefused `signature-needed`, `signature-not-this`, `signature-invalid`.
    """
    step = held.law.step(token.step)
    clause, proof, actor = clause_of(step), result.proof, held.act.actor
    if proof is None:
        if clause:
            raise refused("signature-needed", clause)
        return
    done = decision_said(
        held.case,
        token,
        edition=held.law.name,
        outcome=result.outcome,
        output=result.output,
        grounds=result.grounds,
        actor=actor,
    )
    parts = differing(proof.said, done) + ([] if _printed(step, proof) else ["documents"])
    if parts:
        raise not_this(parts, clause or step.cite)
    signers.accept(proof.signed, signers.of_official(actor), clause or step.cite)


def check_correction(
    held: Held, document: str, corrections: Mapping[str, Any], reason: str, proof: Proof | None
) -> None:
    """Whether a document issued again is signed anew, where the law has the former one signed.

    Raises ActRefused `signature-needed`, `signature-not-this`, `signature-invalid`.
    """
    actor, clause = held.act.actor, _clause_of_document(held, document)
    if proof is None:
        if clause:
            raise refused("signature-needed", clause)
        return
    done = correction_said(
        held.case,
        edition=held.law.name,
        document=document,
        corrections=corrections,
        reason=reason,
        actor=actor,
    )
    parts = differing(proof.said, done) + ([] if papers_kept(proof, {document}) else ["documents"])
    if parts:
        raise not_this(parts, clause)
    signers.accept(proof.signed, signers.of_official(actor), clause)


def _clause_of_document(held: Held, document: str) -> str:
    """The clause that has the step signed which issues this document; empty where nobody signs."""
    steps = [step for package in (held.law.package, *held.law.general) for step in package.steps.values()]
    return next((clause_of(s) for s in steps if document in papers_of(s) and clause_of(s)), "")


def keep(held: Held, subject: str, seq: int, proof: Proof) -> None:
    """Keep the signature with the entry it belongs to; while it is pending, what it gives out waits."""
    row = row_of(held, seq, subject, proof)
    if proof.signed.pending:
        held.waiting = row.waiting
        held.act.send("revocation", "signature.pending", held.case.stream, seq, ref=row.subject)
    held.act.signature(row)


def wait_with_pending(held: Held) -> SignatureRecord | None:
    """Have what the case gives out from here wait with an earlier step's signature that is still pending.

    The record it waits with is the caller's to write; None where nothing waits.
    """
    if held.waiting is not None:
        return None
    found = rows.select(
        SignatureRecord,
        "WHERE case_id = %s AND outcome = 'pending' AND subject LIKE %s ORDER BY id DESC LIMIT 1",
        [held.case.pk, "step:%"],
    )
    if not found:
        return None
    held.waiting = found[0].waiting
    return found[0]


def row_of(held: Held, seq: int, subject: str, proof: Proof) -> SignatureRecord:
    """The record of one signature."""
    who, verdict = proof.signed.signer, proof.signed.verdict
    return rows.make(
        SignatureRecord,
        case_id=held.case.pk,
        stream=held.case.stream,
        seq=seq,
        subject=subject,
        prepared=proof.signed.prepared,
        outcome=verdict.outcome,
        iin=who.iin,
        bin=who.bin,
        name=who.name[:300],
        record=proof.record,
        judged_at=verdict.at,
        confirmed_at=held.now if verdict.valid else None,
    )


def _printed(step: Step, proof: Proof) -> bool:
    """Whether the documents that were signed are ones this step issues, and are kept as they were signed."""
    return papers_kept(proof, set(papers_of(step)))


def papers_kept(proof: Proof, allowed: set[str]) -> bool:
    """Whether the documents named in signed bytes are among these and are kept as they were signed."""
    documents = proof.said.get("documents")
    if not isinstance(documents, dict) or not documents.keys() <= allowed:
        return False
    digests = {str(each.get("sha256")) for each in documents.values()}
    return Blob.objects.filter(digest__in=digests, erased_at__isnull=True).count() == len(digests)
