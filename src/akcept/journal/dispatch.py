"""The outbox: each append leaves a row here, delivery takes it under a lease and marks it done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q

from akcept.journal.models import Dispatch
from akcept.kit import sql


@dataclass(frozen=True, slots=True)
class DispatchRef:
    """One append to tell about: its entries from first to last, and which attempt this is."""

    id: int
    chain_id: UUID
    first_number: int
    last_number: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Appended:
    """That a chain now ends with an entry."""

    id: int
    chain_id: UUID
    last_number: int


def claim(*, at: datetime, limit: int, lease: timedelta) -> list[DispatchRef]:
    """Take due rows for the length of a lease, oldest first; whoever asks meanwhile gets others."""
    # Materialised, because a plan that asks the subquery twice would claim more than the limit.
    taken = sql.rows(
        "WITH due AS MATERIALIZED (SELECT id FROM journal_dispatch WHERE done_at IS NULL "  # noqa: S608
        "AND not_before <= %s AND (lease_until IS NULL OR lease_until <= %s) "
        f"ORDER BY not_before, id LIMIT %s{sql.lock_suffix(skip_locked=True)}) "
        "UPDATE journal_dispatch SET lease_until = %s, attempts = attempts + 1 "
        "WHERE id IN (SELECT id FROM due) "
        "RETURNING id, chain_id, first_number, last_number, attempts",
        [at, at, limit, at + lease],
    )
    return sorted(
        (DispatchRef(id_, sql.as_uuid(chain_id), *rest) for id_, chain_id, *rest in taken),
        key=lambda ref: ref.id,
    )


def done(*, ids: Iterable[int], at: datetime) -> int:
    """Mark rows as told and return how many were still open."""
    open_rows = Dispatch.objects.filter(id__in=list(ids), done_at=None)
    return open_rows.update(done_at=at, lease_until=None)


def retry(*, ids: Iterable[int], not_before: datetime) -> int:
    """Give rows back to be claimed again, not before a moment, and return how many were open."""
    open_rows = Dispatch.objects.filter(id__in=list(ids), done_at=None)
    return open_rows.update(not_before=not_before, lease_until=None)


def cancel(*, chain_id: UUID, first_number: int, at: datetime) -> bool:
    """Close a row that nobody has claimed yet, and tell whether that was so."""
    unclaimed = Dispatch.objects.filter(
        chain_id=chain_id, first_number=first_number, attempts=0, done_at=None
    )
    return unclaimed.update(done_at=at) == 1


def newest() -> int:
    """Return the id of the last append, 0 before the first."""
    return Dispatch.objects.aggregate(last=Max("id"))["last"] or 0


def appended(*, after: int, among: Iterable[int], limit: int) -> list[Appended]:
    """Return the appends after an id and those `among` ids that were not there yet, oldest first."""
    found = Dispatch.objects.filter(Q(id__gt=after) | Q(id__in=list(among))).order_by("id")
    return [Appended(*row) for row in found.values_list("id", "chain_id", "last_number")[:limit]]


def waiting(*, at: datetime) -> int:
    """Return how many rows are due and not told yet."""
    return Dispatch.objects.filter(done_at=None, not_before__lte=at).count()
