"""Everything Akcept refuses, each with a stable code.

A refusal changes nothing. Words come from `wording`, the door chooses form and status.
Not frozen: Python's own context managers set the traceback of an exception that passes through them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


class Refusal(Exception):
    """A command that the rules do not accept (HTTP 409)."""

    code: ClassVar[str] = ""

    @property
    def named(self) -> tuple[str, ...]:
        """Return the ids of the people whom its words name."""
        return ()


class NotFound(Refusal):
    """What a person may not see does not exist for them (HTTP 404)."""

    code = "NOT_FOUND"


class NotAllowed(Refusal):
    """The person lacks the right for this act (HTTP 403)."""

    code = "NOT_ALLOWED"


class KeyReused(Refusal):
    """A request key that its owner has already used for another request (HTTP 422)."""

    code = "KEY_REUSED"


@dataclass(eq=False)
class LinkOver(Refusal):
    """The link of somebody from outside no longer works; `why` is a code (HTTP 410)."""

    code: ClassVar[str] = "LINK_OVER"
    why: str


@dataclass(eq=False)
class CodeWrong(Refusal):
    """The code from the letter is another one or too old; none left: a new one has to be sent."""

    code: ClassVar[str] = "CODE_NOT_ACCEPTED"
    left: int


@dataclass(eq=False)
class TooOften(Refusal):
    """That was asked too often; it can be asked again at that moment (HTTP 429)."""

    code: ClassVar[str] = "TOO_OFTEN"
    until: datetime


class NeedsSecondPerson(Refusal):
    """A change that benefits its author: somebody else has to make it."""

    code = "NEEDS_SECOND_PERSON"


class HeirNeeded(Refusal):
    """Whoever leaves is the last one of a stage of a route: somebody has to take their place."""

    code = "HEIR_NEEDED"


class ImportChanged(Refusal):
    """The company has changed since the preview of an import."""

    code = "IMPORT_CHANGED"


@dataclass(eq=False)
class IntakeSettled(Refusal):
    """Somebody has already said what becomes of what came in."""

    code: ClassVar[str] = "INTAKE_SETTLED"
    by: str
    state: str

    @property
    def named(self) -> tuple[str, ...]:
        """Return who came first."""
        return (self.by,) if self.by else ()


class AlreadySettled(Refusal):
    """A proposed change that was confirmed, declined or withdrawn before."""

    code = "ALREADY_SETTLED"


@dataclass(eq=False)
class DutiesInConflict(Refusal):
    """One person may not hold both duties of a rule."""

    code: ClassVar[str] = "DUTIES_IN_CONFLICT"
    rule: str


class AlreadySetUp(Refusal):
    """The first page works once."""

    code = "ALREADY_SET_UP"


class LastAdministrator(Refusal):
    """Somebody has to be able to administer."""

    code = "LAST_ADMINISTRATOR"


@dataclass(eq=False)
class RateMissing(Refusal):
    """No exchange rate is known for that currency on that day."""

    code: ClassVar[str] = "RATE_MISSING"
    currency: str
    on: date


@dataclass(eq=False)
class InvalidInput(Refusal):
    """Input that cannot be accepted: every field with the code of what is wrong (HTTP 422)."""

    code: ClassVar[str] = "INVALID_INPUT"
    errors: Mapping[str, str]


@dataclass(eq=False)
class WrongState(Refusal):
    """The command is not accepted in the state the case is in."""

    code: ClassVar[str] = "WRONG_STATE"
    state: str


@dataclass(eq=False)
class OnHold(Refusal):
    """The case is held; only a few things are possible."""

    code: ClassVar[str] = "ON_HOLD"
    until: date


class NotHeld(Refusal):
    """There is no hold to release."""

    code = "NOT_HELD"


@dataclass(eq=False)
class StaleRevision(Refusal):
    """The document was changed after the person looked at it."""

    code: ClassVar[str] = "STALE_REVISION"
    seen: int
    current: int


@dataclass(eq=False)
class AlreadyDecided(Refusal):
    """Somebody else has just decided; or the person has, for another seat of this round."""

    code: ClassVar[str] = "ALREADY_DECIDED"
    by: str
    outcome: str
    at: datetime | None

    @property
    def named(self) -> tuple[str, ...]:
        """Return who came first."""
        return (self.by,) if self.by else ()


@dataclass(eq=False)
class NotNeeded(Refusal):
    """The stage was decided without this vote: by whom last, how, when."""

    code: ClassVar[str] = "NOT_NEEDED"
    by: str
    outcome: str
    at: datetime | None

    @property
    def named(self) -> tuple[str, ...]:
        """Return who came first."""
        return (self.by,) if self.by else ()


class RemarkNeeded(Refusal):
    """This stage asks everybody for a remark."""

    code = "REMARK_NEEDED"


class FileNeeded(Refusal):
    """This stage asks everybody for a file of their own."""

    code = "FILE_NEEDED"


@dataclass(eq=False)
class LimitTooLow(Refusal):
    """The deputy's limit does not cover the document, and the deputyship grants no other."""

    code: ClassVar[str] = "LIMIT_TOO_LOW"
    minor: int
    currency: str


