"""What the rules need to know of the world, made of what was read inside the transaction of a command."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from akcept.cases import hearing
from akcept.cases.surroundings import Surroundings, by_kind, question, surroundings
from akcept.cases.world import Entity, Rows, Seen, World, read, stamp
from akcept.cases.world import entity as entity_of
from akcept.company import calendars, settings
from akcept.doctypes import queries as doctypes
from akcept.engine import commands as do
from akcept.engine.calendars import PostponeDays, WorkingCalendar
from akcept.engine.case import Case
from akcept.engine.facts import Account, Approval, Facts, Policy, Routing
from akcept.engine.money import Money
from akcept.engine.org import Org
from akcept.engine.requisites import Requisites
from akcept.engine.routes import RouteVersion
from akcept.kit import sql
from akcept.people import org
from akcept.people.codes import PersonKind, Right
from akcept.people.duties import RuleCode
from akcept.people.limits import InBase
from akcept.routes import queries as routes

NEEDS_ROUTING = (
    do.Submit,
    do.Resubmit,
    do.Reassign,
    do.AddApprover,
    do.AskOutside,
    do.NameApprover,
    do.AddObserver,
    do.ReplacePerson,
    do.MeetDeadline,
    do.Reroute,
)
NEEDS_RECORD = (do.Pay, do.MarkSent)
APPROVALS = """
SELECT number, kind, body FROM journal_entry
 WHERE chain_id = %s AND kind IN ('APPROVED', 'SUBMITTED', 'REROUTED') ORDER BY number
"""
STANDINS = """
SELECT CAST(d.deputy_id AS TEXT), p.time_zone, CAST(d.starts_on AS TEXT), CAST(d.ends_on AS TEXT)
  FROM cases_task t
  JOIN people_deputy d ON d.absentee_id = t.person_id
  JOIN people_person p ON p.id = d.absentee_id
 WHERE t.case_id = %s AND t.key = %s AND d.cancelled_at IS NULL
   AND (d.entity_id IS NULL OR d.entity_id = %s) AND d.doctype IN ('', %s)
 ORDER BY d.position, d.starts_on, d.id
