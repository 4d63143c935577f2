"""What the rules need to know of the world, read inside the transaction of a command.

Everything but the org chart comes in one statement: a decision is at most ten.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models.expressions import RawSQL

from akcept.company import calendars, rates, settings
from akcept.doctypes import queries as doctypes
from akcept.engine import commands as do
from akcept.engine.calendars import PostponeDays
from akcept.engine.case import Case
from akcept.engine.duplicates import normalise_number
from akcept.engine.facts import SYSTEM, Account, Facts, Policy, Routing
from akcept.engine.money import Money
from akcept.engine.org import Member, Org
from akcept.engine.rates import convert
from akcept.engine.requisites import Requisites
from akcept.kit import sql
from akcept.people import org
from akcept.people.codes import Right
from akcept.routes import queries as routes

NOBODY = UUID(int=0)
NEEDS_ROUTING = (
    do.Submit,
    do.Resubmit,
    do.Reassign,
    do.AddApprover,
    do.NameApprover,
    do.AddObserver,
)
NEEDS_RECORD = (do.Pay, do.MarkSent)
# One row each, told apart by their first column; everything as text, which both databases can unite.
WORLD = """
SELECT 'GRANT', CAST(g.person_id AS TEXT), CAST(r.rights AS TEXT), ''
  FROM people_rolegrant g
  JOIN people_role r ON r.id = g.role_id
  JOIN people_person p ON p.id = g.person_id
 WHERE p.is_active AND g.revoked_at IS NULL
   AND (g.entity_id IS NULL OR g.entity_id = %s)
   AND (g.department_id IS NULL
        OR g.department_id = (SELECT department_id FROM people_person WHERE id = %s))
UNION ALL
SELECT 'DEPUTY', CAST(d.absentee_id AS TEXT), p.time_zone,
       CAST(d.starts_on AS TEXT) || '/' || CAST(d.ends_on AS TEXT)
  FROM people_deputy d JOIN people_person p ON p.id = d.absentee_id
 WHERE d.deputy_id = %s AND d.cancelled_at IS NULL
   AND (d.entity_id IS NULL OR d.entity_id = %s) AND d.doctype IN ('', %s)
UNION ALL
SELECT 'EXCEPTION', CAST(x.starts_on AS TEXT), CAST(x.ends_on AS TEXT), ''
  FROM people_dutyexception x
 WHERE x.rule = 'OWN_PAYMENT' AND x.cancelled_at IS NULL
   AND x.person_id = %s AND (x.entity_id IS NULL OR x.entity_id = %s)
UNION ALL
SELECT 'ACCOUNT', COALESCE(CAST(a.entered_by AS TEXT), ''),
       COALESCE((SELECT k.state FROM parties_accountcheck k WHERE k.account_id = a.id
                  ORDER BY k.id DESC LIMIT 1), ''),
       a.number || '|' || a.bic || '|' || a.correspondent || '|' || a.currency
  FROM parties_bankaccount a WHERE a.id = %s
UNION ALL
SELECT 'SETTING', s.name, CAST(s.value AS TEXT), '' FROM company_setting s
UNION ALL
SELECT 'UNDO', CAST(u.undo_seconds AS TEXT), '', ''
  FROM people_person u WHERE u.id = %s AND u.undo_seconds IS NOT NULL
UNION ALL
SELECT 'DAY', CAST(c.day AS TEXT), c.kind, ''
  FROM company_calendarday c WHERE c.calendar = %s
"""
SIGNED = """
SELECT body FROM journal_entry
 WHERE chain_id = %s AND kind = 'APPROVED' AND number >
       (SELECT MAX(number) FROM journal_entry WHERE chain_id = %s AND kind = 'SUBMITTED')
