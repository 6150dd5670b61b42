"""Files a person attaches: their type by their first bytes, their size, what is in them, and keeping them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from qyzmet.cases import blobs
from qyzmet.pages.words import say
from qyzmet.portal.contents import fault_of, is_heic
from qyzmet.portal.patience import Patience

__all__ = ["LARGEST", "TYPES", "UploadRefused", "check_count", "keep", "listed_at", "shown_name"]

LARGEST = 10 * 1024 * 1024
TYPES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}  # fmt: skip
ENDINGS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
}  # fmt: skip
LONGEST_NAME = 120
MOST_FILES = 20
UNFIT = set('/\\"<>:|?*')


class UploadRefused(Exception):
    """The file is not taken; the text says why and what to do."""


def keep(file: UploadedFile[Any], patience: Patience, *, now: datetime) -> dict[str, Any]:
    """Store a file: {name, size, sha256}. What a file is, its bytes say and not its name; the patience is
    that with all files of the request."""
    name = shown_name(file.name or "")
    size = file.size or 0
    if size > LARGEST:
        raise UploadRefused(say("uploads.large", name=name, size=_megabytes(size)))
    if size == 0:
        raise UploadRefused(say("uploads.empty", name=name))
    media = media_type(file)
    if media is None:
        raise UploadRefused(say("uploads.heic" if _is_heic(file) else "uploads.type", name=name))
    fault = fault_of(file, media, patience)
    if fault is not None:
        raise UploadRefused(say(f"uploads.{fault}", name=name))
    digest = blobs.put(file.chunks(), media, now=now)
    return {"name": _ending(name, media), "size": size, "sha256": digest}


def check_count(before: Sequence[Any]) -> None:
    """Raise UploadRefused where a document has as many files as it may have."""
    if len(before) >= MOST_FILES:
        raise UploadRefused(say("uploads.many", most=MOST_FILES))


def media_type(file: UploadedFile[Any]) -> str | None:
    """PDF, PNG or JPEG by the first bytes; None for anything else."""
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    return next((media for start, media in TYPES.items() if head.startswith(start)), None)


def _is_heic(file: UploadedFile[Any]) -> bool:
    head = file.read(16)
    file.seek(0)
    return is_heic(head)


def listed_at(kept: Mapping[str, Sequence[Any]], which: str) -> tuple[str, int] | None:
    """Which of the files listed by document a button `document.place` is about: (document, place); None where
    there is no such file. What follows another `.` is for the caller."""
    key, _, place = which.partition(".")
    place = place.partition(".")[0]
    if key not in kept or not place.isdecimal() or len(place) > 3 or int(place) >= len(kept[key]):
        return None
    return key, int(place)


def shown_name(called: str) -> str:
    """What it was called, without what no system lets stand in a name, or what reads otherwise than it is."""
    name = "".join("_" if sign in UNFIT else sign for sign in called if sign.isprintable())
    return name[-LONGEST_NAME:] or "file"


def _ending(name: str, media: str) -> str:
    """A name ends as its bytes say, so that whoever saves the file opens it as what it is."""
    return name if name.lower().endswith(ENDINGS[media]) else name + ENDINGS[media][0]


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):.1f}".replace(".", ",")
