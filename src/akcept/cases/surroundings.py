"""What stands around a document: those that look like it, its payee's past, the owner of its cost centre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models.expressions import RawSQL

from akcept.cases.world import NOBODY
from akcept.engine.case import Case
from akcept.engine.duplicates import normalise_number
from akcept.kit import sql

TWINS = """
SELECT number FROM cases_case
 WHERE doctype_id = %s AND id <> %s AND state NOT IN ('DRAFT', 'REJECTED', 'WITHDRAWN')
   AND ((counterparty_id = %s AND normalised_number = %s AND normalised_number <> '')
        OR main_file_id = %s)
 ORDER BY number LIMIT 20
"""
SURROUNDINGS = f"""
SELECT 'TWIN', CAST(number AS TEXT) FROM ({TWINS}) t
UNION ALL
SELECT CASE WHEN c.is_new THEN 'NEW' ELSE 'KNOWN' END, c."group"
  FROM parties_counterparty c WHERE c.id = %s
UNION ALL
SELECT 'GROUP', c."group" FROM parties_counterparty c WHERE c.id = %s AND c."group" <> ''
UNION ALL
SELECT 'PAID_TO', CAST(account_id AS TEXT) FROM (
       SELECT account_id FROM cases_case
        WHERE counterparty_id = %s AND state = 'PAID' AND account_id IS NOT NULL
        ORDER BY ended_at DESC LIMIT 1) p
UNION ALL
SELECT 'OWNER', CAST(o.owner_id AS TEXT) FROM doctypes_costcentre o
 WHERE o.id = %s AND o.owner_id IS NOT NULL
"""  # noqa: S608


Surroundings = Mapping[str, list[str]]


def surroundings(case: Case) -> Surroundings:
    """Return what stands around a document: twins, its payee's past, the owner of its cost centre."""
    asked = question(case)
    return by_kind(sql.rows(asked.text, asked.values))


def question(case: Case) -> sql.Question:
    """Return what asks for it, whose rows `by_kind` sorts."""
    payee, centre = case.card.get("counterparty"), case.card.get("cost_centre")
    payee_id = UUID(str(payee)) if payee else NOBODY
    values = [
        *_look(case), payee_id, payee_id, payee_id, UUID(str(centre)) if centre else NOBODY,
    ]  # fmt: skip
    return sql.Question(SURROUNDINGS, 2, values)


def by_kind(rows: Iterable[tuple[str, str]]) -> Surroundings:
    """Sort rows by their first column."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for kind, value in rows:
        found[kind].append(value)
    return found


def twin_numbers(case: Case) -> RawSQL:
    """Return the numbers of cases that look like this one, as part of another question: same payee and number, or same main file."""
    return RawSQL(TWINS, sql.params(_look(case)))  # noqa: S611


def _look(case: Case) -> tuple[object, ...]:
    number = normalise_number(str(case.card.get("supplier_number") or ""))
    counterparty = UUID(str(case.card.get("counterparty") or NOBODY))
    return case.doctype, UUID(case.id), counterparty, number, case.main_file or ""
