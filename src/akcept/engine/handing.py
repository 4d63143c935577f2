"""Tasks and seats that change hands, and people who join a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine import gates
from akcept.engine import refusals as no
from akcept.engine.case import Case, Seat, SeatState, State, Why
from akcept.engine.events import Events
from akcept.engine.facts import Facts
from akcept.engine.quorum import raised, uncovered
from akcept.engine.routes import AtDeadline, How
from akcept.engine.routing import covers, limit_stage, says_it_all
from akcept.engine.standing import conflicted, is_warden, payers_of, seat_of, stands_for
from akcept.engine.tasks import MOVABLE, Task, TaskKind, seat_key, tasks
from akcept.engine.values import Private


def reassign(case: Case, command: do.Reassign, facts: Facts, at: datetime) -> Events:
    """Hand a task over. An approver without a sufficient limit gets the next sufficient person added."""
    task = _movable(case, command.task)
    is_mine = stands_for(task.holder, facts) or is_warden(case, facts) or facts.is_system
    if case.state is State.IN_APPROVAL and not is_mine:
        raise no.NotYourTurn
    heir = command.to or None
    may_be_nobody = facts.is_system and (task.kind, task.holder) != (
        TaskKind.CORRECT,
        case.initiator,
    )
    if heir is None and not may_be_nobody:
        raise no.InvalidInput({"to": "REQUIRED"})
    return _handed(case, task, heir, facts, command.reason or None)


def replace_person(case: Case, command: do.ReplacePerson, facts: Facts, at: datetime) -> Events:
    """Hand somebody else's task over by override; the person fits like any other who takes over."""
    task = _movable(case, command.task)
    if not command.to:
        raise no.InvalidInput({"to": "REQUIRED"})
    reason = gates.reasons((command.reason,))[0]
    return _handed(case, task, command.to, facts, reason, is_override=True)


def meet_deadline(case: Case, command: do.MeetDeadline, facts: Facts, at: datetime) -> Events:
    """Hand a seat that missed its deadline to a deputy or up the line; nothing when nobody fits.

    Whoever sits further on takes their own step with it; whoever has had a say is passed over.
    """
    task = _movable(case, command.task)
    seat = _seat_of_task(case, task)
    candidates = _up(case, seat, facts)
    if case.terms_of(seat.stage).at_deadline is AtDeadline.DEPUTY:
        candidates = (*facts.standins, *candidates)
    for heir in candidates:
        covered = _taken_along(case, seat, heir)
        if heir == seat.holder or covered is None or not _suits_seat(case, seat, heir, facts):
            continue
        opened = tuple(uncovered(case.seats, {seat.id}))
        return (
            ev.Reassigned(
                task=task.key,
                old=task.holder,
                new=heir,
                wardens=facts.wardens,
                why=Why.DEADLINE,
                covered=covered,
                reopened=opened,
            ),
        )
    return ()


def add_approver(case: Case, command: do.AddApprover, facts: Facts, at: datetime) -> Events:
    seat = seat_of(case, facts) or case.open_seats[0]
    _check_approver(case, command.person, facts)
    is_outside = facts.company.org.members[command.person].is_outside
    terms = case.terms_of(seat.stage)
    more = raised(terms, 1)
    return (
        ev.ApproverAdded(
            seat.id,
            command.person,
            is_outside=is_outside,
            needed=more.needed if more != terms else None,
        ),
    )


def ask_outside(case: Case, command: do.AskOutside, facts: Facts, at: datetime) -> Events:
    """Add a seat for somebody from outside; the initiator may as well, since it takes nobody's decision away."""
    member = facts.company.org.member(command.person)
    if member is None or not member.is_outside:
        raise no.UnsuitablePerson
    return add_approver(case, do.AddApprover(command.person), facts, at)


def name_approver(case: Case, command: do.NameApprover, facts: Facts, at: datetime) -> Events:
    empty = next((seat for seat in case.open_seats if seat.holder is None), None)
    if empty is None:
        _check_unconcerned(case, command.person, facts)
        _check_inside(command.person, facts)
        return (ev.ApproverNamed(None, command.person),)
    _check_approver(case, command.person, facts)
    _check_inside(command.person, facts)
    if empty.why is Why.LIMIT and not _covers(case, command.person, facts):
        raise no.UnsuitablePerson
    return (ev.ApproverNamed(empty.id, command.person),)


def add_observer(case: Case, command: do.AddObserver, facts: Facts, at: datetime) -> Events:
    _check_member(command.person, facts)
    _check_inside(command.person, facts)
    known = command.person in case.observers
    return () if known else (ev.ObserverAdded(command.person),)


def _movable(case: Case, key: str) -> Task:
    task = next((row for row in tasks(case) if row.key == key), None)
    if task is None or task.kind not in MOVABLE:
        raise no.NotYourTurn
    return task


def _seat_of_task(case: Case, task: Task) -> Seat:
    return next(seat for seat in case.open_seats if seat_key(case, seat) == task.key)


