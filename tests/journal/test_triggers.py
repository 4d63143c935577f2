from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from akcept.engine.values import Private
from akcept.journal import erasure, triggers
from akcept.journal.models import Entry, PrivateValue
from akcept.journal.store import Actor, ActorKind, Head, Record, append
from akcept.kit import ids, sql

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ANNA = Actor(ActorKind.PERSON, ids.new_id(), "Anna")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def head() -> Head:
    return append(
        head=Head("CASE", ids.new_id(), 0, ""),
        records=[Record("COMMENTED", {"text": Private("Спасибо")})],
        by=ANNA,
        at=AT,
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET kind = 'PAID'",
        "DELETE FROM journal_entry",
        "DELETE FROM journal_privatevalue",
        "UPDATE journal_privatevalue SET value = 'Нет'",
        "UPDATE journal_privatevalue SET value = NULL, salt = NULL, removed_under = 'R', number = 9",
    ],
)
def test_the_database_refuses_to_change_the_journal(statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql.execute(statement)


# Only PostgreSQL has TRUNCATE.
@pytest.mark.postgresql
@pytest.mark.parametrize("table", ["journal_entry", "journal_privatevalue"])
def test_the_database_refuses_to_empty_the_journal(table: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql.execute(f"TRUNCATE {table}")


# Only SQLite has REPLACE.
@pytest.mark.sqlite
def test_the_database_refuses_to_replace_an_entry() -> None:
    columns = "chain, chain_id, number, kind, at, body, hash"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql.execute(
            f"INSERT OR REPLACE INTO journal_entry ({columns}) "  # noqa: S608
            f"SELECT {columns} FROM journal_entry"
        )


def test_a_private_value_can_be_removed_under_a_rule(head: Head) -> None:
    body = Entry.objects.get().body
    assert erasure.remove(rule="GDPR-17", values=[(head.id, 1, "data.text")]) == 1
    assert erasure.remove(rule="GDPR-17", values=[(head.id, 1, "data.text")]) == 0
    removed = PrivateValue.objects.get(path="data.text")
    assert (removed.value, removed.salt, removed.removed_under) == (None, None, "GDPR-17")
    assert Entry.objects.get().body == body


def test_a_private_value_is_not_removed_without_a_rule(head: Head) -> None:
    with pytest.raises(ValueError, match="under a rule"):
        erasure.remove(rule="", values=[(head.id, 1, "data.text")])


def test_missing_triggers_are_noticed() -> None:
    assert triggers.triggers_present()
    with triggers.lifted():
        assert not triggers.triggers_present()
    assert triggers.triggers_present()
