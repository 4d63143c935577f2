"""Leaving the company: nothing waits for somebody who is gone.

An open task goes to the leaver's running deputy, else up the reporting line to the first who may have it, else the
route owner is asked to name somebody. Seats further on keep the name until their turn; then `rehome_stranded` finds them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import structlog
from django.db.models import QuerySet

from akcept.cases import store
from akcept.cases.clockwork import AKCEPT
from akcept.cases.models import Task
from akcept.cases.store import Request
from akcept.engine import commands as do
from akcept.engine.refusals import Refusal
from akcept.engine.tasks import MOVABLE
from akcept.engine.values import Private
from akcept.people import access, deputies, org
from akcept.people.askers import Asker
from akcept.people.codes import Right
from akcept.people.store import persons

NOBODY = ""
LEFT = Private("Left the company")
log = structlog.get_logger("akcept.leaving")


def leave(*, person_id: UUID, by: Asker, at: datetime) -> int:
    """Switch a person off and find a new holder for everything they had open; return how many tasks moved.

    Refuses whoever does not administer, and to leave nobody who does.
    """
    access.require(right=Right.ADMINISTER, by=by.actor, at=at)
    persons.set_active(person_id=person_id, is_active=False, by=by.actor, at=at)
    return _rehome(Task.objects.filter(person=person_id), at)


def rehome_stranded(*, at: datetime) -> int:
    """Find new holders for tasks that opened for somebody who had left before; return how many moved."""
    return _rehome(Task.objects.filter(person__is_active=False), at)


def _rehome(tasks: QuerySet[Task], at: datetime) -> int:
    held = tasks.filter(closed_at=None, kind__in=MOVABLE).order_by("id")
    return sum(_moved(task, at) for task in list(held))


def _moved(task: Task, at: datetime) -> bool:
    """Try the heirs in turn; each try is a command of its own that is refused or carried out whole."""
    for heir in _heirs(task.person_id, at):
        command = do.Reassign(task.key, heir, LEFT)
        try:
            store.perform(case_id=task.case_id, commands=[command], request=Request(AKCEPT, at))
        except Refusal as refusal:
            log.info("not_an_heir", case=str(task.case_id), heir=heir, code=refusal.code)
        else:
            return True
    log.warning("nobody_to_take_it", case=str(task.case_id), task=task.key)
    return False


def _heirs(person_id: UUID, at: datetime) -> Iterator[str]:
    for row in deputies.deputies_of(person_ids=[person_id], at=at):
        yield str(row.deputy_id)
    yield from org.snapshot().climb(str(person_id)).path
    yield NOBODY
