"""What a kept file is, for whoever attached it: its kind by its bytes, its pages, whether it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pypdf import PdfReader

from qyzmet.cases import blobs
from qyzmet.cases.models import Blob

__all__ = ["Attached", "attached"]

KINDS = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}
SMALL = 3 * 1024 * 1024
"""A picture above this is not fetched only to be drawn small: it would cost a phone more than it shows."""


@dataclass(frozen=True, slots=True)
class Attached:
    """One file of a document. `kind`: PDF, PNG, JPEG, or empty; `pages`: of a PDF, 0 where nobody can say;
    `mark`: the beginning of its digest."""

    name: str
    size: int
    kind: str
    pages: int
    drawn: bool
    mark: str


def attached(files: list[Mapping[str, Any]] | tuple[Mapping[str, Any], ...]) -> tuple[Attached, ...]:
    """The files of one document in their order."""
    return tuple(_attached(each) for each in files)


def _attached(file: Mapping[str, Any]) -> Attached:
    kind, pages = _told(file["sha256"])
    size = int(file["size"])
    drawn = kind in ("PNG", "JPEG") and size <= SMALL
    return Attached(str(file["name"]), size, kind, pages, drawn, str(file["sha256"])[:8])


@lru_cache(maxsize=4096)
def _told(digest: str) -> tuple[str, int]:
    """Kind and pages; what a digest names never changes, so it is read once."""
    row = Blob.objects.filter(digest=digest).first()
    kind = KINDS.get(row.media_type, "") if row else ""
    return kind, _pages(digest) if kind == "PDF" else 0


def _pages(digest: str) -> int:
    try:
        with blobs.opened(digest) as file:
            return len(PdfReader(file).pages)
    except Exception:  # whatever a reader stumbles over, the page only leaves the number out
        return 0
