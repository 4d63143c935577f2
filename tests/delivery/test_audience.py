"""Laws of telling, over every act of a small case; no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from akcept.delivery.audience import Happening, audience, participants
from akcept.delivery.topics import Topic
from akcept.engine import events as ev
from akcept.engine.case import Case, Seat, SeatState, State, Why
from akcept.engine.evolve import Envelope, evolve
from akcept.engine.values import Private

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = date(2026, 11, 20)
SIGNED: dict[str, Any] = {"seat": 1, "revision": 1, "fingerprint": "f", "undo_until": AT}
GOING = Case(
    id="c", doctype="INVOICE", number=49, initiator="anna", card={"amount": 100, "currency": "RUB"},
    authors=("anna",), state=State.IN_APPROVAL, entries=5, round=1, observers=("olga",),
    seats=(Seat(1, "s", "boris", Why.NAMED), Seat(2, "s", "vera", Why.NAMED)),
)  # fmt: skip
TO_PAY = replace(
    GOING,
    state=State.TO_PAY,
    payers=("clara", "gleb"),
    seats=tuple(replace(seat, state=SeatState.APPROVED, by=seat.holder) for seat in GOING.seats),
)
ACTS: tuple[tuple[Case, ev.Event, str], ...] = (
    (GOING, ev.Approved(**SIGNED), "boris"),
    (GOING, ev.Returned(reasons=(Private("no"),), **SIGNED), "boris"),
    (GOING, ev.Rejected(reason=Private("no"), **SIGNED), "boris"),
    (GOING, ev.Withdrawn(None), "anna"),
    (GOING, ev.Reassigned("1.1.boris", "boris", "dana"), "boris"),
    (GOING, ev.ObserverAdded("oleg"), "anna"),
    (GOING, ev.Held(Private("wait"), DAY), "boris"),
    (GOING, ev.Commented(Private("hm")), "olga"),
    (TO_PAY, ev.PaymentExecuted(1, 100, DAY, "1", None, "f", closes=True), "clara"),
    (TO_PAY, ev.PaymentExecuted(1, 40, DAY, "1", None, "f", closes=False), "clara"),
    (TO_PAY, ev.RestClosed(100, Private("enough")), "clara"),
)  # fmt: skip


def happening(before: Case, event: ev.Event, by: str) -> Happening:
    after = evolve(before, event, Envelope(by, AT))
    return Happening(before, after, before.entries + 1, [event], by)


@pytest.mark.parametrize(
    ("before", "event", "by"), ACTS, ids=lambda value: getattr(value, "KIND", "")
)
def test_nobody_is_told_of_their_own_act_nor_twice(before: Case, event: ev.Event, by: str) -> None:
    told = audience(happening(before, event, by), {"vera": ["dana", by]})
    people = [one.person for one in told]
    assert by not in people
    assert len(people) == len(set(people))


@pytest.mark.parametrize(
    ("before", "event", "by"), ACTS, ids=lambda value: getattr(value, "KIND", "")
)
def test_who_waits_for_their_turn_is_not_disturbed(before: Case, event: ev.Event, by: str) -> None:
    what = happening(before, event, by)
    waiting = {"vera"} if before is GOING and not isinstance(event, ev.Approved) else set()
    assert waiting.isdisjoint(one.person for one in audience(what, {}))


def test_all_who_may_pay_learn_that_one_of_them_has_paid() -> None:
    paid = next(event for _, event, _ in ACTS if isinstance(event, ev.PaymentExecuted))
    told = {one.person: one.topic for one in audience(happening(TO_PAY, paid, "clara"), {})}
    assert told == dict.fromkeys(("anna", "boris", "vera", "gleb", "olga"), Topic.PAID)


def test_participants_are_those_whom_it_has_reached() -> None:
    assert participants(GOING) == ("anna", "boris", "olga")
