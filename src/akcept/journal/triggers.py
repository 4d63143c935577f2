"""The belt in the database itself: entries are never changed, private values only erased.

A migration that touches Entry or PrivateValue on SQLite rebuilds the table and so loses its
triggers; it ends with `install_triggers`. A system check looks for them at every start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from akcept.kit import sql

REFUSAL = "The journal is append-only."
ENTRY, PRIVATE = "journal_entry", "journal_privatevalue"
ERASES = """
    NEW.value IS NULL AND NEW.salt IS NULL AND NEW.removed_under IS NOT NULL
    AND OLD.value IS NOT NULL AND NEW.id = OLD.id AND NEW.chain_id = OLD.chain_id
    AND NEW.number = OLD.number AND NEW.path = OLD.path
"""
# INSERT OR REPLACE deletes the old row without asking the trigger on DELETE.
REPLACES = f"""EXISTS (
    SELECT 1 FROM {ENTRY} WHERE id = NEW.id
    OR (chain_id = NEW.chain_id AND number = NEW.number)
    OR (actor_id = NEW.actor_id AND "key" = NEW."key")
)"""  # noqa: S608

# name: (table, when it fires, on which condition)
Trigger = tuple[str, str, str]
ROW_TRIGGERS: dict[str, Trigger] = {
    "journal_entry_update": (ENTRY, "UPDATE", ""),
    "journal_entry_delete": (ENTRY, "DELETE", ""),
    "journal_private_update": (PRIVATE, "UPDATE", f"WHEN (NOT ({ERASES}))"),
    "journal_private_delete": (PRIVATE, "DELETE", ""),
}
SQLITE_TRIGGERS: dict[str, Trigger] = {
    **ROW_TRIGGERS,
    "journal_entry_replace": (ENTRY, "INSERT", f"WHEN {REPLACES}"),
}
POSTGRES_TRIGGERS: dict[str, Trigger] = {
    **ROW_TRIGGERS,
    "journal_entry_truncate": (ENTRY, "TRUNCATE", ""),
    "journal_private_truncate": (PRIVATE, "TRUNCATE", ""),
}
POSTGRES_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
"""


def install_triggers() -> None:
    """Create the triggers that are missing or stale."""
    drop_triggers()
    if _on_sqlite():
        for name, (table, event, when) in SQLITE_TRIGGERS.items():
            sql.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    sql.execute(POSTGRES_FUNCTION)
    for name, (table, event, when) in POSTGRES_TRIGGERS.items():
        each = "STATEMENT" if event == "TRUNCATE" else "ROW"
        sql.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} {when} "
            "EXECUTE FUNCTION journal_refuse()"
        )


def drop_triggers() -> None:
    """Drop the triggers; for migrations and for tests that empty the database."""
    for name, (table, _, _) in _triggers().items():
        on_table = "" if _on_sqlite() else f" ON {table}"
        sql.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def triggers_present() -> bool:
    """Tell whether every trigger is there and enabled."""
    if _on_sqlite():
        found = sql.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    else:
        found = sql.rows(
            "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE pg_table_is_visible(c.oid) AND t.tgenabled IN ('O', 'A')"
        )
    return _triggers().keys() <= {name for (name,) in found}


@contextmanager
def lifted() -> Iterator[None]:
    """Lift the triggers while a test run empties the database."""
    drop_triggers()
    try:
        yield
    finally:
        install_triggers()


def _on_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _triggers() -> dict[str, Trigger]:
    return SQLITE_TRIGGERS if _on_sqlite() else POSTGRES_TRIGGERS
