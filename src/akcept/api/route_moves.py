"""Documents under way moved by programs to the published version of their route."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import Out, PersonOut
from akcept.api.problems import Problem, worded
from akcept.api.route_shapes import Rows
from akcept.api.taken import In
from akcept.cases import moving
from akcept.cases.moving import Result
from akcept.engine.case import State
from akcept.people.codes import TokenScope

door = Door(tags=["Routes"])


class EffectOut(Out):
    """Who is newly asked, no longer asked, asked again; in which state it is then, and with whom.

    `last`: who was added by hand before others of their stage and would be asked after them.
    """

    state: State
    gains: list[PersonOut]
    loses: list[PersonOut]
    again: list[PersonOut]
    last: list[PersonOut]
    then: list[PersonOut]


class RunningOut(Out):
    """A document by an older version. `refusal`: why it cannot be moved; then it has no effect."""

    id: UUID
    doctype: str
    number: int
    version: int
    seen: int
    effect: EffectOut | None
    refusal: Problem | None
    needs_second_person: bool


class RunningPageOut(Out):
    """`version`: the published one; `after`: where the next page begins."""

    version: UUID | None
    total: int
    cases: list[RunningOut]
    after: UUID | None


class ChosenIn(In):
    """A document; `seen` as it was read, so that what happened meanwhile is not overlooked."""

    id: UUID
    seen: Rows | None = None


class MoveIn(In):
    """`version`: the published one that was read."""

    version: UUID
    cases: Annotated[list[ChosenIn], Field(min_length=1, max_length=moving.AT_ONCE)]


class MovedOut(Out):
    """What became of one document; it waits for a second person where you would be asked yourself."""

    id: UUID
    doctype: str
    number: int
    result: Result
    refusal: Problem | None


@door.read(
    "/routes/{uuid:route_id}/running",
    RunningPageOut,
    summary="What runs by older versions of a route",
)
def list_running(request: ApiRequest, route_id: UUID, after: UUID | None = None) -> RunningPageOut:
    """Return documents in approval that keep an older version, and what moving each would change."""
    call = request.auth
    page = moving.running(route_id=route_id, by=call.by, at=call.at, after=after)
    return RunningPageOut(
        version=page.version,
        total=page.total,
        cases=[
            RunningOut(
                id=row.id,
                doctype=row.doctype,
                number=row.number,
                version=row.version,
                seen=row.seen,
                effect=EffectOut.model_validate(row.effect) if row.effect else None,
                refusal=worded(request, row.refusal) if row.refusal else None,
                needs_second_person=row.needs_second_person,
            )
            for row in page.cases
        ],
        after=page.after,
    )


@door.act(
    "/routes/{uuid:route_id}/move",
    list[MovedOut],
    TokenScope.ADMINISTER,
    summary="Move documents to the published version",
    is_keyed=False,
)
def move_running(request: ApiRequest, route_id: UUID, body: MoveIn) -> list[MovedOut]:
    """Let documents go on by the published version, each by itself; what is there already stays as it is."""
    call = request.auth
    results = moving.move(
        route_id=route_id,
        version=body.version,
        chosen={one.id: one.seen for one in body.cases},
        by=call.by,
        at=call.at,
    )
    return [
        MovedOut(
            id=row.id,
            doctype=row.doctype,
            number=row.number,
            result=row.result,
            refusal=worded(request, row.refusal) if row.refusal else None,
        )
        for row in results
    ]
