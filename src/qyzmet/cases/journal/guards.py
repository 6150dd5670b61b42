"""Database triggers that keep the journal: no update, delete, replacement or truncation of entries and seals.

The payload of an entry may only be erased, and then says by which rule.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["install", "remove"]

REASON = "the journal is never changed; add an entry that corrects it"
REFUSE = f"BEGIN SELECT RAISE(ABORT, '{REASON}'); END"
ERASED = (
    "NEW.salt IS NULL AND NEW.data IS NULL AND NEW.erased IS NOT NULL"
    " AND NEW.id = OLD.id AND NEW.stream = OLD.stream AND NEW.seq = OLD.seq"
)

SQLITE = {
    "entry_kept_update": f"BEFORE UPDATE ON cases_entry {REFUSE}",
    "entry_kept_delete": f"BEFORE DELETE ON cases_entry {REFUSE}",
    # INSERT OR REPLACE fires no delete trigger, so a row that is there already is refused before it.
    "entry_kept_replace": "BEFORE INSERT ON cases_entry WHEN EXISTS"  # noqa: S608
    f" (SELECT 1 FROM cases_entry WHERE id = NEW.id OR (stream = NEW.stream AND seq = NEW.seq)) {REFUSE}",
    "payload_kept_update": f"BEFORE UPDATE ON cases_payload WHEN NOT ({ERASED}) {REFUSE}",
    "payload_kept_delete": f"BEFORE DELETE ON cases_payload {REFUSE}",
    "seal_kept_update": f"BEFORE UPDATE ON cases_seal {REFUSE}",
    "seal_kept_delete": f"BEFORE DELETE ON cases_seal {REFUSE}",
}
FUNCTION = f"""
CREATE OR REPLACE FUNCTION cases_entry_kept() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REASON}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
CALL = "EXECUTE FUNCTION cases_entry_kept()"
POSTGRES = {
    "entry_kept_change": ("cases_entry", "BEFORE UPDATE OR DELETE", "FOR EACH ROW"),
    "entry_kept_truncate": ("cases_entry", "BEFORE TRUNCATE", "FOR EACH STATEMENT"),
    "payload_kept_update": ("cases_payload", "BEFORE UPDATE", f"FOR EACH ROW WHEN (NOT ({ERASED}))"),
    "payload_kept_delete": ("cases_payload", "BEFORE DELETE", "FOR EACH ROW"),
    "payload_kept_truncate": ("cases_payload", "BEFORE TRUNCATE", "FOR EACH STATEMENT"),
    "seal_kept_change": ("cases_seal", "BEFORE UPDATE OR DELETE", "FOR EACH ROW"),
    "seal_kept_truncate": ("cases_seal", "BEFORE TRUNCATE", "FOR EACH STATEMENT"),
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards on the journal's tables; those that are there are put on anew."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, rest in SQLITE.items():
                cursor.execute(f"CREATE TRIGGER {name} {rest}")
            return
        cursor.execute(FUNCTION)
        for name, (table, when, each) in POSTGRES.items():
            cursor.execute(f"CREATE TRIGGER {name} {when} ON {table} {each} {CALL}")
            # Also for a session that plays the part of a replica.
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards off: for undoing the migration and for emptying a throw-away database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        for name, (table, _, _) in POSTGRES.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
