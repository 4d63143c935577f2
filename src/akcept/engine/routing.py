"""Who will be asked: from a route version and the org chart to the seats of a round.

"Next up" is the person's manager, else the head of the department, else the head of the one above. Whoever is in
conflict or has left is replaced by who is next up, at the very top by the configured peer; a place for which nobody
is found stays in the round as a seat without a holder, never silently skipped. A stage whose condition the document
does not meet is passed over, and its terms say why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from akcept.engine.case import Seat, SeatState, Terms, Why
from akcept.engine.events import Skipped
from akcept.engine.money import Money
from akcept.engine.org import Org
from akcept.engine.quorum import needed
from akcept.engine.routes import Condition, How, Reach, RouteVersion, Stage, Who
from akcept.engine.values import Json

# In these everybody of a stage is sure to decide.
ASKING_ALL = (How.IN_TURN, How.ALL)


@dataclass(frozen=True, slots=True)
class Document:
    """What routing reads of a document: `conflicted` are all who may not decide on it, `card` what conditions read."""

    doctype: str
    initiator: str
    base: Money
    choice: tuple[str, ...]
    conflicted: frozenset[str]
    card: Mapping[str, Json] = field(default_factory=dict)
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cost_centre_owner: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The seats of a round in their order, who was passed over, and the terms of every stage of the route."""

    seats: tuple[Seat, ...]
    skipped: tuple[Skipped, ...]
    terms: tuple[Terms, ...] = ()

    @property
    def has_approver(self) -> bool:
        """Say whether at least one seat has a person of the company."""
        return any(seat.holder and not seat.is_outside for seat in self.seats)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of a stage before anybody was checked."""

    person: str | None
    why: Why


def resolve(route: RouteVersion, document: Document, org: Org) -> Resolution:
    """Resolve every stage of the route for one document."""
    seats: list[Seat] = []
    skipped: list[Skipped] = []
    terms: list[Terms] = []
    for stage in route.stages:
        unmet = stage.unmet(document.card)
        terms.append(_terms(stage, unmet))
        if unmet is not None:
            continue
        found = _manned(stage, document, org, skipped)
        if extra := _sufficient(stage, found, document, org):
            found.append(extra)
            if extra.stage != stage.code:
                terms.append(replace(terms[-1], stage=extra.stage, how=How.IN_TURN))
        seats += [replace(seat, id=len(seats) + n) for n, seat in enumerate(found, 1)]
    return Resolution(_covered(seats, terms), tuple(skipped), tuple(terms))


def covers(org: Org, person: str, doctype: str, base: Money) -> bool:
    """Say whether a person's limit is enough; none stated for the type or for all means no limit.

    Nobody from outside the company can answer for its money.
    """
    member = org.members.get(person)
    if member is None or member.is_outside:
        return False
    limits = dict(member.limits)
    limit = limits.get(doctype, limits.get(""))
    return limit is None or limit.minor >= base.minor


def says_it_all(earlier: Terms, later: Terms) -> bool:
    """Say whether a decision in one stage is all that a later stage would ask of the same person."""
    if later.needs_remark > earlier.needs_remark or later.needs_file > earlier.needs_file:
        return False
    return not earlier.vouches_for or set(later.vouches_for or ("",)) <= set(earlier.vouches_for)


def limit_stage(stage: str) -> str:
    """Return the stage of whoever was added for a limit where the others' votes may do without them."""
    return f"{stage}.LIMIT"


def _terms(stage: Stage, unmet: Condition | None) -> Terms:
    return Terms(
        stage=stage.code,
        name_en=stage.name_en,
        name_ru=stage.name_ru,
        how=stage.how,
        needed=stage.needed,
        on_return=stage.on_return,
        needs_remark=stage.needs_remark,
        needs_file=stage.needs_file,
        vouches_for=stage.vouches_for,
        hours=stage.hours,
        at_deadline=stage.at_deadline,
        unmet=unmet,
    )


def _manned(stage: Stage, document: Document, org: Org, skipped: list[Skipped]) -> list[Seat]:
    """Return the seats of a stage. Asked at the same time, a person has one; too few are filled up with empty ones."""
    places = _places(stage, document, org, skipped)
    seats = [_fill(stage, place, document, org, skipped) for place in places]
    if stage.how is How.IN_TURN:
        return seats
    holders = [seat.holder for seat in seats]
    once = [s for n, s in enumerate(seats) if s.holder is None or s.holder not in holders[:n]]
    missing = needed(_terms(stage, None)) - len(once)
    return once + [Seat(0, stage.code, None, places[0].why)] * max(0, missing)


def _places(stage: Stage, document: Document, org: Org, skipped: list[Skipped]) -> list[_Place]:
    match stage.who:
        case Who.NAMED:
            return _these(stage.people, Why.NAMED)
        case Who.MY_CHOICE:
            return _these(document.choice, Why.CHOSEN)
        case Who.ROLE:
            return _of_role(stage.role, document, org, skipped)
        case Who.HEAD:
            return [_Place(org.head_of(stage.department), Why.HEAD)]
        case Who.COST_CENTRE_OWNER:
            return [_Place(document.cost_centre_owner, Why.OWNER)]
        case Who.HIERARCHY:  # pragma: no branch
            return _above(stage, document, org, skipped)


