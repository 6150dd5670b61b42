"""The text a PDF shows, compared with the data inside it: every part of the data must be on the page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from qyzmet.documents.printable import drawn

__all__ = ["TABLES", "differing", "text_of"]

TABLES: Mapping[str, tuple[str, ...]] = {
    "rows": ("label", "value"),
    "votes": ("name", "said", "note"),
    "grounds": ("name", "clause", "reason"),
    "days": ("date", "weekday"),
}
"""The tables of a document's data, and which parts of a row stand on the page."""

UNSEEN = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]+")


def differing(pdf: bytes, data: Mapping[str, Any]) -> list[str]:
    """The parts of the data that are not on the pages; number and code first."""
    shown = _bare(text_of(pdf))
    return [part for part in _parts(data) if not _on(shown, part)]


def text_of(pdf: bytes) -> str:
    """The text of every page; empty where it cannot be read."""
    # Reading the text takes a library of its own that printing does without.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def _on(shown: str, part: str) -> bool:
    """Whether a part is there: whole, or, where a page ends in it, word by word."""
    if _bare(part) in shown:
        return True
    boxed = str(drawn({"part": part})["part"])
    return all(_bare(word) in shown for word in boxed.split())


def _bare(text: str) -> str:
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def _parts(data: Mapping[str, Any]) -> Iterator[str]:
    """What must be on the page, in the languages of the document."""
    languages = [each for each in data["languages"] if isinstance(each, str)]
    yield str(data["number"])
    yield str(data["verify"].get("code", ""))
    for key in ("title", "issuer", "date"):
        yield from _said(data.get(key), languages)
    for key in ("body", "closing", "addressee"):
        yield from _said(data.get(key), languages)
    for key, parts in TABLES.items():
        for row in data[key]:
            for part in parts:
                yield from _said(row.get(part), languages)
    yield from _said((data.get("signer") or {}).get("name"), languages)


def _said(value: Any, languages: list[str]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _said(each, languages)
    elif isinstance(value, Mapping):
        for language in languages:
            yield from _said(value.get(language), languages)
