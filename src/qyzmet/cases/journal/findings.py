"""What `verify` says of the journal: tamperings by kind and place, and the report they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

__all__ = ["Kind", "Report", "Tampering", "Unsealed"]

Kind = Literal[
    "edited",
    "deleted",
    "tail-cut",
    "stream-missing",
    "inserted",
    "replaced",
    "reordered",
    "back-dated",
    "chain-rewritten",
    "payload-altered",
]


class Tampering(NamedTuple):
    """One thing that is not as it was written. `first` and `last` are 0 when it is the stream as a whole."""

    kind: Kind
    stream: str
    first: int
    last: int
    text: str

    @property
    def place(self) -> str:
        """`stream`, `stream#seq` or `stream#first-last`."""
        if not self.first:
            return self.stream
        return f"{self.stream}#{self.first}" + (f"-{self.last}" if self.last != self.first else "")

    def __str__(self) -> str:
        return f"{self.place}: {self.kind}: {self.text}"


class Unsealed(NamedTuple):
    """Entries of a stream that no seal vouches for yet."""

    stream: str
    first: int
    last: int


@dataclass
class Report:
    """What was read and what was found. `erased` are entries whose payload was lawfully erased."""

    entries: int = 0
    streams: int = 0
    tamperings: list[Tampering] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    unsealed: list[Unsealed] = field(default_factory=list)
    seals: int = 0
    last_seal: str = ""
    key: str = ""

    @property
    def unsealed_entries(self) -> int:
        """How many entries no seal vouches for yet."""
        return sum(each.last - each.first + 1 for each in self.unsealed)
