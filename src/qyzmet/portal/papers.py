"""The documents page: what is asked for, what is attached, and taking files in and out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from qyzmet.pages.words import current_language
from qyzmet.portal import not_taken, saving
from qyzmet.portal.drafting import Drafted
from qyzmet.portal.not_taken import NotTaken
from qyzmet.portal.patience import Patience
from qyzmet.portal.previews import Attached, attached
from qyzmet.portal.uploads import UploadRefused, check_count, keep, listed_at, shown_name
from qyzmet.regulation.model import Document

__all__ = ["STAYING", "DocumentRow", "take_files", "taken"]

STAYING = {"keep", "remove", "forget"}
"""The buttons of a page of documents that lead back to it."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document of the service as the page shows it."""

    key: str
    name: str
    help: str
    required: bool
    from_database: bool
    cite: str
    files: tuple[dict[str, Any], ...]
    error: str
    refused: tuple[NotTaken, ...] = ()

    @property
    def attached(self) -> tuple[Attached, ...]:
        """The files as their owner is shown them."""
        return attached(self.files)

    @property
    def id(self) -> str:
        return f"document-{self.key}"

    @classmethod
    def of(cls, found: Drafted, key: str, error: str) -> DocumentRow:
        document = found.documents[key]
        row = cls.asked(key, document, found.draft.documents.get(key, ()), error)
        needed = document.required and document.unless is None
        return replace(row, required=needed, from_database=document.unless is not None)

    @classmethod
    def asked(cls, key: str, document: Document, files: Sequence[dict[str, Any]], error: str) -> DocumentRow:
        """A document that may be added."""
        language = current_language()
        return cls(
            key=key,
            name=document.name.in_language(language),
            help=document.help.in_language(language) if document.help else "",
            required=False,
            from_database=False,
            cite=document.cite,
            files=tuple(files),
            error=error,
        )


def take_files(found: Drafted, request: HttpRequest, now: datetime, *, going_on: bool) -> dict[str, str]:
    """Keep what was attached and drop what was taken away; the faults by document."""
    before = found.draft.documents
    kept = {key: list(files) for key, files in before.items()}
    faults = taken(kept, found.documents, request, now, place=found.draft.ref, going_on=going_on)
    with saving.changing(found.draft, now, "documents"):
        found.draft.documents = saving.refiled(before, kept, found.draft.documents)
    return faults


def taken(
    kept: dict[str, list[dict[str, Any]]],
    keys: Collection[str],
    request: HttpRequest,
    now: datetime,
    *,
    place: str,
    going_on: bool,
) -> dict[str, str]:
    """Lay what is posted into `kept` (document → files), take away what is to go; the faults by document.

    What was refused is remembered under `place`; `going_on`: it was sent with the button that leads on. Then
    what was refused before, and not said since, is a fault too.
    """
    faults: dict[str, str] = {}
    refused: dict[str, list[NotTaken]] = {}
    patience = Patience()
    for key in keys:
        for file in request.FILES.getlist(key):
            try:
                before = kept.setdefault(key, [])
                check_count(before)
                before.append(keep(file, patience, now=now))
            except UploadRefused as refusal:
                faults[key] = str(refusal)
                refused.setdefault(key, []).append(NotTaken(shown_name(file.name or ""), str(refusal)))
    _remove(kept, request.POST.get("remove", ""))
    not_taken.noted(request, place, refused, keys, going_on=going_on)
    return not_taken.unsaid(request, place, keys) | faults if going_on else faults


def _remove(kept: dict[str, list[dict[str, Any]]], which: str) -> None:
    """`document.place`, and after another `.` the beginning of the digest of what the page showed there: in
    an old page, or by a second click, another file may stand in the place."""
    found, digest = listed_at(kept, which), (*which.split(".", 2), "", "")[2]
    if found is None:
        return
    key, place = found
    if str(kept[key][place]["sha256"]).startswith(digest):
        del kept[key][place]