"""


@dataclass(frozen=True, slots=True)
class Map:
    """The org chart and the routes, where many cases are looked at together."""

    chart: Org
    routes: tuple[RouteVersion, ...]

    @staticmethod
    def now() -> Map:
        """Read both."""
        return Map(org.snapshot(), routes.current())

    @staticmethod
    def with_surroundings(case: Case) -> tuple[Map, Surroundings]:
        """Read both, and what stands around a document, in one statement."""
        chart, heads, around = sql.at_once(org.CHART, routes.HEADS, question(case))
        return Map(org.charted(chart), routes.of_heads(heads)), by_kind(around)


def payers(known: Facts, version: RouteVersion) -> tuple[str, ...]:
    """Return who may pay what goes by a version; nobody what ends without a payment."""
    if not known.doctype.ends_in_payment:
        return ()
    return known.roles.get(version.payer_role, ()) if version.payer_role else known.payers


def gather(
    *,
    case: Case,
    actor: str,
    command: do.Command | None,
    at: datetime,
    seen: Seen | None = None,
    known: Map | None = None,
) -> Facts:
    """Return the facts for one command; without a command those that offering acts needs.

    Commands of one request share what they have `seen`.
    """
    world = read(case, actor, {} if seen is None else seen)
    entity = entity_of(world)
    today = entity.today(at)
    granted, deputyships = _granted(tuple(world["GRANT"])), _deputyships(world, at)
    holders = granted.holders
    company = _company(tuple(world["SETTING"]))
    into = InBase(company.base_currency, today, case.currency)
    return Facts(
        actor=actor,
        today=today,
        doctype=doctypes.type_card(code=case.doctype, stamp=stamp(world)).rules,
        calendar=_calendar(entity, today, world),
        policy=_policy(world, company, entity),
        account=_account(world),
        deputising=frozenset(deputyships),
        payers=holders.get(Right.PAY, ()),
        wardens=holders.get(Right.OWN_ROUTES) or holders.get(Right.ADMINISTER, ()),
        may_record_return=actor in holders.get(Right.RECORD_RETURN, ()),
        initiator_may_pay=_is_excepted(RuleCode.OWN_PAYMENT, world, today),
        keeps_details=actor in holders.get(Right.EDIT_PARTIES, ())
        and _is_excepted(RuleCode.DETAILS_PAYMENT, world, today),
        may_override=actor in holders.get(Right.OVERRIDE, ()),
        may_reroute=_may_reroute(actor, command, holders),
        is_outside=any(kind == PersonKind.EXTERNAL for kind, *_ in world["ACTOR"]),
        roles=granted.roles,
        limits=_limits(world, into) if deputyships else {},
        granted={key: into.restated(limit) for key, limit in deputyships.items() if limit},
        standins=_standins(case, entity, command, at),
        approvals=_approvals(case) if isinstance(command, NEEDS_RECORD) else (),
        routing=_routing(case, into, world, known) if isinstance(command, NEEDS_ROUTING) else None,
        said=hearing.said(case, command),
        readers=hearing.readers(case, command, at),
    )


def _calendar(entity: Entity, today: date, world: World) -> WorkingCalendar:
    own = {date.fromisoformat(day): kind for day, kind, _ in world["DAY"]}
    return calendars.combined(code=entity.working_calendar, around=today, own=own)


def _is_excepted(rule: RuleCode, world: World, today: date) -> bool:
    """Tell whether an exception of that day lifts a rule: for the initiator who pays, for the payer who keeps bank details."""
    on = today.isoformat()
    return any(code == rule and first <= on <= last for first, last, code in world["EXCEPTION"])


def _may_reroute(
    actor: str, command: do.Command | None, holders: Mapping[str, tuple[str, ...]]
) -> bool:
    """Asked of many documents from the page of a route, never offered on one."""
    owners = (*holders.get(Right.OWN_ROUTES, ()), *holders.get(Right.ADMINISTER, ()))
    return isinstance(command, do.Reroute) and actor in owners


class _Granted(NamedTuple):
    """Who holds each right and who holds each role, in order."""

    holders: Mapping[str, tuple[str, ...]]
    roles: Mapping[str, tuple[str, ...]]


# Read anew for each command, but hardly ever other than it was.
@lru_cache(maxsize=64)
def _granted(rows: Rows) -> _Granted:
    holders: defaultdict[str, set[str]] = defaultdict(set)
    roles: defaultdict[str, set[str]] = defaultdict(set)
    for person, rights, role in rows:
        holder = sql.as_id(person)
        roles[role].add(holder)
        for right in json.loads(rights):
            holders[right].add(holder)
    return _Granted(_in_order(holders), _in_order(roles))


def _in_order(found: Mapping[str, set[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({key: tuple(sorted(people)) for key, people in found.items()})


@lru_cache(maxsize=16)
def _company(rows: Rows) -> settings.CompanySettings:
    return settings.from_rows({name: json.loads(value) for name, value, _ in rows})


def _policy(world: World, company: settings.CompanySettings, entity: Entity) -> Policy:
    """Return the settings that bind the actor; the window to undo is the one they have chosen, else the company's."""
    chosen = (int(seconds) for _, seconds, _ in world["ACTOR"] if seconds)
    return Policy(
        undo_seconds=next(chosen, company.undo_seconds),
        offers_reject=company.offers_reject,
        request_needs_justification=company.request_needs_justification,
        postpone_days=PostponeDays(entity.postpone_days),
    )


