"""Routes tried by programs before they are published: what is wrong, where one document would go, what of the past."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import ConditionOut, Out, PersonOut
from akcept.api.taken import Day, In, Line
from akcept.cases import queries as cases
from akcept.cases.trying import Sample
from akcept.engine.case import Why
from akcept.people.codes import TokenScope
from akcept.routes import access, queries, soundness
from akcept.routes.lint import Code

door = Door(tags=["Routes"])


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


class ProblemOut(Out):
    """Something wrong with a route: `stage` where it is, `people` with whom, `told` what else there is to know."""

    code: Code
    is_error: bool
    stage: str
    people: list[str]
    told: dict[str, Any]


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
