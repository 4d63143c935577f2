"""Reminders to whoever holds a task and who deputises for them: in the holder's working hours, until it is done."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from akcept.cases import reminders as cases
from akcept.cases.reminders import WaitingTask
from akcept.company import calendars, queries
from akcept.delivery import chronicle, store
from akcept.delivery.audience import may_act
from akcept.delivery.fanout import deputies_now, editor_of
from akcept.delivery.posting import Telling
from akcept.delivery.topics import Topic
from akcept.engine.calendars import WORK_BEGINS, WORK_ENDS, WorkingCalendar, working_time

# How much of the working time is over when a deadline is brought to mind.
MARKS = (0.5, 0.8)


def remind(*, at: datetime) -> int:
    """Remind everybody whose task has waited long enough, and return how many were reminded.

    With a deadline they are reminded when half and when four fifths of their working time are over, and when it
    comes: that at once, even at night.
    """
    interval = timedelta(hours=queries.settings_of().reminder_hours)

    @cache
    def calendar(code: str) -> WorkingCalendar:
        return calendars.working_calendar(code=code, around=at.date())

    waiting = cases.waiting(told_before=at - interval, at=at)
    return sum(
        _remind(task, at)
        for task in waiting
        if task.is_due or _is_time(task, at, interval, calendar(task.calendar))
    )


def _is_time(
    task: WaitingTask, at: datetime, interval: timedelta, calendar: WorkingCalendar
) -> bool:
    if not is_at_work(at, task.time_zone, calendar):
        return False
    return task.told_at <= at - interval or passes_mark(task, at, calendar)


def passes_mark(task: WaitingTask, at: datetime, calendar: WorkingCalendar) -> bool:
    """Tell whether a mark of the working time has been passed since the holder was last told."""
    if task.due_at is None or task.due_at <= at:
        return False
    zone = ZoneInfo(task.time_zone)
    allowed = working_time(task.opened_at, task.due_at, calendar, zone) - task.waited
    if not allowed:
        return False
    told, now = (
        1 - working_time(moment, task.due_at, calendar, zone) / allowed
        for moment in (task.told_at, at)
    )
    return any(told < mark <= now for mark in MARKS)


def is_at_work(at: datetime, time_zone: str, calendar: WorkingCalendar) -> bool:
    """Tell whether somebody works at that moment."""
    local = at.astimezone(ZoneInfo(time_zone))
    return calendar.is_working(local.date()) and WORK_BEGINS <= local.time() < WORK_ENDS


def _remind(task: WaitingTask, at: datetime) -> bool:
    tellings = [_telling(person, task, at) for person in _people(task, at)]
    with transaction.atomic():
        is_mine = cases.note_told(task=task, at=at)
        if is_mine:
            store.mark_repeated_read(tellings=tellings, at=at)
            store.tell(tellings=tellings, at=at)
    return is_mine


def _people(task: WaitingTask, at: datetime) -> tuple[UUID, ...]:
    case, holder = chronicle.read(case_id=task.case_id).case(), task.person_id
    deputies = deputies_now(case, at).get(str(holder), ())
    editor = editor_of(case) if deputies else None
    return (holder, *map(UUID, may_act(deputies, task.kind, case, editor)))


def _telling(person_id: UUID, task: WaitingTask, at: datetime) -> Telling:
    return Telling(
        person_id=person_id,
        chain_id=task.case_id,
        number=task.entry,
        # Who is told twice at the same moment by two workers is told once.
        cause=f"{Topic.REMINDER} {task.key} {int(task.told_at.timestamp())}",
        topic=Topic.REMINDER,
        task_kind=task.kind,
        happened_at=at,
    )
