from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from akcept.company import numbers

THREADS, TURNS = 4, 5

pytestmark = pytest.mark.django_db(transaction=True)


def test_those_who_take_numbers_at_once_never_take_the_same() -> None:
    ready = Barrier(THREADS)

    def take_some() -> list[int]:
        ready.wait()
        try:
            return [take_one() for _ in range(TURNS)]
        finally:
            connection.close()

    def take_one() -> int:
        with transaction.atomic():
            return numbers.take(series="INVOICE")

    with ThreadPoolExecutor(THREADS) as pool:
        takers = [pool.submit(take_some) for _ in range(THREADS)]
        taken = [number for taker in takers for number in taker.result()]
    assert sorted(taken) == list(range(1, THREADS * TURNS + 1))


def test_a_number_is_never_taken_outside_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        numbers.take(series="INVOICE")
