"""Database triggers that keep the journal: no update, delete, replacement or truncation of an entry."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["install", "remove"]

REASON = "the journal is never changed; add an entry that corrects it"

SQLITE = {
    "entry_kept_update": f"BEFORE UPDATE ON cases_entry BEGIN SELECT RAISE(ABORT, '{REASON}'); END",
    "entry_kept_delete": f"BEFORE DELETE ON cases_entry BEGIN SELECT RAISE(ABORT, '{REASON}'); END",
    # INSERT OR REPLACE fires no delete trigger, so a row that is there already is refused before it.
    "entry_kept_replace": "BEFORE INSERT ON cases_entry WHEN EXISTS"  # noqa: S608
    " (SELECT 1 FROM cases_entry WHERE id = NEW.id OR (stream = NEW.stream AND seq = NEW.seq))"
    f" BEGIN SELECT RAISE(ABORT, '{REASON}'); END",
}
FUNCTION = f"""
CREATE OR REPLACE FUNCTION cases_entry_kept() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REASON}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
CALL = "EXECUTE FUNCTION cases_entry_kept()"
POSTGRES = {
    "entry_kept_change": f"BEFORE UPDATE OR DELETE ON cases_entry FOR EACH ROW {CALL}",
    "entry_kept_truncate": f"BEFORE TRUNCATE ON cases_entry FOR EACH STATEMENT {CALL}",
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards on `cases_entry`."""
    triggers = SQLITE if connection.vendor == "sqlite" else POSTGRES
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for name, rest in triggers.items():
            cursor.execute(f"CREATE TRIGGER {name} {rest}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards off: for undoing the migration and for emptying a throw-away database."""
    triggers, table = (SQLITE, "") if connection.vendor == "sqlite" else (POSTGRES, " ON cases_entry")
    with connection.cursor() as cursor:
        for name in triggers:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")
