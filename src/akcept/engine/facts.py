"""What the rules have to know besides the case, gathered by the shell inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from akcept.engine.calendars import PostponeDays, WorkingCalendar
from akcept.engine.doctypes import DocumentType
from akcept.engine.money import Money
from akcept.engine.org import Org
from akcept.engine.routes import RouteVersion

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Account:
    """The payee's bank account on the card: a digest of its contents, who entered it, whether it is blocked."""

    fingerprint: str
    entered_by: str | None
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings of the company that the rules read."""

    undo_seconds: int = 10
    offers_reject: bool = True
    request_needs_justification: bool = True
    postpone_days: PostponeDays = PostponeDays.WORKING


@dataclass(frozen=True, slots=True)
class Routing:
    """What choosing a route and resolving its people takes; gathered for Submit, Resubmit and the preview.

    `base` is the amount in the base currency; None when the rate is missing. Limits of `org` are in that currency too.
    """

    org: Org
    routes: tuple[RouteVersion, ...]
    base: Money | None
    duplicates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about the actor and the world that a decision may depend on. `actor` is a person's id or SYSTEM."""

    actor: str
    today: date
    doctype: DocumentType
    calendar: WorkingCalendar
    policy: Policy = field(default_factory=Policy)
    account: Account | None = None
    deputising: frozenset[str] = frozenset()
    payers: tuple[str, ...] = ()
    wardens: tuple[str, ...] = ()
    may_record_return: bool = False
    initiator_may_pay: bool = False
    approved_fingerprints: frozenset[str] = frozenset()
    routing: Routing | None = None

    @property
    def is_system(self) -> bool:
        """Say whether the clock acts, not a person."""
        return self.actor == SYSTEM

    @property
    def company(self) -> Routing:
        """Return the org chart and the routes, which the shell gathers for the commands that name people."""
        assert self.routing is not None, "the shell gathers the org chart for this command"
        return self.routing

    def undo_until(self, at: datetime) -> datetime:
        """Return until when a decision made now may be taken back."""
        return at + timedelta(seconds=self.policy.undo_seconds)
