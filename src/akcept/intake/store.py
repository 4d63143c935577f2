"""The only writer of what came in; every step is an entry of the item's chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from akcept.engine.refusals import IntakeSettled, NotFound
from akcept.engine.values import Private
from akcept.intake.codes import Kind, State
from akcept.intake.models import Item, ItemFile
from akcept.journal import store as journal
from akcept.journal.canonical import JSON
from akcept.journal.in_hand import Asked
from akcept.journal.store import Actor, ActorKind, Record

CHAIN = "INTAKE"
MAIL = Actor(ActorKind.IMPORT, None, "mail")


@dataclass(frozen=True, slots=True)
class Letter:
    """What came, and from whom; `message` is the same whenever it comes again."""

    message: str
    sender: str
    sender_name: str
    subject: str
    text: str
    holder_id: UUID | None
    is_verified: bool
    is_automatic: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """A file of a letter: kept under its SHA-256, or refused with a problem."""

    name: str
    sha256: str = ""
    problem: str = ""


def known(*, message: str) -> UUID | None:
    """Return the item that a letter has become, if it came before."""
    return Item.objects.filter(message_hash=message).values_list("id", flat=True).first()


def receive(*, letter: Letter, files: Sequence[Brought], at: datetime) -> UUID:
    """Keep a letter and its files, once however often it comes."""
    try:
        return _received(letter, files, at)
    except IntegrityError:
        before = known(message=letter.message)
        if before is None:
            raise
        return before


@transaction.atomic
def _received(letter: Letter, files: Sequence[Brought], at: datetime) -> UUID:
    row = Item(
        message_hash=letter.message,
        sender=letter.sender,
        sender_name=letter.sender_name,
        holder_id=letter.holder_id,
        is_verified=letter.is_verified,
        is_automatic=letter.is_automatic,
        subject=letter.subject,
        text=letter.text,
        received_at=at,
    )
    row.save(force_insert=True)
    ItemFile.objects.bulk_create(
        ItemFile(
            item=row,
            position=place,
            name=file.name,
            blob_id=file.sha256 or None,
            problem=file.problem,
        )
        for place, file in enumerate(files, 1)
    )
    told: dict[str, JSON] = {
        "sender": Private(letter.sender),
        "subject": Private(letter.subject),
        "text": Private(letter.text),
        "holder": letter.holder_id,
        "is_verified": letter.is_verified,
        "is_automatic": letter.is_automatic,
        "files": [_file(file) for file in files],
    }
    _record(row, Kind.RECEIVED, told, MAIL, at)
    return row.id


@transaction.atomic
def give(
    *, item_id: UUID, holder_id: UUID | None, by: Actor, at: datetime, request: Asked | None = None
) -> None:
    """Make an item somebody's, or nobody's; refuses one that is settled."""
    row = _waiting(item_id)
    if row.holder_id == holder_id:
        return
    data: dict[str, JSON] = {"old": row.holder_id, "new": holder_id}
    row.holder_id = holder_id
    row.save(update_fields=["holder_id"])
    _record(row, Kind.GIVEN, data, by, at, request)


@transaction.atomic
def take(*, item_id: UUID, case_id: UUID, by: Actor, at: datetime) -> None:
    """Note which document an item has become, in the transaction that makes the document; refuses a second one."""
    row = _waiting(item_id)
    row.case_id = case_id
    _settle(row, State.TAKEN, by, at)
    _record(row, Kind.TAKEN, {"case": case_id}, by, at)


@transaction.atomic
def set_aside(
    *, item_id: UUID, reason: str, by: Actor, at: datetime, request: Asked | None = None
) -> None:
    """Note that no document comes of an item; refuses one that is settled."""
    row = _waiting(item_id)
    row.reason = reason
    _settle(row, State.SET_ASIDE, by, at)
    _record(row, Kind.SET_ASIDE, {"reason": Private(reason)}, by, at, request)


@transaction.atomic
def put_back(*, item_id: UUID, by: Actor, at: datetime, request: Asked | None = None) -> None:
    """Let an item that was set aside wait again; refuses one that has become a document."""
    row = _locked(item_id)
    if row.state == State.WAITING:
        return
    if row.state != State.SET_ASIDE:
        raise _settled(row)
    row.state, row.reason, row.settled_by, row.settled_at = State.WAITING, "", None, None
    row.save(update_fields=["state", "reason", "settled_by", "settled_at"])
    _record(row, Kind.PUT_BACK, {}, by, at, request)


def _settle(row: Item, state: State, by: Actor, at: datetime) -> None:
    row.state, row.settled_by, row.settled_at = state, by.id, at
    row.save(update_fields=["state", "case_id", "reason", "settled_by", "settled_at"])


def _waiting(item_id: UUID) -> Item:
    row = _locked(item_id)
    if row.state != State.WAITING:
        raise _settled(row)
    return row


def _settled(row: Item) -> IntakeSettled:
    return IntakeSettled(str(row.settled_by or ""), row.state)


def _locked(item_id: UUID) -> Item:
    row = Item.objects.select_for_update().filter(id=item_id).first()
    if row is None:
        raise NotFound
    return row


def _file(file: Brought) -> JSON:
    return {"name": Private(file.name), "sha256": file.sha256, "problem": file.problem}


def _record(
    row: Item,
    kind: Kind,
    data: dict[str, JSON],
    by: Actor,
    at: datetime,
    request: Asked | None = None,
) -> None:
    told = Record(kind, data)
    journal.record(row=row, chain=CHAIN, records=[told], by=by, at=at, request=request)
