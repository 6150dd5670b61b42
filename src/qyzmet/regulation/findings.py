"""What a reader or the checker has to say about a package: a place, a code and one sentence."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

__all__ = ["Finding", "Level", "Place", "error", "ordered", "suggest"]

Level = Literal["error", "notice"]


class Place(NamedTuple):
    """A spot in a file; lines and columns count from 1."""

    path: str
    line: int
    col: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. An error fails; a notice fails until a `known` of the package acknowledges it."""

    path: str
    line: int
    col: int
    level: Level
    code: str
    message: str
    acknowledged: bool = False
    at: str = ""
    """The part of the package it is about (`steps.decide`), which `known: {at: …}` can name."""

    def __str__(self) -> str:
        where = f" (at {self.at}{'; known' if self.acknowledged else ''})" if self.level == "notice" else ""
        return f"{self.path}:{self.line}:{self.col}: {self.level}[{self.code}]: {self.message}{where}"


def error(place: Place, code: str, message: str, at: str = "") -> Finding:
    """An error at a place."""
    return Finding(place.path, place.line, place.col, "error", code, message, at=at)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By place, each once."""
    return tuple(sorted(set(findings), key=lambda f: (f.path, f.line, f.col, f.level, f.code, f.message)))


def suggest(word: str, known: Iterable[str]) -> str:
    """`; did you mean …?` when a known word is near, else nothing."""
    near = difflib.get_close_matches(word[:80], list(known), n=1, cutoff=0.6)
    return f"; did you mean `{near[0]}`?" if near else ""
