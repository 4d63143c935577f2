"""Whose agreement a route asks for on somebody's own documents, as far as that follows from the route and the company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from akcept.engine.routes import How, Reach, RouteVersion, Stage, Who
from akcept.engine.routing import ASKING_ALL
from akcept.routes import ranges
from akcept.routes.lint import Company
from akcept.routes.ranges import Conditions

# Stand for people whom only the document names.
OWNER, SUFFICIENT = "COST_CENTRE_OWNER", "SUFFICIENT_LIMIT"


@dataclass(frozen=True, slots=True)
class Kind:
    """A document type that the author may send: what its card has, and the approval types to choose from."""

    code: str
    fields: frozenset[str]
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Author:
    """Whoever changes routes, where they stand in the company, and what they may send."""

    id: str
    company: Company
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """So many of these people have to agree (None: of anybody) where the conditions hold, to these fields or to all."""

    people: frozenset[str] | None
    needed: int
    conditions: Conditions
    vouches_for: frozenset[str]

    def covers(self, other: Demand, given: Conditions) -> bool:
        """Say whether it is met by nobody without the other one being met, too."""
        if self.vouches_for and not (other.vouches_for and other.vouches_for <= self.vouches_for):
            return False
        if not ranges.covers(self.conditions, (*given, *other.conditions)):
            return False
        if other.people is None:
            return self.needed >= other.needed
        if self.people is None:
            return False
        return self.needed - len(self.people - other.people) >= other.needed


def demands(version: RouteVersion, author: Author) -> Iterator[Demand]:
    """Yield whose agreement a route asks for on the author's own documents."""
    for stage in version.stages:
        vouches = frozenset(stage.vouches_for if version.partial_rework else ())
        for people, needed in _groups(stage, author):
            yield Demand(people, needed, stage.conditions, vouches)


def _groups(stage: Stage, author: Author) -> Iterator[tuple[frozenset[str] | None, int]]:
    """Yield people of a stage with how many of them have to agree."""
    needed = stage.needed if stage.how is How.N_OF_M else 1
    if stage.who is Who.MY_CHOICE and not stage.pool:
        yield None, needed
        return
    people = tuple(_people(stage, author))
    if stage.how in ASKING_ALL and stage.who is not Who.MY_CHOICE:
        yield from ((frozenset({one}), 1) for one in people)
    elif people:
        yield frozenset(people), needed
    if stage.who is Who.HIERARCHY and _reaches_sufficient(stage, author):
        yield frozenset({SUFFICIENT}), 1


def _people(stage: Stage, author: Author) -> Iterator[str]:
    """Yield who sits in a stage when the document is the author's; whoever may not is replaced."""
    org, own = author.company.org, author.id
    match stage.who:
        case Who.HIERARCHY:
            yield from _above(stage, author)
        case Who.COST_CENTRE_OWNER:
            yield OWNER
        case Who.MY_CHOICE:
            yield from (one for one in stage.pool if one != own)
        case Who.ROLE:
            holders = [row.person for row in author.company.holders if row.role == stage.role]
            others = [one for one in holders if one != own and org.member(one)]
            yield from others or _instead(holders[:1], author)
        case Who.HEAD:
            yield from _instead([org.head_of(stage.department)], author)
        case Who.NAMED:
            yield from _instead(stage.people, author)


def _instead(people: Iterable[str | None], author: Author) -> Iterator[str]:
    """Yield people, or whoever decides in the place of those who may not: next up, at the very top the peer."""
    org = author.company.org
    for person in filter(None, people):
        path = org.climb(person).path
        peers = (
            member.peer
            for one in reversed((person, *path))
            if (member := org.members.get(one)) and member.peer
        )
        near = (one for one in (person, *path, *peers) if one != author.id and org.member(one))
        if found := next(near, None):
            yield found


def _above(stage: Stage, author: Author) -> Iterator[str]:
    """Yield who is sure to be asked above the author; how far a limit leads depends on the amount."""
    if path := _path(author):
        yield from path[: _levels(stage, path)]
    else:
        yield from _instead([author.id], author)


def _reaches_sufficient(stage: Stage, author: Author) -> bool:
    """Say whether somebody with a sufficient limit is sure to decide where the first one above may have none."""
    path, members = _path(author), author.company.org.members
    if not path or not members[path[0]].limits:
        return False
    asks_all = stage.how in ASKING_ALL and _levels(stage, path) >= len(path)
    return stage.reach is Reach.LIMIT or asks_all


def _levels(stage: Stage, path: tuple[str, ...]) -> int:
    levels = {Reach.TOP: len(path), Reach.LEVELS: max(1, stage.levels), Reach.LIMIT: 1}
    return levels[stage.reach]


def _path(author: Author) -> tuple[str, ...]:
    org = author.company.org
    return tuple(one for one in org.climb(author.id).path if org.member(one))