def _handed(
    case: Case,
    task: Task,
    heir: str | None,
    facts: Facts,
    reason: Private | None,
    *,
    is_override: bool = False,
) -> Events:
    added: Events = ()
    opened: tuple[int, ...] = ()
    if heir is not None:
        _check_heir(case, task.kind, task.holder, heir, facts)
    if task.kind is TaskKind.APPROVE:
        seat = _seat_of_task(case, task)
        opened = tuple(uncovered(case.seats, {seat.id}))
        added = _sufficient(case, seat, heir, facts) if heir else ()
    handed = ev.Reassigned(
        task=task.key,
        old=task.holder,
        new=heir,
        wardens=facts.wardens,
        reason=reason,
        why=Why.REPLACED if is_override else Why.REASSIGNED,
        reopened=opened,
        is_override=is_override,
    )
    return (handed, *added)


def _check_heir(case: Case, kind: TaskKind, old: str, heir: str, facts: Facts) -> None:
    if kind is TaskKind.CORRECT:
        _check_member(heir, facts)
    elif kind is TaskKind.PAY:
        _check_unconcerned(case, heir, facts)
        if heir not in payers_of(case, facts):
            raise no.UnsuitablePerson
    else:
        _check_approver(case, heir, facts)
    _check_inside(heir, facts)
    if heir == old:
        raise no.UnsuitablePerson


def _check_member(person: str, facts: Facts) -> None:
    if facts.company.org.member(person) is None:
        raise no.UnsuitablePerson


def _check_inside(person: str, facts: Facts) -> None:
    """What belongs to the company is not handed to anybody outside it."""
    member = facts.company.org.member(person)
    if member is None or member.is_outside:
        raise no.UnsuitablePerson


def _check_unconcerned(case: Case, person: str, facts: Facts) -> None:
    _check_member(person, facts)
    if person in conflicted(case, facts):
        raise no.OwnDocument


def _check_approver(case: Case, person: str, facts: Facts) -> None:
    _check_unconcerned(case, person, facts)
    if any(person in {row.holder, row.by} for row in case.seats):
        raise no.UnsuitablePerson


def _covers(case: Case, person: str, facts: Facts) -> bool:
    assert case.base is not None, "a round fixes the rate"
    return covers(facts.company.org, person, case.doctype, case.base)


def _sufficient(case: Case, seat: Seat, heir: str, facts: Facts) -> Events:
    """Add the next sufficient person where a seat loses its limit and nobody else is sure to have one."""
    lost = seat.holder is not None and _covers(case, seat.holder, facts)
    if not lost or _covers(case, heir, facts) or _is_still_covered(case, seat, facts):
        return ()
    for person in _above(case, heir, facts):
        if _covers(case, person, facts) and not _has_a_say(case, person):
            terms = case.terms_of(seat.stage)
            last = [row for row in case.seats if row.stage == seat.stage][-1]
            is_sure = terms.how in (How.IN_TURN, How.ALL)
            stage = seat.stage if is_sure else limit_stage(seat.stage)
            after = seat.id if is_sure else last.id
            return (ev.ApproverAdded(after, person, why=Why.LIMIT, stage=stage),)
    raise no.UnsuitablePerson


def _is_still_covered(case: Case, lost: Seat, facts: Facts) -> bool:
    """Say whether somebody with a sufficient limit decides anyway, in a seat that cannot be left out."""
    return any(
        row.id != lost.id
        and row.holder is not None
        and row.state in (SeatState.WAITING, SeatState.APPROVED)
        and case.terms_of(row.stage).how in (How.IN_TURN, How.ALL)
        and _covers(case, row.holder, facts)
        for row in case.seats
    )


def _has_a_say(case: Case, person: str) -> bool:
    return any(person in {row.holder, row.by} for row in case.seats)


def _above(case: Case, person: str, facts: Facts) -> Iterator[str]:
    """Return who is above a person and may decide on this document, nearest first."""
    org, barred = facts.company.org, conflicted(case, facts)
    for above in org.climb(person).path:
        member = org.member(above)
        if member and not member.is_outside and above not in barred:
            yield above


def _up(case: Case, seat: Seat, facts: Facts) -> tuple[str, ...]:
    return tuple(_above(case, seat.holder, facts)) if seat.holder else ()


def _suits_seat(case: Case, seat: Seat, heir: str, facts: Facts) -> bool:
    member = facts.company.org.member(heir)
    if member is None or member.is_outside or heir in conflicted(case, facts):
        return False
    loses_limit = seat.holder is not None and _covers(case, seat.holder, facts)
    return not loses_limit or _covers(case, heir, facts)


def _taken_along(case: Case, seat: Seat, heir: str) -> tuple[int, ...] | None:
    """Return the later seats that somebody decides with this one; None when they already have a say here."""
    place = case.seats.index(seat)
    covered = []
    for index, row in enumerate(case.seats):
        if row.by == heir:
            return None
        if row.holder != heir or row.state is SeatState.COVERED:
            continue
        here, there = case.terms_of(seat.stage), case.terms_of(row.stage)
        is_beside = row.stage == seat.stage and here.is_parallel
        if index < place or is_beside or row.state is not SeatState.WAITING:
            return None
        if says_it_all(here, there):
            covered.append(row.id)
    return tuple(covered)
