"""Who is left to decide on each day to come: the stages and payers for which nobody is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from akcept.company import queries as company
from akcept.engine.org import Org
from akcept.engine.routes import How, RouteVersion, Stage, Who
from akcept.people import deputies, org, rights
from akcept.people.codes import Right
from akcept.people.deputies import Deputyship
from akcept.routes import queries as routes

HORIZON = 60
DAY = timedelta(days=1)
# Who deals with payers of no one in particular.
ANYWHERE = None


class Post(StrEnum):
    """What somebody has to be there for."""

    PAYER = "PAYER"
    STAGE = "STAGE"
    MANAGER = "MANAGER"


@dataclass(frozen=True, slots=True)
class Gap:
    """Days, both included, on which a post is empty; `people` would hold it but are away."""

    post: Post
    # The payer, the code of the route, or the name of the manager.
    name: str
    # The code of the stage, where it is one.
    stage: str
    people: tuple[UUID, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class _Duty:
    """A post with who may hold it, and how many of them it takes."""

    post: Post
    name: str
    stage: str
    people: frozenset[UUID]
    needed: int
    entity_id: UUID | None = ANYWHERE


def gaps(*, at: datetime, person_id: UUID | None = None) -> tuple[Gap, ...]:
    """Return the gaps of the next 60 days, soonest first; of one person those that they would fill.

    A deputy for part of somebody's documents does not fill the place, nor does one who is away too.
    """
    first = at.date()
    days = [first + DAY * number for number in range(HORIZON)]
    absences = deputies.absences(first=first, last=days[-1])
    if not absences:
        return ()
    away = _away(absences, days)
    concerned = {one.absentee_id for one in absences}
    found: list[Gap] = []
    for duty in _duties(org.snapshot(), at):
        if duty.people & concerned and (person_id is None or person_id in duty.people):
            empty = [day for day in days if not _is_held(duty, day, away)]
            found += _ranges(duty, empty, away)
    return tuple(sorted(found, key=lambda gap: (gap.first, gap.post, gap.name, gap.stage)))


_Away = dict[UUID, dict[date, list[Deputyship]]]


def _away(absences: Iterable[Deputyship], days: Collection[date]) -> _Away:
    found: defaultdict[UUID, dict[date, list[Deputyship]]] = defaultdict(dict)
    for one in absences:
        for day in days:
            if one.starts_on <= day <= one.ends_on:
                found[one.absentee_id].setdefault(day, []).append(one)
    return found


def _is_held(duty: _Duty, day: date, away: _Away) -> bool:
    # One human counts once, for themselves or for whomever they act.
    there = {who for person in duty.people if (who := _stands(duty, person, day, away))}
    return len(there) >= duty.needed


def _stands(duty: _Duty, person: UUID, day: date, away: _Away) -> UUID | None:
    """Return who does what the person would: they themselves, else a deputy who is there."""
    rows = away.get(person, {}).get(day)
    if not rows:
        return person
    for row in rows:
        everything = not row.doctype and row.entity_id in (None, duty.entity_id)
        if row.deputy_id and everything and not away.get(row.deputy_id, {}).get(day):
            return row.deputy_id
    return None


def _ranges(duty: _Duty, empty: list[date], away: _Away) -> Iterator[Gap]:
    if not empty:
        return
    breaks = [after for before, after in pairwise(empty) if after - before > DAY]
    starts = [empty[0], *breaks]
    for start in starts:
        last = max(day for day in empty if day >= start and _unbroken(start, day, empty))
        missing = tuple(sorted(one for one in duty.people if start in away.get(one, {})))
        yield Gap(duty.post, duty.name, duty.stage, missing, start, last)


def _unbroken(start: date, day: date, empty: list[date]) -> bool:
    return (day - start).days == sum(start < one <= day for one in empty)


def _duties(chart: Org, at: datetime) -> Iterator[_Duty]:
    held = rights.grants_of(person_ids=None, at=at)
    for entity in company.entities():
        payers = frozenset(
            person
            for person, grants in held.items()
            if any(Right.PAY in grant.rights and grant.covers(entity.id, None) for grant in grants)
        )
        if payers:
            yield _Duty(Post.PAYER, entity.fields.short_name, "", payers, 1, entity.id)
    for route in routes.current():
        for stage in route.stages:
            yield from _stage(route, stage, chart, held)
    yield from _managers(chart)


def _stage(
    route: RouteVersion,
    stage: Stage,
    chart: Org,
    held: dict[UUID, list[rights.Grant]],
) -> Iterator[_Duty]:
    match stage.who:
        case Who.NAMED:
            named = {UUID(one) for one in stage.people if chart.member(one)}
        case Who.ROLE:
            named = {who for who, grants in held.items() if stage.role in {one.role for one in grants}}  # fmt: skip
        case Who.HEAD:
            unit = chart.units.get(stage.department or "")
            named = {UUID(unit.head)} if unit and unit.head else set()
        case Who.HIERARCHY | Who.MY_CHOICE | Who.COST_CENTRE_OWNER:
            return
    duty = _Duty(Post.STAGE, route.route, stage.code, frozenset(named), 1)
    match stage.how:
        case How.ANY:
            yield duty
        case How.N_OF_M:
            yield replace(duty, needed=stage.needed)
        case How.IN_TURN | How.ALL:
            for person in sorted(named):
                yield replace(duty, people=frozenset({person}))


def _managers(chart: Org) -> Iterator[_Duty]:
    active = [one for one in chart.members.values() if one.is_active]
    bosses = {chart.next_up(one.id) for one in active} - {None}
    for boss in sorted(str(one) for one in bosses):
        member = chart.member(boss)
        if member:
            yield _Duty(Post.MANAGER, member.name, "", frozenset({UUID(boss)}), 1)
