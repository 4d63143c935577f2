from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from akcept.journal import dispatch
from akcept.journal.dispatch import DispatchRef
from akcept.journal.store import Actor, ActorKind, Head, Record, append
from akcept.kit import ids

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LEASE = timedelta(minutes=5)
SYSTEM = Actor(ActorKind.SYSTEM)

pytestmark = pytest.mark.django_db


def happened(*, not_before: datetime | None = None) -> Head:
    start = Head("CASE", ids.new_id(), 0, "")
    records = [Record("SUBMITTED", {}), Record("ASSIGNED", {})]
    return append(head=start, records=records, by=SYSTEM, at=AT, not_before=not_before)


def take(at: datetime = AT, limit: int = 10) -> list[DispatchRef]:
    return dispatch.claim(at=at, limit=limit, lease=LEASE)


def test_each_append_is_claimed_once() -> None:
    head = happened()
    (ref,) = take()
    assert (ref.chain_id, ref.first_number, ref.last_number, ref.attempts) == (head.id, 1, 2, 1)
    assert take() == []


def test_no_more_is_claimed_than_asked_for_and_the_oldest_first() -> None:
    heads = [happened() for _ in range(3)]
    assert [ref.chain_id for ref in take(limit=2)] == [heads[0].id, heads[1].id]
    assert [ref.chain_id for ref in take(limit=2)] == [heads[2].id]


def test_nothing_is_claimed_before_its_moment() -> None:
    happened(not_before=AT + timedelta(seconds=10))
    assert take() == []
    assert len(take(at=AT + timedelta(seconds=10))) == 1


def test_a_lease_that_ran_out_is_claimed_again() -> None:
    happened()
    take()
    (again,) = take(at=AT + LEASE)
    assert again.attempts == 2


def test_what_is_done_is_never_claimed_again() -> None:
    happened()
    (ref,) = take()
    assert dispatch.waiting(at=AT) == 1
    assert dispatch.done(ids=[ref.id], at=AT) == 1
    assert dispatch.done(ids=[ref.id], at=AT) == 0
    assert take(at=AT + 2 * LEASE) == []
    assert dispatch.waiting(at=AT) == 0


def test_what_failed_waits_for_its_next_attempt() -> None:
    happened()
    (ref,) = take()
    later = AT + timedelta(minutes=1)
    assert dispatch.retry(ids=[ref.id], not_before=later) == 1
    assert take() == []
    assert [ref.attempts for ref in take(at=later)] == [2]


def test_an_undone_act_is_told_to_nobody() -> None:
    head = happened()
    assert dispatch.cancel(chain_id=head.id, first_number=1, at=AT)
    assert not dispatch.cancel(chain_id=head.id, first_number=1, at=AT)
    assert take() == []


def test_what_somebody_has_claimed_cannot_be_cancelled() -> None:
    head = happened()
    (ref,) = take()
    assert not dispatch.cancel(chain_id=head.id, first_number=1, at=AT)
    dispatch.retry(ids=[ref.id], not_before=AT)
    assert not dispatch.cancel(chain_id=head.id, first_number=1, at=AT)
