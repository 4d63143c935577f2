"""What a list of cases can be narrowed to; the same names stand in the URL, in the API and in saved links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_, or_
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from akcept.cases.models import Case, SearchTrigram, Task
from akcept.engine.case import State
from akcept.kit import sql, text
from akcept.people.askers import Asker

OPEN = (State.IN_APPROVAL, State.REWORK, State.TO_PAY)
RANGES = {
    "amount": "amount_minor",
    "issued": "issued_on",
    "planned": "planned_on",
    "due": "due_on",
}
EQUAL = (
    "entity", "counterparty", "initiator", "currency", "category", "cost_centre", "project",
    "doctype",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RegistryFilter:
    """Every field narrows; an empty one does not. Amounts are minor units."""

    text: str = ""
    states: tuple[State, ...] = ()
    doctype: str = ""
    entity: UUID | None = None
    counterparty: UUID | None = None
    initiator: UUID | None = None
    holder: UUID | None = None
    amount_from: int | None = None
    amount_to: int | None = None
    currency: str = ""
    issued_from: date | None = None
    issued_to: date | None = None
    planned_from: date | None = None
    planned_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    category: UUID | None = None
    cost_centre: UUID | None = None
    project: UUID | None = None
    mine: bool = False
    overdue: bool = False
    held: bool = False


def narrowed(
    rows: QuerySet[Case], wanted: RegistryFilter, by: Asker, at: datetime
) -> QuerySet[Case]:
    """Return the rows that meet every part of the filter."""
    rows = rows.filter(**_plain(wanted))
    if wanted.states:
        rows = rows.filter(state__in=wanted.states)
    if wanted.mine:
        rows = rows.filter(initiator=by.id)
    if wanted.held:
        rows = rows.exclude(held_until=None)
    if wanted.overdue:
        today = at.astimezone(ZoneInfo(by.time_zone)).date()
        rows = rows.filter(state__in=OPEN, due_on__lt=today)
    if wanted.holder:
        open_tasks = Task.objects.filter(person=wanted.holder, closed_at=None)
        rows = rows.filter(id__in=open_tasks.values("case_id"))
    return rows.filter(found(wanted.text)) if wanted.text.strip() else rows


def _plain(wanted: RegistryFilter) -> dict[str, Any]:
    """Return the conditions that compare one column with one value."""
    equal = {name: getattr(wanted, name) for name in EQUAL if getattr(wanted, name)}
    bounds = {
        f"{column}__{comparison}": getattr(wanted, f"{name}_{end}")
        for name, column in RANGES.items()
        for end, comparison in (("from", "gte"), ("to", "lte"))
        if getattr(wanted, f"{name}_{end}") is not None
    }
    return equal | bounds


def found(words: str) -> Q:
    """Return the condition that a case holds words beginning as typed, in either keyboard layout.

    Whatever holds a trigram that no case has is left out beforehand: one layout nearly always, and a single list of
    conditions lets the database walk from the newest case instead of counting every hit.
    """
    layouts = [_trigrams(words), _trigrams(text.other_layout(words))]
    having = [_having(wanted) for wanted in layouts if wanted and _are_known(wanted)]
    return reduce(or_, having, Q(pk__in=[]))


def _trigrams(words: str) -> list[str]:
    # The last trigram of a word ends in a space; without it the beginning of a word is enough.
    return sorted(trigram for trigram in text.trigrams(words) if not trigram.endswith(" "))


def _are_known(trigrams: Sequence[str]) -> bool:
    known = "SELECT 1 WHERE EXISTS (SELECT 1 FROM cases_searchtrigram WHERE trigram = %s)"
    return len(sql.rows(" UNION ALL ".join([known] * len(trigrams)), trigrams)) == len(trigrams)


def _having(trigrams: Sequence[str]) -> Q:
    hits = [SearchTrigram.objects.filter(trigram=trigram) for trigram in trigrams]
    return reduce(and_, (Q(id__in=rows.values("case_id")) for rows in hits))
