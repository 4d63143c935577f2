"""The payment rows: sent, executed, returned; the planned dates and how they move.

Live rows never exceed the rest, so nothing is paid twice; PAID follows from the rows.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import singledispatch

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine import refusals as no
from akcept.engine.calendars import PostponeDays
from akcept.engine.case import Case, Payment, PaymentState, Planned
from akcept.engine.facts import Facts
from akcept.engine.fingerprint import fingerprint
from akcept.engine.values import Private

MOVES_UNTIL_DECISION = 3
Events = tuple[ev.Event, ...]


def decide_payment(case: Case, command: do.Command, facts: Facts, at: datetime) -> Events:
    """Return what follows from a command about money."""
    return _decide(command, case, facts, at)


def next_allowed_day(facts: Facts) -> date:
    """Return the first day, not before today, to which a payment may be moved."""
    if facts.policy.postpone_days is PostponeDays.CALENDAR:
        return facts.today
    return facts.calendar.on_or_after(facts.today)


def postponed_on_clearing(case: Case, facts: Facts) -> Events:
    """Move every planned date that passed while people were deciding."""
    return tuple(
        _postponed(case, row, next_allowed_day(facts), "APPROVED_LATE", None)
        for row in case.unpaid_planned()
        if row.on < facts.today
    )


@singledispatch
def _decide(command: do.Command, case: Case, facts: Facts, at: datetime) -> Events:
    raise TypeError(f"no rule for {type(command).__name__}")


@_decide.register
def _(command: do.MarkSent, case: Case, facts: Facts, at: datetime) -> Events:
    _check_sum(case, command.minor, case.rest)
    signed = _check_approved(case, facts)
    number = command.order_number.strip()
    return (ev.PaymentSent(_next_id(case), command.minor, command.on, number, signed),)


@_decide.register
def _(command: do.Pay, case: Case, facts: Facts, at: datetime) -> Events:
    settled = _row(case, command.settles, PaymentState.SENT) if command.settles else None
    own_sum = settled.minor if settled else 0
    _check_sum(case, command.minor, own_sum or case.rest)
    if command.on > facts.today:
        raise no.InvalidInput({"on": "DAY_FUTURE"})
    if case.card.get("payment_order_required") and not command.order_file:
        raise no.MissingPaymentOrder
    signed = _check_approved(case, facts)
    still_sent = case.sent - own_sum
    left = case.amount.minor - case.waived - case.executed - command.minor
    paid = ev.PaymentExecuted(
        id=settled.id if settled else _next_id(case),
        minor=command.minor,
        on=command.on,
        order_number=command.order_number.strip() or (settled.order_number if settled else ""),
        order_file=command.order_file,
        fingerprint=signed,
        closes=left == 0 and not still_sent,
    )
    return (*_order_file(case, command), paid)


def _order_file(case: Case, command: do.Pay) -> Events:
    """The order and "paid" are one act: the file enters the record in the same command."""
    if not command.order_file:
        return ()
    return (
        ev.FileAttached(
            id=1 + max((row.id for row in case.attachments), default=0),
            purpose="PAYMENT_ORDER",
            sha256=command.order_file,
            name=command.order_file_name or Private(""),
            version=1,
            revision=case.revision,
            is_material=False,
        ),
    )


@_decide.register
def _(command: do.RefusePayment, case: Case, facts: Facts, at: datetime) -> Events:
    said = tuple(Private(text.strip()) for text in command.reasons if text.strip())
    if not said:
        raise no.ReasonRequired
    return (
        ev.PaymentRefused(
            revision=case.revision,
            fingerprint=fingerprint(case, facts.doctype, facts.account),
            undo_until=at + timedelta(seconds=facts.policy.undo_seconds),
            reasons=said,
        ),
    )


@_decide.register
def _(command: do.RecordReturn, case: Case, facts: Facts, at: datetime) -> Events:
    if not command.reason.strip():
        raise no.ReasonRequired
    row = _row(case, command.payment, PaymentState.SENT, PaymentState.EXECUTED)
    if any(other.returns == row.id for other in case.payments):
        raise no.NotFound
    counter = _next_id(case) if row.state is PaymentState.EXECUTED else None
    return (
        ev.PaymentReturned(counter, row.id, command.kind, row.minor, facts.today, command.reason),
    )


@_decide.register
def _(command: do.CloseRest, case: Case, facts: Facts, at: datetime) -> Events:
    if not command.reason.strip():
        raise no.ReasonRequired
    if case.sent:
        raise no.PaymentStarted
    return (ev.RestClosed(case.rest, command.reason),)


@_decide.register
def _(command: do.Postpone, case: Case, facts: Facts, at: datetime) -> Events:
    row = next((row for row in case.unpaid_planned() if row.id == command.planned), None)
    if row is None or row.on != command.old:
        raise no.DateMoved
    if facts.is_system:
        return _overdue(case, row, facts)
    to = command.to or next_allowed_day(facts)
    _check_day(case, to, command.reason, facts)
    return () if to == row.on else (_postponed(case, row, to, "BY_PERSON", command.reason),)


def _overdue(case: Case, row: Planned, facts: Facts) -> Events:
    """The nightly rule (seed 000): unpaid on its day, so moved; once, however long the server was down."""
    if row.on >= facts.today or case.sent or facts.doctype.never_postpone:
        return ()
    return (_postponed(case, row, next_allowed_day(facts), "UNPAID", None),)


def _check_day(case: Case, to: date, reason: str | None, facts: Facts) -> None:
    if to < facts.today:
        raise no.DayPast
    if not facts.calendar.is_working(to):
        raise no.DayClosed(facts.calendar.on_or_after(to))
    due_on = case.card.get("due_on")
    if due_on and to.isoformat() > str(due_on) and not (reason and reason.strip()):
        raise no.ReasonRequired


def _postponed(
    case: Case, row: Planned, to: date, cause: str, reason: Private | None
) -> ev.Postponed:
    due_on = case.card.get("due_on")
    late = bool(due_on) and to.isoformat() > str(due_on)
    by_rule = cause == "UNPAID"
    return ev.Postponed(
        planned=row.id,
        old=row.on,
        new=to,
        cause=cause,
        needs_decision=by_rule and (late or row.moves + 1 >= MOVES_UNTIL_DECISION),
        reason=reason or None,
    )


def _check_sum(case: Case, minor: int, rest: int) -> None:
    if minor <= 0:
        raise no.InvalidInput({"amount": "AMOUNT_POSITIVE"})
    if minor > rest:
        raise no.Overpaid(rest, case.amount.currency)


def _check_approved(case: Case, facts: Facts) -> str:
    """Refuse to pay anything but what was approved, as the journal has it; return the fingerprint."""
    if facts.account and facts.account.is_blocked:
        raise no.AccountBlocked
    signed = fingerprint(case, facts.doctype, facts.account)
    if facts.approved_fingerprints != {signed}:
        raise no.FingerprintMismatch
    return signed


def _row(case: Case, payment: int, *states: PaymentState) -> Payment:
    for row in case.payments:
        if row.id == payment and row.state in states:
            return row
    raise no.NotFound


def _next_id(case: Case) -> int:
    return 1 + max((row.id for row in case.payments), default=0)
