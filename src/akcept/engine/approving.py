"""The three outcomes of a seat. Each signs the fingerprint of what was before the person's eyes."""

from __future__ import annotations

from datetime import datetime

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine import gates
from akcept.engine import refusals as no
from akcept.engine.case import Case, Seat, SeatState
from akcept.engine.events import Events
from akcept.engine.facts import Facts
from akcept.engine.fingerprint import fingerprint
from akcept.engine.guards import barred_from_paying
from akcept.engine.paying import postponed_on_clearing


def approve(case: Case, command: do.Approve, facts: Facts, at: datetime) -> Events:
    seat = _open_seat(case)
    approved = ev.Approved(
        seat=seat.id,
        revision=case.revision,
        fingerprint=fingerprint(case, facts.doctype, facts.account),
        undo_until=facts.undo_until(at),
        on_behalf_of=_on_behalf_of(seat, facts),
        remark=command.remark or None,
    )
    waiting = [row for row in case.seats if row.state is SeatState.WAITING and row.id != seat.id]
    return (approved,) if waiting else (approved, *_cleared(case, facts))


def _cleared(case: Case, facts: Facts) -> Events:
    if not facts.doctype.ends_in_payment:
        return (ev.Cleared(to_pay=False, payers=(), wardens=case.wardens),)
    barred = barred_from_paying(case, facts)
    payers = tuple(person for person in facts.payers if person not in barred)
    wardens = facts.wardens or case.wardens
    cleared = ev.Cleared(to_pay=True, payers=payers, wardens=wardens)
    return (cleared, *postponed_on_clearing(case, facts))


def return_for_rework(
    case: Case, command: do.ReturnForRework, facts: Facts, at: datetime
) -> Events:
    seat = _open_seat(case)
    if command.correct_by is not None and command.correct_by <= at:
        raise no.InvalidInput({"correct_by": "MOMENT_PAST"})
    return (
        ev.Returned(
            seat=seat.id,
            revision=case.revision,
            fingerprint=fingerprint(case, facts.doctype, facts.account),
            undo_until=facts.undo_until(at),
            reasons=gates.reasons(command.reasons),
            on_behalf_of=_on_behalf_of(seat, facts),
            correct_by=command.correct_by,
        ),
    )


def reject(case: Case, command: do.Reject, facts: Facts, at: datetime) -> Events:
    seat = _open_seat(case)
    return (
        ev.Rejected(
            seat=seat.id,
            revision=case.revision,
            fingerprint=fingerprint(case, facts.doctype, facts.account),
            undo_until=facts.undo_until(at),
            reason=gates.reasons((command.reason,))[0],
            on_behalf_of=_on_behalf_of(seat, facts),
        ),
    )


def _on_behalf_of(seat: Seat, facts: Facts) -> str | None:
    return None if seat.holder == facts.actor else seat.holder


def _open_seat(case: Case) -> Seat:
    assert case.open_seat is not None, "in approval without an open seat"
    return case.open_seat
