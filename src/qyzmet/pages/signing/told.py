"""What one signs, as the page shows it: facts, questions with their answers, files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases.laws import Law
from qyzmet.pages.forms import Shown
from qyzmet.pages.templatetags.words import moment
from qyzmet.pages.words import current_language, say
from qyzmet.regulation.acts import load_acts

__all__ = ["Fact", "File", "Line", "Part", "Told", "edition", "when"]


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


def edition(law: Law, said: Mapping[str, Any]) -> Fact:
    """The edition, and what became of its act if that was over when the bytes were made: what came later is
    no news to whoever signs while it is in force."""
    package = law.package
    act = load_acts().get(package.sources[0].act) if package.sources else None
    last = getattr(package.life.in_force.to, "on", None)
    over = last is None or clock.local(datetime.fromisoformat(str(said["prepared_at"]))).date() > last
    status = act.status.in_language(current_language()) if over and act and act.status else ""
    return Fact(say("signing.edition"), package.edition, status)


def when(said: Mapping[str, Any]) -> Iterator[Fact]:
    """The moment the bytes were made."""
    try:
        at = datetime.fromisoformat(str(said["prepared_at"]))
    except ValueError:
        return
    yield Fact(say("signing.prepared-at"), moment(at))
