from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.db import IntegrityError, connection, transaction

from akcept.journal import dispatch, seals
from akcept.journal.models import Entry, SealBook, SealedHead
from akcept.journal.store import Actor, ActorKind, Head, Record, append, record
from akcept.kit import ids
from together import at_once

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SYSTEM = Actor(ActorKind.SYSTEM)
SEEN = Record("SEEN", {})

pytestmark = pytest.mark.django_db(transaction=True)


def test_those_who_record_at_once_wait_for_each_other() -> None:
    row = SealBook.objects.create(id=ids.new_id())

    def act() -> None:
        for _ in range(5):
            with transaction.atomic():
                record(row=SealBook(id=row.id), chain="SETTINGS", records=[SEEN], by=SYSTEM, at=AT)

    at_once([act] * 4)
    entries = list(Entry.objects.filter(chain_id=row.id).order_by("number"))
    assert [entry.number for entry in entries] == list(range(1, 21))
    row.refresh_from_db()
    assert (row.head_number, row.head_hash) == (20, entries[-1].hash)
    assert [entry.id for entry in entries] == sorted(entry.id for entry in entries)


def test_of_two_who_append_to_the_same_head_one_wins() -> None:
    head = Head("CASE", ids.new_id(), 0, "")

    def act() -> bool:
        try:
            with transaction.atomic():
                append(head=head, records=[SEEN], by=SYSTEM, at=AT)
        except IntegrityError:
            return False
        return True

    assert sorted(at_once([act] * 2)) == [False, True]
    assert Entry.objects.filter(chain_id=head.id).count() == 1


def test_workers_who_claim_at_once_never_get_the_same() -> None:
    for _ in range(20):
        with transaction.atomic():
            append(head=Head("CASE", ids.new_id(), 0, ""), records=[SEEN], by=SYSTEM, at=AT)

    claimed = at_once([lambda: dispatch.claim(at=AT, limit=5, lease=timedelta(minutes=1))] * 4)
    taken = [ref.id for refs in claimed for ref in refs]
    assert len(taken) == len(set(taken)) == 20


def test_a_day_sealed_by_two_at_once_has_one_seal() -> None:
    made = at_once([lambda: seals.make(at=AT)] * 2)
    assert len([seal for seal in made if seal]) == 1


# SQLite has one writer at a time.
@pytest.mark.postgresql
def test_an_append_that_commits_after_a_later_one_is_still_sealed() -> None:
    slow, quick = ids.new_id(), ids.new_id()
    written, is_sealed = Event(), Event()

    def write_slowly() -> None:
        with transaction.atomic():
            append(head=Head("CASE", slow, 0, ""), records=[SEEN], by=SYSTEM, at=AT)
            written.set()
            is_sealed.wait(10)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(write_slowly)
        written.wait(10)
        with transaction.atomic():
            append(head=Head("CASE", quick, 0, ""), records=[SEEN], by=SYSTEM, at=AT)
        seals.make(at=AT)
        is_sealed.set()
        waiting.result()
    seals.make(at=AT + timedelta(days=1))
    covered = SealedHead.objects.order_by("seal").values_list("seal", "chain_id")
    assert list(covered) == [(1, quick), (2, slow)]
