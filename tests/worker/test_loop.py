from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from mailbox import wait_until

import pytest
from django.db import connection

from akcept.delivery import periodic, queries
from akcept.delivery.models import PeriodicSlot
from akcept.journal.models import Seal
from akcept.kit import clock
from akcept.worker import loop
from akcept.worker.duties import Duty, Periodic
from akcept.worker.loop import Worker

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db(transaction=True)


class Broken(Exception):
    pass


def fails(_at: datetime) -> bool:
    raise Broken


def test_a_duty_that_fails_pauses_and_does_not_stop_the_others() -> None:
    done: list[str] = []
    tried: list[datetime] = []

    def broken(at: datetime) -> bool:
        tried.append(at)
        raise Broken

    def works(_at: datetime) -> bool:
        done.append("work")
        return True

    worker = Worker([Duty("broken", broken), Duty("works", works)])
    assert worker.step(stop=threading.Event())
    assert worker.step(stop=threading.Event())
    assert (len(tried), len(done)) == (1, 2)
    assert worker.waits_until["broken"] > clock.now()


def test_a_worker_told_to_stop_begins_nothing_more() -> None:
    stop = threading.Event()
    begun: list[str] = []

    def first(_at: datetime) -> bool:
        begun.append("first")
        stop.set()
        return True

    def second(_at: datetime) -> bool:
        begun.append("second")
        return True

    Worker([Duty("first", first), Duty("second", second)]).step(stop=stop)
    assert begun == ["first"]


def test_the_loop_works_beats_and_stops_at_once() -> None:
    stop = threading.Event()

    def work() -> None:
        try:
            loop.run(stop=stop)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    wait_until(lambda: queries.last_heartbeat() and Seal.objects.exists())
    stop.set()
    thread.join(3)
    assert not thread.is_alive()


def test_of_many_workers_one_does_a_periodic_duty() -> None:
    done: list[datetime] = []

    def step(at: datetime) -> bool:
        done.append(at)
        return True

    for _ in range(3):
        Periodic("test", HOUR, step).once(AT)
    assert done == [AT]
    Periodic("test", HOUR, step).once(AT + HOUR)
    assert len(done) == 2


def test_a_periodic_duty_that_failed_is_done_by_the_next() -> None:
    with pytest.raises(Broken):
        Periodic("test", HOUR, fails).once(AT)
    done: list[datetime] = []
    Periodic("test", HOUR, lambda at: not done.append(at)).once(AT)
    assert done == [AT]


def test_a_slot_whose_worker_died_is_taken_over() -> None:
    lease = timedelta(minutes=5)
    assert periodic.take(name="test", slot="1", at=AT, lease=lease)
    assert not periodic.take(name="test", slot="1", at=AT, lease=lease)
    assert periodic.take(name="test", slot="1", at=AT + lease, lease=lease)
    periodic.done(name="test", slot="1", at=AT + lease)
    assert not periodic.take(name="test", slot="1", at=AT + 9 * lease, lease=lease)


def test_slots_of_long_ago_are_forgotten() -> None:
    for slot, at in (("1", AT), ("2", AT + timedelta(days=30))):
        periodic.take(name="test", slot=slot, at=at, lease=HOUR)
        periodic.done(name="test", slot=slot, at=at)
    assert list(PeriodicSlot.objects.values_list("slot", flat=True)) == ["2"]
