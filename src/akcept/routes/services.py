"""What doors may ask of this room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from akcept.engine.refusals import InvalidInput
from akcept.engine.routes import ApprovalType, Who
from akcept.journal.store import Actor
from akcept.people.access import require
from akcept.people.codes import Right
from akcept.routes import definitions, queries, store

MOST_PEOPLE = 50


def set_list(*, people: Sequence[UUID], by: Actor, at: datetime) -> UUID:
    """Name the people of the sequential route, in their order, and return the version published.

    Running rounds keep the people they started with. Refuses an empty list, somebody twice,
    somebody unknown or deactivated, and anybody but an administrator.
    """
    require(right=Right.ADMINISTER, by=by, at=at)
    if not people:
        raise InvalidInput({"people": "REQUIRED"})
    if len(people) > MOST_PEOPLE:
        raise InvalidInput({"people": "TOO_MANY"})
    if len(set(people)) != len(people):
        raise InvalidInput({"people": "TWICE"})
    route = queries.route_card(code=ApprovalType.LIST)
    named = tuple(str(person) for person in people)
    stages = tuple(
        replace(stage, people=named) if stage.who is Who.NAMED else stage
        for stage in route.version.stages
    )
    definition = definitions.dump(replace(route.version, stages=stages))
    return store.publish(route=route.code, definition=definition, by=by, at=at)
