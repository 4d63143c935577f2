"""What people and the clock ask of a case, in the imperative. `revision` is the one the asker had before their eyes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from akcept.engine.values import Json, Private


class ReturnKind(StrEnum):
    """Why a payment is taken back."""

    BANK_RETURN = "BANK_RETURN"
    ENTERED_IN_ERROR = "ENTERED_IN_ERROR"


@dataclass(frozen=True, slots=True)
class Create:
    """Open a draft. `planned` pairs dates with minor units; empty until somebody plans."""

    id: str
    doctype: str
    number: int
    initiator: str
    card: Mapping[str, Json]
    planned: tuple[tuple[date, int], ...] = ()
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Revise:
    """Change fields of the card, the planned payments or both."""

    changes: Mapping[str, Json]
    revision: int
    planned: tuple[tuple[date, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Attach:
    """Add a file; the same purpose and `replaces` make a new version."""

    purpose: str
    sha256: str
    name: Private
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Submit:
    """Send the draft for approval; no revision: as it stands after the changes of the same request."""

    revision: int | None
    duplicate_reason: Private | None = None


@dataclass(frozen=True, slots=True)
class Resubmit:
    """Send the corrected document again; `answers` settles remarks: an empty answer is a tick."""

    revision: int | None
    answers: Mapping[int, Private] = field(default_factory=dict)
    duplicate_reason: Private | None = None


@dataclass(frozen=True, slots=True)
class Approve:
    """Consent, with remarks or without."""

    revision: int
    remark: Private | None = None


@dataclass(frozen=True, slots=True)
class ReturnForRework:
    """Give the document back to be corrected; each reason becomes a line of the checklist."""

    revision: int
    reasons: tuple[Private, ...]
    correct_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """Refuse the document for good."""

    revision: int
    reason: Private


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take one's own document back."""

    reason: Private | None = None


@dataclass(frozen=True, slots=True)
class Reassign:
    """Hand an open task to somebody else."""

    task: str
    to: str
    reason: Private | None = None


@dataclass(frozen=True, slots=True)
class AddApprover:
    """Ask one more person, right after the present one."""

    person: str


@dataclass(frozen=True, slots=True)
class AskOutside:
    """Ask somebody from outside the company as well; they decide by a link and add nothing to anybody's limit."""

    person: str


@dataclass(frozen=True, slots=True)
class NameApprover:
    """Fill a seat for which nobody was found, or name who pays."""

    person: str


class Forced(StrEnum):
    """What an override may decide; never a payment."""

    APPROVED = "APPROVED"
    RETURNED = "RETURNED"
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True)
class ForceDecision:
    """Decide in the place of an open seat, by a right of its own and with a reason; marked as an override for ever."""

    revision: int
    seat: int
    outcome: Forced
    reason: Private


@dataclass(frozen=True, slots=True)
class ReplacePerson:
    """Put somebody else in the place of whoever is asked, by a right of its own and with a reason."""

    task: str
    to: str
    reason: Private


@dataclass(frozen=True, slots=True)
class Reroute:
    """Let the running round go on by the published version of its route; no decision, and never on one's own document.

    `entries`: how many the case had when it was seen what would come of it.
    """

    version: str
    entries: int | None = None


@dataclass(frozen=True, slots=True)
class MeetDeadline:
    """Do what the stage says for a task that nobody did in time."""

    task: str


@dataclass(frozen=True, slots=True)
class AddObserver:
    """Let somebody follow the case."""

    person: str


@dataclass(frozen=True, slots=True)
class PutOnHold:
    """Stop everything until a date at which the hold releases itself."""

    reason: Private
    until: date


@dataclass(frozen=True, slots=True)
class Release:
    """End a hold."""


@dataclass(frozen=True, slots=True)
class MarkSent:
    """Note that an order went to the bank; the sum cannot be paid again while it lives."""

    revision: int
    minor: int
    on: date
    order_number: str = ""


@dataclass(frozen=True, slots=True)
class Pay:
    """Note an executed payment, whole or part; `settles` names a row that was sent."""

    revision: int
    minor: int
    on: date
    order_number: str = ""
    order_file: str | None = None
    order_file_name: Private | None = None
    settles: int | None = None


@dataclass(frozen=True, slots=True)
class RefusePayment:
    """Decline to pay; the document goes back to be corrected."""

    revision: int
    reasons: tuple[Private, ...]


@dataclass(frozen=True, slots=True)
class RecordReturn:
    """Take a payment back: returned by the bank, or entered in error."""

    payment: int
    kind: ReturnKind
    reason: Private


@dataclass(frozen=True, slots=True)
class CloseRest:
    """Declare that the rest will not be paid."""

    reason: Private


@dataclass(frozen=True, slots=True)
class Postpone:
    """Move an unpaid planned date. `old` is the date that was seen; without `to` the next allowed day is taken."""

    planned: int
    old: date
    to: date | None = None
    reason: Private | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """Say something to everybody involved, or with `guest` to that one person from outside.

    `reply_to` is the number of the entry that is quoted, `files` the digests of files attached before; `asks`: who
    is to answer, which lets the asker's own deadline wait.
    """

    text: Private
    mentions: tuple[str, ...] = ()
    reply_to: int | None = None
    files: tuple[str, ...] = ()
    asks: str | None = None
    guest: str | None = None


@dataclass(frozen=True, slots=True)
class EditComment:
    """Say one's own message in other words, shortly after it; the earlier ones stay on record."""

    message: int
    text: Private
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WithdrawQuestion:
    """Wait no longer for the answer to one's own question."""

    question: int


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back one's own last decision."""

    entry: int


Command = (
    Revise
    | Attach
    | Submit
    | Resubmit
    | Approve
    | ReturnForRework
    | Reject
    | Withdraw
    | Reassign
    | AddApprover
    | AskOutside
    | NameApprover
    | ForceDecision
    | ReplacePerson
    | Reroute
    | MeetDeadline
    | AddObserver
    | PutOnHold
    | Release
    | MarkSent
    | Pay
    | RefusePayment
    | RecordReturn
    | CloseRest
    | Postpone
    | Comment
    | EditComment
    | WithdrawQuestion
    | Undo
)
