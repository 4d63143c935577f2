"""Deadlines that wait for an answer. The deadline that a task is given then counts the longest wait already, so a
question that nobody answers holds nothing up for longer, whatever the clock does; an answer brings it forward."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from akcept.cases import deadlines
from akcept.cases.models import Task
from akcept.engine.calendars import add_working_time, working_time
from akcept.engine.case import Case
from akcept.engine.talking import paused
from akcept.engine.tasks import tasks
from akcept.kit.sql import Batch

# All questions of a task together: two working days.
LONGEST = timedelta(hours=18)
PAUSE = """
UPDATE cases_task SET due_at = %s, paused_at = %s, left_seconds = %s, waited_seconds = %s WHERE id = %s
"""


def write(before: Case | None, case: Case, at: datetime, batch: Batch) -> None:
    """Stop the clock of tasks that wait for an answer from now on, and let that of others go on."""
    old, new = paused(before) if before else frozenset(), paused(case)
    if old == new:
        return
    open_keys = {task.key for task in tasks(case)}
    for task in _timed(case, (new - old) & open_keys):
        if task.paused_at is None:
            _stop(case, task, at, batch)
    for task in _timed(case, (old - new) & open_keys):
        if task.paused_at is not None:
            _go_on(case, task, at, batch)


def _timed(case: Case, keys: Collection[str]) -> list[Task]:
    found = Task.objects.filter(case=UUID(case.id), key__in=keys, closed_at=None)
    return list(found.exclude(due_at=None)) if keys else []


def _stop(case: Case, task: Task, at: datetime, batch: Batch) -> None:
    """What is late already stays late; all that the questions of a task may take is taken once."""
    allowed = LONGEST - timedelta(seconds=task.waited_seconds)
    if task.due_at is None or task.due_at <= at or not allowed:
        return
    calendar, zone = deadlines.hours_of(case, str(task.person_id), at)
    left = working_time(at, task.due_at, calendar, zone)
    due_at = add_working_time(at, allowed + left, calendar, zone)
    seconds = int(left.total_seconds())
    batch.add(PAUSE, [due_at, at, seconds, task.waited_seconds, task.id])


def _go_on(case: Case, task: Task, at: datetime, batch: Batch) -> None:
    assert task.paused_at is not None, "a task that waits"
    calendar, zone = deadlines.hours_of(case, str(task.person_id), at)
    before = timedelta(seconds=task.waited_seconds)
    waited = before + working_time(task.paused_at, at, calendar, zone)
    due_at = task.due_at
    if waited < LONGEST:
        left = timedelta(seconds=task.left_seconds or 0)
        due_at = add_working_time(at, left, calendar, zone)
    seconds = int(min(waited, LONGEST).total_seconds())
    batch.add(PAUSE, [due_at, None, None, seconds, task.id])
