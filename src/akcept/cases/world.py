"""What stands in the database around a command, in one statement: a decision is at most ten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import TypeCard
from akcept.engine.case import Case
from akcept.engine.facts import SYSTEM
from akcept.engine.refusals import NotFound
from akcept.kit import sql

NOBODY = UUID(int=0)
# Whom and what it stands around is one row by the name `asked`, put before it by whoever asks.
# Then one row each, told apart by their first column; everything as text, which both databases can unite.
ENTITY = """
SELECT 'ENTITY', CAST(entity_id AS TEXT), time_zone, calendar || '/' || postpone_days FROM asked
"""
AROUND = """
SELECT 'GRANT', CAST(g.person_id AS TEXT), CAST(r.rights AS TEXT), r.code
  FROM asked q
  JOIN people_rolegrant g ON g.entity_id IS NULL OR g.entity_id = q.entity_id
  JOIN people_role r ON r.id = g.role_id
  JOIN people_person p ON p.id = g.person_id
 WHERE p.is_active AND g.revoked_at IS NULL
   AND (g.department_id IS NULL
        OR g.department_id = (SELECT department_id FROM people_person WHERE id = q.initiator_id))
UNION ALL
SELECT 'DEPUTY', CAST(d.absentee_id AS TEXT), p.time_zone,
       CAST(d.starts_on AS TEXT) || '/' || CAST(d.ends_on AS TEXT) || '/' ||
       COALESCE(CAST(d.limit_minor AS TEXT), '') || '/' || d.limit_currency
  FROM asked q
  JOIN people_deputy d ON d.deputy_id = q.me_id
  JOIN people_person p ON p.id = d.absentee_id
 WHERE d.cancelled_at IS NULL
   AND (d.entity_id IS NULL OR d.entity_id = q.entity_id) AND d.doctype IN ('', q.doctype_id)
UNION ALL
SELECT 'LIMIT', CAST(l.person_id AS TEXT), l.doctype,
       CAST(l.amount_minor AS TEXT) || '/' || l.currency
  FROM asked q JOIN people_approvallimit l ON l.person_id = q.me_id
 WHERE l.doctype IN ('', q.doctype_id)
UNION ALL
SELECT 'LIMIT', CAST(l.person_id AS TEXT), l.doctype,
       CAST(l.amount_minor AS TEXT) || '/' || l.currency
  FROM asked q
  JOIN people_deputy d ON d.deputy_id = q.me_id
  JOIN people_approvallimit l ON l.person_id = d.absentee_id
 WHERE d.cancelled_at IS NULL AND l.doctype IN ('', q.doctype_id)
UNION ALL
SELECT 'EXCEPTION', CAST(x.starts_on AS TEXT), CAST(x.ends_on AS TEXT), x.rule
  FROM asked q
  JOIN people_dutyexception x ON (x.rule = 'OWN_PAYMENT' AND x.person_id = q.initiator_id)
                              OR (x.rule = 'DETAILS_PAYMENT' AND x.person_id = q.me_id)
 WHERE x.cancelled_at IS NULL AND (x.entity_id IS NULL OR x.entity_id = q.entity_id)
UNION ALL
SELECT 'ACCOUNT', COALESCE(CAST(a.entered_by AS TEXT), ''),
       COALESCE((SELECT k.state FROM parties_accountcheck k WHERE k.account_id = a.id
                  ORDER BY k.id DESC LIMIT 1), ''),
       a.number || '|' || a.bic || '|' || a.correspondent || '|' || a.currency
  FROM asked q JOIN parties_bankaccount a ON a.id = q.account_id
UNION ALL
SELECT 'PAYEE', CAST(c.id AS TEXT), c.name, c.inn || ' ' || c.vat_id
  FROM asked q JOIN parties_counterparty c ON c.id = q.counterparty_id
UNION ALL
SELECT 'SETTING', s.name, CAST(s.value AS TEXT), '' FROM company_setting s
UNION ALL
SELECT 'ACTOR', u.kind, COALESCE(CAST(u.undo_seconds AS TEXT), ''), ''
  FROM asked q JOIN people_person u ON u.id = q.me_id
UNION ALL
SELECT 'DAY', CAST(c.day AS TEXT), c.kind, ''
  FROM asked q JOIN company_calendarday c ON c.calendar = q.calendar
UNION ALL
SELECT 'TYPE', CAST(t.stamp AS TEXT), '', ''
  FROM asked q JOIN doctypes_documenttype t ON t.code = q.doctype_id
"""
WORLD = f"""
WITH asked AS (
  SELECT id AS entity_id, time_zone, working_calendar AS calendar, postpone_days,
         %s AS initiator_id, %s AS me_id, %s AS doctype_id, %s AS account_id, %s AS counterparty_id
    FROM company_payerentity WHERE id = %s)
{ENTITY}
UNION ALL {AROUND}"""  # noqa: S608


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


Rows = tuple[tuple[str, str, str], ...]
World = defaultdict[str, list[tuple[str, str, str]]]
Seen = dict[tuple[object, ...], World]


def read(case: Case, actor: str, seen: Seen) -> World:
    """Return what stands around a command of somebody on a case, read once for all commands of a request.

    Refuses a payer entity that is not known.
    """
    values = asked(case, actor)
    if values not in seen:
        seen[values] = by_kind(sql.rows(WORLD, values))
    if not seen[values]["ENTITY"]:
        raise NotFound
    return seen[values]


def asked(case: Case, actor: str) -> tuple[object, ...]:
    """Return what the world around a case is asked by."""
    return (
        UUID(case.initiator),
        NOBODY if actor == SYSTEM else UUID(actor),
        case.doctype,
        _key(case, "account"),
        _key(case, "counterparty"),
        _key(case, "entity"),
    )


def _key(case: Case, code: str) -> UUID:
    named = case.card.get(code)
    return UUID(str(named)) if named else NOBODY


def by_kind(rows: Iterable[tuple[str, str, str, str]]) -> World:
    """Sort rows by their first column."""
    world: World = defaultdict(list)
    for kind, first, second, third in rows:
        world[kind].append((first, second, third))
    return world


def entity(world: World) -> Entity:
    """Return the payer entity that it was asked for."""
    ((key, time_zone, days),) = world["ENTITY"]
    return Entity(sql.as_uuid(key), time_zone, *days.split("/"))


def payees(seen: Seen) -> dict[str, str]:
    """Return by what words the payees that were met are found."""
    rows = (row for world in seen.values() for row in world["PAYEE"])
    return {sql.as_id(key): f"{name} {codes}" for key, name, codes in rows}


def type_of(case: Case, seen: Seen) -> TypeCard:
    """Return the document type by which a case was judged last."""
    world = next(reversed(seen.values()))
    return doctypes.type_card(code=case.doctype, stamp=stamp(world))


def stamp(world: World) -> UUID:
    """Return the edition of the document type that stood there."""
    ((stamp, *_),) = world["TYPE"]
    return UUID(stamp)
