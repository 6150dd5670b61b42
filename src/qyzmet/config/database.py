"""`DATABASE_URL` to Django's settings: SQLite in the data folder when it is not set, or PostgreSQL.

`sqlite:////folder/file.sqlite3`, `postgres://user:password@host:5432/name`, and for a socket
`postgres:///name?host=/run/postgresql`.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

__all__ = ["database"]

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000; PRAGMA foreign_keys=ON;"
    " PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"
    # A filing changes seventy pages, mostly the same ones as the last: a log of 16 MB is brought over in a
    # third of the time that four of 4 MB take, during which others wait.
    " PRAGMA wal_autocheckpoint=4000;"
)
POSTGRES_SESSION = "-c idle_in_transaction_session_timeout=60s -c lock_timeout=20s"


def database(url: str | None, data: Path) -> dict[str, Any]:
    """Django's `DATABASES["default"]` for a URL; `None` or empty is `qyzmet.sqlite3` in the data folder."""
    parts = urlsplit(url or "")
    if not url:
        return _sqlite(data / "qyzmet.sqlite3")
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgres(parts)
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return _sqlite(Path(unquote(parts.path.removeprefix("/"))).absolute())
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {parts.scheme or 'nothing'!r}; write postgres://user@host/name or sqlite:////file."
    )


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        # A file, as in the product: threads and processes of a test then meet the product's own locks.
        "TEST": {"NAME": str(Path(tempfile.gettempdir()) / f"qyzmet-test-{os.getpid()}.sqlite3")},
    }


def _postgres(parts: SplitResult) -> dict[str, Any]:
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")) or "qyzmet",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": query.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "qyzmet", "options": POSTGRES_SESSION, "connect_timeout": 5, **query},
    }