class NotYourTurn(Refusal):
    """The open task is somebody else's."""

    code = "NOT_YOUR_TURN"


class OwnDocument(Refusal):
    """Nobody decides on their own document, by any path."""

    code = "OWN_DOCUMENT"


class OwnAccount(Refusal):
    """Whoever entered an account cannot be the one who vouches for it."""

    code = "OWN_ACCOUNT"


class NoApprover(Refusal):
    """The route leads to nobody who could approve."""

    code = "NO_APPROVER"


class NoRoute(Refusal):
    """No route applies and none is the default."""

    code = "NO_ROUTE"


class MeanwhileChanged(Refusal):
    """Something happened to the document after it was looked at."""

    code = "MEANWHILE_CHANGED"


class NotThisRoute(Refusal):
    """Sent now, the document would go another way than by the version that was named."""

    code = "NOT_THIS_ROUTE"


@dataclass(eq=False)
class ObjectionStands(Refusal):
    """Somebody has returned the document, and the other version would not ask them any more."""

    code: ClassVar[str] = "OBJECTION_STANDS"
    by: str

    @property
    def named(self) -> tuple[str, ...]:
        """Return who returned it."""
        return (self.by,) if self.by else ()


@dataclass(eq=False)
class RouteUnsound(Refusal):
    """A route with errors is not published."""

    code: ClassVar[str] = "ROUTE_UNSOUND"
    problems: tuple[str, ...]


@dataclass(eq=False)
class DuplicateSuspected(Refusal):
    """The same invoice seems to be here already; a reason is needed to go on."""

    code: ClassVar[str] = "DUPLICATE_SUSPECTED"
    numbers: tuple[int, ...]


@dataclass(eq=False)
class RemarksOpen(Refusal):
    """Some reasons of the return are neither ticked nor answered."""

    code: ClassVar[str] = "REMARKS_OPEN"
    remarks: tuple[int, ...]


class ReasonRequired(Refusal):
    """This act needs a reason."""

    code = "REASON_REQUIRED"


class ThirdOutcomeOff(Refusal):
    """The company does not use the final rejection."""

    code = "THIRD_OUTCOME_OFF"


class PaymentStarted(Refusal):
    """Something was sent or paid; the document can no longer change."""

    code = "PAYMENT_STARTED"


class NothingPaid(Refusal):
    """No payment is there of which a return could be recorded or the rest be closed."""

    code = "NOTHING_PAID"


class MissingPaymentOrder(Refusal):
    """The document asks for a payment order; its file comes together with the payment."""

    code = "MISSING_PAYMENT_ORDER"


@dataclass(eq=False)
class Overpaid(Refusal):
    """More than the rest would be paid."""

    code: ClassVar[str] = "OVERPAID"
    rest: int
    currency: str


class AccountBlocked(Refusal):
    """The payee's bank account is blocked."""

    code = "ACCOUNT_BLOCKED"


class FingerprintMismatch(Refusal):
    """What would be paid is not what was approved."""

    code = "FINGERPRINT_MISMATCH"


@dataclass(eq=False)
class DayClosed(Refusal):
    """Payments are not made on that day."""

    code: ClassVar[str] = "DAY_CLOSED"
    next_day: date


class DayPast(Refusal):
    """A planned date cannot lie in the past."""

    code = "DAY_PAST"


class DateMoved(Refusal):
    """The planned date is no longer the one that was seen."""

    code = "DATE_MOVED"


class UndoOver(Refusal):
    """The decision can no longer be taken back."""

    code = "UNDO_OVER"


@dataclass(eq=False)
class NotReaders(Refusal):
    """A message names people who do not see the document: they have to become observers first."""

    code: ClassVar[str] = "NOT_READERS"
    people: tuple[str, ...]

    @property
    def named(self) -> tuple[str, ...]:
        """Return them."""
        return self.people


@dataclass(eq=False)
class EditOver(Refusal):
    """A message can be changed for some minutes after it was written."""

    code: ClassVar[str] = "EDIT_OVER"
    at: datetime


class QuestionClosed(Refusal):
    """The question was answered or withdrawn, or is no longer needed."""

    code = "QUESTION_CLOSED"


class UnsuitablePerson(Refusal):
    """The person named is unknown, deactivated, in conflict or already in this round."""

    code = "UNSUITABLE_PERSON"
