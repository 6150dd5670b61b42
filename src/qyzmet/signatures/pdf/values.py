"""What a PDF is made of, where Python has nothing of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from qyzmet.signatures.errors import SignatureError


class Budget:
    """How many values may still be read, and how many bytes come out of streams: a small file can name the
    same large one a million times, or unfold to gigabytes."""

    def __init__(self, most: int = 500_000, unfolded: int = 128 << 20) -> None:
        self.left, self.unfolded = most, unfolded

    def spend(self, count: int = 1) -> None:
        """Take note of so many more. Raises SignatureError `pdf-broken`."""
        self.left -= count
        if count < 0 or self.left < 0:
            raise SignatureError("pdf-broken", place=0)


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
