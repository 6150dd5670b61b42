"""Issuing a document: composed, printed and stored outside any transaction, then recorded by one act."""

from __future__ import annotations

import hashlib
from datetime import datetime

from qyzmet.cases import blobs
from qyzmet.cases.transaction import act
from qyzmet.documents.models import Document, DocumentState
from qyzmet.documents.numbers import number_of
from qyzmet.documents.printing import Printed, print_document
from qyzmet.documents.sources import Source, source_of
from qyzmet.people.actor import SYSTEM

__all__ = ["annul", "issue", "replace"]


def issue(case_id: int, seq: int, issued: str, *, now: datetime) -> Document:
    """Issue the document of a package that an entry of the case calls for; once, however often it is asked.

    A document that tells the result is issued by the step that makes it; the end of the case asks for it
    again only if no step did. Cites: O109 an.2 row 5; A120 §3; M262 private §5.
    """
    done = _already(case_id, seq, issued)
    if done is not None:
        return done
    source = source_of(case_id, seq, issued)
    made = print_document(source, number_of(source), at=source.record.recorded_at)
    return _record(source, seq, made, now)


def replace(case_id: int, seq: int, issued: str, *, now: datetime) -> Document | None:
    """Issue a document again with the slips of entry `seq` put right; the former one says what replaced it.

    None when there is nothing in force to correct.
    """
    done = Document.objects.filter(case_id=case_id, seq=seq, issued=issued).first()
    former = _in_force(case_id, issued)
    if done is not None or former is None:
        return done
    said = source_of(case_id, seq, issued).said
    source = source_of(case_id, former.seq, issued, corrections=said.get("corrections", {}))
    made = print_document(source, _next(former), at=now, replaces=former.number)
    new = _record(source, seq, made, now)
    Document.objects.filter(pk=former.pk).update(state=DocumentState.REPLACED, replaced_by=new)
    return new


def annul(case_id: int, issued: str) -> None:
    """Mark a document annulled: its code then says that it counts no longer."""
    former = _in_force(case_id, issued)
    if former is not None:
        Document.objects.filter(pk=former.pk).update(state=DocumentState.ANNULLED)


def _record(source: Source, seq: int, made: Printed, now: datetime) -> Document:
    """Store first, then record: what is recorded is there."""
    case = source.case
    digest = blobs.put(made.pdf, "application/pdf", now=now)
    said = {
        "document": source.issued, "number": made.number, "code": made.code, "sha256": digest,
        "before_seal": hashlib.sha256(made.pdf).hexdigest(), "follows": seq,
    }  # fmt: skip
    with act("issue-document", SYSTEM, now=now) as this:
        this.ledger.lock([case.stream])
        found = Document.objects.filter(case=case, seq=seq, issued=source.issued).first()
        if found is not None:
            return found
        this.record(case.stream, "document.issued", said, edition=source.law.name)
        return Document.objects.create(
            case=case, seq=seq, issued=source.issued, template=made.template, code=made.code,
            number=made.number, name=dict(made.data["title"]), issuer=dict(made.data["issuer"]),
            content=dict(made.data), digest=digest, size=len(made.pdf), issued_at=source.record.recorded_at,
        )  # fmt: skip


def _next(former: Document) -> str:
    """The number of what replaces a document: `…/7`, `…/7.1`, `…/7.2`."""
    root, dot, times = former.number.rpartition("/")[2].partition(".")
    stem = former.number[: len(former.number) - len(root + dot + times)] + root
    return f"{stem}.{int(times) + 1 if times else 1}"


def _in_force(case_id: int, issued: str) -> Document | None:
    same = Document.objects.filter(case_id=case_id, issued=issued, state=DocumentState.IN_FORCE)
    return same.order_by("-seq").first()


def _already(case_id: int, seq: int, issued: str) -> Document | None:
    same = Document.objects.filter(case_id=case_id, issued=issued)
    by_a_step = same.filter(state=DocumentState.IN_FORCE, seq__lt=seq, case__ended_at__isnull=False)
    return same.filter(seq=seq).first() or by_a_step.order_by("-seq").first()
