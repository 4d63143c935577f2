"""What happened to a case, in the past tense. Each event is one entry of the journal; its KIND is permanent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from akcept.engine.case import Planned, Seat, Terms, Why
from akcept.engine.commands import ReturnKind
from akcept.engine.money import Money
from akcept.engine.values import Json, Private


@dataclass(frozen=True, slots=True)
class Change:
    """The old and the new value of one field."""

    old: Json
    new: Json


@dataclass(frozen=True, slots=True)
class Skipped:
    """Somebody the route led to who was passed over, and why."""

    person: str
    why: str


@dataclass(frozen=True, slots=True)
class Drafted:
    KIND: ClassVar = "DRAFTED"
    id: str
    doctype: str
    number: int
    initiator: str
    card: Mapping[str, Json]
    planned: tuple[Planned, ...]
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Revised:
    """`tolerated`: what stays signed of material fields whose change voids nothing."""

    KIND: ClassVar = "REVISED"
    revision: int
    changes: Mapping[str, Change]
    planned: tuple[Planned, ...] | None
    is_material: bool
    tolerated: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileAttached:
    KIND: ClassVar = "FILE_ATTACHED"
    id: int
    purpose: str
    sha256: str
    name: Private
    version: int
    revision: int
    is_material: bool
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class RemarkSettled:
    KIND: ClassVar = "REMARK_SETTLED"
    remark: int
    answer: Private | None


@dataclass(frozen=True, slots=True)
class Submitted:
    """`conditions`: the fields that the route's conditions read; `material`: all whose change voids approvals.

    Both stay as they are as long as the round runs, whatever becomes of the route and of the document type.
    """

    KIND: ClassVar = "SUBMITTED"
    round: int
    revision: int
    route: str
    seats: tuple[Seat, ...]
    skipped: tuple[Skipped, ...]
    wardens: tuple[str, ...]
    base: Money
    conditions: tuple[str, ...] = ()
    duplicate_reason: Private | None = None
    terms: tuple[Terms, ...] = ()
    payer_role: str = ""
    material: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rerouted:
    """The round goes on by another version: `old` → `route`. Seats with a vote are those whose vote still counts."""

    KIND: ClassVar = "REROUTED"
    old: str
    route: str
    seats: tuple[Seat, ...]
    skipped: tuple[Skipped, ...]
    wardens: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    terms: tuple[Terms, ...] = ()
    payer_role: str = ""
    material: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Approved:
    """`not_needed`: seats whose vote no longer matters; `reopened`: seats that one of those would have covered."""

    KIND: ClassVar = "APPROVED"
    seat: int
    revision: int
    fingerprint: str
    undo_until: datetime
    on_behalf_of: str | None = None
    remark: Private | None = None
    vouched: str = ""
    not_needed: tuple[int, ...] = ()
    reopened: tuple[int, ...] = ()
    is_override: bool = False
    in_place_of: str | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """Not `is_final`: a vote against, or the remarks of others are still awaited."""

    KIND: ClassVar = "RETURNED"
    seat: int
    revision: int
    fingerprint: str
    undo_until: datetime
    reasons: tuple[Private, ...]
    on_behalf_of: str | None = None
    correct_by: datetime | None = None
    is_final: bool = True
    not_needed: tuple[int, ...] = ()
    is_override: bool = False
    in_place_of: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    KIND: ClassVar = "REJECTED"
    seat: int
    revision: int
    fingerprint: str
    undo_until: datetime
    reason: Private
    on_behalf_of: str | None = None
    not_needed: tuple[int, ...] = ()
    is_override: bool = False
    in_place_of: str | None = None


@dataclass(frozen=True, slots=True)
class StageReturned:
    """The last vote of a stage came, and there were returns: the document goes back with all their remarks."""

    KIND: ClassVar = "STAGE_RETURNED"
    stage: str


@dataclass(frozen=True, slots=True)
class Cleared:
    """Every seat has approved: the case may be paid, or is done where its type is not paid."""

    KIND: ClassVar = "CLEARED"
    to_pay: bool
    payers: tuple[str, ...]
    wardens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    KIND: ClassVar = "WITHDRAWN"
    reason: Private | None


@dataclass(frozen=True, slots=True)
class Reassigned:
    """`why` tells a deadline and an override from an ordinary handing over.

    `covered`: later seats of whoever takes over, decided with this one; `reopened`: those that the old holder's would
    have covered.
    """

    KIND: ClassVar = "REASSIGNED"
    task: str
    old: str
    new: str | None
    wardens: tuple[str, ...] = ()
    reason: Private | None = None
    why: Why = Why.REASSIGNED
    covered: tuple[int, ...] = ()
    reopened: tuple[int, ...] = ()
    is_override: bool = False


@dataclass(frozen=True, slots=True)
class ApproverAdded:
    """`needed`: how many have to agree from now on, in a stage that does not ask all."""

    KIND: ClassVar = "APPROVER_ADDED"
    after: int
    person: str
    why: Why = Why.ADDED
    is_outside: bool = False
    stage: str = ""
    needed: int | None = None


@dataclass(frozen=True, slots=True)
class ApproverNamed:
    """`seat` is None when a payer was named."""

    KIND: ClassVar = "APPROVER_NAMED"
    seat: int | None
    person: str


@dataclass(frozen=True, slots=True)
class ObserverAdded:
    KIND: ClassVar = "OBSERVER_ADDED"
    person: str


@dataclass(frozen=True, slots=True)
class Held:
    KIND: ClassVar = "HELD"
    reason: Private
    until: date


@dataclass(frozen=True, slots=True)
class Released:
    KIND: ClassVar = "RELEASED"


@dataclass(frozen=True, slots=True)
class PaymentSent:
    """`by_exception`: noted by whoever asked for the document, `keeps_details`: by whoever also keeps bank details.

    Either is as a dated exception allows.
    """

    KIND: ClassVar = "PAYMENT_SENT"
    id: int
    minor: int
    on: date
    order_number: str
    fingerprint: str
    by_exception: bool = False
    keeps_details: bool = False


@dataclass(frozen=True, slots=True)
class PaymentExecuted:
    """`closes`: nothing is left to pay, the case is PAID; `by_exception` and `keeps_details` as in PaymentSent."""

    KIND: ClassVar = "PAYMENT_EXECUTED"
    id: int
    minor: int
    on: date
    order_number: str
    order_file: str | None
    fingerprint: str
    closes: bool
    by_exception: bool = False
    keeps_details: bool = False


@dataclass(frozen=True, slots=True)
class PaymentRefused:
    KIND: ClassVar = "PAYMENT_REFUSED"
    revision: int
    fingerprint: str
    undo_until: datetime
    reasons: tuple[Private, ...]


@dataclass(frozen=True, slots=True)
class PaymentReturned:
    """`id` numbers the counter-row; None when a row that was only sent is cancelled."""

    KIND: ClassVar = "PAYMENT_RETURNED"
    id: int | None
    payment: int
    kind: ReturnKind
    minor: int
    on: date
    reason: Private


@dataclass(frozen=True, slots=True)
class RestClosed:
    KIND: ClassVar = "REST_CLOSED"
    minor: int
    reason: Private


@dataclass(frozen=True, slots=True)
class Postponed:
    """`cause`: BY_PERSON, UNPAID (the nightly rule) or APPROVED_LATE."""

    KIND: ClassVar = "POSTPONED"
    planned: int
    old: date
    new: date
    cause: str
    needs_decision: bool
    reason: Private | None = None


@dataclass(frozen=True, slots=True)
class Commented:
    """`reply_to` and `answers` number entries, `files` attachments; `pauses`: the asker's task that waits."""

    KIND: ClassVar = "COMMENTED"
    text: Private
    mentions: tuple[str, ...] = ()
    reply_to: int | None = None
    answers: int | None = None
    files: tuple[int, ...] = ()
    asks: str | None = None
    pauses: str = ""
    guest: str | None = None
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class CommentEdited:
    KIND: ClassVar = "COMMENT_EDITED"
    message: int
    text: Private
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionWithdrawn:
    KIND: ClassVar = "QUESTION_WITHDRAWN"
    question: int
    person: str


@dataclass(frozen=True, slots=True)
class Undone:
    KIND: ClassVar = "UNDONE"
    entry: int


Event = (
    Drafted
    | Revised
    | FileAttached
    | RemarkSettled
    | Submitted
    | Rerouted
    | Approved
    | Returned
    | Rejected
    | StageReturned
    | Cleared
    | Withdrawn
    | Reassigned
    | ApproverAdded
    | ApproverNamed
    | ObserverAdded
    | Held
    | Released
    | PaymentSent
    | PaymentExecuted
    | PaymentRefused
    | PaymentReturned
    | RestClosed
    | Postponed
    | Commented
    | CommentEdited
    | QuestionWithdrawn
    | Undone
)
Events = tuple[Event, ...]
