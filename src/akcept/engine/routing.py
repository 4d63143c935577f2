"""Who will be asked: from a route version and the org chart to the seats of a round.

"Next up" is the person's manager, else the head of the department, else the head of the one above. Whoever is in
conflict or has left is replaced by who is next up, at the very top by the configured peer; a place for which nobody
is found stays in the round as a seat without a holder, never silently skipped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from akcept.engine.case import Seat, SeatState, Why
from akcept.engine.events import Skipped
from akcept.engine.money import Money
from akcept.engine.org import Org
from akcept.engine.routes import RouteVersion, Stage, Who


@dataclass(frozen=True, slots=True)
class Document:
    """What routing reads of a document: `conflicted` are all who may not decide on it."""

    doctype: str
    initiator: str
    base: Money
    choice: tuple[str, ...]
    conflicted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The seats of a round in their order, and who was passed over."""

    seats: tuple[Seat, ...]
    skipped: tuple[Skipped, ...]

    @property
    def has_approver(self) -> bool:
        """Say whether at least one seat has a person."""
        return any(seat.holder for seat in self.seats)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of a stage before anybody was checked."""

    person: str | None
    why: Why


def resolve(route: RouteVersion, document: Document, org: Org) -> Resolution:
    """Resolve every stage of the route for one document."""
    seats: list[Seat] = []
    skipped: list[Skipped] = []
    for stage in route.stages:
        for place in _places(stage, document, org, skipped):
            seats.append(_fill(len(seats) + 1, stage, place, document, org, skipped))
        if stage.who is Who.MY_CHOICE:
            seats += _sufficient(stage, seats, document, org)
    return Resolution(_covered(seats), tuple(skipped))


def covers(org: Org, person: str, doctype: str, base: Money) -> bool:
    """Say whether a person's limit is enough; none stated for the type or for all means no limit."""
    member = org.members.get(person)
    if member is None:
        return False
    limits = dict(member.limits)
    limit = limits.get(doctype, limits.get(""))
    return limit is None or limit.minor >= base.minor


def _places(stage: Stage, document: Document, org: Org, skipped: list[Skipped]) -> list[_Place]:
    match stage.who:
        case Who.NAMED:
            return [_Place(person, Why.NAMED) for person in stage.people] or [
                _Place(None, Why.NAMED)
            ]
        case Who.MY_CHOICE:
            return [_Place(person, Why.CHOSEN) for person in document.choice] or [
                _Place(None, Why.CHOSEN)
            ]
        case Who.HIERARCHY:
            return _above(document, org, skipped)
        case _:
            return [_Place(None, Why.NAMED)]


def _above(document: Document, org: Org, skipped: list[Skipped]) -> list[_Place]:
    climb = org.climb(document.initiator)
    if climb.loop_at:
        skipped.append(Skipped(climb.loop_at, "LOOP"))
    places = []
    for person in climb.path:
        # Further up somebody decides anyway, so whoever left or is in conflict is passed over, not replaced.
        if org.member(person) is None:
            skipped.append(Skipped(person, "INACTIVE"))
        elif person in document.conflicted:
            skipped.append(Skipped(person, "CONFLICT"))
        else:
            places.append(_Place(person, Why.HIERARCHY))
    return places or [_Place(document.initiator, Why.HIERARCHY)]


def _sufficient(stage: Stage, seats: list[Seat], document: Document, org: Org) -> list[Seat]:
    """Return the seat to add when nobody whom the initiator chose has a sufficient limit."""
    holders = [seat.holder for seat in seats if seat.stage == stage.code and seat.holder]
    if not holders or any(covers(org, p, document.doctype, document.base) for p in holders):
        return []
    above = (
        person
        for person in org.climb(holders[-1]).path
        if _suits(person, document, org) and covers(org, person, document.doctype, document.base)
    )
    return [Seat(len(seats) + 1, stage.code, next(above, None), Why.LIMIT)]


def _fill(
    seat_id: int,
    stage: Stage,
    place: _Place,
    document: Document,
    org: Org,
    skipped: list[Skipped],
) -> Seat:
    if place.person is None:
        return Seat(seat_id, stage.code, None, place.why)
    if _suits(place.person, document, org):
        return Seat(seat_id, stage.code, place.person, place.why)
    reason = "CONFLICT" if place.person in document.conflicted else "INACTIVE"
    if place.person != document.initiator:
        skipped.append(Skipped(place.person, reason))
    above = (p for p in org.climb(place.person).path if _suits(p, document, org))
    if substitute := next(above, None):
        return Seat(seat_id, stage.code, substitute, Why.INSTEAD, place.person)
    return Seat(seat_id, stage.code, _peer(place.person, document, org), Why.PEER, place.person)


def _peer(person: str, document: Document, org: Org) -> str | None:
    """Return the configured peer of the topmost person who has a suitable one."""
    for candidate in reversed((person, *org.climb(person).path)):
        member = org.members.get(candidate)
        if member and member.peer and _suits(member.peer, document, org):
            return member.peer
    return None


def _suits(person: str, document: Document, org: Org) -> bool:
    return org.member(person) is not None and person not in document.conflicted


def _covered(seats: list[Seat]) -> tuple[Seat, ...]:
    """Mark every later seat of the same person as covered by the first: one human counts once in a round."""
    first: dict[str, int] = {}
    result = []
    for seat in seats:
        if seat.holder and seat.holder in first:
            covered_by = first[seat.holder]
            result.append(replace(seat, state=SeatState.COVERED, covered_by=covered_by))
            continue
        if seat.holder:
            first[seat.holder] = seat.id
        result.append(seat)
    return tuple(result)
