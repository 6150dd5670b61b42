"""What a PDF is made of, where Python has nothing of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Ref(NamedTuple):
    """A reference to an indirect object."""

    number: int
    generation: int


class Name(str):
    """A name, without its slash."""

    __slots__ = ()


class String(bytes):
    """A string's bytes. `start` and `end` are its place in the file, brackets included; -1 if compressed."""

    start: int = -1
    end: int = -1


@dataclass(frozen=True)
class Stream:
    """A stream as it lies in the file."""

    said: Mapping[str, Any]
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an object lies: at a byte of the file, or as the n-th of an object stream."""

    offset: int = -1
    stream: int = -1
    index: int = -1
