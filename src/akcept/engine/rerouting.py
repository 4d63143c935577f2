"""A running round that goes on by the published version of its route, because somebody who owns routes says so.

The seats are those that sending the document now would ask; the rate of the round stays. A vote goes on counting where
the same person sits in the same stage, what they signed is the same under the new version (it may read other fields),
and the stage asks for no more than theirs did. Everybody else is asked anew. Whoever was added by hand stays in their
stage. A vote against is never lost on the way: whoever gave it keeps it or is asked again, else nothing moves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine import refusals as no
from akcept.engine.approving import cleared
from akcept.engine.case import Case, Seat, SeatState, Terms, Why
from akcept.engine.events import Events
from akcept.engine.facts import Facts
from akcept.engine.fingerprint import material_of
from akcept.engine.quorum import Standing, raised, settle, standing
from akcept.engine.routes import RouteVersion
from akcept.engine.routing import Resolution, says_it_all
from akcept.engine.sending import check_choice, resolved, route_of, routing_card
from akcept.engine.standing import conflicted
from akcept.engine.vouching import holding


def reroute(case: Case, command: do.Reroute, facts: Facts, at: datetime) -> Events:
    """Give the running round the seats of another version; one that has them already stays as it is."""
    if command.entries not in (None, case.entries):
        raise no.MeanwhileChanged
    known = replace(facts, routing=replace(facts.company, base=case.base))
    route = route_of(case, known)
    if route.id != command.version:
        raise no.NotThisRoute
    if route.id == case.route:
        return ()
    check_choice(case, route, routing_card(case, known.company))
    resolution = resolved(case, known, route)
    asked = _with_added(case, resolution, facts)
    opened = replace(
        case,
        route=route.id,
        conditions=route.reads,
        material=tuple(sorted(material_of(facts.doctype, route.reads))),
        terms=_raised(resolution.terms, asked),
        payer_role=route.payer_role,
    )
    settled = settle(_voted(case, opened, route, asked, facts), opened.terms_of)
    _check_objections(case, settled.seats)
    _check_author(case, settled.seats, facts)
    rerouted = ev.Rerouted(
        old=case.route or "",
        route=route.id,
        seats=_numbered(case, replace(opened, seats=settled.seats)),
        skipped=resolution.skipped,
        wardens=facts.wardens,
        conditions=opened.conditions,
        terms=opened.terms,
        payer_role=opened.payer_role,
        material=opened.material,
    )
    if settled.goes_back:
        return (rerouted, ev.StageReturned(_returning(opened, settled.seats)))
    return (rerouted, *cleared(opened, facts)) if settled.is_done else (rerouted,)


def _with_added(case: Case, resolution: Resolution, facts: Facts) -> tuple[Seat, ...]:
    """Return the seats of the new version with the people who were added by hand, at the end of their stage."""
    seats = list(resolution.seats)
    unfit = conflicted(case, facts) | {seat.holder for seat in seats}
    for row in case.seats:
        is_fit = row.holder not in unfit and facts.company.org.member(row.holder or "")
        places = [place for place, seat in enumerate(seats) if seat.stage == row.stage]
        if row.why is Why.ADDED and is_fit and places:
            added = Seat(len(seats) + 1, row.stage, row.holder, row.why, is_outside=row.is_outside)
            seats.insert(places[-1] + 1, added)
    return tuple(seats)


def _raised(terms: Iterable[Terms], asked: tuple[Seat, ...]) -> tuple[Terms, ...]:
    """Return the terms of the new version with those who were added, who sit there in nobody's place."""
    added = Counter(seat.stage for seat in asked if seat.why is Why.ADDED)
    return tuple(raised(row, added[row.stage]) for row in terms)


def _voted(
    case: Case, opened: Case, route: RouteVersion, asked: tuple[Seat, ...], facts: Facts
) -> tuple[Seat, ...]:
    """Return the seats with the votes that still hold."""
    voted = holding(opened, route, asked, facts, barred=conflicted(case, facts))
    holders = {seat.holder for seat in asked}
    result = []
    for plain, seat in zip(asked, voted, strict=True):
        says_all = says_it_all(case.terms_of(seat.stage), opened.terms_of(seat.stage))
        kept = seat if seat.by is None or says_all else plain
        against = _objection(case, kept)
        if against and (against.by == kept.holder or against.by not in holders):
            kept = replace(against, id=kept.id, why=kept.why, instead_of=kept.instead_of)
        result.append(kept)
    return tuple(result)


def _objection(case: Case, seat: Seat) -> Seat | None:
    if seat.state is not SeatState.WAITING:
        return None
    same = (row for row in _against(case) if (row.stage, row.holder) == (seat.stage, seat.holder))
    return next(same, None)


def _against(case: Case) -> tuple[Seat, ...]:
    return tuple(row for row in case.seats if row.state is SeatState.RETURNED)


def _check_objections(case: Case, seats: Iterable[Seat]) -> None:
    heard = {seat.holder for seat in seats if seat.state in (SeatState.WAITING, SeatState.RETURNED)}
    for row in _against(case):
        if row.holder not in heard:
            raise no.ObjectionStands(row.by or "")


def _check_author(case: Case, seats: Iterable[Seat], facts: Facts) -> None:
    """Nobody makes themselves an approver."""
    before = {row.holder for row in case.seats}
    asked = {seat.holder for seat in seats if seat.state is SeatState.WAITING}
    if facts.actor in asked - before:
        raise no.NeedsSecondPerson


def _returning(opened: Case, seats: tuple[Seat, ...]) -> str:
    """Return the stage in which the votes that are kept are enough to send the document back."""
    stages = dict.fromkeys(seat.stage for seat in seats)
    return next(
        code
        for code in stages
        if standing(opened.terms_of(code), [seat for seat in seats if seat.stage == code])
        is Standing.BACK
    )


def _numbered(case: Case, opened: Case) -> tuple[Seat, ...]:
    """Number the seats: one that goes on keeps its number and so its open task, any other gets a new one."""
    turns = {seat.id for seat in opened.open_seats}
    numbers: dict[int, int] = {}
    following = case.next_seat
    for seat in opened.seats:
        goes_on = _goes_on(case, seat, is_turn=seat.id in turns, taken=set(numbers.values()))
        numbers[seat.id] = goes_on or following
        following += goes_on is None
    return tuple(
        replace(
            seat,
            id=numbers[seat.id],
            covered_by=numbers[seat.covered_by] if seat.covered_by else None,
        )
        for seat in opened.seats
    )


def _goes_on(case: Case, seat: Seat, *, is_turn: bool, taken: set[int]) -> int | None:
    """Return the number of the seat that is the same as before: not yet asked, still asked, or its vote counts."""
    turns = {row.id for row in case.open_seats}
    for row in case.seats:
        is_same = (row.stage, row.holder, row.by) == (seat.stage, seat.holder, seat.by)
        was_over = row.by is None and row.state is SeatState.NOT_NEEDED
        # A task that closes now and opens again later is a new one, with a deadline of its own.
        if is_same and not was_over and row.id not in taken and (is_turn or row.id not in turns):
            return row.id
    return None
