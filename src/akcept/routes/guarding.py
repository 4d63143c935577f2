"""A change of routes that is to its author's own advantage is kept for a second person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from akcept.doctypes import queries as doctypes
from akcept.engine.routes import ApprovalType, RouteVersion
from akcept.journal.store import Actor
from akcept.people.proposals import Waiting, propose
from akcept.routes import advantage, queries, soundness
from akcept.routes.demands import Author, Kind

Made = TypeVar("Made")


class Guarded(StrEnum):
    """What of this room waits for a second person."""

    SET_LIST = "SET_LIST"
    PUBLISH_ROUTE = "PUBLISH_ROUTE"
    REORDER_ROUTES = "REORDER_ROUTES"
    RETIRE_ROUTE = "RETIRE_ROUTE"
    BRING_BACK_ROUTE = "BRING_BACK_ROUTE"
    MAKE_DEFAULT = "MAKE_DEFAULT"


def made_or_kept(
    *,
    command: Guarded,
    arguments: Mapping[str, object],
    after: Iterable[RouteVersion],
    act: Callable[[], Made],
    by: Actor,
    at: datetime,
    is_second: bool,
) -> Made | Waiting:
    """Make a change that leads to the routes `after` it, or keep it where its author would benefit (ADR 13).

    Of a second person only a say of their own stands in the way: fewer people on everybody's documents is what two
    of them may agree upon.
    """
    before, then = queries.current(), tuple(after)
    if by.id is None or before == then:
        return act()
    author = author_of(person_id=by.id, at=at)
    benefits = advantage.gains_say(before=before, after=then, author=author) or (
        not is_second and advantage.is_let_off(before=before, after=then, author=author)
    )
    if not benefits:
        return act()
    return propose(command=command, arguments=arguments, rehearse=act, by=by, at=at)


def author_of(*, person_id: UUID, at: datetime) -> Author:
    """Return where somebody stands and what they may send."""
    types = doctypes.type_cards()
    kinds = tuple(
        Kind(
            card.code,
            frozenset(field.code for field in card.used),
            tuple(ApprovalType) if card.asks_for("approval_type") else (),
        )
        for card in doctypes.may_start(types=types, person_id=person_id, at=at)
    )
    return Author(str(person_id), soundness.surroundings(at=at), kinds)


def published(version: RouteVersion, *, is_active: bool) -> tuple[RouteVersion, ...]:
    """Return the routes in use once one of them says something else."""
    return queries.with_version(version) if is_active else queries.current()


def without(code: str) -> tuple[RouteVersion, ...]:
    """Return the routes in use without one of them."""
    return tuple(row for row in queries.current() if row.route != code)


def with_default(code: str) -> tuple[RouteVersion, ...]:
    """Return the routes in use with another default one."""
    return tuple(replace(row, is_default=row.route == code) for row in queries.current())


def reordered(order: Sequence[UUID]) -> tuple[RouteVersion, ...]:
    """Return the routes in use in another order; what it does not name stays where it is."""
    places = {route_id: place for place, route_id in enumerate(order)}
    codes = {line.code: places.get(line.id, line.priority) for line in queries.route_lines()}
    return tuple(replace(row, priority=codes[row.route]) for row in queries.current())
