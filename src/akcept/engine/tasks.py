"""Who has to do what now. Derived from the case alone, so an open case can never be without a task."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from akcept.engine.case import Case, Seat, State


class TaskKind(StrEnum):
    """What one person has to do."""

    APPROVE = "APPROVE"
    CORRECT = "CORRECT"
    PAY = "PAY"
    NAME_APPROVER = "NAME_APPROVER"
    DECIDE_DATE = "DECIDE_DATE"


# What can be handed to somebody else; asking for help and for a date is addressed to a role.
MOVABLE = (TaskKind.APPROVE, TaskKind.CORRECT, TaskKind.PAY)


@dataclass(frozen=True, slots=True)
class Task:
    """One person's open task; `key` is unique in the case for ever."""

    key: str
    kind: TaskKind
    holder: str


def tasks(case: Case) -> tuple[Task, ...]:
    """Return the open tasks of a case."""
    match case.state:
        case State.IN_APPROVAL:
            return _approving(case)
        case State.REWORK:
            holder = case.corrector or case.initiator
            return (Task(f"{case.round}.correct.{holder}", TaskKind.CORRECT, holder),)
        case State.TO_PAY:
            return _paying(case)
        case _:
            return ()


def _approving(case: Case) -> tuple[Task, ...]:
    seats = case.open_seats
    assert seats, "in approval without an open seat"
    found: list[Task] = []
    for seat in seats:
        if seat.holder:
            found.append(Task(seat_key(case, seat), TaskKind.APPROVE, seat.holder))
        else:
            found += _naming(case, f"{case.round}.{seat.id}")
    return tuple(found)


def seat_key(case: Case, seat: Seat) -> str:
    """Return the key of the task of a seat's holder."""
    return f"{case.round}.{seat.id}.{seat.holder}"


def _paying(case: Case) -> tuple[Task, ...]:
    if not case.payers:
        return _naming(case, f"{case.round}.payer")
    # A payment that is taken back reopens the task, so the key counts how often that happened.
    times = sum(1 for row in case.payments if row.returns is not None)
    pay = tuple(Task(f"{case.round}.pay{times}.{p}", TaskKind.PAY, p) for p in case.payers)
    undecided = [row for row in case.unpaid_planned() if row.needs_decision]
    decide = tuple(
        Task(f"{case.round}.date{row.id}.{row.moves}.{p}", TaskKind.DECIDE_DATE, p)
        for row in undecided[:1]
        for p in case.payers
    )
    return pay + decide


def _naming(case: Case, place: str) -> tuple[Task, ...]:
    return tuple(Task(f"{place}.name.{w}", TaskKind.NAME_APPROVER, w) for w in case.wardens)
