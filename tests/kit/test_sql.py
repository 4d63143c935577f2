from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from akcept.journal.models import Dispatch
from akcept.kit import ids, sql

AT = datetime(2026, 3, 2, 9, 30, 0, 5, tzinfo=UTC)
IN_MOSCOW = AT.astimezone(timezone(timedelta(hours=3)))
COLUMNS = ("chain_id", "first_number", "last_number", "not_before", "attempts", "is_sealed")

pytestmark = pytest.mark.django_db


def insert(rows: Sequence[tuple[object, ...]]) -> None:
    batch = sql.Batch()
    batch.insert("journal_dispatch", COLUMNS, rows)
    batch.run()


def test_raw_rows_hold_what_the_models_would_have_written() -> None:
    id_ = ids.new_id()
    insert([(id_, 1, 2, IN_MOSCOW, 0, True)])
    row = Dispatch.objects.get(chain_id=id_)
    assert (row.not_before, row.is_sealed, row.done_at) == (AT, True, None)
    ((chain_id, not_before),) = sql.rows(
        "SELECT chain_id, not_before FROM journal_dispatch WHERE chain_id = %s", [id_]
    )
    assert (sql.as_uuid(chain_id), sql.as_moment(not_before)) == (id_, AT)


def test_a_row_is_read_as_its_model_would_read_it() -> None:
    insert([(id_ := ids.new_id(), 1, 2, IN_MOSCOW, 0, True)])
    (row,) = sql.loaded(Dispatch, "chain_id = %s AND is_sealed", [id_])
    known = Dispatch.objects.get(chain_id=id_)
    assert {**vars(row), "_state": None} == {**vars(known), "_state": None}
    assert not row._state.adding
    assert sql.loaded(Dispatch, "chain_id = %s", [ids.new_id()]) == []


def test_many_rows_are_written_by_few_statements() -> None:
    rows = [(ids.new_id(), 1, 2, AT, 0, False) for _ in range(6_000)]
    with CaptureQueriesContext(connection) as queries:
        insert(rows)
    assert len(queries) == 2
    assert Dispatch.objects.count() == 6_000


def test_no_rows_need_no_statement() -> None:
    with CaptureQueriesContext(connection) as queries:
        insert([])
    assert len(queries) == 0


def test_a_stream_gives_all_rows_in_order() -> None:
    rows = [(ids.new_id(), number, number, AT, 0, False) for number in range(4_500)]
    insert(rows)
    found = sql.stream("SELECT first_number FROM journal_dispatch ORDER BY first_number")
    assert [number for (number,) in found] == list(range(4_500))


def test_a_statement_tells_how_many_rows_it_touched() -> None:
    insert([(ids.new_id(), 1, 1, AT, 0, False)] * 1)
    assert sql.execute("UPDATE journal_dispatch SET attempts = %s", [3]) == 1


def test_only_postgresql_has_row_locks() -> None:
    expected = {"postgresql": " FOR UPDATE", "sqlite": ""}[connection.vendor]
    assert sql.lock_suffix() == expected
    assert sql.lock_suffix(skip_locked=True) == (expected and f"{expected} SKIP LOCKED")


@pytest.mark.django_db(transaction=True)
def test_a_writer_may_require_a_transaction() -> None:
    with pytest.raises(TransactionManagementError):
        sql.require_transaction()
    with transaction.atomic():
        sql.require_transaction()
