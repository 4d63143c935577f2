"""Leaving the company: nothing waits for somebody who is gone.

An open task goes to the leaver's running deputy, else up the reporting line to the first who may have it, else the
route owner is asked to name somebody. Seats further on keep the name until their turn; then `rehome_stranded` finds them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import QuerySet

from akcept.cases import store
from akcept.cases.clockwork import AKCEPT
from akcept.cases.models import Task
from akcept.cases.store import Request
from akcept.engine import commands as do
from akcept.engine.refusals import InvalidInput, NeedsSecondPerson, Refusal
from akcept.engine.tasks import MOVABLE, TaskKind
from akcept.engine.values import Private
from akcept.people import access, deputies, org, services
from akcept.people import queries as people
from akcept.people.askers import Asker
from akcept.people.cards import DepartmentCard, GrantCard, Pick
from akcept.people.codes import Right
from akcept.people.deputies import DAY, Deputyship
from akcept.people.fields import Absence
from akcept.people.store import persons
from akcept.routes import succession
from akcept.routes.queries import RouteLine

NOBODY = ""
LEFT = Private("Left the company")
log = structlog.get_logger("akcept.leaving")


@dataclass(frozen=True, slots=True)
class Heirs:
    """Who takes what; None: tasks find their way, the rest is nobody's or stays as it is."""

    tasks: UUID | None = None
    routes: UUID | None = None
    roles: UUID | None = None
    deputyships: UUID | None = None
    reports: UUID | None = None
    departments: UUID | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything that is somebody's: what a leaver leaves behind."""

    tasks: tuple[HeldTask, ...]
    routes: tuple[RouteLine, ...]
    roles: tuple[GrantCard, ...]
    deputyships: tuple[Deputyship, ...]
    reports: tuple[Pick, ...]
    departments: tuple[DepartmentCard, ...]
    # Who is next above.
    next_up: UUID | None


@dataclass(frozen=True, slots=True)
class HeldTask:
    """An open task: of which case, and what has to be done."""

    case_id: UUID
    doctype: str
    number: int
    kind: TaskKind


def holdings(*, person_id: UUID, by: Asker, at: datetime) -> Holdings:
    """Return what somebody would leave behind; to administrators."""
    access.require(right=Right.ADMINISTER, by=by.actor, at=at)
    card = people.person_card(person_id=person_id)
    tasks = Task.objects.filter(person=person_id, closed_at=None).order_by("id")
    climb = org.snapshot().climb(str(person_id)).path
    ahead = (at - DAY).date()
    return Holdings(
        tasks=tuple(
            HeldTask(case_id, doctype, number, TaskKind(kind))
            for case_id, doctype, number, kind in tasks.values_list(
                "case_id", "case__doctype_id", "case__number", "kind"
            )
        ),
        routes=succession.naming(person_id=person_id),
        roles=card.grants,
        deputyships=tuple(one for one in card.acts_for if one.ends_on >= ahead),
        reports=people.reports_of(person_id=person_id),
        departments=tuple(one for one in people.departments() if one.head_id == person_id),
        next_up=UUID(climb[0]) if climb else None,
    )


def check(*, person_id: UUID, heirs: Heirs) -> None:
    """Refuse to pass anything on to whoever leaves."""
    themselves = [name for name, heir in asdict(heirs).items() if heir == person_id]
    if themselves:
        raise InvalidInput(dict.fromkeys(themselves, "LEAVES_TOO"))


def leave(*, person_id: UUID, by: Asker, at: datetime, heirs: Heirs | None = None) -> int:
    """Switch a person off and pass on everything they had; return how many tasks moved.

    Refuses whoever does not administer, to leave nobody who does, a stage without anybody, an heir who leaves
    themselves, and one that an administrator would be by their own act. A task that the heir may not have finds its own way.
    """
    held, chosen = holdings(person_id=person_id, by=by, at=at), heirs or Heirs()
    check(person_id=person_id, heirs=chosen)
    if by.id in (chosen.routes, chosen.roles, chosen.deputyships):
        raise NeedsSecondPerson
    with transaction.atomic():
        if heirs is not None:
            _pass_on(person_id, held, chosen, by, at)
        persons.set_active(person_id=person_id, is_active=False, by=by.actor, at=at)
    return _rehome(Task.objects.filter(person=person_id), at, chosen.tasks)


def _pass_on(person_id: UUID, held: Holdings, heirs: Heirs, by: Asker, at: datetime) -> None:
    """Pass on what is not a task: places in routes, roles, deputyships, reports, departments."""
    succession.replace_person(person_id=person_id, heir_id=heirs.routes, by=by.actor, at=at)
    for grant in held.roles if heirs.roles else ():
        services.grant_role(
            person_id=heirs.roles or person_id,
            role=grant.role,
            entity_id=grant.entity_id,
            department_id=grant.department_id,
            by=by.actor,
            at=at,
        )
    for row in held.deputyships:
        _pass_deputyship(row, heirs.deputyships, by, at)
    for report in held.reports if heirs.reports else ():
        boss = None if report.id == heirs.reports else heirs.reports
        changes = {"manager_id": boss}
        services.change_person(person_id=report.id, changes=changes, by=by.actor, at=at)
    for unit in held.departments:
        services.save_department(
            department_id=unit.id,
            name=unit.name,
            parent_id=unit.parent_id,
            head_id=heirs.departments,
            by=by.actor,
            at=at,
        )


def _pass_deputyship(row: Deputyship, heir_id: UUID | None, by: Asker, at: datetime) -> None:
    services.cancel_deputy(deputyship_id=row.id, by=by.actor, at=at)
    if heir_id in (None, row.absentee_id):
        return
    absence = Absence(
        absentee_id=row.absentee_id,
        deputy_id=heir_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        entity_id=row.entity_id,
        doctype=row.doctype,
        position=row.position,
        limit=row.limit,
        order_number=row.order_number,
        order_date=row.order_date,
        reason=row.reason,
    )
    services.set_deputy(absence=absence, by=by.actor, at=at)


def rehome_stranded(*, at: datetime) -> int:
    """Find new holders for tasks that opened for somebody who had left before; return how many moved."""
    return _rehome(Task.objects.filter(person__is_active=False), at)


def _rehome(tasks: QuerySet[Task], at: datetime, heir: UUID | None = None) -> int:
    held = tasks.filter(closed_at=None, kind__in=MOVABLE).order_by("id")
    return sum(_moved(task, at, heir) for task in list(held))


def _moved(task: Task, at: datetime, chosen: UUID | None) -> bool:
    """Try the heirs in turn; each try is a command of its own that is refused or carried out whole."""
    first = [str(chosen)] if chosen else []
    for heir in (*first, *_heirs(task.person_id, at)):
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
