"""What each event makes of a case. Total, silent and free of rules: `decide` has already judged.

Folding the entries of a chain from None gives the case as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import singledispatch

from akcept.engine import events as ev
from akcept.engine.case import (
    MAIN,
    Attachment,
    Case,
    Hold,
    Payment,
    PaymentState,
    Planned,
    Question,
    Remark,
    Seat,
    SeatState,
    State,
    Undoable,
    Why,
)
from akcept.engine.facts import SYSTEM
from akcept.engine.quorum import reopen
from akcept.engine.routes import How
from akcept.engine.talking import still_asked
from akcept.engine.tasks import seat_key
from akcept.engine.values import Private


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who caused an event and when."""

    by: str
    at: datetime


def evolve(case: Case | None, event: ev.Event, envelope: Envelope) -> Case:
    """Return the case after the event."""
    if isinstance(event, ev.Drafted):
        return _drafted(event, envelope)
    assert case is not None, "the first event of a case is Drafted"
    if isinstance(event, ev.Undone):
        assert case.undoable is not None
        return replace(case.undoable.before, entries=case.entries + 1)
    changed = _apply(event, case, envelope)
    if changed.questions:
        changed = replace(changed, questions=still_asked(changed))
    keeps = isinstance(event, (ev.Cleared, ev.StageReturned)) or (
        isinstance(event, ev.Postponed) and event.cause == "APPROVED_LATE"
    )
    undoable = changed.undoable if keeps else _undoable(case, event, envelope)
    return replace(changed, entries=case.entries + 1, undoable=undoable)


def fold(history: Iterable[tuple[ev.Event, Envelope]]) -> Case:
    """Fold events into the case they describe."""
    case: Case | None = None
    for event, envelope in history:
        case = evolve(case, event, envelope)
    assert case is not None, "a case has at least one event"
    return case


def _undoable(case: Case, event: ev.Event, envelope: Envelope) -> Undoable | None:
    if not isinstance(event, (ev.Approved, ev.Returned, ev.Rejected, ev.PaymentRefused)):
        return None
    before = replace(case, undoable=None)
    return Undoable(case.entries + 1, envelope.by, event.undo_until, before)


def _drafted(event: ev.Drafted, envelope: Envelope) -> Case:
    authors = {event.initiator, envelope.by} - {SYSTEM}
    return Case(
        id=event.id,
        doctype=event.doctype,
        number=event.number,
        initiator=event.initiator,
        card=event.card,
        planned=event.planned,
        authors=tuple(sorted(authors)),
        entries=1,
    )


def _author(case: Case, envelope: Envelope) -> tuple[str, ...]:
    return tuple(sorted({*case.authors, envelope.by} - {SYSTEM}))


def _touched(case: Case, envelope: Envelope, *, is_material: bool) -> Case:
    """Who edits what is to be decided is its author; a material change voids what was approved."""
    is_decided_on = case.state in {State.IN_APPROVAL, State.TO_PAY}
    if is_decided_on and not is_material:
        return case
    case = replace(case, authors=_author(case, envelope))
    return _to_rework(case) if is_decided_on else case


def _to_rework(case: Case) -> Case:
    return replace(case, state=State.REWORK, payers=(), hold=None)


def _seat(case: Case, seat_id: int, seat: Seat) -> tuple[Seat, ...]:
    return tuple(seat if row.id == seat_id else row for row in case.seats)


def _decided(
    case: Case,
    event: ev.Approved | ev.Returned | ev.Rejected,
    envelope: Envelope,
    state: SeatState,
) -> Case:
    seat = _seat_of(case, event.seat)
    done = replace(seat, state=state, by=envelope.by, decided_at=envelope.at)
    seats = [
        replace(row, state=SeatState.NOT_NEEDED) if row.id in event.not_needed else row
        for row in _seat(case, event.seat, done)
    ]
    return replace(case, seats=tuple(seats))


def _remarks(
    case: Case, envelope: Envelope, texts: tuple[str, ...], stage: str = ""
) -> tuple[Remark, ...]:
    first = 1 + max((row.id for row in case.remarks), default=0)
    return tuple(
        Remark(first + index, envelope.by, Private(text), stage=stage)
        for index, text in enumerate(texts)
    )


def _sent_back(case: Case, stage: str) -> Case:
    """Give the initiator the remarks of the stage that returned; those of outvoted people before it are settled."""
    return replace(
        _to_rework(case), remarks=tuple(row for row in case.remarks if row.stage == stage)
    )


@singledispatch
def _apply(event: ev.Event, case: Case, envelope: Envelope) -> Case:
    raise TypeError(f"no rule for {type(event).__name__}")