def _account(world: World) -> Account | None:
    """Digest what stands in the account's row now: whoever altered it unseen is found out at payment."""
    for entered_by, state, contents in world["ACCOUNT"]:
        number, bic, correspondent, currency = contents.split("|")
        digest = Requisites(number, bic, currency, correspondent).digest
        author = sql.as_id(entered_by) if entered_by else None
        return Account(digest, author, is_blocked=state == "BLOCKED")
    return None


def _deputyships(world: World, at: datetime) -> dict[str, Money | None]:
    """Return for whom the actor acts now, with the limit that the deputyship itself grants."""
    running = {}
    for absentee, time_zone, terms in world["DEPUTY"]:
        first, last, minor, currency = terms.split("/")
        if _runs(first, last, time_zone, at):
            running[sql.as_id(absentee)] = Money(int(minor), currency) if minor else None
    return running


def _runs(first: str, last: str, time_zone: str, at: datetime) -> bool:
    return first <= at.astimezone(ZoneInfo(time_zone)).date().isoformat() <= last


def _limits(world: World, into: InBase) -> dict[str, Money]:
    """Return the limit of the actor and of each whom they act for; whoever has none stated is not there."""
    stated: defaultdict[str, list[tuple[str, Money]]] = defaultdict(list)
    for person, doctype, limit in world["LIMIT"]:
        minor, currency = limit.split("/")
        stated[sql.as_id(person)].append((doctype, Money(int(minor), currency)))
    return into.of_people(stated)


def _standins(
    case: Case, entity: Entity, command: do.Command | None, at: datetime
) -> tuple[str, ...]:
    """Return who acts now for the holder of a task whose deadline passed, the first to ask first."""
    if not isinstance(command, do.MeetDeadline):
        return ()
    found = sql.rows(STANDINS, [UUID(case.id), command.task, entity.id, case.doctype])
    return tuple(
        sql.as_id(deputy)
        for deputy, time_zone, first, last in found
        if _runs(first, last, time_zone, at)
    )


def _approvals(case: Case) -> tuple[Approval, ...]:
    """Read what the approvers in force signed from the journal, not from the case's row.

    Those of this round, and those that its submission carried over from an earlier one; from the moment at which a
    round went on by another version those that counted on and those given since.
    """
    signed: dict[int, Approval] = {}
    carried: list[tuple[int, str]] = []
    sent = 0
    for number, kind, body in sql.rows(APPROVALS, [UUID(case.id)]):
        data = json.loads(body)["data"]
        if kind != "APPROVED":
            sent = number
            carried = [
                (seat["entry"], seat["stage"]) for seat in data["seats"] if seat.get("entry")
            ]
        else:
            signed[number] = Approval(data["fingerprint"], data.get("vouched", ""))
    return (
        *(row for number, row in signed.items() if number > sent),
        *(replace(signed[number], stage=stage) for number, stage in carried),
    )


def _routing(case: Case, into: InBase, world: World, known: Map | None) -> Routing:
    if known is None:
        known, found = Map.with_surroundings(case)
    else:
        found = surroundings(case)
    chart = known.chart
    numbers = tuple(int(number) for number in found["TWIN"])
    department = chart.members[case.initiator].department if case.initiator in chart.members else ""
    account, paid = str(case.card.get("account") or ""), found["PAID_TO"]
    flags = {
        "new_counterparty": bool(found["NEW"]),
        "unverified_account": any(state != "VERIFIED" for _, state, _ in world["ACCOUNT"]),
        "account_differs": bool(paid) and account not in ("", sql.as_id(paid[0])),
        "duplicate": bool(numbers),
    }
    return Routing(
        org=into.chart(chart),
        routes=known.routes,
        # What is about no sum is within every limit.
        base=into.converted(case.amount or Money(0, into.currency)),
        duplicates=numbers,
        card={
            "department": chart.lineage(department),
            "counterparty_group": next(iter(found["GROUP"]), None),
            **flags,
        },
        cost_centre_owner=next((sql.as_id(owner) for owner in found["OWNER"]), None),
    )
