"""How a second person makes a change of routes that is to its author's own advantage, and how it is shown before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from akcept.engine.routes import ApprovalType, RouteVersion
from akcept.journal.store import Actor
from akcept.people.proposals import Arguments, Difference, Handler, Shown, proposals
from akcept.people.queries import picks
from akcept.routes import definitions, queries, services
from akcept.routes.guarding import Guarded
from akcept.routes.queries import RouteLine

IN_USE, OUT_OF_USE = "IN_USE", "OUT_OF_USE"


def _set_list(given: Arguments, by: Actor, at: datetime) -> object:
    people = [UUID(one) for one in given["people"]]
    return services.set_list(people=people, by=by, at=at, is_second=True)


def _show_list(given: Arguments) -> Shown:
    card = queries.route_card(code=ApprovalType.LIST)
    return Shown(card.code, (_people(_asked(card.version), given["people"]),))


def _publish(given: Arguments, by: Actor, at: datetime) -> object:
    route_id = UUID(given["route_id"])
    return services.publish_route(
        route_id=route_id, seen=given["seen"], by=by, at=at, is_second=True
    )


def _show_route(given: Arguments) -> Shown:
    line = _line(given)
    new = line.draft.version if line.draft else line.live
    people = _people(_asked(line.live), _asked(new))
    said = Difference("definition", _said(line.live), _said(new))
    return Shown(line.code, (said, people) if people.old != people.new else (said,))


def _reorder(given: Arguments, by: Actor, at: datetime) -> object:
    return services.reorder_routes(order=_order(given), by=by, at=at, is_second=True)


def _order(given: Arguments) -> list[UUID]:
    """Return the order asked for with the routes of today: whatever came since stands before, as any new one."""
    known = {line.id for line in queries.route_lines()}
    asked = [UUID(one) for one in given["order"]]
    since = [line.id for line in queries.route_lines() if line.id not in asked]
    return [*since, *(one for one in asked if one in known)]


def _show_order(given: Arguments) -> Shown:
    lines = {line.id: line for line in queries.route_lines() if line.is_active}
    then = [lines[one] for one in _order(given) if one in lines]
    return Shown("", (Difference("order", _codes(lines.values()), _codes(then)),))


def _show_use(old: str, new: str, given: Arguments) -> Shown:
    return Shown(_line(given).code, (Difference("use", old, new),))


def _retire(given: Arguments, by: Actor, at: datetime) -> object:
    return services.retire_route(route_id=UUID(given["route_id"]), by=by, at=at, is_second=True)


def _bring_back(given: Arguments, by: Actor, at: datetime) -> object:
    route_id = UUID(given["route_id"])
    return services.bring_back_route(route_id=route_id, by=by, at=at, is_second=True)


def _make_default(given: Arguments, by: Actor, at: datetime) -> object:
    return services.make_default(route_id=UUID(given["route_id"]), by=by, at=at, is_second=True)


def _show_default(given: Arguments) -> Shown:
    now = [line for line in queries.route_lines() if line.is_default]
    line = _line(given)
    return Shown(line.code, (Difference("default", _codes(now), line.code),))


def waiting() -> dict[UUID, frozenset[UUID]]:
    """Return which routes the changes concern that wait for a second person, oldest first."""
    found = proposals(is_waiting=True)
    return {
        one.id: concerned(one.command, one.arguments)
        for one in reversed(found)
        if one.command in HANDLERS
    }


def concerned(command: str, given: Arguments) -> frozenset[UUID]:
    """Return the routes that a change of this room concerns."""
    if command == Guarded.REORDER_ROUTES:
        return frozenset(UUID(one) for one in given["order"])
    if command == Guarded.SET_LIST:
        return frozenset({queries.route_card(code=ApprovalType.LIST).id})
    return frozenset({UUID(given["route_id"])})


def _line(given: Arguments) -> RouteLine:
    return queries.route_line(route_id=UUID(given["route_id"]))


def _codes(lines: Iterable[RouteLine]) -> str | None:
    return ", ".join(line.code for line in lines) or None


def _said(version: RouteVersion | None) -> str | None:
    said = definitions.dump(version) if version else None
    return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else None


def _people(old: Iterable[str], new: Iterable[str]) -> Difference:
    return Difference("people", _named(old), _named(new))


def _asked(version: RouteVersion | None) -> list[str]:
    stages = version.stages if version else ()
    return [one for stage in stages for one in (*stage.people, *stage.pool)]


def _named(people: Iterable[str]) -> str | None:
    ids = [UUID(one) for one in people]
    found = picks(person_ids=ids)
    return ", ".join(found[one].name for one in ids if one in found) or None


HANDLERS: Mapping[str, Handler] = {
    Guarded.SET_LIST: Handler(_set_list, _show_list),
    Guarded.PUBLISH_ROUTE: Handler(_publish, _show_route),
    Guarded.REORDER_ROUTES: Handler(_reorder, _show_order),
    Guarded.RETIRE_ROUTE: Handler(_retire, partial(_show_use, IN_USE, OUT_OF_USE)),
    Guarded.BRING_BACK_ROUTE: Handler(_bring_back, partial(_show_use, OUT_OF_USE, IN_USE)),
    Guarded.MAKE_DEFAULT: Handler(_make_default, _show_default),
}
