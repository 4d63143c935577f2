"""Reminders to whoever holds a task: in their working hours, again and again until it is done."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.db import transaction

from akcept.cases import reminders as cases
from akcept.cases.reminders import WaitingTask
from akcept.company import calendars, queries
from akcept.delivery import store
from akcept.delivery.store import Telling
from akcept.delivery.topics import Topic
from akcept.engine.calendars import WORK_BEGINS, WORK_ENDS, WorkingCalendar


def remind(*, at: datetime) -> int:
    """Remind everybody whose task has waited long enough, and return how many were reminded.

    A deadline that has come is told of at once, even at night.
    """
    interval = timedelta(hours=queries.settings_of().reminder_hours)

    @cache
    def calendar(code: str) -> WorkingCalendar:
        return calendars.working_calendar(code=code, around=at.date())

    waiting = cases.waiting(told_before=at - interval, at=at)
    return sum(
        _remind(task, at)
        for task in waiting
        if task.is_due or is_at_work(at, task.time_zone, calendar(task.calendar))
    )


def is_at_work(at: datetime, time_zone: str, calendar: WorkingCalendar) -> bool:
    """Tell whether somebody works at that moment."""
    local = at.astimezone(ZoneInfo(time_zone))
    return calendar.is_working(local.date()) and WORK_BEGINS <= local.time() < WORK_ENDS


def _remind(task: WaitingTask, at: datetime) -> bool:
    telling = Telling(
        person_id=task.person_id,
        chain_id=task.case_id,
        number=task.entry,
        # Who is told twice at the same moment by two workers is told once.
        cause=f"{Topic.REMINDER} {task.key} {int(task.told_at.timestamp())}",
        topic=Topic.REMINDER,
        task_kind=task.kind,
        happened_at=at,
    )
    with transaction.atomic():
        is_mine = cases.note_told(task=task, at=at)
        if is_mine:
            store.tell(tellings=[telling], at=at)
    return is_mine
