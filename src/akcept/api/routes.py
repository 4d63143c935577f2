"""Routes for programs: build them in drafts, have them checked, publish them, set their order."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Status
from pydantic import Field

from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import ConditionOut, Moment, Out, PersonOut
from akcept.api.taken import Day, In, Line
from akcept.cases import queries as cases
from akcept.cases.trying import Sample
from akcept.engine.case import Why
from akcept.engine.routes import AtDeadline, How, OnReturn, Op, Reach, RouteVersion, Who
from akcept.people.codes import TokenScope
from akcept.routes import access, definitions, queries, services, soundness
from akcept.routes.lint import Code
from akcept.routes.queries import RouteLine

door = Door(tags=["Routes"])
Rows = Annotated[int, Field(ge=0, le=10_000)]


class Condition(In):
    """One demand on a document; amounts are minor units of the base currency."""

    field: Line
    op: Op
    values: Annotated[list[str | int], Field(max_length=500)] = []


class Stage(In):
    """One step. Which of its fields count depends on `who` and `how`."""

    code: Line
    name_en: Line = ""
    name_ru: Line = ""
    who: Who
    people: Annotated[list[UUID], Field(max_length=100)] = []
    role: Line = ""
    department: UUID | None = None
    reach: Reach = Reach.TOP
    levels: Rows = 0
    pool: Annotated[list[UUID], Field(max_length=100)] = []
    how: How = How.IN_TURN
    needed: Rows = 0
    conditions: Annotated[list[Condition], Field(max_length=100)] = []
    hours: Rows | None = None
    at_deadline: AtDeadline = AtDeadline.REMIND
    needs_remark: bool = False
    needs_file: bool = False
    on_return: OnReturn = OnReturn.STOP
    vouches_for: Annotated[list[Line], Field(max_length=100)] = []


class Definition(In):
    """What a route says."""

    conditions: Annotated[list[Condition], Field(max_length=100)] = []
    stages: Annotated[list[Stage], Field(max_length=100)] = []
    payer_role: Line = ""
    resumes: bool = False
    partial_rework: bool = False


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


class VersionOut(Out):
    id: str
    number: int
    definition: Definition


class DraftOut(Out):
    revision: int
    saved_at: Moment
    definition: Definition


class RouteOut(Out):
    id: UUID
    code: str
    name_en: str
    name_ru: str
    priority: int
    is_default: bool
    is_active: bool
    live: VersionOut | None
    draft: DraftOut | None


class SampleIn(In):
    """A document that might be sent. `card` has the fields of its type; an amount in it is in minor units."""

    initiator: UUID
    doctype: Line = "INVOICE"
    on: Day
    card: dict[str, Any]
    flags: Annotated[list[Line], Field(max_length=10)] = []


class TriedRouteOut(Out):
    """`unmet`: the condition for which it was not chosen."""

    code: str
    is_chosen: bool
    unmet: ConditionOut | None


class TriedSeatOut(Out):
    person: PersonOut | None
    why: Why
    instead_of: PersonOut | None
    is_covered: bool
    deputies: list[str]


class TriedStageOut(Out):
    code: str
    unmet: ConditionOut | None
    seats: list[TriedSeatOut]


class TrialOut(Out):
    """Where it would go; `refusal`: the code of what sending would be refused for."""

    routes: list[TriedRouteOut]
    stages: list[TriedStageOut]
    payers: list[PersonOut]
    refusal: str | None


class BurdenOut(Out):
    person: PersonOut
    before: int
    after: int


class ChangedOut(Out):
    """A past document that would go another way; without an id where you may not see it."""

    case_id: UUID | None
    doctype: str
    number: int
    route_before: str
    route_after: str
    gained: list[PersonOut]
    lost: list[PersonOut]


class ReplayOut(Out):
    """`routes`: code, documents before, documents after; `nobody`: those where somebody would be missing."""

    total: int
    is_capped: bool
    routes: list[tuple[str, int, int]]
    nobody: tuple[int, int]
    burdens: list[BurdenOut]
    changed_count: int
    changed: list[ChangedOut]


class PublishedOut(Out):
    id: UUID
    number: int
    published_at: Moment
    published_by: UUID | None


class ProblemOut(Out):
    """Something wrong with a route: `stage` where it is, `people` with whom, `told` what else there is to know."""

    code: Code
    is_error: bool
    stage: str
    people: list[str]
    told: dict[str, Any]


@door.read("/routes", list[RouteOut], summary="Routes in their order")
def list_routes(request: ApiRequest) -> list[RouteOut]:
    """Return every route, the first to be tried first, with what it says and is to say."""
    call = request.auth
    access.require_looking(by=call.by.actor, at=call.at)
    return [_out(line) for line in queries.route_lines()]


@door.act("/routes", RouteOut, TokenScope.ADMINISTER, summary="Open a route", status=201)
def create_route(request: ApiRequest, body: RouteIn) -> Status[RouteOut]:
    """Open a route with a first draft, before all others; no document takes it until it is published."""
    call = request.auth
    route_id = services.create_route(
        name_en=body.name_en,
        name_ru=body.name_ru,
        definition=_said(body.definition),
        by=call.by.actor,
        at=call.at,
        key=call.key,
    )
    return Status(201, _found(route_id))


@door.act(
    "/routes/order", list[RouteOut], TokenScope.ADMINISTER, summary="Change the order of routes"
)
def reorder_routes(request: ApiRequest, body: OrderIn) -> list[RouteOut]:
    """Put the routes into a new order; it has to name each of them once."""
    call = request.auth
    services.reorder_routes(order=body.routes, by=call.by.actor, at=call.at)
    return [_out(line) for line in queries.route_lines()]


@door.read("/routes/{uuid:route_id}", RouteOut, summary="A route")
def show_route(request: ApiRequest, route_id: UUID) -> RouteOut:
    """Return one route."""
    call = request.auth
    access.require_looking(by=call.by.actor, at=call.at)
    return _found(route_id)


@door.act(
    "/routes/{uuid:route_id}",
    RouteOut,
    TokenScope.ADMINISTER,
    summary="Rename a route",
    method="PATCH",
)
def rename_route(request: ApiRequest, route_id: UUID, body: RouteNamesIn) -> RouteOut:
    """Give a route other names."""
    call = request.auth
    services.rename_route(
        route_id=route_id, name_en=body.name_en, name_ru=body.name_ru, by=call.by.actor, at=call.at
    )
    return _found(route_id)


@door.read(
    "/routes/{uuid:route_id}/versions", list[PublishedOut], summary="What was published of a route"
)
def list_route_versions(request: ApiRequest, route_id: UUID) -> list[PublishedOut]:
    """Return the versions of a route, newest first."""
    call = request.auth
    access.require_looking(by=call.by.actor, at=call.at)
    queries.route_line(route_id=route_id)
    return [PublishedOut.model_validate(row) for row in queries.versions(route_id=route_id)]


@door.read(
    "/routes/{uuid:route_id}/problems", list[ProblemOut], summary="What is wrong with a route"
)
def check_route(request: ApiRequest, route_id: UUID) -> list[ProblemOut]:
    """Return what is wrong with the draft of a route, or with what is published where there is none."""
    call = request.auth
    access.require_looking(by=call.by.actor, at=call.at)
    line = queries.route_line(route_id=route_id)
    found = soundness.check(route=line, version=line.latest, at=call.at)
    return [ProblemOut.model_validate(row) for row in found]


@door.act(
    "/routes/{uuid:route_id}/try", TrialOut, TokenScope.READ, summary="Try a route on one document"
)
def try_route(request: ApiRequest, route_id: UUID, body: SampleIn) -> TrialOut:
    """Return where a document would go if the draft were published now. Nothing is sent and nothing changes."""
    call = request.auth
    sample = Sample(body.initiator, body.doctype, body.card, body.on, frozenset(body.flags))
    trial = cases.try_out(route_id=route_id, sample=sample, by=call.by, at=call.at)
    return TrialOut(
        routes=[TriedRouteOut.model_validate(row) for row in trial.routes],
        stages=[
            TriedStageOut.model_validate(
                {"code": row.stage.code, "unmet": row.unmet, "seats": row.seats}
            )
            for row in trial.stages
        ],
        payers=[PersonOut.model_validate(row) for row in trial.payers],
        refusal=trial.refusal.code if trial.refusal else None,
    )


@door.read("/routes/{uuid:route_id}/replay", ReplayOut, summary="Replay past documents on a route")
def replay_route(request: ApiRequest, route_id: UUID) -> ReplayOut:
    """Return what would become of past documents, the newest 2 000, if the draft were published now."""
    call = request.auth
    return ReplayOut.model_validate(cases.replay(route_id=route_id, by=call.by, at=call.at))


@door.act(
    "/routes/{uuid:route_id}/draft",
    RouteOut,
    TokenScope.ADMINISTER,
    summary="Save the draft of a route",
)
def save_route_draft(request: ApiRequest, route_id: UUID, body: DraftIn) -> RouteOut:
    """Keep what a route is to say next; refuses a draft that was saved meanwhile."""
    call = request.auth
    services.save_draft(
        route_id=route_id,
        definition=_said(body.definition),
        seen=body.seen,
        by=call.by.actor,
        at=call.at,
    )
    return _found(route_id)


@door.act(
    "/routes/{uuid:route_id}/draft/drop",
    RouteOut,
    TokenScope.ADMINISTER,
    summary="Throw the draft of a route away",
)
def drop_route_draft(request: ApiRequest, route_id: UUID) -> RouteOut:
    """Throw the draft away; what is published stays."""
    call = request.auth
    services.drop_draft(route_id=route_id, by=call.by.actor, at=call.at)
    return _found(route_id)


@door.act(
    "/routes/{uuid:route_id}/publish", RouteOut, TokenScope.ADMINISTER, summary="Publish a route"
)
def publish_route(request: ApiRequest, route_id: UUID, body: PublishIn) -> RouteOut:
    """Make the draft the next version; refuses one with errors. Documents under way keep their route."""
    call = request.auth
    services.publish_route(route_id=route_id, seen=body.seen, by=call.by.actor, at=call.at)
    return _found(route_id)


@door.act(
    "/routes/{uuid:route_id}/retire",
    RouteOut,
    TokenScope.ADMINISTER,
    summary="Take a route out of use",
)
def retire_route(request: ApiRequest, route_id: UUID) -> RouteOut:
    """Take a route out of use; the default one cannot be."""
    call = request.auth
    services.retire_route(route_id=route_id, by=call.by.actor, at=call.at)
    return _found(route_id)


@door.act(
    "/routes/{uuid:route_id}/bring-back",
    RouteOut,
    TokenScope.ADMINISTER,
    summary="Use a route again",
)
def bring_back_route(request: ApiRequest, route_id: UUID) -> RouteOut:
    """Put a route into use again."""
    call = request.auth
    services.bring_back_route(route_id=route_id, by=call.by.actor, at=call.at)
    return _found(route_id)


@door.act(
    "/routes/{uuid:route_id}/make-default",
    RouteOut,
    TokenScope.ADMINISTER,
    summary="Make a route the default one",
)
def make_default_route(request: ApiRequest, route_id: UUID) -> RouteOut:
    """Let a route take whatever no other one takes."""
    call = request.auth
    services.make_default(route_id=route_id, by=call.by.actor, at=call.at)
    return _found(route_id)


def _said(body: Definition) -> dict[str, object]:
    return body.model_dump(mode="json")


def _found(route_id: UUID) -> RouteOut:
    return _out(queries.route_line(route_id=route_id))


def _out(line: RouteLine) -> RouteOut:
    live, draft = line.live, line.draft
    return RouteOut(
        id=line.id,
        code=line.code,
        name_en=line.name_en,
        name_ru=line.name_ru,
        priority=line.priority,
        is_default=line.is_default,
        is_active=line.is_active,
        live=VersionOut(id=live.id, number=live.number, definition=_told(live)) if live else None,
        draft=DraftOut(
            revision=draft.revision, saved_at=draft.saved_at, definition=_told(draft.version)
        )
        if draft
        else None,
    )


def _told(version: RouteVersion) -> Definition:
    return Definition.model_validate(definitions.dump(version))
