"""Tasks that somebody has set aside for a while: hidden from their own list until then, for nobody else.

It is no act on the case, so it stands in no record: deadlines and reminders go on, and whoever deputises still sees
the task. When its moment comes the task is back by itself; `delivery.waking` tells of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from akcept.cases import access
from akcept.cases.models import Snooze, Task
from akcept.company import calendars
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.people import standing
from akcept.people.askers import Asker
from akcept.people.models import Person

MORNING = time(9)
LONGEST = timedelta(days=366)
BATCH = 100


class Choice(StrEnum):
    """Until when, as people say it."""

    HOUR = "HOUR"
    TOMORROW = "TOMORROW"
    WORKDAY = "WORKDAY"
    DAY = "DAY"


@dataclass(frozen=True, slots=True)
class Over:
    """A snooze whose moment has come, with what its owner is to be told of; `entry` is the case's last one."""

    id: int
    person_id: UUID
    case_id: UUID
    entry: int
    key: str
    kind: str
    until: datetime
    is_open: bool


def hidden(*, by: Asker, at: datetime) -> Q:
    """Return the condition under which a task is set aside by its reader."""
    return Q(Exists(Snooze.objects.filter(task=OuterRef("pk"), person=by.id, until__gt=at)))


def moment(
    *, choice: Choice, by: Asker, task_id: UUID, at: datetime, on: date | None = None
) -> datetime:
    """Return until when a choice lasts in the zone of who chooses; refuses a day that was not said."""
    zone = ZoneInfo(by.time_zone)
    today = at.astimezone(zone).date()
    if choice is Choice.HOUR:
        return at + timedelta(hours=1)
    if choice is Choice.TOMORROW:
        day = today + timedelta(days=1)
    elif choice is Choice.WORKDAY:
        code = Person.objects.values_list("working_calendar", flat=True).get(id=by.id)
        code = code or _task(by, task_id, at).case.entity.working_calendar
        day = calendars.working_calendar(code=code, around=today).next_working(today)
    elif on is None:
        raise InvalidInput({"on": "REQUIRED"})
    else:
        day = on
    return datetime.combine(day, MORNING, tzinfo=zone)


def about(*, by: Asker, task_id: UUID, at: datetime) -> tuple[str, int]:
    """Return the type and the number of the document a task is about; one that is not the person's does not exist."""
    case = _task(by, task_id, at).case
    return case.doctype_id, case.number


def snooze(
    *, by: Asker, task_id: UUID, until: datetime, at: datetime, anyway: bool = False
) -> datetime:
    """Set one of one's open tasks aside until a moment.

    Refuses a moment that is over or further than a year, and one past the planned payment date unless `anyway`.
    """
    task = _task(by, task_id, at)
    if until <= at:
        raise InvalidInput({"until": "MOMENT_PAST"})
    if until > at + LONGEST:
        raise InvalidInput({"until": "DATE_OUT_OF_RANGE"})
    planned_on, time_zone = task.case.planned_on, task.case.entity.time_zone
    is_late = planned_on is not None and until.astimezone(ZoneInfo(time_zone)).date() > planned_on
    if is_late and not anyway:
        raise InvalidInput({"until": "PAST_PLANNED"})
    Snooze.objects.update_or_create(task=task, person_id=by.id, defaults={"until": until})
    return until


def wake(*, by: Asker, task_id: UUID, at: datetime) -> None:
    """Take a task back before its time; one that was not set aside stays as it is."""
    task = _task(by, task_id, at)
    Snooze.objects.filter(task=task, person_id=by.id).delete()


def over(*, at: datetime) -> Sequence[Over]:
    """Return some snoozes whose moment has come, the oldest first."""
    found = Snooze.objects.filter(until__lte=at).select_related("task__case").order_by("until")
    return [
        Over(
            id=row.id,
            person_id=row.person_id,
            case_id=row.task.case_id,
            entry=row.task.case.head_number,
            key=row.task.key,
            kind=row.task.kind,
            until=row.until,
            is_open=row.task.closed_at is None,
        )
        for row in found[:BATCH]
    ]


def end(*, snooze: Over) -> bool:
    """Forget a snooze that is over; False when another worker has, or it was set anew."""
    return bool(Snooze.objects.filter(id=snooze.id, until=snooze.until).delete()[0])


def _task(by: Asker, task_id: UUID, at: datetime) -> Task:
    acting = standing.deputised_by(person_id=by.id, at=at)
    theirs = access.theirs(by=by.id, acting_for=acting)
    mine = Task.objects.filter(theirs, id=task_id, closed_at=None)
    task = mine.select_related("case__entity").first()
    if task is None:
        raise NotFound
    return task
