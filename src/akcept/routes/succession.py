"""Whoever leaves is named in no route any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from akcept.engine.refusals import HeirNeeded
from akcept.engine.routes import Stage
from akcept.journal.store import Actor
from akcept.routes import definitions, queries, store
from akcept.routes.queries import RouteCard


def naming(*, person_id: UUID) -> tuple[RouteCard, ...]:
    """Return the routes in use whose latest version names a person."""
    found = (queries.route_card(code=version.route) for version in queries.current())
    return tuple(card for card in found if any(_names(stage, person_id) for stage in card.version.stages))  # fmt: skip


def replace_person(*, person_id: UUID, heir_id: UUID | None, by: Actor, at: datetime) -> None:
    """Publish every route that names a person anew with the heir in their place, or (None) without them.

    Running rounds keep their people. Refuses to leave a stage without anybody.
    """
    for card in naming(person_id=person_id):
        stages = tuple(_stage(stage, str(person_id), heir_id) for stage in card.version.stages)
        definition = definitions.dump(replace(card.version, stages=stages))
        store.publish(route=card.code, definition=definition, by=by, at=at)


def _names(stage: Stage, person_id: UUID) -> bool:
    return str(person_id) in (*stage.people, *stage.pool)


def _stage(stage: Stage, person: str, heir_id: UUID | None) -> Stage:
    people = tuple(_others(stage.people, person, heir_id))
    pool = tuple(_others(stage.pool, person, heir_id))
    if (stage.people and not people) or (stage.pool and not pool) or (people and stage.needed > len(people)):  # fmt: skip
        raise HeirNeeded
    return replace(stage, people=people, pool=pool)


def _others(people: tuple[str, ...], person: str, heir_id: UUID | None) -> Iterator[str]:
    """Give the people with the heir where the person was; whoever is there already is there once."""
    heir = str(heir_id) if heir_id else None
    for one in people:
        if one != person:
            yield one
        elif heir and heir not in people:
            yield heir
