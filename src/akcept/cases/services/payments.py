"""Pay a document, take a payment back, move the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from akcept.cases import inputs
from akcept.cases.cards import Outcome
from akcept.cases.inputs import NewFile
from akcept.cases.services.performing import perform, said, texts
from akcept.engine import commands as do
from akcept.engine.commands import ReturnKind
from akcept.engine.values import Private
from akcept.people.askers import Asker


def mark_sent(
    *,
    case_id: UUID,
    by: Asker,
    revision: int,
    minor: int,
    on: date,
    at: datetime,
    order_number: str = "",
    key: str | None = None,
) -> Outcome:
    """Note that an order went to the bank."""
    return perform(case_id, by, [do.MarkSent(revision, minor, on, order_number)], at, key)


def pay(
    *,
    case_id: UUID,
    by: Asker,
    revision: int,
    minor: int,
    on: date,
    at: datetime,
    order_number: str = "",
    order_file: NewFile | None = None,
    settles: int | None = None,
    key: str | None = None,
) -> Outcome:
    """Note an executed payment; its order's file and "paid" are one act."""
    if order_file is not None:
        inputs.check_files(files=[order_file], by=by, at=at)
    command = do.Pay(
        revision=revision,
        minor=minor,
        on=on,
        order_number=order_number,
        order_file=order_file.sha256 if order_file else None,
        order_file_name=Private(order_file.name) if order_file else None,
        settles=settles,
    )
    return perform(case_id, by, [command], at, key)


def refuse_payment(
    *,
    case_id: UUID,
    by: Asker,
    revision: int,
    reasons: Sequence[str],
    at: datetime,
    key: str | None = None,
) -> Outcome:
    """Decline to pay; the document goes back to be corrected."""
    return perform(case_id, by, [do.RefusePayment(revision, texts(reasons))], at, key)


def record_return(
    *,
    case_id: UUID,
    by: Asker,
    payment: int,
    kind: ReturnKind,
    reason: str,
    at: datetime,
    key: str | None = None,
) -> Outcome:
    """Take a payment back: returned by the bank, or entered in error."""
    command = do.RecordReturn(payment, kind, Private(reason))
    return perform(case_id, by, [command], at, key)


def close_rest(
    *, case_id: UUID, by: Asker, reason: str, at: datetime, key: str | None = None
) -> Outcome:
    """Declare that the rest will not be paid."""
    return perform(case_id, by, [do.CloseRest(Private(reason))], at, key)


def postpone(
    *,
    case_id: UUID,
    by: Asker,
    planned: int,
    old: date,
    to: date,
    at: datetime,
    reason: str = "",
    key: str | None = None,
) -> Outcome:
    """Move an unpaid planned date; past the due date a reason is needed."""
    return perform(case_id, by, [do.Postpone(planned, old, to, said(reason))], at, key)
