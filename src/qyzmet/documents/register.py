"""A document as the register knows it: by its code or by the very bytes of its file; no personal data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from qyzmet.documents.examining import Examined
from qyzmet.documents.found import Finding, found
from qyzmet.documents.models import Document, DocumentState

__all__ = ["Event", "by_code", "compared", "life_of"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a document: issued, sealed, replaced or annulled; `by` what replaced it."""

    code: str
    at: datetime
    by: Document | None = None


def by_code(code: str) -> Document | None:
    """The document with this code."""
    return Document.objects.select_related("replaced_by").filter(code=code).first() if code else None


def compared(sheet: Examined, pdf: bytes) -> tuple[Document | None, Finding]:
    """A file beside the register: the document of its code, and whether it is the file that was issued."""
    digest = hashlib.sha256(pdf).hexdigest()
    same = Document.objects.select_related("replaced_by").filter(digest=digest).first()
    if same is not None:
        return same, found("register-same", True)
    named = by_code(sheet.code)
    return named, found("register-other" if named else "register-unknown", False)


def life_of(document: Document) -> tuple[Event, ...]:
    """What happened to a document, in order, each with its moment."""
    events = [Event("issued", document.issued_at)]
    if document.sealed_at is not None:
        events.append(Event("sealed", document.sealed_at))
    if document.ended_at is not None and document.state != DocumentState.IN_FORCE:
        events.append(Event(str(document.state), document.ended_at, document.replaced_by))
    return tuple(events)
