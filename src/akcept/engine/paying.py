"""The payment rows: sent, executed, returned; the planned dates and how they move.

Live rows never exceed the rest, so nothing is paid twice; PAID follows from the rows.
"""

from __future__ import annotations

from datetime import date, datetime

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine import gates
from akcept.engine import refusals as no
from akcept.engine.calendars import PostponeDays
from akcept.engine.case import Case, Payment, PaymentState, Planned
from akcept.engine.events import Events
from akcept.engine.facts import Approval, Facts
from akcept.engine.fingerprint import fingerprint
from akcept.engine.standing import conflicted
from akcept.engine.values import Private
from akcept.engine.vouching import vouched

MOVES_UNTIL_DECISION = 3
# What lies further away is a slip in the year.
FAR_YEARS = 5


def next_allowed_day(facts: Facts) -> date:
    """Return the first day, not before today, to which a payment may be moved."""
    if facts.policy.postpone_days is PostponeDays.CALENDAR:
        return facts.today
    return facts.calendar.on_or_after(facts.today)


def postponed_on_clearing(case: Case, facts: Facts) -> Events:
    """Move every planned date that passed while people were deciding."""
    if facts.doctype.never_postpone:
        return ()
    return tuple(
        _postponed(case, row, next_allowed_day(facts), "APPROVED_LATE", None)
        for row in case.unpaid_planned()
        if row.on < facts.today
    )


def mark_sent(case: Case, command: do.MarkSent, facts: Facts, at: datetime) -> Events:
    _check_sum(case, command.minor, case.rest)
    _check_year("on", command.on, facts)
    signed = _check_approved(case, facts)
    number = command.order_number.strip()
    is_own = facts.actor in conflicted(case, facts)
    sent = ev.PaymentSent(
        _next_id(case), command.minor, command.on, number, signed, is_own, facts.keeps_details
    )
    return (sent,)


def pay(case: Case, command: do.Pay, facts: Facts, at: datetime) -> Events:
    settled = None if command.settles is None else _sent_row(case, command.settles)
    own_sum = settled.minor if settled else 0
    _check_sum(case, command.minor, own_sum or case.rest)
    if command.on > facts.today:
        raise no.InvalidInput({"on": "DAY_FUTURE"})
    _check_year("on", command.on, facts)
    if case.card.get("payment_order_required") and not command.order_file:
        raise no.MissingPaymentOrder
    signed = _check_approved(case, facts)
    still_sent = case.sent - own_sum
    left = case.rest + case.sent - command.minor
    paid = ev.PaymentExecuted(
        id=settled.id if settled else _next_id(case),
        minor=command.minor,
        on=command.on,
        order_number=command.order_number.strip() or (settled.order_number if settled else ""),
        order_file=command.order_file,
        fingerprint=signed,
        closes=left == 0 and not still_sent,
        by_exception=facts.actor in conflicted(case, facts),
        keeps_details=facts.keeps_details,
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


def refuse_payment(case: Case, command: do.RefusePayment, facts: Facts, at: datetime) -> Events:
    return (
        ev.PaymentRefused(
            revision=case.revision,
            fingerprint=fingerprint(case, facts.doctype, facts.account),
            undo_until=facts.undo_until(at),
            reasons=gates.reasons(command.reasons),
        ),
    )


def record_return(case: Case, command: do.RecordReturn, facts: Facts, at: datetime) -> Events:
    if not command.reason.strip():
        raise no.ReasonRequired
    row = _live_row(case, command.payment)
    counter = _next_id(case) if row.state is PaymentState.EXECUTED else None
    return (
        ev.PaymentReturned(counter, row.id, command.kind, row.minor, facts.today, command.reason),
    )


def close_rest(case: Case, command: do.CloseRest, facts: Facts, at: datetime) -> Events:
    if not command.reason.strip():
        raise no.ReasonRequired
    if case.sent:
        raise no.PaymentStarted
    return (ev.RestClosed(case.rest, command.reason),)


def postpone(case: Case, command: do.Postpone, facts: Facts, at: datetime) -> Events:
    row = next((row for row in case.unpaid_planned() if row.id == command.planned), None)
    if row is None or row.on != command.old:
        raise no.DateMoved
    if facts.is_system:
        return _overdue(case, row, facts)
    to = command.to or next_allowed_day(facts)
    _check_day(case, to, command.reason, facts)
    # Keeping the date is a decision too when one is asked for.
    is_idle = to == row.on and not row.needs_decision
    return () if is_idle else (_postponed(case, row, to, "BY_PERSON", command.reason),)


def _overdue(case: Case, row: Planned, facts: Facts) -> Events:
    """The nightly rule (seed 000): unpaid on its day, so moved; once, however long the server was down."""
    if row.on >= facts.today or row == case.partly_sent() or facts.doctype.never_postpone:
        return ()
    return (_postponed(case, row, next_allowed_day(facts), "UNPAID", None),)


def _check_day(case: Case, to: date, reason: str | None, facts: Facts) -> None:
    if to < facts.today:
        raise no.DayPast
    _check_year("to", to, facts)
    by_working_days = facts.policy.postpone_days is PostponeDays.WORKING
    if by_working_days and not facts.calendar.is_working(to):
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


def _check_year(field: str, day: date, facts: Facts) -> None:
    if abs(day.year - facts.today.year) > FAR_YEARS:
        raise no.InvalidInput({field: "DATE_OUT_OF_RANGE"})


def _check_sum(case: Case, minor: int, rest: int) -> None:
    if minor <= 0:
        raise no.InvalidInput({"amount": "AMOUNT_POSITIVE"})
    if minor > rest:
        raise no.Overpaid(rest, case.currency)


def _check_approved(case: Case, facts: Facts) -> str:
    """Refuse to pay anything but what was approved, as the journal has it; return the fingerprint."""
    gates.check_payment(case, facts.doctype)
    if facts.account and facts.account.is_blocked:
        raise no.AccountBlocked
    signed = fingerprint(case, facts.doctype, facts.account)
    if not facts.approvals or not all(_covers(case, row, signed, facts) for row in facts.approvals):
        raise no.FingerprintMismatch
    return signed


def _covers(case: Case, approval: Approval, signed: str, facts: Facts) -> bool:
    """Say whether an approval holds for what stands in the case; a carried one only for what its stage vouches for."""
    if approval.fingerprint == signed:
        return True
    is_partial = approval.stage is not None and approval.vouched != ""
    return is_partial and approval.vouched == vouched(case, approval.stage or "", facts)


def _live_row(case: Case, payment: int) -> Payment:
    for row in case.live:
        if row.id == payment:
            return row
    raise no.NotFound


def _sent_row(case: Case, payment: int) -> Payment:
    row = _live_row(case, payment)
    if row.state is not PaymentState.SENT:
        raise no.NotFound
    return row


def _next_id(case: Case) -> int:
    return 1 + max((row.id for row in case.payments), default=0)
