"""When each command is accepted and from whom. `decide` asks here first, and so do the buttons: offered = allowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from akcept.engine import refusals as no
from akcept.engine.case import Case, Seat, SeatState, State
from akcept.engine.facts import Facts
from akcept.engine.standing import (
    barred_from_paying,
    conflicted,
    is_warden,
    limit_that_falls_short,
    payers_of,
    seat_of,
    stands_for,
)
from akcept.engine.verbs import (
    ACCEPTED_IN,
    BY_THE_CLOCK,
    FROM_OUTSIDE,
    IN_THEIR_SEAT,
    ONE_WINS,
    WHILE_HELD,
    Verb,
)

EDITABLE_FOR = timedelta(minutes=5)


def judge(verb: Verb, case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    """Return why a command is not accepted now from this actor, or None when it is."""
    if verb in ONE_WINS and (refusal := _taken(verb, case, facts)):
        return refusal
    if facts.is_outside and not _may_from_outside(verb, case, facts):
        return no.NotAllowed()
    if case.state not in ACCEPTED_IN[verb]:
        return no.WrongState(case.state)
    # Whoever leaves the company is replaced at once, or the case would stand still after the hold.
    passes_hold = verb in WHILE_HELD or (facts.is_system and verb is Verb.REASSIGN)
    if case.hold and not passes_hold:
        return no.OnHold(case.hold.until)
    if facts.is_system:
        return None if verb in BY_THE_CLOCK else no.NotYourTurn()
    return TURNS[verb](case, facts, at)


def _may_from_outside(verb: Verb, case: Case, facts: Facts) -> bool:
    if verb in IN_THEIR_SEAT:
        return seat_of(case, facts) is not None
    return verb in FROM_OUTSIDE


def _taken(verb: Verb, case: Case, facts: Facts) -> no.Refusal | None:
    """Tell a person who comes second by whom the task was done."""
    if verb in {Verb.PAY, Verb.MARK_SENT}:
        return _paid_already(case, facts)
    if seat_of(case, facts):
        return None
    done = [
        seat
        for seat in case.seats
        if seat.by and stands_for(seat.holder, facts) and seat.state is not SeatState.WAITING
    ]
    if not done:
        return _late(case, facts)
    last = done[-1]
    return no.AlreadyDecided(last.by or "", last.state, last.decided_at)


def _late(case: Case, facts: Facts) -> no.Refusal | None:
    """Tell whoever votes after the stage was decided who decided it."""
    missed = [
        seat
        for seat in case.seats
        if seat.state is SeatState.NOT_NEEDED and stands_for(seat.holder, facts)
    ]
    if not missed:
        return None
    # An earlier vote of the same person may have decided this stage as well.
    told = (_behind(case, row) for row in case.seats if row.stage == missed[-1].stage)
    votes = (seat for seat in told if seat.decided_at)
    last = max(votes, key=lambda seat: (seat.decided_at, seat.id))
    return no.NotNeeded(last.by or "", last.state, last.decided_at)


def _behind(case: Case, seat: Seat) -> Seat:
    """Return the seat whose vote counts in a seat: what covers it may be covered itself."""
    while seat.state is SeatState.COVERED:
        seat = next(row for row in case.seats if row.id == seat.covered_by)
    return seat


def _paid_already(case: Case, facts: Facts) -> no.Refusal | None:
    if case.state is not State.PAID or not _is_payer(case, facts):
        return None
    last = case.payments[-1] if case.payments else None
    return no.AlreadyDecided((last.by if last else None) or "", "PAID", None)


def _is_payer(case: Case, facts: Facts) -> bool:
    barred = barred_from_paying(case, facts)
    known = {*payers_of(case, facts), *case.payers}
    return any(stands_for(person, facts) for person in known - barred)


def author(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    """Accept whoever entered the document, the initiator's deputy, and in REWORK who was asked to correct it."""
    mine = facts.actor in case.authors or stands_for(case.initiator, facts)
    return None if mine or _corrects(case, facts) else no.NotYourTurn()


def _corrects(case: Case, facts: Facts) -> bool:
    return case.state is State.REWORK and stands_for(case.corrector, facts)


