"""Revocation lists kept on disk until the next one is due, so that filings do not wait for downloads."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from qyzmet.evidence.fetching import SourceSilent, fetch
from qyzmet.signatures import Certificate, SignatureError
from qyzmet.signatures.revocation.crl import RevocationList, read_crl

__all__ = ["current_list"]

LARGEST = 64 << 20
WITHIN = 15.0


def current_list(address: str, authorities: Sequence[Certificate], now: datetime) -> bytes:
    """The list at this address, DER: the kept one until its next update, then a new one.

    An old list is better than none when the source is silent: whom it revoked stays revoked. Only what one
    of the authorities signed is kept. Raises SourceSilent when there is neither.
    """
    path = _path(address)
    kept = _kept(path)
    if kept is not None and _due(kept) > now and _is_by_one_of(authorities, kept):
        return kept.der
    try:
        fresh = _fetched(address, authorities)
    except SourceSilent:
        if kept is not None and _is_by_one_of(authorities, kept):
            return kept.der
        raise
    if kept is None or (kept.this_update, kept.number) <= (fresh.this_update, fresh.number):
        _keep(path, fresh.der)
    return fresh.der


def _fetched(address: str, authorities: Sequence[Certificate]) -> RevocationList:
    data = fetch(address, limit=LARGEST, within=WITHIN)
    try:
        found = read_crl(data)
    except SignatureError as problem:
        raise SourceSilent(address, str(problem)) from problem
    if not _is_by_one_of(authorities, found):
        raise SourceSilent(address, "its list is signed by no authority we trust")
    return found


def _is_by_one_of(authorities: Sequence[Certificate], found: RevocationList) -> bool:
    named = [each for each in authorities if each.subject_name == found.issuer]
    try:
        return any(found.signed(each) for each in named)
    except SignatureError:
        # Signed by a weak or unknown algorithm: nobody's.
        return False


def _due(kept: RevocationList) -> datetime:
    return kept.next_update or kept.this_update


def _path(address: str) -> Path:
    name = hashlib.sha256(address.encode()).hexdigest()
    return Path(settings.QYZMET_DATA) / "revocation" / f"{name}.crl"


def _kept(path: Path) -> RevocationList | None:
    try:
        stat = path.stat()
        return _read(path, stat.st_mtime_ns, stat.st_ino)
    except (FileNotFoundError, SignatureError):
        # A file that does not read is fetched again.
        return None


@lru_cache(maxsize=16)
def _read(path: Path, changed: int, node: int) -> RevocationList:
    return read_crl(path.read_bytes())


def _keep(path: Path, der: bytes) -> None:
    """Under another name first: a process killed here leaves the old list whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with path.with_suffix(".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with draft.open("wb") as file:
            file.write(der)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
