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
from qyzmet.documents.sources import source_of
from qyzmet.people.actor import SYSTEM

__all__ = ["issue"]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter is mistaken for a digit when a code is read out."""


def issue(case_id: int, seq: int, issued: str, *, now: datetime) -> Document:
    """Issue the document of a package that an entry of the case calls for; once, however often it is asked.

    A document that tells the result is issued by the step that makes it; the end of the case asks for it
    again only if no step did. Cites: O109 an.2 row 5; A120 §3; M262 private §5.
    """
    found = _already(case_id, seq, issued)
    if found is not None:
        return found
    source = source_of(case_id, seq, issued)
    code = _code()
    number = f"{source.case.number or source.case.ref}/{seq}"
    at = source.record.recorded_at
    content = compose(
        source, number=number, code=code, address=_address(code), at=at, sample=not settings.PRODUCTION
    )
    pdf = render(source.rule.template or "notice.typ", content)
    digest = blobs.put(pdf, "application/pdf", now=now)
    with act("issue-document", SYSTEM, now=now) as this:
        this.ledger.lock([source.case.stream])
        found = _already(case_id, seq, issued)
        if found is not None:
            return found
        this.record(
            source.case.stream,
            "document.issued",
            {"document": issued, "number": number, "code": code, "sha256": digest, "follows": seq},
            edition=source.law.name,
        )
        return Document.objects.create(
            case_id=case_id, seq=seq, issued=issued, template=source.rule.template or "notice.typ", code=code,
            number=number, name=dict(content.title), issuer=dict(content.issuer), content=content.as_json(),
            digest=digest, size=len(pdf), issued_at=at,
        )  # fmt: skip


def _already(case_id: int, seq: int, issued: str) -> Document | None:
    same = Document.objects.filter(case_id=case_id, issued=issued)
    by_the_end = same.filter(state=DocumentState.IN_FORCE, seq__lt=seq, case__ended_at__isnull=False)
    return same.filter(seq=seq).first() or by_the_end.order_by("-seq").first()


def _code() -> str:
    signs = "".join(secrets.choice(ALPHABET) for _ in range(16))
    return "-".join(signs[i : i + 4] for i in range(0, 16, 4))


def _address(code: str) -> str:
    return f"{settings.QYZMET_ADDRESS}/verify/{code}"
