"""What the doors show of one case: frozen cards, ready to be worded. Ids are UUIDs, money is `Money`, moments are aware."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from akcept.doctypes.cards import TypeCard
from akcept.engine.case import PaymentState, SeatState, State, Why
from akcept.engine.money import Money
from akcept.engine.routes import Condition, How
from akcept.engine.tasks import TaskKind
from akcept.engine.values import Json
from akcept.engine.verbs import Verb


class Caution(StrEnum):
    """A reason to look before approving."""

    BLOCKED_ACCOUNT = "BLOCKED_ACCOUNT"
    OTHER_ACCOUNT = "OTHER_ACCOUNT"
    NEW_ACCOUNT = "NEW_ACCOUNT"
    DUPLICATE = "DUPLICATE"


@dataclass(frozen=True, slots=True)
class PersonChip:
    """A person to be named: the current name and position."""

    id: UUID
    name: str
    position: str = ""


@dataclass(frozen=True, slots=True)
class NowWith:
    """Who has the case now, what they have to do, since when."""

    person: PersonChip
    kind: TaskKind
    since: datetime


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list; what its type does not ask for is None or empty. `planned_on` is the earliest unpaid planned date, `moves` how often it was moved.

    `own` holds the fields of its type's own, in a list of one type; `names` says what ids in there stand for.
    """

    id: UUID
    number: int
    type: TypeCard
    title: str
    supplier_number: str
    comment: str
    counterparty_id: UUID | None
    counterparty: str
    amount: Money | None
    entity: str
    initiator: PersonChip
    state: State
    issued_on: date | None
    due_on: date | None
    planned_on: date | None
    moves: int
    is_overdue: bool
    is_held: bool
    is_sent: bool
    executed_minor: int
    files: int
    now_with: tuple[NowWith, ...]
    created_at: datetime
    own: Mapping[str, Json] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    # Messages that the reader follows and has not read; whether a question waits for an answer, and for theirs.
    unread: int = 0
    has_question: bool = False
    asks_reader: bool = False

    @property
    def currency(self) -> str:
        """Return the currency of the document's sums, empty when it has none."""
        return self.amount.currency if self.amount else ""

    @property
    def is_partly_paid(self) -> bool:
        """Tell whether a part was paid and more is to be."""
        return bool(self.executed_minor) and self.state is State.TO_PAY

    @property
    def unpaid(self) -> Money | None:
        """Return the amount less what was paid."""
        return self.amount and replace(self.amount, minor=self.amount.minor - self.executed_minor)


@dataclass(frozen=True, slots=True)
class TaskCard:
    """One open task of the reader (or of whom they deputise for: `acting_for`), with its case and offered acts."""

    id: UUID
    key: str
    kind: TaskKind
    case: CaseRow
    holder: PersonChip
    acting_for: PersonChip | None
    opened_at: datetime
    due_at: datetime | None
    options: tuple[Verb, ...]
    revision: int
    cautions: tuple[Caution, ...] = ()
    asks_more: bool = False
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeatCard:
    """A seat of the running round, for the stepper; how it was decided, where that was not by logging in as usual."""

    id: int
    person: PersonChip | None
    why: Why
    instead_of: PersonChip | None
    state: SeatState
    is_current: bool
    by: PersonChip | None
    decided_at: datetime | None
    since: datetime | None
    remark: str
    covered_by: int | None
    stage: str = ""
    is_outside: bool = False
    due_at: datetime | None = None
    waits_for: tuple[QuestionCard, ...] = ()
    # Of the working time until then: how much is over, and how much there is.
    spent: timedelta | None = None
    allowed: timedelta | None = None
    by_override: bool = False
    by_code: bool = False
    needs_remark: bool = False
    needs_file: bool = False


@dataclass(frozen=True, slots=True)
class StageCard:
    """A stage of the running round: how it decides, how many agreed, or the condition for which it is passed over."""

    code: str
    name_en: str
    name_ru: str
    how: How
    needed: int
    agreed: int
    unmet: Condition | None = None


@dataclass(frozen=True, slots=True)
class SkippedCard:
    """Somebody the route passed over; `why` is a code: CONFLICT, INACTIVE, LOOP."""

    person: PersonChip
    why: str


