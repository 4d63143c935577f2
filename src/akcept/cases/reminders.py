"""Open tasks that have waited long: whom to remind of what. Held cases wait rightly, so nobody is reminded of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
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
    opened_at: datetime
    told_at: datetime
    due_at: datetime | None
    waited: timedelta
    is_due: bool


@dataclass(frozen=True, slots=True)
class TaskLife:
    """From when to when there was something to do, and who ended it; open without an end."""

    case_id: UUID
    kind: str
    person_id: UUID
    opened_at: datetime
    closed_at: datetime | None
    closed_by: UUID | None


def waiting(*, told_before: datetime, at: datetime) -> Iterator[WaitingTask]:
    """Return open tasks last told of before a moment, or which have a deadline; small reads by key."""
    has_come = Q(due_at__lte=at, told_at__lt=F("due_at"))
    comes = Q(due_at__gt=at, paused_at=None)
    tasks = (
        # Whoever waits for an answer knows.
        Task.objects.filter(
            Q(told_at__lte=told_before, paused_at=None) | has_come | comes, closed_at=None
        )
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


def due_at(*, case_id: UUID, kind: str, people: Collection[UUID]) -> datetime | None:
    """Return until when one of these people has to do what waits on a case."""
    mine = Task.objects.filter(case_id=case_id, kind=kind, person__in=people, closed_at=None)
    return mine.exclude(due_at=None).values_list("due_at", flat=True).order_by("due_at").first()


def last_tasks(*, case_ids: Collection[UUID]) -> Iterator[TaskLife]:
    """Give every task of some cases, the oldest first: when it began, and when and by whom it was done."""
    rows = Task.objects.filter(case_id__in=case_ids).order_by("opened_at", "id")
    columns = ("case_id", "kind", "person_id", "opened_at", "closed_at", "closed_by")
    for row in rows.values_list(*columns):
        yield TaskLife(*row)


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
        opened_at=row.opened_at,
        told_at=row.told_at,
        due_at=row.due_at,
        waited=timedelta(seconds=row.waited_seconds or 0),
        is_due=is_due,
    )
