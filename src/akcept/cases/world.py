"""What stands in the database around a command, in one statement: a decision is at most ten."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import TypeCard
from akcept.engine.case import Case
from akcept.engine.facts import SYSTEM
from akcept.kit import sql

NOBODY = UUID(int=0)
# One row each, told apart by their first column; everything as text, which both databases can unite.
WORLD = """
SELECT 'GRANT', CAST(g.person_id AS TEXT), CAST(r.rights AS TEXT), r.code
  FROM people_rolegrant g
  JOIN people_role r ON r.id = g.role_id
  JOIN people_person p ON p.id = g.person_id
 WHERE p.is_active AND g.revoked_at IS NULL
   AND (g.entity_id IS NULL OR g.entity_id = %s)
   AND (g.department_id IS NULL
        OR g.department_id = (SELECT department_id FROM people_person WHERE id = %s))
UNION ALL
SELECT 'DEPUTY', CAST(d.absentee_id AS TEXT), p.time_zone,
       CAST(d.starts_on AS TEXT) || '/' || CAST(d.ends_on AS TEXT) || '/' ||
       COALESCE(CAST(d.limit_minor AS TEXT), '') || '/' || d.limit_currency
  FROM people_deputy d JOIN people_person p ON p.id = d.absentee_id
 WHERE d.deputy_id = %s AND d.cancelled_at IS NULL
   AND (d.entity_id IS NULL OR d.entity_id = %s) AND d.doctype IN ('', %s)
UNION ALL
SELECT 'LIMIT', CAST(l.person_id AS TEXT), l.doctype,
       CAST(l.amount_minor AS TEXT) || '/' || l.currency
  FROM people_approvallimit l
 WHERE l.doctype IN ('', %s)
   AND (l.person_id = %s OR l.person_id IN (
       SELECT absentee_id FROM people_deputy WHERE deputy_id = %s AND cancelled_at IS NULL))
UNION ALL
SELECT 'EXCEPTION', CAST(x.starts_on AS TEXT), CAST(x.ends_on AS TEXT), x.rule
  FROM people_dutyexception x
 WHERE x.cancelled_at IS NULL AND (x.entity_id IS NULL OR x.entity_id = %s)
   AND ((x.rule = 'OWN_PAYMENT' AND x.person_id = %s)
     OR (x.rule = 'DETAILS_PAYMENT' AND x.person_id = %s))
UNION ALL
SELECT 'ACCOUNT', COALESCE(CAST(a.entered_by AS TEXT), ''),
       COALESCE((SELECT k.state FROM parties_accountcheck k WHERE k.account_id = a.id
                  ORDER BY k.id DESC LIMIT 1), ''),
       a.number || '|' || a.bic || '|' || a.correspondent || '|' || a.currency
  FROM parties_bankaccount a WHERE a.id = %s
UNION ALL
SELECT 'SETTING', s.name, CAST(s.value AS TEXT), '' FROM company_setting s
UNION ALL
SELECT 'ACTOR', u.kind, COALESCE(CAST(u.undo_seconds AS TEXT), ''), ''
  FROM people_person u WHERE u.id = %s
UNION ALL
SELECT 'DAY', CAST(c.day AS TEXT), c.kind, ''
  FROM company_calendarday c WHERE c.calendar = %s
UNION ALL
SELECT 'TYPE', CAST(t.stamp AS TEXT), '', '' FROM doctypes_documenttype t WHERE t.code = %s
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


Rows = tuple[tuple[str, str, str], ...]
World = defaultdict[str, list[tuple[str, str, str]]]
Seen = dict[tuple[object, ...], World]


def read(case: Case, entity: Entity, actor: str, seen: Seen) -> World:
    """Return what stands around a command of somebody on a case, read once for all commands of a request."""
    initiator, me = UUID(case.initiator), NOBODY if actor == SYSTEM else UUID(actor)
    account = case.card.get("account")
    values = (
        entity.id, initiator, me, entity.id, case.doctype, case.doctype, me, me, entity.id, initiator, me,
        UUID(str(account)) if account else NOBODY, me, entity.working_calendar,
        case.doctype,
    )  # fmt: skip
    if values not in seen:
        world: World = defaultdict(list)
        for kind, first, second, third in sql.rows(WORLD, values):
            world[kind].append((first, second, third))
        seen[values] = world
    return seen[values]


def type_of(case: Case, seen: Seen) -> TypeCard:
    """Return the document type by which a case was judged last."""
    world = next(reversed(seen.values()))
    return doctypes.type_card(code=case.doctype, stamp=stamp(world))


def stamp(world: World) -> UUID:
    """Return the edition of the document type that stood there."""
    ((stamp, *_),) = world["TYPE"]
    return UUID(stamp)
