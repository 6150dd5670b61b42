"""The documents page: what is asked for, what is attached, and taking files in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from qyzmet.pages.words import current_language
from qyzmet.portal.drafting import Drafted
from qyzmet.portal.uploads import UploadRefused, check_count, keep

__all__ = ["DocumentRow", "take_files"]


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

    @property
    def id(self) -> str:
        return f"document-{self.key}"

    @classmethod
    def of(cls, found: Drafted, key: str, error: str) -> DocumentRow:
        document, language = found.documents[key], current_language()
        return cls(
            key=key,
            name=document.name.in_language(language),
            help=document.help.in_language(language) if document.help else "",
            required=document.required and document.unless is None,
            from_database=document.unless is not None,
            cite=document.cite,
            files=tuple(found.draft.documents.get(key, ())),
            error=error,
        )


def take_files(found: Drafted, request: HttpRequest, now: datetime) -> dict[str, str]:
    """Keep what was attached and drop what was taken away; the faults by document."""
    faults: dict[str, str] = {}
    kept = {key: list(files) for key, files in found.draft.documents.items()}
    for key in found.documents:
        for file in request.FILES.getlist(key):
            try:
                before = kept.setdefault(key, [])
                check_count(before)
                before.append(keep(file, now=now))
            except UploadRefused as refusal:
                faults[key] = str(refusal)
    _remove(kept, request.POST.get("remove", ""))
    found.draft.documents = kept
    found.draft.updated_at = now
    found.draft.save(update_fields=["documents", "updated_at"])
    return faults


def _remove(kept: dict[str, list[dict[str, Any]]], which: str) -> None:
    key, _, place = which.rpartition(".")
    if key in kept and place.isdecimal() and len(place) < 4 and int(place) < len(kept[key]):
        del kept[key][int(place)]
