"""A case: one document on its way, as a frozen value. It is the fold of its journal entries and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from akcept.engine.doctypes import PURPOSES
from akcept.engine.money import Money
from akcept.engine.routes import AtDeadline, Condition, How, OnReturn
from akcept.engine.values import Json, Private

MAIN = PURPOSES["main_file"]


class State(StrEnum):
    """Where a case is. Held, overdue, sent, partly paid are badges, not states."""

    DRAFT = "DRAFT"
    IN_APPROVAL = "IN_APPROVAL"
    REWORK = "REWORK"
    TO_PAY = "TO_PAY"
    PAID = "PAID"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


class SeatState(StrEnum):
    """What became of a seat in its round."""

    WAITING = "WAITING"
    APPROVED = "APPROVED"
    RETURNED = "RETURNED"
    REJECTED = "REJECTED"
    COVERED = "COVERED"
    NOT_NEEDED = "NOT_NEEDED"


class Why(StrEnum):
    """Why a person sits in a seat."""

    HIERARCHY = "HIERARCHY"
    NAMED = "NAMED"
    CHOSEN = "CHOSEN"
    ROLE = "ROLE"
    HEAD = "HEAD"
    OWNER = "OWNER"
    INSTEAD = "INSTEAD"
    PEER = "PEER"
    LIMIT = "LIMIT"
    ADDED = "ADDED"
    REASSIGNED = "REASSIGNED"
    NAMED_LATER = "NAMED_LATER"
    DEADLINE = "DEADLINE"
    REPLACED = "REPLACED"


class PaymentState(StrEnum):
    """How far one payment got. RETURNED is a counter-row that takes an executed one back."""

    SENT = "SENT"
    EXECUTED = "EXECUTED"
    RETURNED = "RETURNED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Terms:
    """How a stage of the running round decides, as its route said when the round began.

    `unmet`: the condition for which the stage is passed over; such a stage has no seats.
    """

    stage: str
    name_en: str = ""
    name_ru: str = ""
    how: How = How.IN_TURN
    needed: int = 0
    on_return: OnReturn = OnReturn.STOP
    needs_remark: bool = False
    needs_file: bool = False
    vouches_for: tuple[str, ...] = ()
    hours: int | None = None
    at_deadline: AtDeadline = AtDeadline.REMIND
    unmet: Condition | None = None

    @property
    def is_parallel(self) -> bool:
        """Say whether everybody is asked at the same time."""
        return self.how is not How.IN_TURN


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place in the running round. No holder: nobody was found, and somebody has to be named.

    `entry`, `signed` and `vouched` belong to an approval: where it is recorded, the fingerprint of the whole and of what
    its stage vouches for. With an older round's entry the approval was carried over.
    """

    id: int
    stage: str
    holder: str | None
    why: Why
    instead_of: str | None = None
    state: SeatState = SeatState.WAITING
    by: str | None = None
    decided_at: datetime | None = None
    remark: Private | None = None
    covered_by: int | None = None
    is_outside: bool = False
    entry: int | None = None
    signed: str = ""
    vouched: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One reason of a return: a line of the initiator's checklist until it is ticked or answered."""

    id: int
    by: str
    text: Private
    is_settled: bool = False
    answer: Private | None = None
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned payment: its date may move, its first date never does."""

    id: int
    on: date
    minor: int
    first_on: date
    moves: int = 0
    needs_decision: bool = False


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment row. A counter-row names in `returns` the row it takes back."""

    id: int
    state: PaymentState
    minor: int
    on: date
    order_number: str = ""
    order_file: str | None = None
    by: str | None = None
    returns: int | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A version of a file of the case; the newest INVOICE is the main file."""

    id: int
    purpose: str
    sha256: str
    name: Private
    version: int
    by: str
    replaces: int | None = None
    round: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """Why and until when (inclusive) nothing happens."""

    by: str
    reason: Private
    until: date


@dataclass(frozen=True, slots=True)
class Question:
    """A question that somebody is to answer, numbered as its entry. `pauses`: the asker's task that waits for it."""

    id: int
    by: str
    person: str
    at: datetime
    pauses: str = ""


@dataclass(frozen=True, slots=True)
class Undoable:
    """The one decision that its author may still take back."""

    entry: int
    actor: str
    until: datetime
    before: Case