def _these(people: Sequence[str], why: Why) -> list[_Place]:
    return [_Place(person, why) for person in people] or [_Place(None, why)]


def _of_role(role: str, document: Document, org: Org, skipped: list[Skipped]) -> list[_Place]:
    """Return the holders of a role who may decide; only when there is none is one of them replaced."""
    holders = document.roles.get(role, ())
    suitable = [person for person in holders if _suits(person, document, org)]
    if not suitable:
        return _these(holders[:1], Why.ROLE)
    skipped += (
        Skipped(person, _unfit(person, document))
        for person in holders
        if person not in suitable and person != document.initiator
    )
    return _these(suitable, Why.ROLE)


def _above(stage: Stage, document: Document, org: Org, skipped: list[Skipped]) -> list[_Place]:
    climb = org.climb(document.initiator)
    if climb.loop_at:
        skipped.append(Skipped(climb.loop_at, "LOOP"))
    places: list[_Place] = []
    for person in climb.path:
        # Further up somebody decides anyway, so whoever left or is in conflict is passed over, not replaced.
        if not _suits(person, document, org):
            skipped.append(Skipped(person, _unfit(person, document)))
            continue
        places.append(_Place(person, Why.HIERARCHY))
        if _is_far_enough(stage, places, document, org):
            break
    return places or [_Place(document.initiator, Why.HIERARCHY)]


def _is_far_enough(stage: Stage, places: Sequence[_Place], document: Document, org: Org) -> bool:
    last = places[-1].person
    match stage.reach:
        case Reach.TOP:
            return False
        case Reach.LEVELS:
            return len(places) >= max(1, stage.levels)
        case Reach.LIMIT:  # pragma: no branch
            return last is not None and covers(org, last, document.doctype, document.base)


def _sufficient(stage: Stage, seats: Sequence[Seat], document: Document, org: Org) -> Seat | None:
    """Return the seat to add when nobody with a sufficient limit is sure to decide in a stage that needs one.

    Where votes may do without that person, the seat is a stage of its own.
    """
    by_limit = stage.who is Who.HIERARCHY and stage.reach is Reach.LIMIT
    holders = [seat.holder for seat in seats if seat.holder]
    if not holders or not (by_limit or stage.who is Who.MY_CHOICE):
        return None
    sufficient = [p for p in holders if covers(org, p, document.doctype, document.base)]
    asks_all = stage.how in ASKING_ALL
    if sufficient and (asks_all or len(sufficient) == len(holders)):
        return None
    inside = [seat.holder for seat in seats if seat.holder and not seat.is_outside]
    above = (
        person
        for person in org.climb((inside or [document.initiator])[-1]).path
        if _suits(person, document, org) and covers(org, person, document.doctype, document.base)
    )
    code = stage.code if asks_all else limit_stage(stage.code)
    return Seat(0, code, next(iter(sufficient), None) or next(above, None), Why.LIMIT)


def _fill(
    stage: Stage, place: _Place, document: Document, org: Org, skipped: list[Skipped]
) -> Seat:
    if place.person is None:
        return Seat(0, stage.code, None, place.why)
    if _suits(place.person, document, org):
        is_outside = org.members[place.person].is_outside
        return Seat(0, stage.code, place.person, place.why, is_outside=is_outside)
    if place.person != document.initiator:
        skipped.append(Skipped(place.person, _unfit(place.person, document)))
    above = (p for p in org.climb(place.person).path if _suits(p, document, org))
    if substitute := next(above, None):
        return Seat(0, stage.code, substitute, Why.INSTEAD, place.person)
    return Seat(0, stage.code, _peer(place.person, document, org), Why.PEER, place.person)


def _peer(person: str, document: Document, org: Org) -> str | None:
    """Return the configured peer of the topmost person who has a suitable one."""
    for candidate in reversed((person, *org.climb(person).path)):
        member = org.members.get(candidate)
        if member and member.peer and _suits(member.peer, document, org):
            return member.peer
    return None


def _suits(person: str, document: Document, org: Org) -> bool:
    return org.member(person) is not None and person not in document.conflicted


def _unfit(person: str, document: Document) -> str:
    return "CONFLICT" if person in document.conflicted else "INACTIVE"


def _covered(seats: Sequence[Seat], terms: Sequence[Terms]) -> tuple[Seat, ...]:
    """Mark every later seat of the same person as covered by the first: one human counts once in a round.

    But for a later stage that asks for more: there the person decides again.
    """
    known = {row.stage: row for row in terms}
    first: dict[str, Seat] = {}
    result = []
    for seat in seats:
        earlier = first.get(seat.holder or "")
        if earlier and says_it_all(known[earlier.stage], known[seat.stage]):
            result.append(replace(seat, state=SeatState.COVERED, covered_by=earlier.id))
            continue
        if seat.holder:
            first[seat.holder] = seat
        result.append(seat)
    return tuple(result)
