"""The whole test database laid aside and taken back, in a second: by SQLite's backup, by PostgreSQL's COPY."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from qyzmet.cases.journal import guards

__all__ = ["keep", "take_back"]

NAME = "database.sqlite3"


def keep(folder: Path) -> None:
    """Lay everything aside in this folder, which is made; what is there under the name is complete."""
    half = folder.with_suffix(".half")
    half.mkdir()
    if connection.vendor == "sqlite":
        with sqlite3.connect(half / NAME) as kept:
            connection.connection.backup(kept)
    else:
        with connection.cursor() as cursor:
            for table in _tables():
                with cursor.copy(f"COPY {table} TO STDOUT (FORMAT BINARY)") as rows:
                    (half / table).write_bytes(b"".join(bytes(part) for part in rows))
    half.rename(folder)


def take_back(folder: Path) -> None:
    """The database as it was laid aside; what is in it now is gone."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with sqlite3.connect(folder / NAME) as kept:
            kept.backup(connection.connection)
        return
    guards.remove(connection)
    with transaction.atomic(), connection.cursor() as cursor:  # foreign keys are looked at when it is whole
        cursor.execute(f"TRUNCATE {', '.join(_tables())}")
        for table in _tables():
            with cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as rows:
                rows.write((folder / table).read_bytes())
        for statement in connection.ops.sequence_reset_sql(
            no_style(), apps.get_models(include_auto_created=True)
        ):
            cursor.execute(statement)
    guards.install(connection)


def _tables() -> list[str]:
    return sorted(name for name in connection.introspection.table_names() if name != "django_migrations")
