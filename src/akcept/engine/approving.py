"""The three outcomes of a seat. Each signs the fingerprint of what was before the person's eyes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine import gates
from akcept.engine import refusals as no
from akcept.engine.case import Case, Seat, SeatState
from akcept.engine.events import Events
from akcept.engine.facts import Facts
from akcept.engine.fingerprint import fingerprint
from akcept.engine.paying import postponed_on_clearing
from akcept.engine.quorum import Settled, reopen, settle, still_open, uncovered
from akcept.engine.standing import barred_from_paying, payers_of, seat_of
from akcept.engine.values import Private
from akcept.engine.vouching import vouched


@dataclass(frozen=True, slots=True)
class _Vote:
    """What every outcome is made of: where, by whom, on what, and whether by override."""

    case: Case
    seat: Seat
    facts: Facts
    at: datetime
    is_override: bool = False

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.case, self.facts.doctype, self.facts.account)

    @property
    def undo_until(self) -> datetime:
        return self.facts.undo_until(self.at)

    @property
    def on_behalf_of(self) -> str | None:
        # Whoever overrides acts for nobody; the entry says whose seat it was.
        is_own = self.is_override or self.seat.holder == self.facts.actor
        return None if is_own else self.seat.holder

    @property
    def in_place_of(self) -> str | None:
        """Return whose seat is decided by override."""
        return self.seat.holder if self.is_override else None

    def counted(self, state: SeatState) -> Settled:
        """Return the seats after this vote."""
        voted = replace(self.seat, state=state, by=self.facts.actor)
        seats = [voted if row.id == voted.id else row for row in self.case.seats]
        if not self.is_override:
            return settle(seats, self.case.terms_of)
        # The holder has said nothing, so nothing of theirs is decided with it.
        opened = uncovered(seats, {voted.id})
        settled = settle(reopen(seats, opened), self.case.terms_of)
        reopened = still_open((*opened, *settled.reopened), settled.not_needed)
        return replace(settled, reopened=reopened)

    def others(self) -> tuple[int, ...]:
        """Return the seats of a parallel stage that need not vote any more when this vote is the last word."""
        if not self.case.terms_of(self.seat.stage).is_parallel:
            return ()
        return tuple(row.id for row in self.case.open_seats if row.id != self.seat.id)


def approve(case: Case, command: do.Approve, facts: Facts, at: datetime) -> Events:
    seat = _seat(case, facts)
    terms = case.terms_of(seat.stage)
    if terms.needs_remark and not (command.remark and command.remark.strip()):
        raise no.RemarkNeeded
    if terms.needs_file and not _gave_a_file(case, facts.actor):
        raise no.FileNeeded
    return _approved(_Vote(case, seat, facts, at), command.remark or None)


def return_for_rework(
    case: Case, command: do.ReturnForRework, facts: Facts, at: datetime
) -> Events:
    if command.correct_by is not None and command.correct_by <= at:
        raise no.InvalidInput({"correct_by": "MOMENT_PAST"})
    vote = _Vote(case, _seat(case, facts), facts, at)
    return _returned(vote, gates.reasons(command.reasons), command.correct_by)


def reject(case: Case, command: do.Reject, facts: Facts, at: datetime) -> Events:
    vote = _Vote(case, _seat(case, facts), facts, at)
    return _rejected(vote, gates.reasons((command.reason,))[0])


def force(case: Case, command: do.ForceDecision, facts: Facts, at: datetime) -> Events:
    """Decide in somebody's place. What the stage demands is not asked for, the reason stands instead."""
    seat = next((row for row in case.open_seats if row.id == command.seat), None)
    if seat is None:
        raise no.NotFound
    vote = _Vote(case, seat, facts, at, is_override=True)
    reason = gates.reasons((command.reason,))[0]
    match command.outcome:
        case do.Forced.APPROVED:
            return _approved(vote, reason)
        case do.Forced.RETURNED:
            return _returned(vote, (reason,), None)
        case do.Forced.REJECTED:  # pragma: no branch
            return _rejected(vote, reason)


def cleared(case: Case, facts: Facts) -> Events:
    """Return what follows when every stage has agreed."""
    if not facts.doctype.ends_in_payment:
        return (ev.Cleared(to_pay=False, payers=(), wardens=case.wardens),)
    barred = barred_from_paying(case, facts)
    payers = tuple(person for person in payers_of(case, facts) if person not in barred)
    wardens = facts.wardens or case.wardens
    done = ev.Cleared(to_pay=True, payers=payers, wardens=wardens)
    return (done, *postponed_on_clearing(case, facts))


def _approved(vote: _Vote, remark: Private | None) -> Events:
    settled = vote.counted(SeatState.APPROVED)
    approved = ev.Approved(
        seat=vote.seat.id,
        revision=vote.case.revision,
        fingerprint=vote.fingerprint,
        undo_until=vote.undo_until,
        on_behalf_of=vote.on_behalf_of,
        remark=remark,
        vouched=vouched(vote.case, vote.seat.stage, vote.facts),
        not_needed=settled.not_needed,
        reopened=settled.reopened,
        is_override=vote.is_override,
        in_place_of=vote.in_place_of,
    )
    if settled.goes_back:
        return (approved, ev.StageReturned(vote.seat.stage))
    return (approved, *cleared(vote.case, vote.facts)) if settled.is_done else (approved,)


def _returned(vote: _Vote, reasons: tuple[Private, ...], correct_by: datetime | None) -> Events:
    is_final = vote.counted(SeatState.RETURNED).goes_back
    return (
        ev.Returned(
            seat=vote.seat.id,
            revision=vote.case.revision,
            fingerprint=vote.fingerprint,
            undo_until=vote.undo_until,
            reasons=reasons,
            on_behalf_of=vote.on_behalf_of,
            correct_by=correct_by,
            is_final=is_final,
            not_needed=vote.others() if is_final else (),
            is_override=vote.is_override,
            in_place_of=vote.in_place_of,
        ),
    )


def _rejected(vote: _Vote, reason: Private) -> Events:
    return (
        ev.Rejected(
            seat=vote.seat.id,
            revision=vote.case.revision,
            fingerprint=vote.fingerprint,
            undo_until=vote.undo_until,
            reason=reason,
            on_behalf_of=vote.on_behalf_of,
            not_needed=vote.others(),
            is_override=vote.is_override,
            in_place_of=vote.in_place_of,
        ),
    )


def _gave_a_file(case: Case, person: str) -> bool:
    return any(row.by == person and row.round == case.round for row in case.attachments)


def _seat(case: Case, facts: Facts) -> Seat:
    seat = seat_of(case, facts)
    assert seat is not None, "a decision without a seat of one's own"
    return seat
