"""Until when a task is to be done, and what happens then. Approvals count in the working hours of whoever holds them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from akcept.cases.models import Task as Row
from akcept.company import calendars
from akcept.engine.calendars import WorkingCalendar, add_working_hours, working_time
from akcept.engine.case import Case, Terms
from akcept.engine.routes import AtDeadline
from akcept.engine.tasks import Task, TaskKind, seat_key
from akcept.kit import sql

HOLDERS = """
SELECT p.id, p.time_zone, COALESCE(NULLIF(p.working_calendar, ''), e.working_calendar)
  FROM people_person p CROSS JOIN company_payerentity e
 WHERE e.id = %s AND p.id IN ({listed})
"""


def of_tasks(case: Case, opened: Sequence[Task], at: datetime) -> dict[str, tuple[datetime, str]]:
    """Return by key the deadline of each task that has one, with what the clock does then."""
    found = {
        task.key: (case.correct_by, "")
        for task in opened
        if task.kind is TaskKind.CORRECT and case.correct_by
    }
    timed = _timed(case, opened)
    if not timed:
        return found
    zones = _zones(case, [UUID(task.holder) for task, _ in timed])
    for task, terms in timed:
        due_at = add_working_hours(at, terms.hours or 0, *_hours(*zones[task.holder], at))
        then = "" if terms.at_deadline is AtDeadline.REMIND else str(terms.at_deadline)
        found[task.key] = (due_at, then)
    return found


def hours_of(case: Case, person: str, at: datetime) -> tuple[WorkingCalendar, ZoneInfo]:
    """Return by which calendar and in which zone somebody works on a case."""
    return _hours(*_zones(case, [UUID(person)])[person], at)


def spent(case: Case, task: Row | None, at: datetime) -> tuple[timedelta | None, timedelta | None]:
    """Return how much of the working time of a task is over, and how much there is; None without a deadline."""
    if task is None or task.due_at is None:
        return None, None
    hours = hours_of(case, str(task.person_id), at)
    waited = timedelta(seconds=task.waited_seconds)
    allowed = working_time(task.opened_at, task.due_at, *hours) - waited
    left = working_time(task.paused_at or at, task.due_at, *hours)
    return max(allowed - left, timedelta()), allowed


def _hours(time_zone: str, code: str, at: datetime) -> tuple[WorkingCalendar, ZoneInfo]:
    return calendars.working_calendar(code=code, around=at.date()), ZoneInfo(time_zone)


def _timed(case: Case, opened: Sequence[Task]) -> list[tuple[Task, Terms]]:
    keys = {task.key: task for task in opened if task.kind is TaskKind.APPROVE}
    pairs = (
        (keys.get(seat_key(case, seat)), case.terms_of(seat.stage)) for seat in case.open_seats
    )
    return [(task, terms) for task, terms in pairs if task and terms.hours]


def _zones(case: Case, people: Sequence[UUID]) -> dict[str, tuple[str, str]]:
    listed = ", ".join(["%s"] * len(people))
    entity = UUID(str(case.card["entity"]))
    found = sql.rows(HOLDERS.format(listed=listed), [entity, *people])
    return {str(sql.as_uuid(key)): (zone, calendar) for key, zone, calendar in found}
