"""What this deployment relies on: the national roots, its own folder, and in a demo the demo's authority."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.utils.module_loading import import_string

from qyzmet.signatures import Rules, Trust, read_trust

__all__ = ["demo_keys", "rules", "trust"]

Stamp = tuple[tuple[str, int, int], ...]


def trust() -> Trust:
    """Roots, authorities and lists to judge by.

    The national roots are always pinned. `QYZMET_TRUST` adds a folder of roots and authorities (.cer) and
    lists (.crl); outside production the demo's authority is trusted too. Raises SignatureError
    `trust-unreadable` naming a file that does not read.
    """
    folders = [Path(settings.QYZMET_TRUST)] if settings.QYZMET_TRUST else []
    if not settings.PRODUCTION:
        folders.append(demo_keys() / "trust")
    return _together(tuple((str(folder), _stamp(folder)) for folder in folders))


@lru_cache(maxsize=16)
def _together(folders: tuple[tuple[str, Stamp], ...]) -> Trust:
    """What was read of these folders as they are: kept until a file of theirs changes."""
    whole = Trust()
    for each in (read_trust(Path(folder)) for folder, _ in folders):
        whole = Trust(
            (*whole.roots, *each.roots),
            (*whole.intermediates, *each.intermediates),
            (*whole.crls, *each.crls),
            (*whole.ocsps, *each.ocsps),
            whole.pinned,
        )
    return whole


def rules(purpose: Literal["sign", "login"] = "sign") -> Rules:
    """What a signature must keep beyond arithmetic; numbers of national test keys pass outside production."""
    return Rules(purpose=purpose, test_ids=not settings.PRODUCTION)


def demo_keys() -> Path:
    """The folder of the demo's authority, made when it is first needed. Production has none."""
    if settings.PRODUCTION:
        raise LookupError("production has no demo keys")
    folder = Path(settings.QYZMET_DATA) / "demo-keys"
    # Written last: when it is there the others are.
    if not (folder / "seal.p12").is_file():
        import_string(settings.QYZMET_DEMO_AUTHORITY)(folder)
    return folder


def _stamp(folder: Path) -> Stamp:
    """Tells a changed folder from the one that was read."""
    with os.scandir(folder) as files:
        found = [(file.name, file.stat()) for file in files]
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in found))
