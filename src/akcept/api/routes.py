"""Routes for programs: build them in drafts, publish them, set their order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated
from uuid import UUID

from ninja import Status
from pydantic import Field

from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import Moment, Out
from akcept.api.route_shapes import Definition, RouteOut, Rows, every, found, said
from akcept.api.taken import In, Line
from akcept.people.codes import TokenScope
from akcept.routes import access, queries, services

door = Door(tags=["Routes"])


class RouteNamesIn(In):
    """A name in one language stands for both."""

    name_en: Line = ""
    name_ru: Line = ""


class RouteIn(RouteNamesIn):
    definition: Definition = Definition()


class DraftIn(In):
    """`seen`: the revision of the draft that was changed, 0 where there was none."""

    definition: Definition
    seen: Rows


class PublishIn(In):
    seen: Rows


class OrderIn(In):
    """Every route once, the first to be tried first."""

    routes: Annotated[list[UUID], Field(max_length=3000)]


class PublishedOut(Out):
    id: UUID
    number: int
    published_at: Moment
    published_by: UUID | None


@door.read("/routes", list[RouteOut], summary="Routes in their order")
def list_routes(request: ApiRequest) -> list[RouteOut]:
    """Return every route, the first to be tried first, with what it says and is to say."""
    call = request.auth
    access.require_looking(by=call.by.actor, at=call.at)
    return every()


@door.act("/routes", RouteOut, TokenScope.ADMINISTER, summary="Open a route", status=201)
def create_route(request: ApiRequest, body: RouteIn) -> Status[RouteOut]:
    """Open a route with a first draft, before all others; no document takes it until it is published."""
    call = request.auth
    route_id = services.create_route(
        name_en=body.name_en,
        name_ru=body.name_ru,
        definition=said(body.definition),
        by=call.by.actor,
        at=call.at,
        key=call.key,
    )
    return Status(201, found(route_id))


@door.act(
    "/routes/order", list[RouteOut], TokenScope.ADMINISTER, summary="Change the order of routes"
)
def reorder_routes(request: ApiRequest, body: OrderIn) -> list[RouteOut]:
    """Put the routes into a new order; it has to name each of them once.

    What is to your own advantage waits for a second person, as `waiting` tells.
    """
    _once(request, partial(services.reorder_routes, order=body.routes))
    return every()


@door.read("/routes/{uuid:route_id}", RouteOut, summary="A route")
def show_route(request: ApiRequest, route_id: UUID) -> RouteOut:
    """Return one route."""
    call = request.auth
    access.require_looking(by=call.by.actor, at=call.at)
    return found(route_id)


@door.act(
    "/routes/{uuid:route_id}",
    RouteOut,
    TokenScope.ADMINISTER,
    summary="Rename a route",
    method="PATCH",
)
def rename_route(request: ApiRequest, route_id: UUID, body: RouteNamesIn) -> RouteOut:
    """Give a route other names."""
    rename = partial(services.rename_route, name_en=body.name_en, name_ru=body.name_ru)
    _once(request, partial(rename, route_id=route_id))
    return found(route_id)


@door.read(
    "/routes/{uuid:route_id}/versions", list[PublishedOut], summary="What was published of a route"
)
def list_route_versions(request: ApiRequest, route_id: UUID) -> list[PublishedOut]:
    """Return the versions of a route, newest first."""
    call = request.auth
    access.require_looking(by=call.by.actor, at=call.at)
    queries.route_line(route_id=route_id)
    return [PublishedOut.model_validate(row) for row in queries.versions(route_id=route_id)]


@door.act(
    "/routes/{uuid:route_id}/draft",
    RouteOut,
    TokenScope.ADMINISTER,
    summary="Save the draft of a route",
)
def save_route_draft(request: ApiRequest, route_id: UUID, body: DraftIn) -> RouteOut:
    """Keep what a route is to say next; refuses a draft that was saved meanwhile."""
    definition = said(body.definition)
    _once(
        request,
        partial(services.save_draft, route_id=route_id, definition=definition, seen=body.seen),
    )
    return found(route_id)


@door.act(
    "/routes/{uuid:route_id}/publish", RouteOut, TokenScope.ADMINISTER, summary="Publish a route"
)
def publish_route(request: ApiRequest, route_id: UUID, body: PublishIn) -> RouteOut:
    """Make the draft the next version; refuses one with errors. Documents under way keep their route.

    What is to your own advantage waits for a second person, as `waiting` tells.
    """
    _once(request, partial(services.publish_route, route_id=route_id, seen=body.seen))
    return found(route_id)


def _once(request: ApiRequest, act: Callable[..., object]) -> None:
    """Carry out an act in the caller's name once; the answer is read afterwards."""
    call = request.auth

    def work() -> None:
        act(by=call.by.actor, at=call.at)

    call.once(request, work, lambda _: None)


def _whole(
    path: str, name: str, service: Callable[..., object], *, summary: str, told: str
) -> None:
    """Declare an act that needs nothing but the route."""

    def act(request: ApiRequest, route_id: UUID) -> RouteOut:
        _once(request, partial(service, route_id=route_id))
        return found(route_id)

    act.__name__, act.__doc__ = name, told
    door.act(f"/routes/{{uuid:route_id}}/{path}", RouteOut, TokenScope.ADMINISTER, summary=summary)(
        act
    )


_whole(
    "draft/drop",
    "drop_route_draft",
    services.drop_draft,
    summary="Throw the draft of a route away",
    told="Throw the draft away; what is published stays.",
)
_whole(
    "retire",
    "retire_route",
    services.retire_route,
    summary="Take a route out of use",
    told="Take a route out of use; the default one cannot be.",
)
_whole(
    "bring-back",
    "bring_back_route",
    services.bring_back_route,
    summary="Use a route again",
    told="Put a route into use again.",
)
_whole(
    "make-default",
    "make_default_route",
    services.make_default,
    summary="Make a route the default one",
    told="Let a route take whatever no other one takes.",
)