def _reviser(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    if case.state is State.TO_PAY and _payer(case, facts, at) is None:
        return None
    return author(case, facts, at)


def _initiator(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    if case.is_paying:
        return no.PaymentStarted()
    return None if facts.actor == case.initiator else no.NotYourTurn()


def _holder(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    seat = seat_of(case, facts)
    if seat is None:
        return no.NotYourTurn()
    if facts.actor in conflicted(case, facts):
        return no.OwnDocument()
    return _counted(case, seat, facts)


def _counted(case: Case, seat: Seat, facts: Facts) -> no.Refusal | None:
    """One human counts once in a round, whatever deputyships; seats of one's own are covered or ask for more."""
    if seat.holder == facts.actor:
        return None
    if any(row.holder == facts.actor for row in case.seats):
        return no.NotYourTurn()  # With a seat of their own they decide in that one.
    for row in case.seats:
        if row.id != seat.id and row.by == facts.actor:
            return no.AlreadyDecided(facts.actor, row.state, row.decided_at)
    return None


def _approver(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    if refusal := _holder(case, facts, at):
        return refusal
    seat = seat_of(case, facts)
    assert seat is not None, "a holder without a seat"
    limit = limit_that_falls_short(case, seat, facts)
    return no.LimitTooLow(limit.minor, limit.currency) if limit else None


def _rejecter(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    if not facts.policy.offers_reject:
        return no.ThirdOutcomeOff()
    return _holder(case, facts, at)


def _payer(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    if facts.actor in barred_from_paying(case, facts):
        known = {*payers_of(case, facts), *case.payers}
        pays = any(stands_for(person, facts) for person in known)
        return no.OwnDocument() if pays else no.NotYourTurn()
    return None if _is_payer(case, facts) else no.NotYourTurn()


def _sender(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    """Accept a payer while something is left that was not sent yet."""
    if refusal := _payer(case, facts, at):
        return refusal
    return None if case.rest > 0 else no.Overpaid(case.rest, case.currency)


def _refuser(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    return no.PaymentStarted() if case.is_paying else _payer(case, facts, at)


def _closer(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    return _payer(case, facts, at) if case.executed else no.NothingPaid()


def _returner(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    if not case.live:
        return no.NothingPaid()
    return None if facts.may_record_return else no.NotAllowed()


def _warden(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    if not _lacks_somebody(case):
        return no.WrongState(case.state)
    return None if is_warden(case, facts) else no.NotYourTurn()


def _lacks_somebody(case: Case) -> bool:
    if case.open_seats:
        return any(seat.holder is None for seat in case.open_seats)
    return case.state is State.TO_PAY and not case.payers


def _task_holder(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    """Accept whoever has the ball now, or a warden."""
    turns = {State.IN_APPROVAL: _holder, State.REWORK: author, State.TO_PAY: _payer}
    refusal = turns[case.state](case, facts, at)
    return None if refusal is None or is_warden(case, facts) else refusal


def _reassigner(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    is_unmanned = not any(seat.holder for seat in case.open_seats) and _lacks_somebody(case)
    return no.WrongState(case.state) if is_unmanned else _task_holder(case, facts, at)


def _overrider(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    if not facts.may_override:
        return no.NotAllowed()
    return no.OwnDocument() if facts.actor in conflicted(case, facts) else None


def _replacer(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    """Nobody can be replaced where nobody sits; such a seat is filled by naming somebody."""
    if not any(seat.holder for seat in case.open_seats):
        return no.WrongState(case.state)
    return _overrider(case, facts, at)


def _forcer(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    """An override is a decision: whoever has or had a say in this round does not get a second one."""
    if refusal := _overrider(case, facts, at):
        return refusal
    for seat in case.seats:
        if seat.by == facts.actor:
            return no.AlreadyDecided(facts.actor, seat.state, seat.decided_at)
        if seat.holder == facts.actor:
            return no.NotYourTurn()
    return None


def _rerouter(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    if not facts.may_reroute:
        return no.NotAllowed()
    return no.OwnDocument() if facts.actor in conflicted(case, facts) else None


def _nobody(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    return no.NotYourTurn()


def _involved(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    if facts.actor == case.initiator:
        return None
    return _task_holder(case, facts, at)


def _holding(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    return no.OnHold(case.hold.until) if case.hold else _involved(case, facts, at)


def _releasing(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    if case.hold is None:
        return no.NotHeld()
    return None if facts.actor == case.hold.by else _involved(case, facts, at)


def _anybody(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    return None


def _editor(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    """Accept who said it, for some minutes; no message in question: nothing to edit."""
    if facts.said is None:
        return no.NotFound()
    if facts.said.by != facts.actor:
        return no.NotAllowed()
    return no.EditOver(facts.said.at) if at > facts.said.at + EDITABLE_FOR else None


def _asker(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    mine = any(row.by == facts.actor for row in case.questions)
    return None if mine else no.QuestionClosed()


def _undoer(case: Case, facts: Facts, at: datetime) -> no.Refusal | None:
    last = case.undoable
    if last is None or last.actor != facts.actor or at > last.until:
        return no.UndoOver()
    return None


TURNS: dict[Verb, Callable[[Case, Facts, datetime], no.Refusal | None]] = {
    Verb.REVISE: _reviser,
    Verb.ATTACH: _anybody,
    Verb.SUBMIT: author,
    Verb.RESUBMIT: author,
    Verb.APPROVE: _approver,
    Verb.RETURN: _holder,
    Verb.REJECT: _rejecter,
    Verb.WITHDRAW: _initiator,
    Verb.REASSIGN: _reassigner,
    Verb.ADD_APPROVER: _task_holder,
    Verb.ASK_OUTSIDE: _involved,
    Verb.NAME_APPROVER: _warden,
    Verb.FORCE_DECISION: _forcer,
    Verb.REPLACE_PERSON: _replacer,
    Verb.REROUTE: _rerouter,
    Verb.MEET_DEADLINE: _nobody,
    Verb.ADD_OBSERVER: _anybody,
    Verb.HOLD: _holding,
    Verb.RELEASE: _releasing,
    Verb.MARK_SENT: _sender,
    Verb.PAY: _payer,
    Verb.REFUSE_PAYMENT: _refuser,
    Verb.RECORD_RETURN: _returner,
    Verb.CLOSE_REST: _closer,
    Verb.POSTPONE: _payer,
    Verb.COMMENT: _anybody,
    Verb.EDIT_COMMENT: _editor,
    Verb.WITHDRAW_QUESTION: _asker,
    Verb.UNDO: _undoer,
}


def options(case: Case, facts: Facts, at: datetime) -> tuple[Verb, ...]:
    """Return what this actor may do now, in the order of `Verb`."""
    return tuple(verb for verb in Verb if judge(verb, case, facts, at) is None)
