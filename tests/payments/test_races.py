"""Several workers at the same duty do it once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import connection

from akcept.cases.models import PlannedPayment
from akcept.journal.models import Entry
from akcept.payments import postponement
from troupe import Cast, approved

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS, CASES = 3, 4
MONDAY_NOON = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_three_workers_move_every_date_once(cast: Cast) -> None:
    for number in range(CASES):
        approved(cast, supplier_number=f"C-{number}")
    ready = Barrier(WORKERS)

    def work() -> int:
        ready.wait()
        try:
            return postponement.run(at=MONDAY_NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        workers = [pool.submit(work) for _ in range(WORKERS)]
        moved = [worker.result() for worker in workers]
    assert sum(moved) == CASES
    assert Entry.objects.filter(kind="POSTPONED").count() == CASES
    rows = PlannedPayment.objects.values_list("on", "moves")
    assert list(rows) == [(date(2026, 11, 23), 1)] * CASES
