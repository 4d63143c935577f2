"""What came in by mail: letters with files, of which documents are made; and mail that became nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from django.http import FileResponse
from ninja import Status
from pydantic import Field

from akcept.api.calls import ApiRequest
from akcept.api.cards_in import MakeIn
from akcept.api.door import Door
from akcept.api.given import Moment, Out, OutcomeOut
from akcept.api.reading import attached
from akcept.api.taken import Id, In, Note
from akcept.delivery import queries as delivery
from akcept.delivery.verdicts import Outcome
from akcept.intake import queries, services
from akcept.intake.codes import Kind, State
from akcept.intake.queries import ItemCard
from akcept.people import access
from akcept.people.codes import TokenScope

door = Door(tags=["Intake"])
Number = Annotated[int, Field(ge=1, le=2**15 - 1)]
Limit = Annotated[int, Field(ge=1, le=100)]


class Which(StrEnum):
    """Letters that wait, or those of which something became."""

    WAITING = "WAITING"
    SETTLED = "SETTLED"


class SetAsideIn(In):
    reason: Note


class GiveIn(In):
    person: Id


class GivenOut(Out):
    """Whose it is now: who gave it away may not see it any more."""

    id: UUID
    holder_id: UUID


class ItemLineOut(Out):
    """`is_verified`: the sender is proven; anybody could have written any other."""

    id: UUID
    sender: str
    sender_name: str
    subject: str
    received_at: Moment
    state: State
    is_verified: bool
    is_automatic: bool
    holder: str
    files: list[str]


class IntakePageOut(Out):
    """A page, newest first; `older` goes into `before` of the following request. `own_address` is a secret."""

    items: list[ItemLineOut]
    older: UUID | None
    address: str
    own_address: str


class ItemFileOut(Out):
    """A file; one that was not taken has a `problem` and no contents."""

    number: int
    name: str
    sha256: str | None
    media_type: str | None
    size: int | None
    problem: str


class ItemStepOut(Out):
    kind: Kind
    at: Moment
    by: str
    person: str


class ItemOut(Out):
    id: UUID
    sender: str
    sender_name: str
    subject: str
    text: str
    received_at: Moment
    state: State
    is_verified: bool
    is_automatic: bool
    holder_id: UUID | None
    files: list[ItemFileOut]
    case_id: UUID | None
    reason: str
    steps: list[ItemStepOut]


class ReceivedOut(Out):
    """A mail and what became of it; `problems` are the codes for which files were not taken."""

    id: int
    sender: str
    outcome: Outcome
    case_id: UUID | None
    item_id: UUID | None
    problems: list[str]
    received_at: Moment


class ReceivedPageOut(Out):
    """A page, newest first; `older` goes into `before` of the following request."""

    items: list[ReceivedOut]
    older: int | None


@door.read("/intake", IntakePageOut, summary="What came in")
def list_intake(
    request: ApiRequest, which: Which = Which.WAITING, before: UUID | None = None, limit: Limit = 50
) -> IntakePageOut:
    """Return letters that wait, or those that are settled, and where letters are sent to."""
    call = request.auth
    page = queries.items(
        by=call.by, at=call.at, is_waiting=which is Which.WAITING, before=before, limit=limit
    )
    box = delivery.intake_addresses(by=call.by)
    return IntakePageOut(
        items=[ItemLineOut.model_validate(line) for line in page.items],
        older=page.older,
        address=box.shared,
        own_address=box.own,
    )


@door.read("/intake/{uuid:item_id}", ItemOut, summary="One letter")
def show_item(request: ApiRequest, item_id: UUID) -> ItemOut:
    """Return a letter with its files and what was done with it."""
    return _item(item_id, request)


@door.download("/intake/{uuid:item_id}/files/{number}", summary="A file of a letter")
def download_item_file(request: ApiRequest, item_id: UUID, number: Number) -> FileResponse:
    """Return the contents of a file as they came in."""
    call = request.auth
    card = queries.file(item_id=item_id, position=number, by=call.by, at=call.at)
    assert card.blob is not None
    return attached(card.blob.sha256, card.name, card.blob.media_type)


@door.act(
    "/intake/{uuid:item_id}/document", OutcomeOut, TokenScope.DRAFT,
    summary="Make a document of it", status=201,
)  # fmt: skip
def make_document(request: ApiRequest, item_id: UUID, body: MakeIn) -> Status[OutcomeOut]:
    """Make a document with files of the letter, named by their `sha256`; a second one is refused."""
    call = request.auth
    done = services.make_document(
        item_id=item_id,
        by=call.by,
        doctype=body.type,
        content=body.content(),
        submit=body.submit,
        duplicate_reason=body.duplicate_reason,
        at=call.at,
        key=call.key,
    )
    return Status(201, OutcomeOut.model_validate(done))


@door.act(
    "/intake/{uuid:item_id}/set-aside", ItemOut, TokenScope.DRAFT,
    summary="Set it aside",
)  # fmt: skip
def set_item_aside(request: ApiRequest, item_id: UUID, body: SetAsideIn) -> ItemOut:
    """Say that no document comes of it, and why."""
    call = request.auth
    services.set_aside(item_id=item_id, by=call.by, reason=body.reason, at=call.at, key=call.key)
    return _item(item_id, request)


@door.act(
    "/intake/{uuid:item_id}/put-back", ItemOut, TokenScope.DRAFT,
    summary="Put it back",
)  # fmt: skip
def put_item_back(request: ApiRequest, item_id: UUID) -> ItemOut:
    """Let what was set aside wait again."""
    call = request.auth
    services.put_back(item_id=item_id, by=call.by, at=call.at, key=call.key)
    return _item(item_id, request)


@door.act(
    "/intake/{uuid:item_id}/give", GivenOut, TokenScope.DRAFT,
    summary="Pass it on",
)  # fmt: skip
def give_item(request: ApiRequest, item_id: UUID, body: GiveIn) -> GivenOut:
    """Make it a colleague's, who sees it from then on."""
    call = request.auth
    services.give(item_id=item_id, to=body.person, by=call.by, at=call.at, key=call.key)
    return GivenOut(id=item_id, holder_id=body.person)