@dataclass(frozen=True, slots=True)
class Case:
    """The whole case.

    `authors` entered or edited it, so they never decide on it. `entries` counts what was folded. `conditions` names the
    fields that chose the running route, `material` all whose change voids its approvals, `terms` how its stages decide.
    `last_seat` is the highest number that a seat had in it before it went on by another version. `tolerated` keeps what was signed of fields whose later change voided nothing.
    """

    id: str
    doctype: str
    number: int
    initiator: str
    card: Mapping[str, Json]
    authors: tuple[str, ...] = ()
    state: State = State.DRAFT
    entries: int = 0
    revision: int = 1
    round: int = 0
    route: str | None = None
    base: Money | None = None
    conditions: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    tolerated: Mapping[str, Json] = field(default_factory=dict)
    seats: tuple[Seat, ...] = ()
    terms: tuple[Terms, ...] = ()
    last_seat: int = 0
    payer_role: str = ""
    corrector: str | None = None
    correct_by: datetime | None = None
    remarks: tuple[Remark, ...] = ()
    # What the last return asked for, as it was answered: whoever decides this round looks for it.
    answered: tuple[Remark, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    planned: tuple[Planned, ...] = ()
    payments: tuple[Payment, ...] = ()
    waived: int = 0
    payers: tuple[str, ...] = ()
    wardens: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    duplicate_reason: Private | None = None
    hold: Hold | None = None
    questions: tuple[Question, ...] = ()
    undoable: Undoable | None = field(default=None, repr=False)

    @property
    def amount(self) -> Money | None:
        """Return the amount of the document; None when it is about no sum."""
        minor = self.card.get("amount")
        return Money(minor, self.currency) if isinstance(minor, int) else None

    @property
    def currency(self) -> str:
        """Return the currency of the document's sums, empty when it has none."""
        return str(self.card.get("currency") or "")

    @property
    def open_seats(self) -> tuple[Seat, ...]:
        """Return the seats whose turn it is: one, or everybody still asked by a parallel stage."""
        if self.state is not State.IN_APPROVAL:
            return ()
        waiting = [seat for seat in self.seats if seat.state is SeatState.WAITING]
        if not waiting or not self.terms_of(waiting[0].stage).is_parallel:
            return tuple(waiting[:1])
        return tuple(seat for seat in waiting if seat.stage == waiting[0].stage)

    @property
    def next_seat(self) -> int:
        """Return the number of the next seat; none is given twice in a round."""
        return 1 + max((self.last_seat, *(row.id for row in self.seats)))

    def terms_of(self, stage: str) -> Terms:
        """Return how a stage decides; what an older record does not say, and what was added, goes one by one."""
        for row in self.terms:
            if row.stage == stage:
                return row
        return Terms(stage)

    @property
    def live(self) -> tuple[Payment, ...]:
        """Return the payments on their way or made, without those that were taken back."""
        if not self.payments:
            return ()
        taken_back = {row.returns for row in self.payments}
        alive = {PaymentState.SENT, PaymentState.EXECUTED}
        return tuple(
            row for row in self.payments if row.state in alive and row.id not in taken_back
        )

    @property
    def executed(self) -> int:
        """Return what was really paid, in minor units."""
        return sum(row.minor for row in self.live if row.state is PaymentState.EXECUTED)

    @property
    def sent(self) -> int:
        """Return what is on its way to the bank, in minor units."""
        return sum(row.minor for row in self.live if row.state is PaymentState.SENT)

    @property
    def rest(self) -> int:
        """Return what may still be paid: the amount less what was paid, sent or waived."""
        total = self.amount.minor if self.amount else 0
        return total - self.executed - self.sent - self.waived

    @property
    def main_file(self) -> str | None:
        """Return the digest of the newest invoice file."""
        return self.newest(MAIN)

    def newest(self, purpose: str) -> str | None:
        """Return the digest of the newest file of a purpose."""
        found = [row for row in self.attachments if row.purpose == purpose]
        return found[-1].sha256 if found else None

    @property
    def is_paying(self) -> bool:
        """Say whether anything was sent or paid and not taken back."""
        return bool(self.executed or self.sent or self.waived)

    def left_of_planned(self) -> dict[int, int]:
        """Return what of each planned row is neither paid nor on its way; the earliest is covered first."""
        covered, left = self.executed + self.sent, {}
        for row in sorted(self.planned, key=lambda row: (row.on, row.id)):
            taken = min(covered, row.minor)
            covered -= taken
            left[row.id] = row.minor - taken
        return left

    def unpaid_planned(self) -> tuple[Planned, ...]:
        """Return the planned rows not yet covered by payments, earliest first."""
        left = self.left_of_planned()
        rows = sorted(self.planned, key=lambda row: (row.on, row.id))
        return tuple(row for row in rows if left[row.id])

    def partly_sent(self) -> Planned | None:
        """Return the unpaid planned row of which a part is on its way to the bank."""
        unpaid = self.unpaid_planned()
        is_cut = sum(row.minor for row in unpaid) > self.rest
        return unpaid[0] if self.sent and is_cut else None
