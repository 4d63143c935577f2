"""Whether a change of routes is to its author's own advantage: a pure reading of the routes before and after it
(ADR 13, docs/routes.md).

It is where documents that one route takes now and another one then
- would be decided, or paid, by the author: by name, by a role or as a head, who is not asked of them now, or
- may be the author's own, and somebody who has to agree now would not have to any more, whichever approval type the
  author could have chosen now.
Standing above whoever sends a document is the doing of the org chart, not of a route.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from akcept.engine.routes import FLAGS, FOLLOWS_FROM, Condition, Op, RouteVersion, Stage, Who
from akcept.engine.values import Json
from akcept.routes import ranges
from akcept.routes.demands import Author, Kind, demands
from akcept.routes.ranges import Conditions

USUAL = {*FOLLOWS_FROM, *FLAGS}
Table = tuple[RouteVersion, ...]


def gains_say(*, before: Table, after: Table, author: Author) -> bool:
    """Say whether documents would be decided or paid by the author who are not asked of them now."""
    return any(
        _is_newly_asked(old, new, given, author)
        for old, new, given in _moves(_ordered(before), _ordered(after))
    )


def is_let_off(*, before: Table, after: Table, author: Author) -> bool:
    """Say whether documents of the author's own could pass without somebody who has to agree now."""
    return any(_is_kind_let_off(before, after, author, kind) for kind in author.kinds)


def _is_kind_let_off(before: Table, after: Table, author: Author, kind: Kind) -> bool:
    ways = kind.ways or ("",)
    now = {way: _ordered(_met(before, author, kind, way)) for way in ways}
    for way in ways:
        then = _ordered(_met(after, author, kind, way))
        for old, new, given in _moves(now[way], then):
            open_now = [old, *filter(None, (_taker(table, given) for table in now.values()))]
            if not any(_asks_no_less(new, row, given, author) for row in open_now):
                return True
    return False


def _ordered(routes: Iterable[RouteVersion]) -> Table:
    """Return routes as documents meet them: the default one comes once more at the end, without conditions."""
    rows = sorted(routes, key=lambda row: (row.priority, row.route))
    return (*rows, *(replace(row, conditions=()) for row in rows if row.is_default))


def _moves(before: Table, after: Table) -> Iterator[tuple[RouteVersion, RouteVersion, Conditions]]:
    """Yield which route documents could leave, for which other one, and what is known of them then."""
    was, comes = _places(before), _places(after)
    for place, old in enumerate(before):
        for then, new in enumerate(after):
            if _says_the_same(old, new):
                continue
            if comes.get(_taking(old), then) < then or was.get(_taking(new), place) < place:
                # The earlier of the two stands there before and after, so it has whatever meets both.
                continue
            given = (*old.conditions, *new.conditions)
            taken = (*before[:place], *after[:then])
            if ranges.is_impossible(given) or any(
                ranges.covers(row.conditions, given) for row in taken
            ):
                continue
            yield old, new, given


def _taking(row: RouteVersion) -> tuple[str, Conditions]:
    return row.route, row.conditions


def _places(table: Table) -> dict[tuple[str, Conditions], int]:
    return {_taking(table[place]): place for place in reversed(range(len(table)))}


def _says_the_same(old: RouteVersion, new: RouteVersion) -> bool:
    return (old.stages, old.payer_role, old.partial_rework) == (
        new.stages,
        new.payer_role,
        new.partial_rework,
    )


def _taker(table: Table, given: Conditions) -> RouteVersion | None:
    """Return the route that is sure to take such documents, None where it depends on more."""
    near = (row for row in table if not ranges.is_impossible((*row.conditions, *given)))
    first = next(near, None)
    return first if first and ranges.covers(first.conditions, given) else None


def _is_newly_asked(
    old: RouteVersion, new: RouteVersion, given: Conditions, author: Author
) -> bool:
    if _pays(new, author) and not _pays(old, author):
        return True
    known = [stage.conditions for stage in old.stages if _asks(stage, author)]
    asked = (stage.conditions for stage in new.stages if _asks(stage, author))
    return any(
        not any(ranges.covers(row, (*given, *wanted)) for row in known)
        for wanted in asked
        if not ranges.is_impossible((*given, *wanted))
    )


def _pays(version: RouteVersion, author: Author) -> bool:
    role = version.payer_role
    own = [row for row in author.company.holders if row.person == author.id]
    return any(row.role == role if role else row.may_pay for row in own)


def _asks(stage: Stage, author: Author) -> bool:
    """Say whether a stage asks the author in person."""
    match stage.who:
        case Who.NAMED:
            return author.id in stage.people
        case Who.MY_CHOICE:
            return author.id in stage.pool
        case Who.ROLE:
            held = (row.role for row in author.company.holders if row.person == author.id)
            return stage.role in held
        case Who.HEAD:
            return author.company.org.head_of(stage.department) == author.id
        case _:
            return False


def _met(routes: Table, author: Author, kind: Kind, way: str) -> Table:
    """Return the routes that the author's own documents of a kind may meet, without what is known of these anyway."""
    org = author.company.org
    member = org.members.get(author.id)
    card: dict[str, Json] = {
        "doctype": kind.code,
        "approval_type": way,
        "department": org.lineage(member.department if member else None),
    }
    found = []
    for row in routes:
        left = _left(row.conditions, card, kind)
        if left is not None:
            found.append(replace(row, conditions=left, stages=_stages_met(row.stages, card, kind)))
        elif row.is_default:
            # It still takes what no other one takes.
            never = (Condition("doctype", Op.IN, ()),)
            found.append(replace(row, conditions=never, stages=_stages_met(row.stages, card, kind)))
    return tuple(found)


def _stages_met(stages: Sequence[Stage], card: dict[str, Json], kind: Kind) -> tuple[Stage, ...]:
    left = ((stage, _left(stage.conditions, card, kind)) for stage in stages)
    return tuple(replace(stage, conditions=rest) for stage, rest in left if rest is not None)


def _left(conditions: Conditions, card: dict[str, Json], kind: Kind) -> Conditions | None:
    """Return the conditions of which nothing is known yet; None where one is known not to hold."""
    rest = []
    for row in conditions:
        if row.field in card or row.field not in USUAL | kind.fields:
            if not row.holds(card):
                return None
        else:
            rest.append(row)
    return tuple(rest)


def _asks_no_less(new: RouteVersion, old: RouteVersion, given: Conditions, author: Author) -> bool:
    offered = list(demands(new, author))
    return all(
        any(one.covers(wanted, given) for one in offered)
        for wanted in demands(old, author)
        if not ranges.is_impossible((*given, *wanted.conditions))
    )