@door.read("/received-mail", ReceivedPageOut, summary="Mail and what became of it")
def list_received_mail(
    request: ApiRequest,
    before: Annotated[int, Field(ge=1, le=2**53)] | None = None,
    limit: Limit = 50,
) -> ReceivedPageOut:
    """Return what came in by mail and why some of it was not taken, for administrators and auditors."""
    call = request.auth
    access.require_looking(by=call.by.actor, at=call.at)
    return ReceivedPageOut.model_validate(delivery.received_mail(before=before, limit=limit))


def _item(item_id: UUID, request: ApiRequest) -> ItemOut:
    card = queries.item(item_id=item_id, by=request.auth.by, at=request.auth.at)
    return ItemOut(
        id=card.line.id,
        sender=card.line.sender,
        sender_name=card.line.sender_name,
        subject=card.line.subject,
        text=card.text,
        received_at=card.line.received_at,
        state=card.line.state,
        is_verified=card.line.is_verified,
        is_automatic=card.line.is_automatic,
        holder_id=card.holder_id,
        files=_files(card),
        case_id=card.case_id,
        reason=card.reason,
        steps=[ItemStepOut.model_validate(step) for step in card.steps],
    )


def _files(card: ItemCard) -> list[ItemFileOut]:
    return [
        ItemFileOut(
            number=file.position,
            name=file.name,
            sha256=file.blob.sha256 if file.blob else None,
            media_type=file.blob.media_type if file.blob else None,
            size=file.blob.size if file.blob else None,
            problem=file.problem,
        )
        for file in card.files
    ]
