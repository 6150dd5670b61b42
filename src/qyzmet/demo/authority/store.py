"""Where keys rest: a folder several processes share, or the memory of one.

What is put first stays: whoever comes second with the same name gets what the first one left, so two
processes that start at once end with the same root.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

__all__ = ["Folder", "Memory", "Store"]


class Store(Protocol):
    """Files by name, with one folder level (`keys/asan`)."""

    def get(self, name: str) -> bytes | None:
        """What is kept under the name, None when nothing is."""

    def keep(self, name: str, data: bytes) -> bytes:
        """Keep it unless something is there already; return what is there."""

    def names(self, folder: str) -> Iterator[str]:
        """The names inside one folder, without it."""


class Memory:
    """For tests and rehearsals: gone with the process."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        """As `Store.get`."""
        return self._kept.get(name)

    def keep(self, name: str, data: bytes) -> bytes:
        """As `Store.keep`."""
        return self._kept.setdefault(name, data)

    def names(self, folder: str) -> Iterator[str]:
        """As `Store.names`."""
        start = f"{folder}/"
        return iter([name.removeprefix(start) for name in list(self._kept) if name.startswith(start)])


class Folder:
    """Files only their owner reads. A name appears with its whole content, or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get(self, name: str) -> bytes | None:
        """As `Store.get`."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, name: str, data: bytes) -> bytes:
        """As `Store.keep`."""
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = place.with_name(f".{place.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, place)
        except FileExistsError:
            return place.read_bytes()
        finally:
            draft.unlink()
        return data

    def names(self, folder: str) -> Iterator[str]:
        """As `Store.names`."""
        try:
            found = [entry.name for entry in os.scandir(self.path / folder)]
        except FileNotFoundError:
            return iter(())
        return iter(sorted(name for name in found if not name.startswith(".")))
