"""The deployment's own files laid over the product's: hours.yaml, openings.yaml, the folder parameters.

    with overlays.laying(path) as file, act(...) as this:   # the file and its entry, both or neither
        file.check(seen)
        file.put(text)

A file is replaced whole, so a reader finds the former one or the new one. What is read from them is kept in
the process and read anew some seconds after they change.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

from qyzmet.cases.journal.seal_files import write_durably
from qyzmet.cases.refusals import refused

__all__ = ["KEPT", "Kept", "Laying", "laying", "version"]

KEPT = 5.0
T = TypeVar("T")
Stamp = tuple[tuple[str, int, int, int], ...]


class Kept(Generic[T]):
    """What `read` makes of a file or folder, read anew when that changes; looked at every few seconds."""

    def __init__(self, read: Callable[[], T], where: Callable[[], Path]) -> None:
        self._read, self._where = read, where
        self._held: tuple[float, Stamp, T] | None = None

    def __call__(self) -> T:
        # Monotonic time only ages what is kept; it is no legal time.
        if self._held is not None and time.monotonic() - self._held[0] <= KEPT:
            return self._held[2]
        stamp = _stamp(self._where())
        value = self._held[2] if self._held is not None and self._held[1] == stamp else self._read()
        self._held = (time.monotonic(), stamp, value)
        return value

    def cache_clear(self) -> None:
        """Read anew at the next question."""
        self._held = None


class Laying:
    """One file being replaced; see `laying`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._former: bytes | None = None
        self._laid = False

    def __enter__(self) -> Laying:
        return self

    def check(self, seen: str | None) -> None:
        """Refuse `changed-meanwhile` unless the file is still the one somebody looked at."""
        if seen is not None and seen != version(self.path):
            raise refused("changed-meanwhile")

    def put(self, text: str) -> None:
        """Replace the file; it goes back to what it was if the act is not committed."""
        self._former = self.path.read_bytes() if self.path.is_file() else None
        self._laid = True
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(self.path, text.encode())

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None or not self._laid:
            return
        if self._former is None:
            self.path.unlink(missing_ok=True)
        else:
            write_durably(self.path, self._former)


def laying(path: Path) -> Laying:
    """Replace a file within an act: open it around the act, so that it sees the commit fail."""
    return Laying(path)


def version(path: Path) -> str:
    """What a page remembers of a file it showed; `none` where there is no file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else "none"


def _stamp(path: Path) -> Stamp:
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path] if path.is_file() else []
    found = ((each, each.stat()) for each in files)
    return tuple((str(each), said.st_mtime_ns, said.st_ino, said.st_size) for each, said in found)
