"""How a second person publishes what names its author, and how that is shown before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from akcept.engine.routes import ApprovalType, RouteVersion
from akcept.journal.store import Actor
from akcept.people.proposals import Arguments, Difference, Handler, Shown
from akcept.people.queries import picks
from akcept.routes import queries, services


def _set_list(given: Arguments, by: Actor, at: datetime) -> object:
    people = [UUID(one) for one in given["people"]]
    return services.set_list(people=people, by=by, at=at)


def _show_list(given: Arguments) -> Shown:
    card = queries.route_card(code=ApprovalType.LIST)
    return _shown(card.code, _asked(card.version), given["people"])


def _publish(given: Arguments, by: Actor, at: datetime) -> object:
    route_id = UUID(given["route_id"])
    return services.publish_route(route_id=route_id, seen=given["seen"], by=by, at=at)


def _show_route(given: Arguments) -> Shown:
    line = queries.route_line(route_id=UUID(given["route_id"]))
    new = line.draft.version if line.draft else line.live
    return _shown(line.code, _asked(line.live), _asked(new))


def _shown(code: str, old: Iterable[str], new: Iterable[str]) -> Shown:
    return Shown(code, (Difference("people", _named(old), _named(new)),))


def _asked(version: RouteVersion | None) -> list[str]:
    stages = version.stages if version else ()
    return [one for stage in stages for one in (*stage.people, *stage.pool)]


def _named(people: Iterable[str]) -> str | None:
    ids = [UUID(one) for one in people]
    found = picks(person_ids=ids)
    return ", ".join(found[one].name for one in ids if one in found) or None


HANDLERS: Mapping[str, Handler] = {
    "SET_LIST": Handler(_set_list, _show_list),
    "PUBLISH_ROUTE": Handler(_publish, _show_route),
}
