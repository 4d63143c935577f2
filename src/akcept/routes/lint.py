"""What is wrong with a route before anybody has to find out by being stuck in it: a pure reading of the route, its
neighbours and the company. An error blocks publishing, a warning is for a human to judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from akcept.engine.org import Org
from akcept.engine.routes import (
    FLAGS,
    FOLLOWS_FROM,
    How,
    Reach,
    RouteVersion,
    Stage,
    Who,
)
from akcept.engine.values import Json
from akcept.routes import ranges

MOST_CHOSEN = 3
# Longer lists of people say no more than their beginning.
MOST_NAMED = 12


class Code(StrEnum):
    """What may be wrong; the words are in `wording`."""

    NO_STAGES = "NO_STAGES"
    NO_DEFAULT = "NO_DEFAULT"
    NEVER_MATCHES = "NEVER_MATCHES"
    UNREACHABLE = "UNREACHABLE"
    SHADOWS = "SHADOWS"
    AMOUNT_GAP = "AMOUNT_GAP"
    UNKNOWN_FIELD = "UNKNOWN_FIELD"
    EMPTY_STAGE = "EMPTY_STAGE"
    DEACTIVATED = "DEACTIVATED"
    ONLY_CONFLICTED = "ONLY_CONFLICTED"
    QUORUM_IMPOSSIBLE = "QUORUM_IMPOSSIBLE"
    STAGE_NEVER_APPLIES = "STAGE_NEVER_APPLIES"
    ALL_CONDITIONAL = "ALL_CONDITIONAL"
    LIMIT_NEVER_ENOUGH = "LIMIT_NEVER_ENOUGH"
    LIMIT_SOMETIMES_NOT_ENOUGH = "LIMIT_SOMETIMES_NOT_ENOUGH"
    LOOP = "LOOP"
    NOBODY_ABOVE = "NOBODY_ABOVE"
    NO_PAYER = "NO_PAYER"


WARNINGS = frozenset(
    {
        Code.SHADOWS,
        Code.AMOUNT_GAP,
        Code.ONLY_CONFLICTED,
        Code.STAGE_NEVER_APPLIES,
        Code.ALL_CONDITIONAL,
        Code.LIMIT_SOMETIMES_NOT_ENOUGH,
        Code.LOOP,
        Code.NOBODY_ABOVE,
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where (the code of a stage, empty for the route), with whom, and what else tells it."""

    code: Code
    stage: str = ""
    people: tuple[str, ...] = ()
    told: Mapping[str, Json] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """Say whether it blocks publishing."""
        return self.code not in WARNINGS


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role, for one payer entity or all."""

    role: str
    person: str
    may_pay: bool
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """What a route meets with in the company. Limits of `org` are in the base currency.

    `domains` lists every value of the fields that have few; `fields` is what conditions may read besides the usual.
    """

    org: Org
    holders: tuple[Holder, ...] = ()
    entities: tuple[str, ...] = ()
    owners: tuple[str | None, ...] = ()
    fields: frozenset[str] = frozenset()
    domains: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def lint(
    version: RouteVersion, others: Sequence[RouteVersion], company: Company
) -> tuple[Problem, ...]:
    """Return everything wrong with a version among the other routes in use, errors first."""
    found = [
        *_of_conditions(version, others, company),
        *_of_stages(version, company),
        *_of_hierarchy(version, company.org),
        *_of_payment(version, company),
    ]
    return tuple(sorted(found, key=lambda problem: not problem.is_error))


def _of_conditions(
    version: RouteVersion, others: Sequence[RouteVersion], company: Company
) -> Iterator[Problem]:
    if not any(route.is_default for route in (version, *others)):
        yield Problem(Code.NO_DEFAULT)
    yield from _unknown_fields(version, company)
    if ranges.is_impossible(version.conditions):
        yield Problem(Code.NEVER_MATCHES)
        return
    place = (version.priority, version.route)
    before = [row for row in others if (row.priority, row.route) < place]
    behind = [row for row in others if (row.priority, row.route) > place]
    shadow = ranges.shadow(version.conditions, before, company.domains)
    if shadow and not version.is_default:
        yield Problem(Code.UNREACHABLE, told={"routes": shadow})
        return
    for row in behind:
        is_new = not ranges.shadow(row.conditions, before, company.domains)
        if not row.is_default and is_new and ranges.covers(version.conditions, row.conditions):
            yield Problem(Code.SHADOWS, told={"routes": (row.route,)})
    for low, high in ranges.gaps(version, [*before, *behind]):
        yield Problem(Code.AMOUNT_GAP, told={"from": low, "to": high})


def _unknown_fields(version: RouteVersion, company: Company) -> Iterator[Problem]:
    known = {*FOLLOWS_FROM, *FLAGS, *company.fields}
    places = [("", version.conditions), *((row.code, row.conditions) for row in version.stages)]
    for stage, conditions in places:
        for condition in conditions:
            if condition.field not in known:
                yield Problem(Code.UNKNOWN_FIELD, stage, told={"field": condition.field})


def _of_stages(version: RouteVersion, company: Company) -> Iterator[Problem]:
    if not version.stages:
        yield Problem(Code.NO_STAGES)
    elif all(stage.conditions for stage in version.stages):
        yield Problem(Code.ALL_CONDITIONAL)
    for stage in version.stages:
        both = (*version.conditions, *stage.conditions)
        if ranges.is_impossible(both) and not ranges.is_impossible(version.conditions):
            yield Problem(Code.STAGE_NEVER_APPLIES, stage.code)
        yield from _of_people(stage, company)
        if stage.who is Who.HIERARCHY and stage.reach is Reach.LIMIT:
            yield from _of_limits(version, stage, company.org)


def _of_people(stage: Stage, company: Company) -> Iterator[Problem]:
    org = company.org
    gone = tuple(person for person in (*stage.people, *stage.pool) if org.member(person) is None)
    if gone:
        yield Problem(Code.DEACTIVATED, stage.code, gone)
    people = _people(stage, company)
    if people is None:
        return
    if not people:
        yield Problem(Code.EMPTY_STAGE, stage.code)
        return
    if stage.how is How.N_OF_M and not 1 <= stage.needed <= _most(stage, people):
        told = {"needed": stage.needed, "people": _most(stage, people)}
        yield Problem(Code.QUORUM_IMPOSSIBLE, stage.code, told=told)
    alone = people[0]
    if len(people) == 1 and stage.who is not Who.MY_CHOICE and not _stands_in(alone, org):
        yield Problem(Code.ONLY_CONFLICTED, stage.code, (alone,))


def _people(stage: Stage, company: Company) -> tuple[str, ...] | None:
    """Return who may come to sit in a stage; None where that depends on the document."""
    org = company.org
    match stage.who:
        case Who.NAMED:
            found: tuple[str | None, ...] = stage.people
        case Who.ROLE:
            found = tuple(row.person for row in company.holders if row.role == stage.role)
        case Who.HEAD:
            unit = org.units.get(stage.department or "")
            found = (unit.head if unit else None,)
        case Who.COST_CENTRE_OWNER:
            owners = {owner for owner in company.owners if owner and org.member(owner)}
            return None if owners else ()
        case Who.MY_CHOICE if stage.pool:
            found = stage.pool
        case _:
            return None
    return tuple(dict.fromkeys(one for one in found if one and org.member(one)))


def _most(stage: Stage, people: tuple[str, ...]) -> int:
    return min(len(people), MOST_CHOSEN) if stage.who is Who.MY_CHOICE else len(people)


def _stands_in(person: str, org: Org) -> bool:
    """Say whether anybody takes a person's place on that person's own documents; who is from outside has none."""
    member = org.members[person]
    if member.is_outside:
        return True
    above = any(org.member(one) for one in org.climb(person).path)
    return above or bool(member.peer and org.member(member.peer))


def _of_limits(version: RouteVersion, stage: Stage, org: Org) -> Iterator[Problem]:
    span = ranges.span((*version.conditions, *stage.conditions))
    above = {one for person in org.members for one in org.climb(person).path[:1]}
    limits = [_limit(org, one) for one in above if org.member(one)]
    if not limits or None in limits:
        return
    highest = max(limit for limit in limits if limit is not None)
    if highest < span.low:
        yield Problem(Code.LIMIT_NEVER_ENOUGH, stage.code, told={"highest": highest})
    elif span.high is None or highest < span.high - 1:
        yield Problem(Code.LIMIT_SOMETIMES_NOT_ENOUGH, stage.code, told={"highest": highest})


def _limit(org: Org, person: str) -> int | None:
    """Return up to what a person may approve in any type of document; None for whatever amount."""
    limits = org.members[person].limits
    return max(limit.minor for _, limit in limits) if dict(limits).get("") else None


def _of_hierarchy(version: RouteVersion, org: Org) -> Iterator[Problem]:
    stage = next((row for row in version.stages if row.who is Who.HIERARCHY), None)
    if stage is None:
        return
    active = [person for person in sorted(org.members) if org.member(person)]
    climbs = {person: org.climb(person) for person in active}
    looped = tuple(person for person in active if climbs[person].loop_at == person)
    if looped:
        yield Problem(Code.LOOP, stage.code, looped[:MOST_NAMED])
    stuck = tuple(one for one in active if _has_people(one, org) and not _stands_in(one, org))
    if stuck:
        yield Problem(Code.NOBODY_ABOVE, stage.code, stuck[:MOST_NAMED])


def _has_people(person: str, org: Org) -> bool:
    """Say whether somebody belongs to the chart at all; who only keeps the system does not."""
    heads = any(unit.head == person for unit in org.units.values())
    leads = any(member.manager == person for member in org.members.values())
    return heads or leads or org.members[person].department is not None


def _of_payment(version: RouteVersion, company: Company) -> Iterator[Problem]:
    asked = next((row for row in version.conditions if row.field == "entity"), None)
    served = [one for one in company.entities if asked is None or asked.holds({"entity": one})]
    role = version.payer_role
    payers = [row for row in company.holders if (row.role == role if role else row.may_pay)]
    unpaid = tuple(one for one in served if not any(row.entity in (None, one) for row in payers))
    if unpaid:
        yield Problem(Code.NO_PAYER, told={"entities": unpaid, "role": role})
