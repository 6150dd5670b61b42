"""Digests by name, one object for small and large: `update(data)`, `digest()`.

Names: streebog512, streebog256, gost94 (GOST 34.311-95), sha256, sha384, sha512, and sha1 for reading old
files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import BinaryIO, Protocol

from qyzmet.signatures.algorithms import libgcrypt
from qyzmet.signatures.algorithms.gost94 import Gost94
from qyzmet.signatures.algorithms.streebog import Streebog

_CHUNK = 1 << 20
_SHA = frozenset({"sha1", "sha256", "sha384", "sha512"})
GOST = frozenset({"streebog512", "streebog256", "gost94"})
NAMES = _SHA | GOST


class Hash(Protocol):
    """A running hash."""

    def update(self, data: bytes, /) -> None:
        """Take in the next bytes."""

    def digest(self) -> bytes:
        """The digest so far."""


def new_hash(name: str, *, plain: bool = False) -> Hash:
    """An empty running hash; `plain` asks for the Python one even where libgcrypt is present.

    Raises KeyError for a name not in NAMES.
    """
    if name not in NAMES:
        raise KeyError(name)
    if name in _SHA:
        return hashlib.new(name, usedforsecurity=False)
    library = None if plain else libgcrypt.load()
    if library is not None:
        return library.hash(name)
    return Gost94() if name == "gost94" else Streebog(int(name.removeprefix("streebog")))


def digest(name: str, data: bytes) -> bytes:
    """The digest of these bytes."""
    running = new_hash(name)
    running.update(data)
    return running.digest()


def digests_of(source: BinaryIO, names: Iterable[str]) -> dict[str, bytes]:
    """Several digests of a file in one reading, a mebibyte at a time."""
    running = {name: new_hash(name) for name in names}
    while chunk := source.read(_CHUNK):
        for each in running.values():
            each.update(chunk)
    return {name: each.digest() for name, each in running.items()}
