"""Whoever leaves is named in no route any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from akcept.engine.refusals import HeirNeeded
from akcept.engine.routes import RouteVersion, Stage
from akcept.journal.store import Actor
from akcept.routes import definitions, queries, store
from akcept.routes.queries import RouteLine


def naming(*, person_id: UUID) -> tuple[RouteLine, ...]:
    """Return the routes that name a person: what is in use, or a draft of what is to be."""
    return tuple(
        line
        for line in queries.route_lines()
        if _published(line, person_id) or _drafted(line, person_id)
    )


def replace_person(*, person_id: UUID, heir_id: UUID | None, by: Actor, at: datetime) -> None:
    """Put the heir in a person's place, or (None) nobody: routes in use are published anew, drafts saved again.

    Running rounds keep their people. Refuses to leave a stage of a route in use without anybody; of a draft its
    owners are told by the check.
    """
    for line in naming(person_id=person_id):
        if line.live and _published(line, person_id):
            version = _without(line.live, person_id, heir_id)
            if any(_is_lacking(stage, version) for stage in line.live.stages):
                raise HeirNeeded
            store.publish(route=line.code, definition=definitions.dump(version), by=by, at=at)
        if line.draft and _drafted(line, person_id):
            said = definitions.dump(_without(line.draft.version, person_id, heir_id))
            store.save_draft(
                route_id=line.id, definition=said, seen=line.draft.revision, by=by, at=at
            )


def _published(line: RouteLine, person_id: UUID) -> bool:
    return line.is_active and line.live is not None and _is_named(line.live, person_id)


def _drafted(line: RouteLine, person_id: UUID) -> bool:
    return line.draft is not None and _is_named(line.draft.version, person_id)


def _is_named(version: RouteVersion, person_id: UUID) -> bool:
    return any(str(person_id) in (*stage.people, *stage.pool) for stage in version.stages)


def _without(version: RouteVersion, person_id: UUID, heir_id: UUID | None) -> RouteVersion:
    stages = tuple(_stage(stage, str(person_id), heir_id) for stage in version.stages)
    return replace(version, stages=stages)


def _stage(stage: Stage, person: str, heir_id: UUID | None) -> Stage:
    people = tuple(_others(stage.people, person, heir_id))
    return replace(stage, people=people, pool=tuple(_others(stage.pool, person, heir_id)))


def _is_lacking(old: Stage, version: RouteVersion) -> bool:
    """Say whether a stage has nobody left, or fewer than have to agree."""
    new = next(stage for stage in version.stages if stage.code == old.code)
    is_emptied = (old.people and not new.people) or (old.pool and not new.pool)
    return bool(is_emptied or (new.people and new.needed > len(new.people)))


def _others(people: tuple[str, ...], person: str, heir_id: UUID | None) -> Iterator[str]:
    """Give the people with the heir where the person was; whoever is there already is there once."""
    heir = str(heir_id) if heir_id else None
    for one in people:
        if one != person:
            yield one
        elif heir and heir not in people:
            yield heir
