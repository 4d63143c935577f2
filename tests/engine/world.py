"""A small company around one invoice: the cast, the world they live in, and a case that remembers its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine.calendars import WorkingCalendar
from akcept.engine.case import Case
from akcept.engine.decide import decide, draft
from akcept.engine.doctypes import DocumentType, Field, FieldKind, Gate
from akcept.engine.evolve import Envelope, evolve
from akcept.engine.facts import SYSTEM, Account, Approval, Facts, Policy, Routing, Said
from akcept.engine.guards import options
from akcept.engine.money import Money
from akcept.engine.org import Member, Org, Unit
from akcept.engine.refusals import Refusal
from akcept.engine.routes import Condition, Op, RouteVersion, Stage, Who
from akcept.engine.tasks import Task, tasks
from akcept.engine.values import Json, Private
from akcept.engine.verbs import Verb

MONDAY = date(2026, 3, 2)
FRIDAY = date(2026, 3, 6)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MATERIAL = {
    "amount": FieldKind.MONEY,
    "currency": FieldKind.CHOICE,
    "vat": FieldKind.ROWS,
    "entity": FieldKind.ENTITY,
    "counterparty": FieldKind.COUNTERPARTY,
    "account": FieldKind.ACCOUNT,
    "contract": FieldKind.TEXT,
    "supplier_number": FieldKind.TEXT,
    "issued_on": FieldKind.DATE,
    "approval_type": FieldKind.CHOICE,
    "payment_order_required": FieldKind.FLAG,
}
FREE = {
    "title": FieldKind.TEXT,
    "comment": FieldKind.TEXT,
    "due_on": FieldKind.DATE,
    "planned_on": FieldKind.DATE,
    "choice": FieldKind.PERSON,
    "client_request": FieldKind.TEXT,
    "category": FieldKind.CHOICE,
    "payment_purpose": FieldKind.TEXT,
}
GATES = {
    "amount": Gate.SAVE,
    "currency": Gate.SAVE,
    "counterparty": Gate.SAVE,
    "issued_on": Gate.SAVE,
    "entity": Gate.SUBMIT,
    "approval_type": Gate.SUBMIT,
    "planned_on": Gate.SUBMIT,
    "account": Gate.PAYMENT,
}
INVOICE = DocumentType(
    "INVOICE",
    {
        code: Field(code, kind, GATES.get(code), is_material=code in MATERIAL)
        for code, kind in (MATERIAL | FREE).items()
    },
)
CARD: Mapping[str, Json] = {
    "title": "Paper",
    "amount": 10_000,
    "currency": "RUB",
    "vat": [{"rate": "VAT20", "base": 8_333, "tax": 1_667}],
    "entity": "north",
    "counterparty": "paper-mill",
    "account": "account-1",
    "supplier_number": "77",
    "issued_on": "2026-02-27",
    "approval_type": "LIST",
}
ORG = Org(
    members={
        row.id: row
        for row in (
            Member("anna", "Anna", manager="boris"),
            Member("boris", "Boris", manager="gleb", limits=(("", Money(5_000, "RUB")),)),
            Member("vera", "Vera", manager="gleb"),
            Member("gleb", "Gleb", peer="vera"),
            Member("clara", "Clara", manager="gleb"),
            Member("dana", "Dana", manager="gleb"),
            Member("oleg", "Oleg", manager="gleb"),
            Member("root", "Root", manager="gleb"),
            Member("zoya", "Zoya", manager="gleb", is_active=False),
            Member("lena", "Lena", is_outside=True),
        )
    },
    units={"office": Unit("office")},
)
CAST = ("anna", "boris", "vera", "gleb", "clara", "dana", "oleg", "root")
ROUTES = tuple(
    RouteVersion(
        id=f"{kind}-1",
        route=kind,
        number=1,
        stages=(Stage("one", who=who, people=people),),
        conditions=(Condition("approval_type", Op.IN, (kind,)),),
        is_default=kind == "LIST",
    )
    for kind, who, people in (
        ("HIERARCHY", Who.HIERARCHY, ()),
        ("LIST", Who.NAMED, ("boris", "vera")),
        ("MY_CHOICE", Who.MY_CHOICE, ()),
    )
)


@dataclass
class World:
    """Everything the shell would look up; tests change what they are about."""

    today: date = MONDAY
    at: datetime = NOON
    doctype: DocumentType = INVOICE
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    policy: Policy = field(default_factory=Policy)
    account: Account | None = field(
        default_factory=lambda: Account("digest", "oleg", is_blocked=False)
    )
    deputies: dict[str, frozenset[str]] = field(default_factory=dict)
    payers: tuple[str, ...] = ("clara",)
    wardens: tuple[str, ...] = ("root",)
    returners: frozenset[str] = frozenset({"clara"})
    overriders: frozenset[str] = frozenset({"gleb"})
    owners: frozenset[str] = frozenset({"root", "gleb"})
    outsiders: frozenset[str] = frozenset({"lena"})
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    granted: dict[str, Money] = field(default_factory=dict)
    standins: tuple[str, ...] = ()
    surroundings: dict[str, Json] = field(default_factory=dict)
    cost_centre_owner: str | None = None
    initiator_may_pay: bool = False
    org: Org = ORG
    routes: tuple[RouteVersion, ...] = ROUTES
    base: Money | None = field(default_factory=lambda: Money(10_000, "RUB"))
    duplicates: tuple[int, ...] = ()
    said: Said | None = None
    readers: frozenset[str] = frozenset(CAST)

    @property
    def known_base(self) -> Money:
        """Return the sum of the document in the base currency."""
        assert self.base is not None
        return self.base

    def facts(self, actor: str, approvals: tuple[Approval, ...]) -> Facts:
        """Return the facts as the shell would gather them for that actor."""
        return Facts(
            actor=actor,
            today=self.today,
            doctype=self.doctype,
            calendar=self.calendar,
            policy=self.policy,
            account=self.account,
            deputising=self.deputies.get(actor, frozenset()),
            payers=self.payers,
            wardens=self.wardens,
            may_record_return=actor in self.returners,
            initiator_may_pay=self.initiator_may_pay,
            may_override=actor in self.overriders,
            may_reroute=actor in self.owners,
            is_outside=actor in self.outsiders,
            roles=self.roles,
            limits={
                key: dict(row.limits)[""]
                for key, row in self.org.members.items()
                if "" in dict(row.limits)
            },
            granted=self.granted,
            standins=self.standins,
            approvals=approvals,
            said=self.said,
            readers=self.readers,
            routing=Routing(
                self.org,
                self.routes,
                self.base,
                self.duplicates,
                self.surroundings,
                self.cost_centre_owner,
            ),
        )


class Story:
    """A case and everything that happened to it."""

    def __init__(self, world: World | None = None, *, by: str = "anna", **card: Json) -> None:
        self.world = world or World()
        self.history: list[tuple[ev.Event, Envelope]] = []
        content = {**CARD, **card}
        amount = content["amount"]
        assert isinstance(amount, int)
        command = do.Create("case-1", "INVOICE", 49, "anna", content, ((FRIDAY, amount),))
        self._case: Case | None = None
        self._record(draft(command, self.world.doctype), by)

    @property
    def case(self) -> Case:
        """Return the case as it stands."""
        assert self._case is not None
        return self._case

    @property
    def approvals(self) -> tuple[Approval, ...]:
        """Return what the approvals in force signed, as the journal has them."""
        found: list[Approval] = []
        entries = dict(enumerate((event for event, _ in self.history), 1))
        for event in entries.values():
            if isinstance(event, (ev.Submitted, ev.Rerouted)):
                found = []
                for seat in event.seats:
                    if seat.entry is not None:
                        old = entries[seat.entry]
                        assert isinstance(old, ev.Approved)
                        found.append(Approval(old.fingerprint, old.vouched, seat.stage))
            if isinstance(event, ev.Approved):
                found.append(Approval(event.fingerprint, event.vouched))
        return tuple(found)

    def facts(self, actor: str) -> Facts:
        """Return what the rules know when that actor comes."""
        return self.world.facts(actor, self.approvals)

    def does(self, actor: str, command: do.Command) -> tuple[ev.Event, ...]:
        """Let somebody do something that is accepted."""
        events = decide(self.case, command, self.facts(actor), self.world.at)
        self._record(events, actor)
        return events

    def refuses(self, actor: str, command: do.Command) -> Refusal:
        """Return the refusal that somebody meets; the case stays what it was."""
        before = self.case
        try:
            events = decide(self.case, command, self.facts(actor), self.world.at)
        except Refusal as refusal:
            assert self.case == before
            return refusal
        raise AssertionError(f"{actor} was allowed {command}: {events}")

    def code(self, actor: str, command: do.Command) -> str | None:
        """Return the code of the refusal, or None when the command would be accepted."""
        try:
            decide(self.case, command, self.facts(actor), self.world.at)
        except Refusal as refusal:
            return refusal.code
        return None

    def options(self, actor: str) -> tuple[Verb, ...]:
        """Return the buttons that somebody sees."""
        return options(self.case, self.facts(actor), self.world.at)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Return the open tasks."""
        return tasks(self.case)

    @property
    def held_by(self) -> list[tuple[str, str]]:
        """Return the open tasks as kind and holder."""
        return [(str(task.kind), task.holder) for task in self.tasks]

    def passes(self, **time: float) -> None:
        """Let time pass on the clock; the date follows."""
        self.world.at += timedelta(**time)
        self.world.today = self.world.at.date()

    def _record(self, events: tuple[ev.Event, ...], actor: str) -> None:
        for event in events:
            envelope = Envelope(actor, self.world.at)
            self._case = evolve(self._case, event, envelope)
            self.history.append((event, envelope))

    # Shorthands for what most stories begin with.

    def submit(self, by: str = "anna") -> Story:
        """Send the draft."""
        self.does(by, do.Submit(self.case.revision))
        return self

    def approve(self, *people: str) -> Story:
        """Let people consent one after another."""
        for person in people:
            self.does(person, do.Approve(self.case.revision))
        return self

    def send_back(self, by: str = "boris", *reasons: str) -> Story:
        """Let an approver return the document."""
        said = tuple(Private(reason) for reason in reasons or ("Wrong amount",))
        self.does(by, do.ReturnForRework(self.case.revision, said))
        return self

    def to_pay(self) -> Story:
        """Bring a draft to its payer."""
        return self.submit().approve("boris", "vera")

    def pay(self, minor: int | None = None, **more: Any) -> Story:
        """Let Clara pay the rest or a part of it."""
        self.does("clara", self.payment(minor, **more))
        return self

    def payment(self, minor: int | None = None, **more: Any) -> do.Pay:
        """Return the command that pays the rest or a part of it."""
        command = do.Pay(self.case.revision, minor or self.case.rest, self.world.today)
        return replace(command, **more) if more else command

    def send(self, minor: int | None = None) -> Story:
        """Let Clara note that an order went to the bank."""
        self.does("clara", do.MarkSent(self.case.revision, minor or self.case.rest, FRIDAY, "12"))
        return self

    def revise(self, by: str = "anna", **changes: Json) -> Story:
        """Change fields of the card."""
        self.does(by, self.revision(**changes))
        return self

    def revision(self, **changes: Json) -> do.Revise:
        """Return the command that changes fields; planned payments follow the amount."""
        amount = changes.get("amount")
        planned = ((FRIDAY, amount),) if isinstance(amount, int) else None
        return do.Revise(changes, self.case.revision, planned)

    def hold(self, by: str = "anna", days: int = 5) -> Story:
        """Stop the case."""
        until = self.world.today + timedelta(days=days)
        self.does(by, do.PutOnHold(Private("Audit"), until))
        return self

    def night(self) -> tuple[ev.Event, ...]:
        """Let the clock move the first unpaid planned payment."""
        row = self.case.unpaid_planned()[0]
        return self.does(SYSTEM, do.Postpone(row.id, row.on))
