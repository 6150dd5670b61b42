"""A sealed document kept, then recorded by one act, in which what it replaces ends."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from qyzmet.cases import blobs
from qyzmet.cases.models import Case, RefusedFiling
from qyzmet.cases.transaction import act
from qyzmet.documents.models import Document, DocumentState
from qyzmet.documents.printing import Printed
from qyzmet.people.actor import SYSTEM

__all__ = ["Sealed", "Succession", "end", "record"]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A document ready to be recorded. `seq`: the entry of `stream` it follows from; `at`: its moment of
    issue."""

    made: Printed
    pdf: bytes
    stream: str
    seq: int
    issued: str
    edition: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Succession:
    """The document that ends with the new one, and the reason given."""

    former: Document
    reason: str


def record(
    ready: Sealed, owner: Case | RefusedFiling, *, now: datetime, instead: Succession | None = None
) -> Document:
    """Store, then record; the one recorded before, if another worker was faster."""
    made, of = ready.made, {"case" if isinstance(owner, Case) else "refusal": owner}
    digest = blobs.put(ready.pdf, "application/pdf", now=now)
    before = hashlib.sha256(made.pdf).hexdigest()
    said = {
        "document": ready.issued, "number": made.number, "code": made.code, "sha256": digest,
        "before_seal": before, "follows": ready.seq,
    }  # fmt: skip
    with act("issue-document", SYSTEM, now=now) as this:
        this.ledger.lock([ready.stream])
        found = Document.objects.filter(**of, seq=ready.seq, issued=ready.issued).first()
        if found is not None:
            return found
        said |= {"replaces": instead.former.number} if instead else {}
        this.record(ready.stream, "document.issued", said, edition=ready.edition)
        new = Document.objects.create(
            **of, seq=ready.seq, issued=ready.issued, template=made.template, code=made.code,
            number=made.number, name=dict(made.data["title"]), issuer=dict(made.data["issuer"]),
            content=dict(made.data), digest=digest, before_seal=before, size=len(ready.pdf),
            issued_at=ready.at, sealed_at=now,
        )  # fmt: skip
        if instead is not None:
            end(instead, DocumentState.REPLACED, ready.at, new)
        return new


def end(what: Succession, state: DocumentState, at: datetime, by: Document | None = None) -> None:
    """A document counts no longer from `at` on."""
    Document.objects.filter(pk=what.former.pk).update(
        state=state, ended_at=at, ended_because=what.reason, replaced_by=by
    )
