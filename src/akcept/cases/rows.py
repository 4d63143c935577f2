"""A case as rows: which columns and side rows its fold projects to. Read by `store` and by `verify`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from akcept.engine import codec
from akcept.engine.case import Case, State
from akcept.engine.duplicates import normalise_number
from akcept.engine.tasks import tasks
from akcept.engine.values import Json

ENDED = frozenset({State.PAID, State.APPROVED, State.REJECTED, State.WITHDRAWN})
PLANNED = ("number", "on", "minor", "left_minor", "first_on", "moves")
PAYMENT = ("number", "state", "minor", "on", "order_number", "by_id", "returns")
VALUE = ("field", "text", "number", "day", "ref")
# Whoever gives a case its own card fields beside these finds them in the fold alone.
SEARCHED = ("title", "comment", "supplier_number", "contract", "client_request")


def pack(case: Case) -> str:
    """Return the fold as the text that is stored."""
    return codec.pack(case)


def unpack(fold: str) -> Case:
    """Return the case from its stored fold."""
    case: Case = codec.unpack(Case, fold)
    return case


def columns(case: Case) -> dict[str, object]:
    """Return every projected column of a case but its fold, its head and its moments."""
    return _card_columns(case) | _progress_columns(case)


def changed_columns(before: Case, after: Case) -> dict[str, object]:
    """Return the columns in which a case differs from what it was."""
    of = _progress_columns if after.card is before.card else columns
    old = of(before)
    return {name: value for name, value in of(after).items() if old[name] != value}


def _card_columns(case: Case) -> dict[str, object]:
    card = case.card
    return {
        "doctype_id": case.doctype,
        "number": case.number,
        "initiator_id": UUID(case.initiator),
        "entity_id": _uuid(card.get("entity")),
        "title": _text(card.get("title")),
        "comment": _text(card.get("comment")),
        "counterparty_id": _uuid(card.get("counterparty")),
        "account_id": _uuid(card.get("account")),
        "amount_minor": case.amount.minor if case.amount else None,
        "currency": case.currency,
        "supplier_number": _text(card.get("supplier_number")),
        "normalised_number": normalise_number(_text(card.get("supplier_number"))),
        "contract": _text(card.get("contract")),
        "issued_on": _date(card.get("issued_on")),
        "due_on": _date(card.get("due_on")),
        "approval_type": _text(card.get("approval_type")),
        "category_id": _uuid(card.get("category")),
        "cost_centre_id": _uuid(card.get("cost_centre")),
        "project_id": _uuid(card.get("project")),
    }


def _progress_columns(case: Case) -> dict[str, object]:
    listed = case.unpaid_planned() or case.planned[-1:]
    return {
        "state": str(case.state),
        "revision": case.revision,
        "round": case.round,
        "planned_on": listed[0].on if listed else None,
        "moves": max((row.moves for row in case.planned), default=0),
        "executed_minor": case.executed,
        "sent_minor": case.sent,
        "held_until": case.hold.until if case.hold else None,
        "route_version": _uuid(case.route) if case.state is State.IN_APPROVAL else None,
        "main_file_id": case.main_file,
    }


def planned(case: Case) -> list[tuple[object, ...]]:
    """Return the planned payments: number, date, minor, left, first date, moves."""
    left = case.left_of_planned()
    return [
        (row.id, row.on, row.minor, left[row.id], row.first_on, row.moves) for row in case.planned
    ]


def payments(case: Case) -> list[tuple[object, ...]]:
    """Return the payment rows: number, state, minor, date, order number, by, what it returns."""
    return [
        (row.id, str(row.state), row.minor, row.on, row.order_number, _uuid(row.by), row.returns)
        for row in case.payments
    ]


def people(case: Case) -> set[str]:
    """Return everybody who takes part: asks, decides now, corrects, pays, follows, is asked for help."""
    holders = {task.holder for task in tasks(case)}
    deciders = {seat.by for seat in case.seats if seat.by}
    return {case.initiator, *case.authors, *holders, *deciders, *case.payers, *case.observers}


def differences(before: Case, after: Case) -> Mapping[str, tuple[Json, Json]]:
    """Return the card fields in which two states of a case differ."""
    codes = [*after.card, *(code for code in before.card if code not in after.card)]
    return {
        code: (before.card.get(code), after.card.get(code))
        for code in codes
        if before.card.get(code) != after.card.get(code)
    }


def ended_at(case: Case, at: datetime) -> datetime | None:
    """Return the moment a case ended, when the present one ended it."""
    return at if case.state in ENDED else None


def _uuid(value: Any) -> UUID | None:
    return UUID(str(value)) if value else None


def _date(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _text(value: Any) -> str:
    return str(value or "")
