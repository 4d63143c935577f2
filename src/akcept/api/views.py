"""Saved views of the registry."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Status
from pydantic import Field

from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import Out
from akcept.api.taken import In, Line
from akcept.cases import saved
from akcept.people.codes import TokenScope

door = Door(tags=["Documents"])
Query = Annotated[str, Field(max_length=saved.LONGEST_QUERY)]


class ViewIn(In):
    """`query` is what stands after `?` in the address of the registry."""

    name: Line
    query: Query = ""
    is_shared: bool = False
    is_first: bool = False


class ViewPatch(In):
    name: Line | None = None
    query: Query | None = None
    is_shared: bool | None = None
    is_first: bool | None = None


class ViewOut(Out):
    """A saved view; `is_first`: the registry opens with it."""

    id: UUID
    name: str
    query: str
    owner: str
    is_own: bool
    is_shared: bool
    is_first: bool
    may_change: bool


@door.read("/views", list[ViewOut], summary="Saved views")
def list_views(request: ApiRequest) -> list[ViewOut]:
    """Return your own views of the registry and the shared ones, by name."""
    return _views(request)


@door.act(
    "/views", list[ViewOut], TokenScope.DRAFT, summary="Save a view", status=201, is_keyed=False
)
def save_view(request: ApiRequest, view: ViewIn) -> Status[list[ViewOut]]:
    """Keep filters, columns, and table or board under a name; to share it needs a right."""
    call = request.auth
    key = saved.save(
        by=call.by, name=view.name, query=view.query, is_shared=view.is_shared, at=call.at
    )
    if view.is_first:
        saved.begin_with(view_id=key, by=call.by, at=call.at)
    return Status(201, _views(request))


@door.act(
    "/views/{uuid:view_id}", list[ViewOut], TokenScope.DRAFT,
    summary="Change a view", method="PATCH", is_keyed=False,
)  # fmt: skip
def change_view(request: ApiRequest, view_id: UUID, view: ViewPatch) -> list[ViewOut]:
    """Rename a view, replace it, share it or stop, and begin with it or with everything."""
    call = request.auth
    changes = view.model_dump(exclude={"is_first"}, exclude_none=True)
    if changes:
        saved.change(
            view_id=view_id,
            by=call.by,
            at=call.at,
            name=view.name,
            query=view.query,
            is_shared=view.is_shared,
        )
    if view.is_first is not None:
        saved.begin_with(view_id=view_id if view.is_first else None, by=call.by, at=call.at)
    return _views(request)


@door.act(
    "/views/{uuid:view_id}/remove", list[ViewOut], TokenScope.DRAFT,
    summary="Forget a view", is_keyed=False,
)  # fmt: skip
def remove_view(request: ApiRequest, view_id: UUID) -> list[ViewOut]:
    """Forget a view; a shared one is gone for everybody."""
    call = request.auth
    saved.remove(view_id=view_id, by=call.by, at=call.at)
    return _views(request)


def _views(request: ApiRequest) -> list[ViewOut]:
    call = request.auth
    return [ViewOut.model_validate(view) for view in saved.views(by=call.by, at=call.at)]
