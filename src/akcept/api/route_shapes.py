"""A route as programs send and read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from pydantic import Field

from akcept.api.given import Moment, Out
from akcept.api.taken import In, Line
from akcept.engine.routes import AtDeadline, How, OnReturn, Op, Reach, RouteVersion, Who
from akcept.routes import definitions, queries, replays
from akcept.routes.queries import RouteLine

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


class VersionOut(Out):
    id: str
    number: int
    definition: Definition


class DraftOut(Out):
    revision: int
    saved_at: Moment
    definition: Definition


class RouteOut(Out):
    """`waiting`: changes of it that a second person has to confirm first, the newest last."""

    id: UUID
    code: str
    name_en: str
    name_ru: str
    priority: int
    is_default: bool
    is_active: bool
    live: VersionOut | None
    draft: DraftOut | None
    waiting: list[UUID]


def said(body: Definition) -> dict[str, object]:
    """Return a definition as it is kept."""
    return body.model_dump(mode="json")


def found(route_id: UUID) -> RouteOut:
    """Return a route; refuses an unknown one."""
    return _shown(queries.route_line(route_id=route_id), replays.waiting())


def every() -> list[RouteOut]:
    """Return all routes in their order."""
    waiting = replays.waiting()
    return [_shown(line, waiting) for line in queries.route_lines()]


def _shown(line: RouteLine, waiting: Mapping[UUID, frozenset[UUID]]) -> RouteOut:
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
        waiting=[change for change, routes in waiting.items() if line.id in routes],
    )


def _told(version: RouteVersion) -> Definition:
    return Definition.model_validate(definitions.dump(version))
