"""Open tasks that have waited long: whom to remind of what. Held cases wait rightly, so nobody is reminded of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from akcept.cases.models import Task

BATCH = 200


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """A task whose holder was last told of it at `told_at`; `entry` is the case's last one."""

    id: UUID
    case_id: UUID
    entry: int
    key: str
    kind: str
    person_id: UUID
    time_zone: str
    calendar: str
    told_at: datetime
    is_due: bool


def waiting(*, told_before: datetime, at: datetime) -> Iterator[WaitingTask]:
    """Return open tasks last told of before a moment, or whose deadline came since; small reads by key."""
    has_come = Q(due_at__lte=at, told_at__lt=F("due_at"))
    tasks = (
        # Whoever waits for an answer knows.
        Task.objects.filter(Q(told_at__lte=told_before, paused_at=None) | has_come, closed_at=None)
        .filter(case__held_until=None, person__is_active=True)
        .select_related("person", "case__entity")
        .order_by("id")
    )
    after: UUID | None = None
    while rows := list((tasks.filter(id__gt=after) if after else tasks)[:BATCH]):
        yield from (_value(row, at) for row in rows)
        after = rows[-1].id


def holders() -> set[UUID]:
    """Return everybody who has something to do."""
    open_tasks = Task.objects.filter(closed_at=None)
    return set(open_tasks.values_list("person_id", flat=True).distinct())


def note_told(*, task: WaitingTask, at: datetime) -> bool:
    """Note that the holder is being told now; False when somebody else has just done so or the task is done."""
    unchanged = Task.objects.filter(id=task.id, told_at=task.told_at, closed_at=None)
    return unchanged.update(told_at=at) == 1


def _value(row: Task, at: datetime) -> WaitingTask:
    is_due = row.due_at is not None and row.told_at < row.due_at <= at
    return WaitingTask(
        id=row.id,
        case_id=row.case_id,
        entry=row.case.head_number,
        key=row.key,
        kind=row.kind,
        person_id=row.person_id,
        time_zone=row.person.time_zone,
        calendar=row.person.working_calendar or row.case.entity.working_calendar,
        told_at=row.told_at,
        is_due=is_due,
    )