@_apply.register
def _(event: ev.Revised, case: Case, envelope: Envelope) -> Case:
    card = {**case.card, **{code: change.new for code, change in event.changes.items()}}
    planned = case.planned if event.planned is None else event.planned
    tolerated = {**case.tolerated, **event.tolerated}
    case = replace(case, card=card, planned=planned, revision=event.revision, tolerated=tolerated)
    return _touched(case, envelope, is_material=event.is_material)


@_apply.register
def _(event: ev.FileAttached, case: Case, envelope: Envelope) -> Case:
    row = Attachment(
        event.id,
        event.purpose,
        event.sha256,
        event.name,
        event.version,
        envelope.by,
        event.replaces,
        case.round,
    )
    case = replace(case, attachments=(*case.attachments, row), revision=event.revision)
    if event.purpose != MAIN and not event.is_material:
        return case
    return _touched(case, envelope, is_material=event.is_material)


@_apply.register
def _(event: ev.RemarkSettled, case: Case, envelope: Envelope) -> Case:
    rows = tuple(
        replace(row, is_settled=True, answer=event.answer) if row.id == event.remark else row
        for row in case.remarks
    )
    return replace(case, remarks=rows)


@_apply.register
def _(event: ev.Submitted, case: Case, envelope: Envelope) -> Case:
    return replace(
        case,
        state=State.IN_APPROVAL,
        round=event.round,
        route=event.route,
        base=event.base,
        seats=event.seats,
        wardens=event.wardens,
        authors=_author(case, envelope),
        corrector=None,
        correct_by=None,
        remarks=(),
        answered=case.remarks,
        last_seat=0,
        conditions=event.conditions,
        material=event.material,
        tolerated={},
        terms=event.terms,
        payer_role=event.payer_role,
        duplicate_reason=event.duplicate_reason or case.duplicate_reason,
    )


@_apply.register
def _(event: ev.Rerouted, case: Case, envelope: Envelope) -> Case:
    objecting = {(row.stage, row.by) for row in event.seats if row.state is SeatState.RETURNED}
    return replace(
        case,
        route=event.route,
        seats=event.seats,
        last_seat=case.next_seat - 1,
        wardens=event.wardens,
        # Whoever objected and is asked anew says it anew.
        remarks=tuple(row for row in case.remarks if (row.stage, row.by) in objecting),
        conditions=event.conditions,
        material=event.material,
        terms=event.terms,
        payer_role=event.payer_role,
    )


@_apply.register
def _(event: ev.Approved, case: Case, envelope: Envelope) -> Case:
    entry = case.entries + 1
    case = _decided(case, event, envelope, SeatState.APPROVED)
    seat = replace(
        _seat_of(case, event.seat),
        remark=event.remark,
        entry=entry,
        signed=event.fingerprint,
        vouched=event.vouched,
    )
    seats = reopen(_seat(case, event.seat, seat), event.reopened)
    return replace(case, seats=tuple(seats))


def _index(case: Case, seat_id: int) -> int:
    return next(index for index, row in enumerate(case.seats) if row.id == seat_id)


def _seat_of(case: Case, seat_id: int) -> Seat:
    return case.seats[_index(case, seat_id)]


@_apply.register
def _(event: ev.Returned, case: Case, envelope: Envelope) -> Case:
    stage = _seat_of(case, event.seat).stage
    case = _decided(case, event, envelope, SeatState.RETURNED)
    remarks = _remarks(case, envelope, event.reasons, stage)
    asked = [moment for moment in (case.correct_by, event.correct_by) if moment]
    correct_by = min(asked) if asked else None
    case = replace(case, remarks=case.remarks + remarks, correct_by=correct_by)
    return _sent_back(case, stage) if event.is_final else case


@_apply.register
def _(event: ev.Rejected, case: Case, envelope: Envelope) -> Case:
    return replace(_decided(case, event, envelope, SeatState.REJECTED), state=State.REJECTED)


@_apply.register
def _(event: ev.StageReturned, case: Case, envelope: Envelope) -> Case:
    return _sent_back(case, event.stage)


@_apply.register
def _(event: ev.Cleared, case: Case, envelope: Envelope) -> Case:
    state = State.TO_PAY if event.to_pay else State.APPROVED
    # Whoever was outvoted has been heard: what they said stays in the record and asks for no answer.
    return replace(
        case,
        state=state,
        payers=event.payers,
        wardens=event.wardens,
        remarks=(),
        answered=(),
        correct_by=None,
    )


@_apply.register
def _(event: ev.Withdrawn, case: Case, envelope: Envelope) -> Case:
    return replace(case, state=State.WITHDRAWN, hold=None)