"""
TWINS = """
SELECT number FROM cases_case
 WHERE doctype_id = %s AND id <> %s AND state NOT IN ('DRAFT', 'REJECTED', 'WITHDRAWN')
   AND ((counterparty_id = %s AND normalised_number = %s AND normalised_number <> '')
        OR main_file_id = %s)
 ORDER BY number LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Entity:
    """What of the payer entity the rules depend on."""

    id: UUID
    time_zone: str
    working_calendar: str
    postpone_days: str

    def today(self, at: datetime) -> date:
        """Return the entity's date at a moment."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()


World = defaultdict[str, list[tuple[str, str, str]]]
Seen = dict[tuple[object, ...], World]


def gather(
    *,
    case: Case,
    entity: Entity,
    actor: str,
    command: do.Command | None,
    at: datetime,
    seen: Seen | None = None,
) -> Facts:
    """Return the facts for one command; without a command those that offering acts needs.

    Commands of one request share what they have `seen`.
    """
    world = _read(case, entity, actor, {} if seen is None else seen)
    today = entity.today(at)
    holders = _holders(world)
    company = settings.from_rows({name: json.loads(value) for name, value, _ in world["SETTING"]})
    return Facts(
        actor=actor,
        today=today,
        doctype=doctypes.compile(case.doctype),
        calendar=calendars.combined(
            code=entity.working_calendar,
            around=today,
            own={date.fromisoformat(day): kind for day, kind, _ in world["DAY"]},
        ),
        policy=Policy(
            undo_seconds=_undo_seconds(world, company.undo_seconds),
            offers_reject=company.offers_reject,
            request_needs_justification=company.request_needs_justification,
            postpone_days=PostponeDays(entity.postpone_days),
        ),
        account=_account(world),
        deputising=_deputising(world, at),
        payers=holders[Right.PAY],
        wardens=holders[Right.OWN_ROUTES] or holders[Right.ADMINISTER],
        may_record_return=actor in holders[Right.RECORD_RETURN],
        initiator_may_pay=any(
            first <= today.isoformat() <= last for first, last, _ in world["EXCEPTION"]
        ),
        approved_fingerprints=_signed(case) if isinstance(command, NEEDS_RECORD) else frozenset(),
        routing=_routing(case, today, company.base_currency)
        if isinstance(command, NEEDS_ROUTING)
        else None,
    )


def _read(case: Case, entity: Entity, actor: str, seen: Seen) -> World:
    initiator, me = UUID(case.initiator), NOBODY if actor == SYSTEM else UUID(actor)
    account = case.card.get("account")
    values = (
        entity.id, initiator, me, entity.id, case.doctype, initiator, entity.id,
        UUID(str(account)) if account else NOBODY, me, entity.working_calendar,
    )  # fmt: skip
    if values not in seen:
        world: World = defaultdict(list)
        for kind, first, second, third in sql.rows(WORLD, values):
            world[kind].append((first, second, third))
        seen[values] = world
    return seen[values]


def _holders(world: World) -> defaultdict[str, tuple[str, ...]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for person, rights, _ in world["GRANT"]:
        for right in json.loads(rights):
            found[right].add(str(UUID(person)))
    holders: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    return holders | {right: tuple(sorted(people)) for right, people in found.items()}


def _undo_seconds(world: World, usual: int) -> int:
    """Return the window the actor has chosen, else the company's."""
    return next((int(seconds) for seconds, *_ in world["UNDO"]), usual)


def _account(world: World) -> Account | None:
    """Digest what stands in the account's row now: whoever altered it unseen is found out at payment."""
    for entered_by, state, contents in world["ACCOUNT"]:
        number, bic, correspondent, currency = contents.split("|")
        digest = Requisites(number, bic, currency, correspondent).digest
        author = str(UUID(entered_by)) if entered_by else None
        return Account(digest, author, is_blocked=state == "BLOCKED")
    return None


def _deputising(world: World, at: datetime) -> frozenset[str]:
    running = set()
    for absentee, time_zone, days in world["DEPUTY"]:
        first, last = days.split("/")
        if first <= at.astimezone(ZoneInfo(time_zone)).date().isoformat() <= last:
            running.add(str(UUID(absentee)))
    return frozenset(running)


def _signed(case: Case) -> frozenset[str]:
    """Read what the approvers of this round signed from the journal, not from the case's row."""
    found = sql.rows(SIGNED, [UUID(case.id), UUID(case.id)])
    return frozenset(json.loads(body)["data"]["fingerprint"] for (body,) in found)


def _routing(case: Case, today: date, base_currency: str) -> Routing:
    return Routing(
        org=_in_base(
            org.snapshot(), today, base_currency, case.amount.currency if case.amount else ""
        ),
        routes=routes.current(),
        # What is about no sum is within every limit.
        base=_to_base(case.amount or Money(0, base_currency), today, base_currency),
        duplicates=twins(case),
    )


def _in_base(chart: Org, today: date, base_currency: str, currency: str) -> Org:
    """Restate every limit in the base currency; one without a rate covers nothing.

    Of several for one document type the one in the document's currency counts, else the one in the base currency,
    else the lowest.
    """
    nothing = Money(0, base_currency)

    def restated(limit: Money) -> Money:
        if limit.currency == base_currency:
            return limit
        return _to_base(limit, today, base_currency) or nothing

    def counting(limits: tuple[tuple[str, Money], ...]) -> tuple[tuple[str, Money], ...]:
        def weight(stated: tuple[str, Money]) -> tuple[bool, bool, int]:
            limit = stated[1]
            is_own, is_base = limit.currency == currency, limit.currency == base_currency
            return is_own, is_base, -restated(limit).minor

        # The last one of a type is the one that stays.
        return tuple({doctype: restated(limit) for doctype, limit in sorted(limits, key=weight)}.items())  # fmt: skip

    members = {
        key: Member(
            member.id,
            member.name,
            member.manager,
            member.department,
            member.is_active,
            member.peer,
            counting(member.limits),
        )
        if member.limits
        else member
        for key, member in chart.members.items()
    }
    return Org(members, chart.units)


def _to_base(amount: Money, today: date, base_currency: str) -> Money | None:
    if amount.currency == base_currency:
        return amount
    rate = rates.rate_for(currency=amount.currency, on=today)
    return convert(amount, rate.value_e8, base_currency) if rate else None


def twins(case: Case) -> tuple[int, ...]:
    """Return the numbers of cases that look like this one: same payee and number, or same main file."""
    return tuple(row[0] for row in sql.rows(TWINS, _look(case)))


def twin_numbers(case: Case) -> RawSQL:
    """Return what `twins` asks for, as part of another question."""
    return RawSQL(TWINS, [sql.param(value) for value in _look(case)])  # noqa: S611


def _look(case: Case) -> tuple[object, ...]:
    number = normalise_number(str(case.card.get("supplier_number") or ""))
    counterparty = UUID(str(case.card.get("counterparty") or NOBODY))
    return case.doctype, UUID(case.id), counterparty, number, case.main_file or ""
