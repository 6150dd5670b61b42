"""Issuing a document: printed, sealed and stored outside any transaction, then recorded by one act.

Killed at any moment it leaves either nothing but a file nobody names, or the whole: asked again, it issues
once.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from qyzmet.cases import blobs
from qyzmet.cases.transaction import act
from qyzmet.documents.attaching import with_files
from qyzmet.documents.decision import decision_of
from qyzmet.documents.models import Document, DocumentState
from qyzmet.documents.numbers import next_number, number_of
from qyzmet.documents.printing import Printed, print_document
from qyzmet.documents.sealing import sealed
from qyzmet.documents.sources import Source, source_of
from qyzmet.people.actor import SYSTEM

__all__ = ["annul", "issue", "replace"]


def issue(case_id: int, seq: int, issued: str, *, now: datetime) -> Document:
    """Issue the document of a package that an entry of the case calls for; once, however often it is asked.

    A document that tells the result is issued by the step that makes it; the end of the case asks for it
    again only if no step did. Of a signed step it is the PDF the official saw and signed, with the decision
    and its signature inside. Raises DecisionPending, StampSilent: it is asked again later.
    Cites: O109 an.2 row 5; A120 §3, §10 ¶2; M262 private §5.
    """
    done = _already(case_id, seq, issued)
    if done is not None:
        return done
    source = source_of(case_id, seq, issued)
    decision = decision_of(source)
    at = source.record.recorded_at
    made = decision.printed(source) if decision else None
    made = made or print_document(source, number_of(source), at=at)
    pdf = with_files(made.pdf, decision.files() if decision else (), at=now)
    return _record(source, seq, made, sealed(pdf, now=now), at=at, now=now)


def replace(case_id: int, seq: int, issued: str, *, now: datetime) -> Document | None:
    """Issue a document again with the slips of entry `seq` put right; the former one says what replaced it.

    None when there is nothing in force to correct.
    """
    done = Document.objects.filter(case_id=case_id, seq=seq, issued=issued).first()
    former = _in_force(case_id, issued)
    if done is not None or former is None:
        return done
    entry = source_of(case_id, seq, issued)
    source = source_of(case_id, former.seq, issued, corrections=entry.said.get("corrections", {}))
    at = entry.record.recorded_at
    made = print_document(source, next_number(former.number), at=at, replaces=former.number)
    pdf = sealed(made.pdf, now=now)
    return _record(source, seq, made, pdf, at=at, now=now, former=former, reason=entry.said.get("reason", ""))


def annul(case_id: int, seq: int, issued: str) -> None:
    """Mark a document annulled by entry `seq`: its code then says that it counts no longer."""
    former = _in_force(case_id, issued)
    if former is not None and former.seq < seq:
        entry = source_of(case_id, seq, issued)
        _end(former, DocumentState.ANNULLED, entry.record.recorded_at, entry.said.get("reason", ""))


def _record(
    source: Source,
    seq: int,
    made: Printed,
    pdf: bytes,
    *,
    at: datetime,
    now: datetime,
    former: Document | None = None,
    reason: str = "",
) -> Document:
    """Store first, then record: what is recorded is there. What it replaces ends in the same transaction."""
    case = source.case
    digest = blobs.put(pdf, "application/pdf", now=now)
    before = hashlib.sha256(made.pdf).hexdigest()
    said = {
        "document": source.issued, "number": made.number, "code": made.code, "sha256": digest,
        "before_seal": before, "follows": seq,
    }  # fmt: skip
    with act("issue-document", SYSTEM, now=now) as this:
        this.ledger.lock([case.stream])
        found = Document.objects.filter(case=case, seq=seq, issued=source.issued).first()
        if found is not None:
            return found
        said |= {"replaces": former.number} if former else {}
        this.record(case.stream, "document.issued", said, edition=source.law.name)
        new = Document.objects.create(
            case=case, seq=seq, issued=source.issued, template=made.template, code=made.code,
            number=made.number, name=dict(made.data["title"]), issuer=dict(made.data["issuer"]),
            content=dict(made.data), digest=digest, before_seal=before, size=len(pdf), issued_at=at,
            sealed_at=now,
        )  # fmt: skip
        if former is not None:
            _end(former, DocumentState.REPLACED, at, reason, new)
        return new


def _end(
    former: Document, state: DocumentState, at: datetime, reason: str, by: Document | None = None
) -> None:
    Document.objects.filter(pk=former.pk).update(
        state=state, ended_at=at, ended_because=reason, replaced_by=by
    )


def _in_force(case_id: int, issued: str) -> Document | None:
    same = Document.objects.filter(case_id=case_id, issued=issued, state=DocumentState.IN_FORCE)
    return same.order_by("-seq").first()


def _already(case_id: int, seq: int, issued: str) -> Document | None:
    same = Document.objects.filter(case_id=case_id, issued=issued)
    by_a_step = same.filter(state=DocumentState.IN_FORCE, seq__lt=seq, case__ended_at__isnull=False)
    return same.filter(seq=seq).first() or by_a_step.order_by("-seq").first()
