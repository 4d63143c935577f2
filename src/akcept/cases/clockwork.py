"""What the clock does to cases by itself: move unpaid dates, end holds. By the way of every command, as the system.

What does not apply any more when the lock is taken is refused or does nothing, so any number of workers may try.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from django.db.models import Q

from akcept.cases import store
from akcept.cases.models import Case as CaseRow
from akcept.cases.models import PlannedPayment, Task
from akcept.cases.store import Request
from akcept.company import calendars
from akcept.engine import commands as do
from akcept.engine.case import Case, State
from akcept.engine.refusals import Refusal
from akcept.engine.tasks import tasks
from akcept.journal.store import Actor, ActorKind

AKCEPT: Final = Actor(ActorKind.SYSTEM, None, "Akcept")
BATCH = 100
# Somewhere on earth it is already tomorrow.
DAY = timedelta(days=1)
log = structlog.get_logger("akcept.clockwork")


def unpaid(*, entity_id: UUID, today: date) -> Iterator[UUID]:
    """Return the cases of a payer whose planned date passed with nothing on its way; small reads by key."""
    overdue = CaseRow.objects.filter(
        state=State.TO_PAY,
        entity_id=entity_id,
        planned_on__lt=today,
        held_until=None,
        sent_minor=0,
        doctype__never_postpone=False,
    ).order_by("planned_on", "id")
    beyond = Q()
    while page := list(overdue.filter(beyond).values_list("planned_on", "id")[:BATCH]):
        yield from (case_id for _, case_id in page)
        last_on, last_id = page[-1]
        beyond = Q(planned_on__gt=last_on) | Q(planned_on=last_on, id__gt=last_id)


def postpone_overdue(*, case_id: UUID, at: datetime) -> bool:
    """Move every planned date of a case that passed unpaid, in one transaction; say whether any was moved.

    Nothing happens to a case that was paid, sent, held or moved in the meantime.
    """
    today = _today(case_id, at)
    passed = PlannedPayment.objects.filter(case_id=case_id, left_minor__gt=0, on__lt=today)
    commands = [
        do.Postpone(planned, old)
        for planned, old in passed.order_by("on", "number").values_list("number", "on")
    ]
    case = _perform(case_id, commands, at) if commands else None
    return case is not None and all(row.on >= today for row in case.unpaid_planned())


def release_expired(*, at: datetime) -> int:
    """End every hold whose last day is over in the payer's zone, and return how many were ended."""
    near = CaseRow.objects.filter(
        held_until__lt=(at + DAY).date(), state__in=(State.IN_APPROVAL, State.TO_PAY)
    )
    over = [
        case_id
        for case_id, until, time_zone in near.order_by("held_until", "id").values_list(
            "id", "held_until", "entity__time_zone"
        )
        if until is not None and until < calendars.entity_today(time_zone=time_zone, at=at)
    ]
    return sum(_perform(case_id, [do.Release()], at) is not None for case_id in over)


def meet_deadlines(*, at: datetime) -> int:
    """Hand on every approval whose deadline has passed, as its stage says, and return how many moved.

    Where nobody fits, the holder keeps it and is reminded like anybody. It is never a decision.
    """
    late = Task.objects.filter(closed_at=None, due_at__lte=at, case__held_until=None)
    moved = 0
    for task in list(late.exclude(at_deadline="").order_by("due_at", "id")):
        done = _perform(task.case_id, [do.MeetDeadline(task.key)], at)
        if done is None or any(row.key == task.key for row in tasks(done)):
            Task.objects.filter(id=task.id).update(at_deadline="")
        else:
            moved += 1
    return moved


def _today(case_id: UUID, at: datetime) -> date:
    zones = CaseRow.objects.filter(id=case_id).values_list("entity__time_zone", flat=True)
    return calendars.entity_today(time_zone=zones.get(), at=at)


def _perform(case_id: UUID, commands: Sequence[do.Command], at: datetime) -> Case | None:
    """Carry commands out as the system; what is refused, or fails, is noted and does not keep the others."""
    try:
        done = store.perform(case_id=case_id, commands=commands, request=Request(AKCEPT, at))
    except Refusal as refusal:
        log.info("left_as_it_is", case=str(case_id), code=refusal.code)
        return None
    except Exception:
        log.exception("failed_on_a_case", case=str(case_id))
        return None
    return done.case
