"""Files by the SHA-256 of their bytes: attachments, printed documents. Synced before a row names them.

    digest = blobs.put(pdf, "application/pdf", now=now)
    with blobs.opened(digest) as file: ...

The same bytes are kept once. What is read is checked against its name first.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from django.conf import settings
from django.db import transaction

from qyzmet.cases import rows
from qyzmet.cases.lock import writing
from qyzmet.cases.models import Blob

__all__ = [
    "BlobDamaged",
    "BlobErased",
    "BlobMissing",
    "FileStore",
    "Store",
    "Stored",
    "erase",
    "kept",
    "opened",
    "put",
    "read",
    "store",
]

CHUNK = 1 << 20


class BlobMissing(LookupError):
    """No file has this digest."""


class BlobErased(LookupError):
    """The file was lawfully erased."""


class BlobDamaged(OSError):
    """The bytes on disk no longer have the digest they are known by; put the file back from a copy."""


class Stored(NamedTuple):
    """A file in the store: hex SHA-256 and size in bytes."""

    digest: str
    size: int


class Store(Protocol):
    """Where bytes are kept. `put` returns when they are there to stay; the same bytes again cost nothing."""

    def put(self, chunks: Iterable[bytes]) -> Stored: ...
    def open(self, digest: str) -> BinaryIO: ...
    def remove(self, digest: str) -> None: ...


class FileStore:
    """A store in a folder: `ab/cd/<digest>`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, chunks: Iterable[bytes]) -> Stored:
        """Hash while writing, sync, then give the file its name."""
        drafts = _folder(self.root / "drafts")
        draft = drafts / secrets.token_hex(16)
        hashed, size = hashlib.sha256(), 0
        try:
            with draft.open("xb") as file:
                for chunk in chunks:
                    hashed.update(chunk)
                    size += file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            stored = Stored(hashed.hexdigest(), size)
            self._name(draft, stored.digest)
        finally:
            draft.unlink(missing_ok=True)
        return stored

    def _name(self, draft: Path, digest: str) -> None:
        path = self._path(digest)
        # A copy whose bytes went bad is replaced by the good one that has just arrived.
        if path.exists() and _digest_of(path) == digest:
            return
        _folder(path.parent)
        draft.replace(path)
        _sync(path.parent)

    def open(self, digest: str) -> BinaryIO:
        """The file from its beginning, once its bytes are checked. Raises BlobMissing, BlobDamaged."""
        try:
            file = self._path(digest).open("rb")
        except FileNotFoundError:
            raise BlobMissing(digest) from None
        found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != digest:
            file.close()
            raise BlobDamaged(f"the stored file {digest} has other bytes now; put it back from a copy")
        file.seek(0)
        return file

    def remove(self, digest: str) -> None:
        """Take the bytes away; nothing happens when they are gone."""
        path = self._path(digest)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            _sync(path.parent)

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
            raise BlobMissing(digest)
        return self.root / digest[:2] / digest[2:4] / digest


def store() -> Store:
    """The deployment's store: `blobs` in the data folder."""
    return FileStore(Path(settings.QYZMET_DATA) / "blobs")


def put(content: bytes | Iterable[bytes], media_type: str, *, now: datetime) -> str:
    """Store bytes, or chunks of them, and name them in the database; the digest (hex SHA-256)."""
    chunks = (content,) if isinstance(content, bytes) else content
    stored = store().put(chunks)
    if not kept(stored.digest):
        with writing(), transaction.atomic():
            values = {"size": stored.size, "media_type": media_type, "stored_at": now, "erased_at": None}
            Blob.objects.update_or_create(digest=stored.digest, defaults=values)
    return stored.digest


def kept(digest: str) -> bool:
    """Whether the database names these bytes, not erased."""
    asked = "SELECT 1 FROM cases_blob WHERE digest = %s AND erased_at IS NULL"
    return rows.run(asked, [digest]).fetchone() is not None


def opened(digest: str) -> BinaryIO:
    """The file, checked. Raises BlobErased, BlobMissing, BlobDamaged."""
    row = rows.run("SELECT erased_at FROM cases_blob WHERE digest = %s", [digest]).fetchone()
    if row is None:
        raise BlobMissing(digest)
    if row[0] is not None:
        raise BlobErased(digest)
    return store().open(digest)


def read(digest: str) -> bytes:
    """The whole file, checked, for what is small."""
    with opened(digest) as file:
        return file.read()


def erase(digest: str, *, now: datetime) -> None:
    """Erase a file for good: the row says so first, then the bytes go.

    Whoever calls has made sure that no other case uses the same bytes. A process killed in between leaves
    bytes that nobody can open any more; erasing again removes them.
    """
    with writing(), transaction.atomic():
        Blob.objects.filter(digest=digest, erased_at__isnull=True).update(erased_at=now)
    store().remove(digest)


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folder(path: Path) -> Path:
    """Make a folder and those above it, so that they too are there after a power cut."""
    if not path.is_dir():
        _folder(path.parent)
        path.mkdir(exist_ok=True)
        _sync(path.parent)
    return path


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
