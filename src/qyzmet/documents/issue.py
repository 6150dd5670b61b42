"""Issuing a document: composed, printed and stored outside any transaction, then recorded by one act."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings

from qyzmet.cases import blobs
from qyzmet.cases.transaction import act
from qyzmet.documents.compose import compose
from qyzmet.documents.models import Document, DocumentState
from qyzmet.documents.render import render
from qyzmet.documents.sources import Source, source_of
from qyzmet.people.actor import SYSTEM

__all__ = ["annul", "issue", "replace"]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter is mistaken for a digit when a code is read out."""


def issue(case_id: int, seq: int, issued: str, *, now: datetime) -> Document:
    """Issue the document of a package that an entry of the case calls for; once, however often it is asked.

    A document that tells the result is issued by the step that makes it; the end of the case asks for it
    again only if no step did. Cites: O109 an.2 row 5; A120 §3; M262 private §5.
    """
    return _already(case_id, seq, issued) or _issue(source_of(case_id, seq, issued), seq, now)


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
    new = _issue(source, seq, now)
    Document.objects.filter(pk=former.pk).update(state=DocumentState.REPLACED, replaced_by=new)
    return new


def annul(case_id: int, issued: str) -> None:
    """Mark a document annulled: its code then says that it counts no longer."""
    former = _in_force(case_id, issued)
    if former is not None:
        Document.objects.filter(pk=former.pk).update(state=DocumentState.ANNULLED)


def _issue(source: Source, seq: int, now: datetime) -> Document:
    """Print and store first, then record: what is recorded is there."""
    case, code = source.case, _code()
    number = f"{case.number or case.ref}/{seq}"
    template = source.rule.template or "notice.typ"
    at = source.record.recorded_at
    content = compose(
        source, number=number, code=code, address=_address(code), at=at, sample=not settings.PRODUCTION
    )
    pdf = render(template, content)
    digest = blobs.put(pdf, "application/pdf", now=now)
    said = {"document": source.issued, "number": number, "code": code, "sha256": digest, "follows": seq}
    with act("issue-document", SYSTEM, now=now) as this:
        this.ledger.lock([case.stream])
        found = Document.objects.filter(case=case, seq=seq, issued=source.issued).first()
        if found is not None:
            return found
        this.record(case.stream, "document.issued", said, edition=source.law.name)
        return Document.objects.create(
            case=case, seq=seq, issued=source.issued, template=template, code=code, number=number,
            name=dict(content.title), issuer=dict(content.issuer), content=content.as_json(), digest=digest,
            size=len(pdf), issued_at=at,
        )  # fmt: skip


def _in_force(case_id: int, issued: str) -> Document | None:
    same = Document.objects.filter(case_id=case_id, issued=issued, state=DocumentState.IN_FORCE)
    return same.order_by("-seq").first()


def _already(case_id: int, seq: int, issued: str) -> Document | None:
    same = Document.objects.filter(case_id=case_id, issued=issued)
    by_a_step = same.filter(state=DocumentState.IN_FORCE, seq__lt=seq, case__ended_at__isnull=False)
    return same.filter(seq=seq).first() or by_a_step.order_by("-seq").first()


def _code() -> str:
    signs = "".join(secrets.choice(ALPHABET) for _ in range(16))
    return "-".join(signs[i : i + 4] for i in range(0, 16, 4))


def _address(code: str) -> str:
    return f"{settings.QYZMET_ADDRESS}/verify/{code}"
