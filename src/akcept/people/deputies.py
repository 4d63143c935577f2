"""Who acts for whom now; one level deep, in the absentee's days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from akcept.engine.money import Money
from akcept.people.models import Deputy

# No time zone is further from UTC than 14 hours.
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deputyship:
    """Somebody acts for somebody else from one day to another, both included."""

    id: UUID
    absentee_id: UUID
    absentee_name: str
    # None: away, and nobody acts.
    deputy_id: UUID | None
    deputy_name: str
    starts_on: date
    ends_on: date
    entity_id: UUID | None
    # Empty: every document type.
    doctype: str
    # Of several the lowest is asked first.
    position: int
    limit: Money | None
    order_number: str
    order_date: date | None
    reason: str

    @property
    def is_for_all(self) -> bool:
        """Tell whether it reaches to every document."""
        return self.entity_id is None and not self.doctype

    def covers(self, entity_id: UUID | None, doctype: str) -> bool:
        """Tell whether it reaches to documents of that payer and type."""
        return self.entity_id in (None, entity_id) and self.doctype in ("", doctype)


def deputies_of(*, person_ids: Iterable[UUID], at: datetime) -> tuple[Deputyship, ...]:
    """Return who acts for those people now, in one query."""
    return _running(Deputy.objects.filter(absentee_id__in=list(person_ids)), at)


def in_force(*, absentee_id: UUID, deputy_id: UUID, at: datetime) -> Deputyship | None:
    """Return under what one acted for the other at a moment, also when it was cancelled since."""
    not_yet_cancelled = Q(cancelled_at=None) | Q(cancelled_at__gt=at)
    rows = Deputy.objects.filter(not_yet_cancelled, absentee_id=absentee_id, deputy_id=deputy_id)
    found = rows.select_related("absentee", "deputy").order_by("position", "starts_on", "id")
    return next((card(row) for row in found if _runs(row, at)), None)


def card(row: Deputy) -> Deputyship:
    """Return a row as a frozen value; both people are loaded with it."""
    limit = None if row.limit_minor is None else Money(row.limit_minor, row.limit_currency)
    return Deputyship(
        id=row.id,
        absentee_id=row.absentee_id,
        absentee_name=row.absentee.name,
        deputy_id=row.deputy_id,
        deputy_name=row.deputy.name if row.deputy else "",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        entity_id=row.entity_id,
        doctype=row.doctype,
        position=row.position,
        limit=limit,
        order_number=row.order_number,
        order_date=row.order_date,
        reason=row.reason,
    )


def absences(*, first: date, last: date) -> tuple[Deputyship, ...]:
    """Return every absence that touches those days, in one query; a deputy who left is nobody."""
    rows = Deputy.objects.filter(
        cancelled_at=None, starts_on__lte=last, ends_on__gte=first, absentee__is_active=True
    )
    found = rows.select_related("absentee", "deputy").order_by("starts_on", "position", "id")
    return tuple(_without_leavers(row) for row in found)


def _without_leavers(row: Deputy) -> Deputyship:
    if row.deputy and not row.deputy.is_active:
        row.deputy = None
    return card(row)


def _running(rows: QuerySet[Deputy], at: datetime) -> tuple[Deputyship, ...]:
    near = rows.filter(
        cancelled_at=None,
        deputy__is_active=True,
        starts_on__lte=(at + DAY).date(),
        ends_on__gte=(at - DAY).date(),
    )
    found = near.select_related("absentee", "deputy").order_by("position", "starts_on", "id")
    return tuple(card(row) for row in found if _runs(row, at))


def _runs(row: Deputy, at: datetime) -> bool:
    return runs(row.starts_on, row.ends_on, row.absentee.time_zone, at)


def runs(first: date, last: date, time_zone: str, at: datetime) -> bool:
    """Tell whether it is one of the absentee's days."""
    return first <= at.astimezone(ZoneInfo(time_zone)).date() <= last
