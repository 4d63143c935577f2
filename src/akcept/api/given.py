"""What the API shows, apart from what it takes: an old row is shown even if it could not be entered today."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, model_validator

from akcept.api.problems import Problem
from akcept.cases.cards import CaseCard, Caution, TaskCard
from akcept.engine.case import PaymentState, SeatState, State, Why
from akcept.engine.money import Money, digits
from akcept.engine.routes import How, Op
from akcept.engine.tasks import TaskKind
from akcept.engine.verbs import Verb
from akcept.journal.queries import REMOVED
from akcept.wording import tasks


def plain_amount(money: Money) -> str:
    """Write 120000.00, with exactly the digits of the currency."""
    return f"{money.decimal:.{digits(money.currency)}f}"


def _utc_text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _money(value: object) -> object:
    if isinstance(value, Money):
        return {"amount": plain_amount(value), "currency": value.currency}
    return value


def _code(value: object) -> object:
    return getattr(value, "code", value)


def _plain(value: object) -> object:
    """Return recorded data as JSON; what was erased under a retention rule is null."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if value is REMOVED else value


def shallow(value: Any) -> dict[str, Any]:
    """Return the fields of a dataclass by name, their values untouched."""
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


class Out(BaseModel):
    """Made from a card by its attributes."""

    model_config = ConfigDict(from_attributes=True)


class MoneyShape(Out):
    amount: str
    currency: str


MoneyOut = Annotated[MoneyShape, BeforeValidator(_money)]
Moment = Annotated[datetime, PlainSerializer(_utc_text, when_used="always")]
Code = Annotated[str, BeforeValidator(_code)]


Own = Annotated[
    dict[str, Any],
    BeforeValidator(
        lambda held: {code: shown_value(code, value, "") for code, value in held.items()}
    ),
]


class PersonOut(Out):
    id: UUID
    name: str
    position: str


class NowWithOut(Out):
    person: PersonOut
    kind: TaskKind
    since: Moment


class CaseRowOut(Out):
    """A line of a list. `own` holds fields of the type's own where the registry is narrowed to that type.

    `unread` counts messages that the caller has not read; `has_question`: a question waits for an answer, `asks_reader`: for theirs.
    """

    id: UUID
    number: int
    type: Code
    title: str
    supplier_number: str
    comment: str
    counterparty_id: UUID | None
    counterparty: str
    amount: MoneyOut | None
    entity: str
    initiator: PersonOut
    state: State
    issued_on: date | None
    due_on: date | None
    planned_on: date | None
    moves: int
    is_overdue: bool
    is_held: bool
    is_sent: bool
    is_partly_paid: bool
    files: int
    unread: int
    has_question: bool
    asks_reader: bool
    now_with: list[NowWithOut]
    created_at: Moment
    own: Own


class CasePageOut(Out):
    """A page, newest first; `older` goes into `after` of the next request."""

    rows: list[CaseRowOut]
    older: str | None


class TaskOut(Out):
    """An open task; `title` is its name in the caller's language: Approval of invoice 49."""

    id: UUID
    title: str
    key: str
    kind: TaskKind
    case: CaseRowOut
    holder: PersonOut
    acting_for: PersonOut | None
    opened_at: Moment
    due_at: Moment | None
    options: list[Verb]
    revision: int
    cautions: list[Caution]
    snoozed_until: Moment | None

    @model_validator(mode="before")
    @classmethod
    def _named(cls, card: object) -> object:
        if not isinstance(card, TaskCard):
            return card
        title = tasks.title(card.kind, card.case.type, card.case.number)
        return shallow(card) | {"title": title}


class TaskPageOut(Out):
    tasks: list[TaskOut]
    older: str | None


class SeatOut(Out):
    id: int
    person: PersonOut | None
    why: Why
    instead_of: PersonOut | None
    state: SeatState
    is_current: bool
    by: PersonOut | None
    decided_at: Moment | None
    since: Moment | None
    remark: str
    covered_by: int | None
    stage: str
    is_outside: bool
    due_at: Moment | None
    by_override: bool
    by_code: bool
    needs_remark: bool
    needs_file: bool


class ConditionOut(Out):
    field: str
    op: Op
    values: list[str | int]


class StageOut(Out):
    """A stage of the round; `unmet` is the condition for which it is passed over."""

    code: str
    name_en: str
    name_ru: str
    how: How
    needed: int
    agreed: int
    unmet: ConditionOut | None


class SkippedOut(Out):
    person: PersonOut
    why: str


