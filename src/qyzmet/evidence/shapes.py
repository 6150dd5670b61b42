"""What somebody is asked to sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Item", "Shown", "Words"]

Words = Mapping[str, str]
"""Language (kk, ru, en) → text."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A stored file one looks at before signing, by the SHA-256 it is kept under (hex)."""

    name: Words
    sha256: str
    media: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to sign: the exact bytes, and what shows them to a person. `id` is unique in its request."""

    id: str
    name: Words
    content: bytes = field(repr=False)
    shows: Sequence[Shown] = ()