@_apply.register
def _(event: ev.Reassigned, case: Case, envelope: Envelope) -> Case:
    wardens = event.wardens or case.wardens
    if case.state is State.REWORK:
        return replace(case, corrector=event.new)
    if case.state is State.TO_PAY:
        swapped = (event.new if row == event.old else row for row in case.payers)
        payers = tuple(dict.fromkeys(row for row in swapped if row))
        return replace(case, payers=payers, wardens=wardens)
    seat = next(row for row in case.open_seats if seat_key(case, row) == event.task)
    moved = replace(seat, holder=event.new, why=event.why, instead_of=event.old, is_outside=False)
    seats = [
        replace(row, state=SeatState.COVERED, covered_by=seat.id)
        if row.id in event.covered
        else row
        for row in reopen(_seat(case, seat.id, moved), event.reopened)
    ]
    return replace(case, seats=tuple(seats), wardens=wardens)


@_apply.register
def _(event: ev.ApproverAdded, case: Case, envelope: Envelope) -> Case:
    at = 1 + _index(case, event.after)
    stage = event.stage or case.seats[at - 1].stage
    seat = Seat(case.next_seat, stage, event.person, event.why, is_outside=event.is_outside)
    needed = event.needed
    terms = tuple(
        replace(row, how=How.N_OF_M, needed=needed) if needed and row.stage == stage else row
        for row in case.terms
    )
    return replace(case, seats=(*case.seats[:at], seat, *case.seats[at:]), terms=terms)


@_apply.register
def _(event: ev.ApproverNamed, case: Case, envelope: Envelope) -> Case:
    if event.seat is None:
        return replace(case, payers=(event.person,))
    seat = case.seats[_index(case, event.seat)]
    named = replace(seat, holder=event.person, why=Why.NAMED_LATER)
    return replace(case, seats=_seat(case, event.seat, named))


@_apply.register
def _(event: ev.ObserverAdded, case: Case, envelope: Envelope) -> Case:
    return replace(case, observers=(*case.observers, event.person))


@_apply.register
def _(event: ev.Held, case: Case, envelope: Envelope) -> Case:
    return replace(case, hold=Hold(envelope.by, event.reason, event.until))


@_apply.register
def _(event: ev.Released, case: Case, envelope: Envelope) -> Case:
    return replace(case, hold=None)


@_apply.register
def _(event: ev.PaymentSent, case: Case, envelope: Envelope) -> Case:
    row = Payment(
        event.id, PaymentState.SENT, event.minor, event.on, event.order_number, by=envelope.by
    )
    return replace(case, payments=(*case.payments, row))


@_apply.register
def _(event: ev.PaymentExecuted, case: Case, envelope: Envelope) -> Case:
    row = Payment(
        event.id,
        PaymentState.EXECUTED,
        event.minor,
        event.on,
        event.order_number,
        event.order_file,
        envelope.by,
    )
    others = tuple(old for old in case.payments if old.id != event.id)
    state = State.PAID if event.closes else case.state
    return replace(case, payments=(*others, row), state=state)


@_apply.register
def _(event: ev.PaymentRefused, case: Case, envelope: Envelope) -> Case:
    remarks = _remarks(case, envelope, event.reasons)
    return replace(_to_rework(case), remarks=case.remarks + remarks)


@_apply.register
def _(event: ev.PaymentReturned, case: Case, envelope: Envelope) -> Case:
    if event.id is None:
        rows = tuple(
            replace(row, state=PaymentState.CANCELLED) if row.id == event.payment else row
            for row in case.payments
        )
    else:
        counter = Payment(
            event.id,
            PaymentState.RETURNED,
            event.minor,
            event.on,
            by=envelope.by,
            returns=event.payment,
        )
        rows = (*case.payments, counter)
    return replace(case, payments=rows, state=State.TO_PAY, waived=0)


@_apply.register
def _(event: ev.RestClosed, case: Case, envelope: Envelope) -> Case:
    return replace(case, waived=case.waived + event.minor, state=State.PAID)


@_apply.register
def _(event: ev.Postponed, case: Case, envelope: Envelope) -> Case:
    return replace(case, planned=tuple(_moved(row, event) for row in case.planned))


def _moved(row: Planned, event: ev.Postponed) -> Planned:
    if row.id != event.planned:
        return row
    return replace(
        row,
        on=event.new,
        moves=row.moves + int(event.new != event.old),
        needs_decision=event.needs_decision,
    )


@_apply.register
def _(event: ev.Commented, case: Case, envelope: Envelope) -> Case:
    kept = _without(case, event.answers)
    if event.asks is None:
        return replace(case, questions=kept)
    asked = Question(case.entries + 1, envelope.by, event.asks, envelope.at, event.pauses)
    return replace(case, questions=(*kept, asked))


@_apply.register
def _(event: ev.CommentEdited, case: Case, envelope: Envelope) -> Case:
    return case


@_apply.register
def _(event: ev.QuestionWithdrawn, case: Case, envelope: Envelope) -> Case:
    return replace(case, questions=_without(case, event.question))


def _without(case: Case, question: int | None) -> tuple[Question, ...]:
    return tuple(row for row in case.questions if row.id != question)
