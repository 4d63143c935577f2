"""Routes tried before they go live: where one document would go, who would be asked and why, who is passed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from akcept.cases import facts, naming
from akcept.cases.cards import PersonChip, SkippedCard
from akcept.engine import commands as do
from akcept.engine.case import Case, SeatState, Why
from akcept.engine.decide import preview
from akcept.engine.facts import Facts
from akcept.engine.refusals import Refusal
from akcept.engine.routes import Condition, RouteVersion, Stage, choose
from akcept.engine.routing import Resolution
from akcept.engine.sending import routing_card
from akcept.engine.standing import conflicted, stand_ins
from akcept.engine.values import Json
from akcept.kit import ids
from akcept.people import deputies
from akcept.people.askers import Asker
from akcept.routes import access, queries

NOON = time(12)


@dataclass(frozen=True, slots=True)
class Sample:
    """A document that might be sent: by whom, of which type, what it says, on which day, and what is odd about it."""

    initiator: UUID
    doctype: str
    card: Mapping[str, Json]
    on: date
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TriedRoute:
    """A route that was asked: chosen, or the condition that was not met; neither where another was chosen before."""

    code: str
    name_en: str
    name_ru: str
    is_chosen: bool
    unmet: Condition | None


@dataclass(frozen=True, slots=True)
class TriedSeat:
    """Who would be asked and why; `deputies` act for them on that day."""

    person: PersonChip | None
    why: Why
    instead_of: PersonChip | None
    is_covered: bool
    deputies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TriedStage:
    """A stage with its people, or with the condition for which it is passed over."""

    stage: Stage
    unmet: Condition | None
    seats: tuple[TriedSeat, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """Where a document would go. What Submit would refuse comes as `refusal`."""

    routes: tuple[TriedRoute, ...]
    version: RouteVersion | None
    stages: tuple[TriedStage, ...] = ()
    skipped: tuple[SkippedCard, ...] = ()
    payers: tuple[PersonChip, ...] = ()
    is_paid: bool = True
    refusal: Refusal | None = None


def try_out(*, route_id: UUID, sample: Sample, by: Asker, at: datetime) -> Trial:
    """Return where a document would go if the draft of a route were published now.

    Refuses an unknown route and whoever may not look at routes.
    """
    access.require_looking(by=by.actor, at=at)
    line = queries.route_line(route_id=route_id)
    case = _imagined(sample)
    known = _known(case, sample, queries.with_version(line.latest))
    card = routing_card(case, known.company)
    chosen = choose(known.company.routes, card)
    asked = _asked(known.company.routes, chosen, card)
    try:
        version, resolution = preview(case, known)
    except Refusal as refusal:
        return Trial(asked, chosen, refusal=refusal)
    return _told(asked, version, resolution, case, known, _moment(sample))


def _imagined(sample: Sample) -> Case:
    initiator = str(sample.initiator)
    return Case(
        id=str(ids.new_id()),
        doctype=sample.doctype,
        number=0,
        initiator=initiator,
        card={code: value for code, value in sample.card.items() if value not in (None, "", ())},
        authors=(initiator,),
    )


def _known(case: Case, sample: Sample, routes: tuple[RouteVersion, ...]) -> Facts:
    known = facts.gather(
        case=case,
        actor=case.initiator,
        command=do.Submit(None),
        at=_moment(sample),
    )
    odd = dict.fromkeys(sample.flags, True)
    routing = known.company
    return replace(known, routing=replace(routing, routes=routes, card={**routing.card, **odd}))


def _moment(sample: Sample) -> datetime:
    return datetime.combine(sample.on, NOON, UTC)


def _asked(
    routes: tuple[RouteVersion, ...], chosen: RouteVersion | None, card: Mapping[str, Json]
) -> tuple[TriedRoute, ...]:
    named = {line.code: line for line in queries.route_lines()}
    return tuple(
        TriedRoute(
            code=route.route,
            name_en=named[route.route].name_en,
            name_ru=named[route.route].name_ru,
            is_chosen=route is chosen,
            unmet=next((row for row in route.conditions if not row.holds(card)), None),
        )
        for route in sorted(routes, key=lambda route: (route.priority, route.route))
    )


def _told(
    asked: tuple[TriedRoute, ...],
    version: RouteVersion,
    resolution: Resolution,
    case: Case,
    known: Facts,
    at: datetime,
) -> Trial:
    payers = facts.payers(known, version)
    concerned = [
        *(one for seat in resolution.seats for one in (seat.holder, seat.instead_of)),
        *(row.person for row in resolution.skipped),
        *payers,
    ]
    people = naming.chips(concerned)
    return Trial(
        routes=asked,
        version=version,
        stages=_stages(version, resolution, people, _acting(resolution, case, known, at)),
        skipped=tuple(
            SkippedCard(people[row.person], row.why)
            for row in resolution.skipped
            if row.person in people
        ),
        payers=tuple(people[one] for one in payers if one in people),
        is_paid=known.doctype.ends_in_payment,
    )


def _stages(
    version: RouteVersion,
    resolution: Resolution,
    people: Mapping[str, PersonChip],
    acting: Mapping[str, tuple[str, ...]],
) -> tuple[TriedStage, ...]:
    unmet = {row.stage: row.unmet for row in resolution.terms}
    seats: defaultdict[str, list[TriedSeat]] = defaultdict(list)
    for seat in resolution.seats:
        shown = TriedSeat(
            person=people.get(seat.holder or ""),
            why=seat.why,
            instead_of=people.get(seat.instead_of or ""),
            is_covered=seat.state is SeatState.COVERED,
            deputies=acting.get(seat.holder or "", ()),
        )
        # Whoever was added for a limit may have a stage of their own beside the one that lacked it.
        seats[seat.stage.split(".")[0]].append(shown)
    return tuple(
        TriedStage(stage, unmet.get(stage.code), tuple(seats[stage.code]))
        for stage in version.stages
    )


def _acting(
    resolution: Resolution, case: Case, known: Facts, at: datetime
) -> Mapping[str, tuple[str, ...]]:
    """Return who acts for each of those who would be asked, on that day and this document, in their order."""
    holders = [UUID(seat.holder) for seat in resolution.seats if seat.holder]
    entity, barred = UUID(str(case.card["entity"])), conflicted(case, known)
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in deputies.deputies_of(person_ids=holders, at=at):
        if row.covers(entity, case.doctype):
            found[str(row.absentee_id)][str(row.deputy_id)] = row.deputy_name
    return {
        holder: tuple(named[one] for one in stand_ins(named, resolution.seats, barred))
        for holder, named in found.items()
    }
