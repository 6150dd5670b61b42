"""One writer at a time on SQLite, in turn.

SQLite's own waiting is a sleep-and-retry that starves writers when there are several. A lock on a file beside
the database is taken before the transaction begins and let go after it has ended.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.db import DEFAULT_DB_ALIAS, connections

__all__ = ["writing"]

_mine = threading.local()


@contextmanager
def writing() -> Iterator[None]:
    """Hold the right to write for the length of a transaction; nothing to hold on PostgreSQL."""
    here = connections[DEFAULT_DB_ALIAS]
    name = str(here.settings_dict["NAME"])
    # Inside a transaction that has begun the turn is ours already.
    if here.vendor != "sqlite" or here.in_atomic_block or "memory" in name:
        yield
        return
    handle = _handle(name)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)


def _handle(name: str) -> BinaryIO:
    # One open file per thread and process: a lock excludes other open files, not others using the same one.
    held: dict[tuple[str, int], BinaryIO] = _mine.__dict__.setdefault("held", {})
    key = (name, os.getpid())
    if key not in held:
        held[key] = Path(name + ".lock").open("ab")  # noqa: SIM115 - held for the life of the thread
    return held[key]