@dataclass(frozen=True, slots=True)
class RoutePreview:
    """Whom the document will go to; `refusal` says why it cannot be sent as it is.

    `is_paid`: it ends in a payment, by one of the payers.
    """

    route_en: str
    route_ru: str
    seats: tuple[SeatCard, ...]
    skipped: tuple[SkippedCard, ...]
    payers: tuple[PersonChip, ...]
    refusal: Exception | None = None
    stages: tuple[StageCard, ...] = ()
    is_paid: bool = True


@dataclass(frozen=True, slots=True)
class FileCard:
    """A version of a file of the case. `is_current`: no newer version replaced it."""

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
    by: PersonChip
    at: datetime
    has_thumbnail: bool


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question that waits for its answer, numbered as its entry; `pauses`: the asker's deadline waits, too."""

    number: int
    by: PersonChip
    person: PersonChip
    since: datetime
    pauses: bool


@dataclass(frozen=True, slots=True)
class RemarkCard:
    """One reason of a return, with what the initiator answered."""

    id: int
    by: PersonChip
    text: str
    is_settled: bool
    answer: str


@dataclass(frozen=True, slots=True)
class PlannedCard:
    """A planned payment; `left` is what of it is neither paid nor on its way."""

    id: int
    on: date
    amount: Money
    left: Money
    first_on: date
    moves: int
    needs_decision: bool


@dataclass(frozen=True, slots=True)
class PaymentCard:
    """A payment row. `returns` is the id of the row it takes back, `is_returned`: a counter-row exists."""

    id: int
    state: PaymentState
    amount: Money
    on: date
    order_number: str
    order_file: FileCard | None
    by: PersonChip | None
    returns: int | None
    is_returned: bool


@dataclass(frozen=True, slots=True)
class AccountCard:
    """The payee's account as approvers must see it. `state`: UNVERIFIED, VERIFIED, BLOCKED."""

    id: UUID
    number: str
    masked: str
    bic: str
    bank_name: str
    currency: str
    state: str
    is_new: bool
    differs_from_last_paid: bool


@dataclass(frozen=True, slots=True)
class HoldCard:
    """A hold: by whom, why, until when."""

    by: PersonChip
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class UndoCard:
    """The reader's own decision that can still be taken back."""

    entry: int
    until: datetime


@dataclass(frozen=True, slots=True)
class CaseCard:
    """The whole card of a case as one reader may see it.

    `values` holds the raw card fields (codes of `doctypes`), `fields` their codes in order; `options` are the acts
    offered to the reader, `tasks` the reader's own open tasks, `movable` those they may hand to somebody else (a route
    owner anybody's); `duplicates` numbers suspected twins.
    """

    row: CaseRow
    revision: int
    round: int
    values: Mapping[str, Json]
    fields: tuple[str, ...]
    entity_id: UUID
    today: date
    category: str
    cost_centre: str
    project: str
    account: AccountCard | None
    seats: tuple[SeatCard, ...]
    stages: tuple[StageCard, ...]
    skipped: tuple[SkippedCard, ...]
    choice: tuple[PersonChip, ...]
    remarks: tuple[RemarkCard, ...]
    answered: tuple[RemarkCard, ...]
    correct_by: datetime | None
    files: tuple[FileCard, ...]
    planned: tuple[PlannedCard, ...]
    payments: tuple[PaymentCard, ...]
    payers: tuple[PersonChip, ...]
    observers: tuple[PersonChip, ...]
    rest: Money
    hold: HoldCard | None
    duplicate_reason: str
    duplicates: tuple[CaseRow, ...]
    last_invoices: tuple[CaseRow, ...]
    undo: UndoCard | None
    options: tuple[Verb, ...]
    tasks: tuple[TaskCard, ...]
    movable: tuple[TaskCard, ...]
    changed_since_decision: Mapping[str, tuple[Json, Json]]
    copy_of: UUID | None
    history: tuple[HistoryCard, ...]
    questions: tuple[QuestionCard, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryCard:
    """One entry of the record: its data as recorded (moments are integer microseconds), ids named in `names`.

    `auth` says how the actor was known where that was not by logging in.
    """

    case_id: UUID
    number: int
    kind: str
    at: datetime
    actor: PersonChip | None
    acting_for: PersonChip | None
    data: Mapping[str, Json]
    names: Mapping[str, str]
    is_removed: bool = False
    auth: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command led to; `entry` is the number of its last entry (the decision's, to undo it).

    `stamp`: the edition of the document type it was judged by; None for a repeat.
    """

    case_id: UUID
    doctype: str
    number: int
    state: State
    revision: int
    entry: int
    undo_until: datetime | None
    stamp: UUID | None = field(default=None, compare=False)
