"""Tasks and seats that change hands, and people who join a case."""

from __future__ import annotations

from datetime import datetime

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine import refusals as no
from akcept.engine.case import Case
from akcept.engine.events import Events
from akcept.engine.facts import Facts
from akcept.engine.guards import conflicted
from akcept.engine.routing import covers
from akcept.engine.tasks import MOVABLE, TaskKind, tasks


def reassign(case: Case, command: do.Reassign, facts: Facts, at: datetime) -> Events:
    task = next((row for row in tasks(case) if row.key == command.task), None)
    if task is None or task.kind not in MOVABLE:
        raise no.NotYourTurn
    heir = command.to or None
    may_be_nobody = facts.is_system and (task.kind, task.holder) != (
        TaskKind.CORRECT,
        case.initiator,
    )
    if heir is None and not may_be_nobody:
        raise no.InvalidInput({"to": "REQUIRED"})
    if heir is not None:
        _check_heir(case, task.kind, task.holder, heir, facts)
    return (ev.Reassigned(task.key, task.holder, heir, facts.wardens, command.reason or None),)


def _check_heir(case: Case, kind: TaskKind, old: str, heir: str, facts: Facts) -> None:
    if kind is TaskKind.CORRECT:
        _check_member(heir, facts)
    elif kind is TaskKind.PAY:
        _check_unconcerned(case, heir, facts)
        if heir not in facts.payers:
            raise no.UnsuitablePerson
    else:
        _check_approver(case, heir, facts)
        _check_limit(case, old, heir, facts)
    if heir == old:
        raise no.UnsuitablePerson


def _check_member(person: str, facts: Facts) -> None:
    if facts.company.org.member(person) is None:
        raise no.UnsuitablePerson


def _check_unconcerned(case: Case, person: str, facts: Facts) -> None:
    _check_member(person, facts)
    if person in conflicted(case, facts):
        raise no.OwnDocument


def _check_approver(case: Case, person: str, facts: Facts) -> None:
    _check_unconcerned(case, person, facts)
    if any(person in {row.holder, row.by} for row in case.seats):
        raise no.UnsuitablePerson


def _check_limit(case: Case, old: str, heir: str, facts: Facts) -> None:
    """Whoever takes over a seat has a limit that is enough, if the one before had."""
    org, base = facts.company.org, case.base
    assert base is not None, "a round fixes the rate"
    if covers(org, old, case.doctype, base) and not covers(org, heir, case.doctype, base):
        raise no.UnsuitablePerson


def add_approver(case: Case, command: do.AddApprover, facts: Facts, at: datetime) -> Events:
    seat = case.open_seat
    assert seat is not None, "in approval without an open seat"
    _check_approver(case, command.person, facts)
    return (ev.ApproverAdded(seat.id, command.person),)


def name_approver(case: Case, command: do.NameApprover, facts: Facts, at: datetime) -> Events:
    if seat := case.open_seat:
        _check_approver(case, command.person, facts)
        return (ev.ApproverNamed(seat.id, command.person),)
    _check_unconcerned(case, command.person, facts)
    return (ev.ApproverNamed(None, command.person),)


def add_observer(case: Case, command: do.AddObserver, facts: Facts, at: datetime) -> Events:
    _check_member(command.person, facts)
    known = command.person in case.observers
    return () if known else (ev.ObserverAdded(command.person),)
