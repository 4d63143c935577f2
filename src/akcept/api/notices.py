"""What a person was told, and how they want to be told."""

from __future__ import annotations

from datetime import time
from typing import Annotated
from uuid import UUID

from ninja import Status
from pydantic import AfterValidator, Field, PlainSerializer, WithJsonSchema

from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import Moment, Out
from akcept.api.taken import In, Line, wrong
from akcept.delivery import queries, services
from akcept.delivery.wishes import CELLS, When, Wishes
from akcept.people.codes import TokenScope

door = Door(tags=["Notices"])
RowId = Annotated[int, Field(ge=1, le=2**63 - 1)]


def _of_a_wall(value: time) -> time:
    """Take a time of day as a clock on the wall shows it: no zone, no seconds."""
    if value.tzinfo or value.second or value.microsecond:
        raise wrong("WRONG_SHAPE")
    return value


Clock = Annotated[
    time,
    AfterValidator(_of_a_wall),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}),
]
ShownClock = Annotated[
    Clock, PlainSerializer(lambda value: value.isoformat("minutes"), when_used="always")
]


class NoticeOut(Out):
    """What you were told of a document (`case_id`), or of a letter under Intake (`item_id`)."""

    id: int
    case_id: UUID | None
    item_id: UUID | None
    topic: str
    title: str
    text: str
    at: Moment
    is_read: bool
    is_task: bool
    done_by: str
    done_at: Moment | None


class NoticesOut(Out):
    items: list[NoticeOut]
    older: int | None


class NoticesReadIn(In):
    """Which notices were read; all of them without ids."""

    ids: Annotated[list[RowId], Field(max_length=1000)] | None = None


class ReadOut(Out):
    read: int


class WishesOut(Out):
    """`cells`: by kind of news and way ("TASKS.MAIL"), when it comes; times are those of the person's own zone."""

    cells: dict[str, When]
    digest_at: ShownClock
    quiet_from: ShownClock | None
    quiet_until: ShownClock | None
    push_amounts: bool


class WishesIn(In):
    """What is left out stays as it is; quiet hours are both given or both null."""

    cells: Annotated[dict[str, When], Field(max_length=100)] = {}
    digest_at: Clock | None = None
    quiet_from: Clock | None = None
    quiet_until: Clock | None = None
    push_amounts: bool | None = None


@door.read("/me/notices", NoticesOut, summary="What you were told")
def list_notices(
    request: ApiRequest,
    before: RowId | None = None,
    limit: Annotated[int, Field(ge=1, le=100)] = 30,
    unread: bool = False,  # noqa: FBT001, FBT002  a parameter of the address
) -> NoticesOut:
    """Return notices, newest first, with `unread` those alone; page on with `before` = `older`."""
    page = queries.notices(by=request.auth.by, before=before, limit=limit, only_unread=unread)
    return NoticesOut.model_validate(page)


@door.act(
    "/me/notices/read", ReadOut, TokenScope.DRAFT, summary="Mark notices as read", is_keyed=False
)
def read_notices(request: ApiRequest, body: NoticesReadIn) -> ReadOut:
    """Mark your notices as read, and say how many were new."""
    call = request.auth
    return ReadOut(read=services.mark_read(by=call.by, ids=body.ids, at=call.at))


@door.read("/me/notifications", WishesOut, summary="When you want to be told")
def show_wishes(request: ApiRequest) -> WishesOut:
    """Return what comes which way, and when."""
    return _wishes(queries.wishes(by=request.auth.by))


@door.act(
    "/me/notifications",
    WishesOut,
    TokenScope.DRAFT,
    summary="Change how you want to be told",
    method="PATCH",
    is_keyed=False,
)
def change_wishes(request: ApiRequest, body: WishesIn) -> WishesOut:
    """Change some of it; refuses what is not offered, and what cannot be switched off."""
    call = request.auth
    changes = body.model_dump(exclude_unset=True, exclude={"cells"})
    return _wishes(
        services.change_wishes(by=call.by, changes={**changes, **body.cells}, at=call.at)
    )


def _wishes(wishes: Wishes) -> WishesOut:
    cells = {name: wishes.cell(cell) for name, cell in CELLS.items()}
    names = ("digest_at", "quiet_from", "quiet_until", "push_amounts")
    return WishesOut.model_validate(
        {"cells": cells, **{name: getattr(wishes, name) for name in names}}
    )


class BrowserOut(Out):
    """A browser or program that takes pushes."""

    id: UUID
    name: str
    created_at: Moment


class BrowserIn(In):
    """What `PushManager.subscribe()` gives."""

    endpoint: Annotated[str, Field(max_length=2000)]
    public_key: Annotated[str, Field(max_length=120)]
    auth_secret: Annotated[str, Field(max_length=40)]
    name: Line = ""


class BrowsersOut(Out):
    """`application_key` goes into `PushManager.subscribe()`."""

    application_key: str
    browsers: list[BrowserOut]


@door.read("/me/browsers", BrowsersOut, summary="Where pushes reach you")
def list_browsers(request: ApiRequest) -> BrowsersOut:
    """Return your browsers that take pushes, the newest first; their addresses stay secret."""
    found = [BrowserOut.model_validate(one) for one in queries.browsers(by=request.auth.by)]
    return BrowsersOut(application_key=queries.application_key(), browsers=found)


@door.act(
    "/me/browsers",
    BrowsersOut,
    TokenScope.DRAFT,
    summary="Take pushes",
    status=201,
    is_keyed=False,
)
def add_browser(request: ApiRequest, body: BrowserIn) -> Status[BrowsersOut]:
    """Let a browser take your pushes; the same address again replaces what was known of it."""
    call = request.auth
    services.subscribe(by=call.by, at=call.at, **body.model_dump())
    return Status(201, list_browsers(request))


@door.act(
    "/me/browsers/{uuid:subscription_id}/forget",
    BrowsersOut,
    TokenScope.DRAFT,
    summary="Take no more pushes",
    is_keyed=False,
)
def forget_browser(request: ApiRequest, subscription_id: UUID) -> BrowsersOut:
    """Let one of your browsers take no more pushes."""
    call = request.auth
    services.unsubscribe(by=call.by, subscription_id=subscription_id, at=call.at)
    return list_browsers(request)
