from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from akcept.journal import audit, triggers
from akcept.journal.models import Entry, SealBook
from akcept.journal.store import Actor, ActorKind, Record, record
from akcept.kit import ids

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ANNA = Actor(ActorKind.PERSON, UUID(int=1), "Anna")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def row() -> SealBook:
    book = SealBook.objects.create(id=ids.new_id())
    record(row=book, chain="SETTINGS", records=[Record("CHANGED", {})] * 3, by=ANNA, at=AT)
    record(
        row=book,
        chain="SETTINGS",
        records=[Record("CHANGED", {})],
        by=Actor(ActorKind.SYSTEM),
        at=AT,
    )
    return book


def test_an_untouched_journal_agrees_with_its_copies() -> None:
    assert list(audit.wrong_copies()) == []
    assert audit.wrong_heads(model=SealBook) == []


def test_a_row_that_nothing_happened_to_has_no_head() -> None:
    SealBook.objects.create(id=ids.new_id())
    assert audit.wrong_heads(model=SealBook) == []


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "PAID"},
        {"actor_id": UUID(int=2)},
        {"at": datetime(2026, 3, 3, tzinfo=UTC)},
        {"chain": "CASE"},
        {"number": 9},
    ],
)
def test_a_column_that_says_something_else_is_found(change: dict[str, object]) -> None:
    with triggers.lifted():
        Entry.objects.filter(number=2).update(**change)
    (found,) = audit.wrong_copies()
    assert '"number":2,' in found.body


@pytest.mark.parametrize(
    "change", [{"head_number": 3}, {"head_number": 5}, {"head_number": 0}, {"head_hash": "0" * 64}]
)
def test_a_head_that_is_not_the_last_entry_is_found(
    row: SealBook, change: dict[str, object]
) -> None:
    SealBook.objects.update(**change)
    assert audit.wrong_heads(model=SealBook) == [row.id]
