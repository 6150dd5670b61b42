"""What one signs, as the page shows it: facts, questions with their answers, files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet.pages.forms import Shown
from qyzmet.pages.templatetags.words import moment
from qyzmet.pages.words import say

__all__ = ["Fact", "File", "Line", "Part", "Told", "when"]


@dataclass(frozen=True, slots=True)
class File:
    """An attachment named in the signed bytes; `place` counts all of them from 0."""

    place: int
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what is said under it; `small` below, in the quiet voice."""

    name: str
    text: str
    small: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its answer, or a document with its files."""

    name: str
    shown: Shown
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One item in words. `files` are all its attachments in the order of the bytes."""

    title: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...] = field(default=())
    files: tuple[File, ...] = field(default=())


def when(said: Mapping[str, Any]) -> Iterator[Fact]:
    """The moment the bytes were made."""
    try:
        at = datetime.fromisoformat(str(said["prepared_at"]))
    except ValueError:
        return
    yield Fact(say("signing.prepared-at"), moment(at))
