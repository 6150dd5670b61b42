"""Issuing a document: printed, sealed and stored outside any transaction, then recorded by one act.

Killed at any moment it leaves either nothing but a file nobody names, or the whole: asked again, it issues
once.
"""

from __future__ import annotations

from datetime import datetime

from qyzmet.documents.attaching import with_files
from qyzmet.documents.decision import correction_of, decision_of
from qyzmet.documents.models import Document, DocumentState
from qyzmet.documents.numbers import next_number, number_of
from qyzmet.documents.printing import Printed, print_document
from qyzmet.documents.receipts import receipt_file
from qyzmet.documents.recording import Sealed, Succession, end, record
from qyzmet.documents.sealing import sealed
from qyzmet.documents.sources import Source, source_of

__all__ = ["annul", "issue", "replace"]


def issue(case_id: int, seq: int, issued: str, *, now: datetime) -> Document:
    """Issue the document of a package that an entry of the case calls for; once, however often it is asked.

    A document that tells the result is issued by the step that makes it; the end of the case asks for it
    again only if no step did. Of a signed step it is the PDF the official saw and signed, with the decision
    and its signature inside. Raises DecisionPending, StampSilent: it is asked again later.
    Cites: O109 an.2 row 5; A120 §3; A120 §10 ¶2; M262 private §5 act.
    """
    done = _already(case_id, seq, issued)
    if done is not None:
        return done
    source = source_of(case_id, seq, issued)
    decision, at = decision_of(source), source.record.recorded_at
    made = decision.printed(source) if decision else None
    made = made or print_document(source, number_of(source), at=at)
    files = (*(decision.files() if decision else ()), *receipt_file(source.case, seq, made.template))
    pdf = with_files(made.pdf, files, at=now)
    return record(_ready(source, seq, made, sealed(pdf, now=now), at), source.case, now=now)


def replace(case_id: int, seq: int, issued: str, *, now: datetime) -> Document | None:
    """Issue a document again with the slips of entry `seq` put right; the former one says what replaced it.

    Of a signed correction it is the PDF the official saw and signed, with the correction inside.

    None when there is nothing in force to correct.
    """
    done = Document.objects.filter(case_id=case_id, seq=seq, issued=issued).first()
    former = _in_force(case_id, issued)
    if done is not None or former is None:
        return done
    entry = source_of(case_id, seq, issued)
    source = source_of(case_id, former.seq, issued, corrections=entry.said.get("corrections", {}))
    at, instead = entry.record.recorded_at, Succession(former, entry.said.get("reason", ""))
    correction = correction_of(source, seq)
    made = correction.printed(source) if correction else None
    made = made or print_document(source, next_number(former.number), at=at, replaces=former.number)
    pdf = with_files(made.pdf, correction.files() if correction else (), at=now)
    ready = _ready(source, seq, made, sealed(pdf, now=now), at)
    return record(ready, source.case, now=now, instead=instead)


def annul(case_id: int, seq: int, issued: str) -> None:
    """Mark a document annulled by entry `seq`: its code then says that it counts no longer."""
    former = _in_force(case_id, issued)
    if former is not None and former.seq < seq:
        entry = source_of(case_id, seq, issued)
        reason = entry.said.get("reason", "")
        end(Succession(former, reason), DocumentState.ANNULLED, entry.record.recorded_at)


def _ready(source: Source, seq: int, made: Printed, pdf: bytes, at: datetime) -> Sealed:
    return Sealed(made, pdf, source.case.stream, seq, source.issued, source.law.name, at)


def _in_force(case_id: int, issued: str) -> Document | None:
    same = Document.objects.filter(case_id=case_id, issued=issued, state=DocumentState.IN_FORCE)
    return same.order_by("-seq").first()


def _already(case_id: int, seq: int, issued: str) -> Document | None:
    same = Document.objects.filter(case_id=case_id, issued=issued)
    by_a_step = same.filter(state=DocumentState.IN_FORCE, seq__lt=seq, case__ended_at__isnull=False)
    return same.filter(seq=seq).first() or by_a_step.order_by("-seq").first()