class PreviewOut(Out):
    """Whom the document would go to; `refusal` is what stands against sending it now."""

    route_en: str
    route_ru: str
    seats: list[SeatOut]
    stages: list[StageOut]
    skipped: list[SkippedOut]
    payers: list[PersonOut]
    refusal: Problem | None


class FileOut(Out):
    id: int
    purpose: str
    name: str
    sha256: str
    media_type: str
    size: int
    version: int
    is_current: bool
    is_main: bool
    is_readable: bool
    by: PersonOut
    at: Moment


class RemarkOut(Out):
    id: int
    by: PersonOut
    text: str
    is_settled: bool
    answer: str


class PlannedOut(Out):
    id: int
    on: date
    amount: MoneyOut
    left: MoneyOut
    first_on: date
    moves: int
    needs_decision: bool


class PaymentOut(Out):
    id: int
    state: PaymentState
    amount: MoneyOut
    on: date
    order_number: str
    order_file: FileOut | None
    by: PersonOut | None
    returns: int | None
    is_returned: bool


class AccountOut(Out):
    id: UUID
    number: str
    bic: str
    bank_name: str
    currency: str
    state: str
    is_new: bool
    differs_from_last_paid: bool


class HoldOut(Out):
    by: PersonOut
    reason: str
    until: date


class UndoOut(Out):
    entry: int
    until: Moment


class CaseOut(Out):
    """The whole card. `options` are the acts open to you now, under the names of this API's verbs."""

    id: UUID
    number: int
    type: Code
    state: State
    revision: int
    round: int
    title: str
    counterparty: str
    entity: str
    amount: MoneyOut | None
    initiator: PersonOut
    created_at: Moment
    is_overdue: bool
    is_held: bool
    is_sent: bool
    is_partly_paid: bool
    now_with: list[NowWithOut]
    card: dict[str, Any]
    account: AccountOut | None
    seats: list[SeatOut]
    stages: list[StageOut]
    skipped: list[SkippedOut]
    choice: list[PersonOut]
    remarks: list[RemarkOut]
    answered: list[RemarkOut]
    correct_by: Moment | None
    files: list[FileOut]
    planned: list[PlannedOut]
    payments: list[PaymentOut]
    payers: list[PersonOut]
    observers: list[PersonOut]
    rest: MoneyOut
    hold: HoldOut | None
    duplicate_reason: str
    duplicates: list[CaseRowOut]
    undo: UndoOut | None
    options: list[Verb]
    tasks: list[TaskOut]
    changed_since_decision: dict[str, Any]
    copy_of: UUID | None


class HistoryOut(Out):
    case_id: UUID
    number: int
    kind: str
    at: Moment
    actor: PersonOut | None
    acting_for: PersonOut | None
    data: Annotated[dict[str, Any], BeforeValidator(_plain)]
    names: dict[str, str]
    is_removed: bool


class FeedItemOut(Out):
    id: int
    entry: HistoryOut
    case: CaseRowOut
    seats: list[SeatState]
    task: TaskOut | None


class FeedOut(Out):
    """What happened, newest first; `older` goes into `before` of the next request."""

    items: list[FeedItemOut]
    older: int | None


class OutcomeOut(Out):
    """What a command led to; `entry` is what to name when undoing it."""

    case_id: UUID
    number: int
    state: State
    revision: int
    entry: int
    undo_until: Moment | None


class KeptOut(Out):
    """A file that is safely kept; name its `sha256` when adding it to a case."""

    sha256: str
    size: int
    media_type: str
    name: str


def case_out(card: CaseCard) -> CaseOut:
    """Return the card of a case with its row beside it, amounts in major units."""
    currency = card.row.currency
    changed = {
        code: {
            "old": shown_value(code, old, currency),
            "new": shown_value(code, new, currency),
        }
        for code, (old, new) in card.changed_since_decision.items()
    }
    shown = {
        "card": {code: shown_value(code, value, currency) for code, value in card.values.items()},
        "changed_since_decision": changed,
        "is_partly_paid": card.row.is_partly_paid,
    }
    return CaseOut.model_validate(shallow(card.row) | shallow(card) | shown)


def shown_value(code: str, value: Any, currency: str) -> Any:
    """Return a field of a card with an exact amount instead of minor units."""
    if code == "amount" and isinstance(value, int):
        return _money(Money(value, currency))
    if code == "vat":
        return [
            row | {part: _money(Money(row[part], currency)) for part in ("base", "tax")}
            for row in value or ()
        ]
    if isinstance(value, dict) and set(value) == {"minor", "currency"}:
        return _money(Money(value["minor"], value["currency"]))
    return value
