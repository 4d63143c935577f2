"""The rules of payment and of planned dates, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine.calendars import PostponeDays
from akcept.engine.case import PaymentState, State
from akcept.engine.facts import SYSTEM, Account, Policy
from akcept.engine.refusals import AlreadyDecided, DayClosed, Overpaid
from akcept.engine.values import Private
from akcept.engine.verbs import Verb
from engine.world import FRIDAY, MONDAY, Story, World

WHY = Private("Because")
NEXT_MONDAY = date(2026, 3, 9)


def _returned(payment: int) -> do.RecordReturn:
    return do.RecordReturn(payment, do.ReturnKind.ENTERED_IN_ERROR, WHY)


def test_a_document_is_paid_in_parts_until_nothing_is_left() -> None:
    story = Story().to_pay().pay(4_000)
    assert (story.case.state, story.case.rest) == (State.TO_PAY, 6_000)
    assert story.pay(6_000).case.state is State.PAID
    assert story.tasks == ()


def test_a_sum_on_its_way_cannot_be_paid_again_but_is_settled_by_its_payment() -> None:
    story = Story().to_pay().send(7_000)
    refusal = story.refuses("clara", story.payment(3_001))
    assert isinstance(refusal, Overpaid)
    assert refusal.rest == 3_000
    assert story.code("clara", story.payment(7_001, settles=1)) == "OVERPAID"
    assert story.code("clara", story.payment(1, settles=9)) == "NOT_FOUND"
    story.pay(3_000)
    assert story.case.state is State.TO_PAY
    assert story.code("clara", story.payment(1, settles=2)) == "NOT_FOUND"
    story.pay(7_000, settles=1)
    assert story.case.state is State.PAID
    assert story.case.payments[-1].order_number == "12"


def test_what_is_sent_whole_is_not_offered_to_be_sent_again() -> None:
    story = Story().to_pay().send(7_000)
    assert Verb.MARK_SENT in story.options("clara")
    offered = story.send(3_000).options("clara")
    assert Verb.MARK_SENT not in offered
    assert Verb.PAY in offered
    assert story.code("clara", do.MarkSent(1, 1, MONDAY)) == "OVERPAID"


@pytest.mark.parametrize("minor", [-1, 10_001])
def test_nobody_pays_nothing_or_too_much(minor: int) -> None:
    story = Story().to_pay()
    code = "OVERPAID" if minor > 0 else "INVALID_INPUT"
    assert story.code("clara", story.payment(minor)) == code
    assert story.code("clara", do.MarkSent(1, minor, MONDAY)) == code


def test_the_payment_order_comes_with_every_payment_that_asks_for_it() -> None:
    story = Story(payment_order_required=True).to_pay()
    assert story.code("clara", story.payment(4_000)) == "MISSING_PAYMENT_ORDER"
    story.pay(4_000, order_file="d" * 64, order_file_name=Private("order.pdf"))
    assert story.case.newest("PAYMENT_ORDER") == "d" * 64
    assert story.code("clara", story.payment()) == "MISSING_PAYMENT_ORDER"


def test_a_payment_is_not_dated_in_the_future() -> None:
    story = Story().to_pay()
    assert story.code("clara", story.payment(on=MONDAY + timedelta(days=1))) == "INVALID_INPUT"


def test_a_slip_in_the_year_is_no_day_of_a_payment() -> None:
    story = Story().to_pay()
    long_ago, far_off = MONDAY.replace(year=1926), MONDAY.replace(year=2062)
    assert story.code("clara", story.payment(on=long_ago)) == "INVALID_INPUT"
    assert story.code("clara", do.MarkSent(1, 1, far_off)) == "INVALID_INPUT"
    (planned, *_) = story.case.planned
    asked = do.Postpone(planned.id, planned.on, far_off, WHY)
    assert story.code("clara", asked) == "INVALID_INPUT"


def test_only_what_was_approved_is_paid() -> None:
    story = Story().to_pay()
    story.world.account = Account("other digits", "oleg", is_blocked=False)
    assert story.code("clara", story.payment()) == "FINGERPRINT_MISMATCH"
    assert story.code("clara", do.MarkSent(1, 1, MONDAY)) == "FINGERPRINT_MISMATCH"
    assert story.code("clara", do.RefusePayment(1, (WHY,))) is None
    story.world.account = Account("digest", "oleg", is_blocked=True)
    assert story.code("clara", story.payment()) == "ACCOUNT_BLOCKED"
    story.world.account = None
    assert story.code("clara", story.payment()) == "FINGERPRINT_MISMATCH"


def test_who_pays_second_is_told_by_whom_it_was_paid() -> None:
    story = Story(World(payers=("clara", "gleb"))).to_pay().pay()
    refusal = story.refuses("gleb", do.Pay(1, 1, MONDAY))
    assert isinstance(refusal, AlreadyDecided)
    assert refusal.by == "clara"
    assert story.code("oleg", do.Pay(1, 1, MONDAY)) == "WRONG_STATE"


def test_refusing_to_pay_needs_a_reason_leads_to_rework_and_can_be_undone() -> None:
    story = Story().to_pay()
    assert story.code("clara", do.RefusePayment(1, ())) == "REASON_REQUIRED"
    story.does("clara", do.RefusePayment(1, (WHY,)))
    assert (story.case.state, story.held_by) == (State.REWORK, [("CORRECT", "anna")])
    story.does("clara", do.Undo(story.case.entries))
    assert (story.case.state, story.held_by) == (State.TO_PAY, [("PAY", "clara")])


def test_a_return_reopens_payment_but_not_approvals() -> None:
    story = Story().to_pay().pay()
    before = story.case.seats
    assert story.code("clara", do.RecordReturn(1, do.ReturnKind.BANK_RETURN, Private(""))) == (
        "REASON_REQUIRED"
    )
    assert story.code("boris", _returned(1)) == "NOT_ALLOWED"
    story.does("clara", _returned(1))
    assert (story.case.state, story.case.rest, story.case.seats) == (State.TO_PAY, 10_000, before)
    assert story.tasks[0].key == "1.pay1.clara"
    assert story.code("clara", _returned(1)) == "NOTHING_PAID"
    story.pay(4_000)
    assert story.code("clara", _returned(1)) == "NOT_FOUND"


def test_what_was_only_sent_is_cancelled_without_a_counter_row() -> None:
    story = Story().to_pay().send()
    story.does("clara", _returned(1))
    assert [row.state for row in story.case.payments] == [PaymentState.CANCELLED]
    assert story.case.rest == 10_000
    assert Verb.REFUSE_PAYMENT in story.options("clara")


def test_the_rest_is_closed_with_a_reason_and_nothing_on_its_way() -> None:
    story = Story().to_pay().pay(4_000)
    assert story.code("clara", do.CloseRest(Private(" "))) == "REASON_REQUIRED"
    story.send(1_000)
    assert story.code("clara", do.CloseRest(WHY)) == "PAYMENT_STARTED"
    story.does("clara", _returned(2))
    story.does("clara", do.CloseRest(WHY))
    assert (story.case.state, story.case.waived) == (State.PAID, 6_000)
    story.does("clara", _returned(1))
    assert (story.case.state, story.case.rest) == (State.TO_PAY, 10_000)


# Planned dates


def _on(day: date, story: Story) -> Story:
    story.world.today = day
    return story


def _moved(story: Story) -> tuple[date, int]:
    row = story.case.planned[0]
    return row.on, row.moves


def test_unpaid_on_friday_is_moved_to_monday_once_however_long_the_server_was_down() -> None:
    story = _on(FRIDAY + timedelta(days=1), Story().to_pay())
    story.night()
    assert _moved(story) == (NEXT_MONDAY, 1)
    assert story.case.planned[0].first_on == FRIDAY
    assert story.code(SYSTEM, do.Postpone(1, FRIDAY)) == "DATE_MOVED"
    assert story.night() == ()
    _on(date(2026, 3, 19), story).night()
    assert _moved(story) == (date(2026, 3, 19), 2)


def test_with_calendar_days_the_next_day_is_taken_whatever_it_is() -> None:
    saturday = FRIDAY + timedelta(days=1)
    story = _on(saturday, Story(World(policy=Policy(postpone_days=PostponeDays.CALENDAR))).to_pay())
    story.night()
    assert _moved(story) == (saturday, 1)
    assert story.code("clara", do.Postpone(1, saturday, saturday + timedelta(days=1))) is None


@pytest.mark.parametrize("due_on", ["", "2026-03-06"])
def test_the_third_move_or_one_past_the_due_date_asks_for_a_decision(due_on: str) -> None:
    story = Story(due_on=due_on).to_pay()
    for moves, day in enumerate((9, 10, 11), 1):
        _on(date(2026, 3, day), story).night()
        asked = ("DECIDE_DATE", "clara") in story.held_by
        assert asked is (bool(due_on) or moves == 3)
    on = story.case.planned[0].on
    story.does("clara", do.Postpone(1, on, on, WHY))
    assert story.held_by == [("PAY", "clara")]
    assert story.does("clara", do.Postpone(1, on, on, WHY)) == ()


def test_what_is_held_sent_or_never_postponed_is_not_moved() -> None:
    late = FRIDAY + timedelta(days=3)
    held = _on(late, Story().to_pay().hold(days=20))
    assert held.code(SYSTEM, do.Postpone(1, FRIDAY)) == "ON_HOLD"
    assert _on(late, Story().to_pay().send(1_000)).night() == ()
    assert _moved(_on(late, Story().to_pay().pay(1_000))) == (FRIDAY, 0)
    world = World()
    world.doctype = replace(world.doctype, never_postpone=True)
    taxes = Story(world).submit().approve("boris")
    assert _on(late, taxes).approve("vera").night() == ()
    assert _moved(taxes) == (FRIDAY, 0)


def test_an_order_on_its_way_stops_only_the_date_it_pays_for() -> None:
    story = Story()
    tuesday = date(2026, 3, 3)
    story.does("anna", do.Revise({}, 1, ((tuesday, 4_000), (FRIDAY, 6_000))))
    story.to_pay().send(4_000)
    _on(NEXT_MONDAY, story).night()
    assert [row.on for row in story.case.planned] == [tuesday, NEXT_MONDAY]
    story.pay(1_000)
    assert story.case.partly_sent() is not None


def test_approved_late_is_planned_anew() -> None:
    story = _on(FRIDAY + timedelta(days=1), Story().submit().approve("boris")).approve("vera")
    assert _moved(story) == (NEXT_MONDAY, 1)
    last = story.history[-1][0]
    assert isinstance(last, ev.Postponed)
    assert (last.cause, last.needs_decision) == ("APPROVED_LATE", False)
    story.does("vera", do.Undo(story.case.undoable.entry if story.case.undoable else 0))
    assert _moved(story) == (FRIDAY, 0)


def test_payers_move_dates_to_open_days_and_say_why_past_the_due_date() -> None:
    story = Story(due_on="2026-03-09").to_pay()
    saturday = FRIDAY + timedelta(days=1)
    refusal = story.refuses("clara", do.Postpone(1, FRIDAY, saturday))
    assert isinstance(refusal, DayClosed)
    assert refusal.next_day == NEXT_MONDAY
    assert story.code("clara", do.Postpone(1, FRIDAY, date(2026, 2, 27))) == "DAY_PAST"
    after = do.Postpone(1, FRIDAY, date(2026, 3, 10))
    assert story.code("clara", after) == "REASON_REQUIRED"
    assert story.code("clara", replace(after, reason=WHY)) is None
    assert story.code("anna", replace(after, reason=WHY)) == "NOT_YOUR_TURN"
    story.does("clara", do.Postpone(1, FRIDAY))
    assert story.case.planned[0].on == MONDAY
