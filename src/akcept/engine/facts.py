"""What the rules have to know besides the case, gathered by the shell inside the transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from akcept.engine.calendars import PostponeDays, WorkingCalendar
from akcept.engine.doctypes import DocumentType
from akcept.engine.money import Money
from akcept.engine.org import Org
from akcept.engine.routes import RouteVersion
from akcept.engine.values import Json

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Account:
    """The payee's bank account on the card: a digest of its contents, who entered it, whether it is blocked."""

    fingerprint: str
    entered_by: str | None
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class Approval:
    """What an approval of the running round signed. `stage`: it was carried over, and vouches as that stage does."""

    fingerprint: str
    vouched: str = ""
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """The message that a command answers or changes: by whom, when, in the thread of which person from outside."""

    by: str
    at: datetime
    guest: str | None = None


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
    `card` is what conditions read.
    """

    org: Org
    routes: tuple[RouteVersion, ...]
    base: Money | None
    duplicates: tuple[int, ...] = ()
    card: Mapping[str, Json] = field(default_factory=dict)
    cost_centre_owner: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about the actor and the world that a decision may depend on. `actor` is a person's id or SYSTEM.

    `roles` lists who holds which role for this document; `limits` are those of the actor and of whom they act for, for
    this document's type in the base currency, `granted` what a deputyship itself allows; `standins` act now for whoever
    has the task in question; `approvals` are the ones in force, as the journal has them; `said` is the message that a
    command is about, `readers` who of those it names may see the case. `keeps_details`: the actor keeps bank details
    too, by an exception of today.
    """

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
    keeps_details: bool = False
    may_override: bool = False
    may_reroute: bool = False
    is_outside: bool = False
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Mapping[str, Money] = field(default_factory=dict)
    granted: Mapping[str, Money] = field(default_factory=dict)
    standins: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()
    routing: Routing | None = None
    said: Said | None = None
    readers: frozenset[str] = frozenset()

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
