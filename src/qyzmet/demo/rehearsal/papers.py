"""The documents of a rehearsal: what officials see and sign, and the sealed PDFs left in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from qyzmet.cases import blobs
from qyzmet.cases.delivery import outbox
from qyzmet.cases.models import Case, Outbox, Token
from qyzmet.cases.queries import case_page
from qyzmet.demo.authority.keyfiles import write_authority
from qyzmet.demo.rehearsal.keys import Keys, Told
from qyzmet.demo.rehearsal.script import Stuck
from qyzmet.documents.models import Document
from qyzmet.documents.planning import plan
from qyzmet.people.actor import Actor

__all__ = ["leave", "printing"]

TRUST = "trust"


@contextmanager
def printing() -> Iterator[None]:
    """While this lasts officials sign the documents of their steps, and one authority vouches for their keys
    and for the seal."""
    keys = Keys.shared()
    write_authority(keys.authority, Path(settings.QYZMET_DATA) / "demo-keys")
    former, keys.papers = keys.papers, _planned
    try:
        yield
    finally:
        keys.papers = former


def leave(folder: Path, now: datetime) -> list[Path]:
    """Issue what the rehearsed acts ordered and leave the sealed PDFs, with what one has to trust to check
    them, in the folder. Raises Stuck for a document that could not be issued.
    """
    _issue(now + timedelta(minutes=1))
    folder.mkdir(parents=True, exist_ok=True)
    for name, certificate in Keys.shared().authority.certificates().items():
        path = folder / TRUST / f"{name}.cer"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(certificate.der)
    return [_write(folder, place, each) for place, each in enumerate(_documents(), 1)]


def _planned(
    actor: Actor, case: Case, token: Token, told: Told, now: datetime
) -> Mapping[str, Mapping[str, str]]:
    page = case_page(actor, case.ref)
    found = plan(actor, page, token.no, told.outcome, output=told.output, grounds=told.grounds, now=now)
    return {
        issued: {"number": each.number, "code": each.code, "sha256": each.sha256}
        for issued, each in found.items()
    }


def _issue(now: datetime) -> None:
    while outbox.deliver_due(now, ["documents"]):
        pass
    left = Outbox.objects.filter(destination="documents").exclude(state="sent").first()
    if left is not None:
        raise Stuck(f"the document {left.ref!r} was not issued: {left.last_error or left.state}")


def _documents() -> list[Document]:
    return list(Document.objects.order_by("issued_at", "id"))


def _write(folder: Path, place: int, document: Document) -> Path:
    number = document.number.replace("/", "-")
    path = folder / f"{place:02d}-{document.issued}-{number}.pdf"
    path.write_bytes(blobs.read(document.digest))
    return path
