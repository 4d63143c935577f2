"""What came in, as cards."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from akcept.engine.refusals import NotFound
from akcept.files.queries import BlobCard, blobs
from akcept.intake import access
from akcept.intake.codes import Kind, State
from akcept.intake.models import Item, ItemFile
from akcept.journal import queries as journal
from akcept.people import queries as people
from akcept.people import rights
from akcept.people.askers import Asker
from akcept.people.codes import Right

# More are shown as "99+".
COUNTED = 100
PAGE = 50


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in the list; `files` are the names of those that were kept."""

    id: UUID
    sender: str
    sender_name: str
    subject: str
    received_at: datetime
    state: State
    is_verified: bool
    is_automatic: bool
    holder: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """An item as those are told of it to whom it is passed on: for whom it waits, and how many entries it has."""

    subject: str
    sender: str
    files: tuple[str, ...]
    waits_for: UUID | None
    entries: int


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Some items, newest first; `older` is the key for the next page, None at the end."""

    items: tuple[ItemLine, ...]
    older: UUID | None


@dataclass(frozen=True, slots=True)
class ItemFileCard:
    """A file of an item: its contents, or the code of the problem for which it was not taken."""

    position: int
    name: str
    blob: BlobCard | None
    problem: str


@dataclass(frozen=True, slots=True)
class ItemStep:
    """Who did what with an item, and when; nobody: it came by itself. `person` is to whom it was given."""

    kind: Kind
    at: datetime
    by: str
    person: str


@dataclass(frozen=True, slots=True)
class ItemCard:
    """Everything about one item, and whether the reader may say what becomes of it."""

    line: ItemLine
    holder_id: UUID | None
    text: str
    files: tuple[ItemFileCard, ...]
    case_id: UUID | None
    reason: str
    settled_by: str
    settled_at: datetime | None
    steps: tuple[ItemStep, ...]
    may_handle: bool


def waiting(*, by: Asker, at: datetime) -> int:
    """Count the items that wait for a person, up to 100."""
    rows = Item.objects.filter(access.own_work(by=by, at=at), state=State.WAITING)
    return rows[:COUNTED].count()


def items(
    *,
    by: Asker,
    at: datetime,
    is_waiting: bool = True,
    before: UUID | None = None,
    limit: int = PAGE,
) -> ItemPage:
    """Return a page of what a person sees, newest first: what waits, or what is settled."""
    rows = Item.objects.filter(access.visible(by=by, at=at)).order_by("-id")
    states = [State.WAITING] if is_waiting else [State.TAKEN, State.SET_ASIDE]
    rows = rows.filter(state__in=states)
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows.defer("text").prefetch_related("files")[: limit + 1])
    older = found[limit - 1].id if len(found) > limit else None
    names = _names({row.holder_id for row in found[:limit]})
    return ItemPage(tuple(_line(row, names) for row in found[:limit]), older)


def places(*, item_ids: Collection[UUID]) -> dict[UUID, ItemPlace]:
    """Return items by id whoever asks: it is for telling those whose item it was made."""
    rows = Item.objects.filter(id__in=item_ids).defer("text").prefetch_related("files")
    return {
        row.id: ItemPlace(
            subject=row.subject,
            sender=" · ".join(filter(None, (row.sender_name, row.sender))),
            files=tuple(file.name for file in _files(row) if file.blob_id),
            waits_for=row.holder_id if row.state == State.WAITING else None,
            entries=row.head_number,
        )
        for row in rows
    }


def concerned(*, item_ids: Collection[UUID], at: datetime) -> set[UUID]:
    """Return whose numbers change with those items: their holders, and all who handle what comes in."""
    found = Item.objects.filter(id__in=list(item_ids)).values_list("holder_id", flat=True)
    held = list(found) if item_ids else []
    handlers = rights.holders(right=Right.HANDLE_INTAKE, at=at) if held else []
    return {*handlers, *(person for person in held if person)}


def item(*, item_id: UUID, by: Asker, at: datetime) -> ItemCard:
    """Return one item; refuses what the person may not see."""
    row = _seen(item_id, by, at)
    entries = journal.entries(chain_id=row.id)
    given = [entry.data.get("new") for entry in entries if entry.kind == Kind.GIVEN]
    who = {UUID(str(person)) for person in given if person}
    names = _names({row.holder_id, row.settled_by, *who, *(entry.actor.id for entry in entries)})
    contents = blobs(sha256s=[file.blob_id for file in row.files.all() if file.blob_id])
    return ItemCard(
        line=_line(row, names),
        holder_id=row.holder_id,
        text=row.text,
        files=tuple(
            ItemFileCard(file.position, file.name, contents.get(file.blob_id or ""), file.problem)
            for file in _files(row)
        ),
        case_id=row.case_id,
        reason=row.reason,
        settled_by=names.get(row.settled_by, ""),
        settled_at=row.settled_at,
        steps=tuple(
            ItemStep(
                Kind(entry.kind),
                entry.at,
                names.get(entry.actor.id, ""),
                next((names[key] for key in names if str(key) == entry.data.get("new")), ""),
            )
            for entry in entries
        ),
        may_handle=access.may_handle(holder_id=row.holder_id, by=by, at=at),
    )


def file(*, item_id: UUID, position: int, by: Asker, at: datetime) -> ItemFileCard:
    """Return one kept file of an item; refuses what the person may not see and what was not taken."""
    row = _seen(item_id, by, at)
    found = row.files.filter(position=position).exclude(blob=None).first()
    if found is None:
        raise NotFound
    content = blobs(sha256s=[found.blob_id or ""])[found.blob_id or ""]
    return ItemFileCard(position, found.name, content, "")


def _seen(item_id: UUID, by: Asker, at: datetime) -> Item:
    rows = Item.objects.filter(access.visible(by=by, at=at), id=item_id)
    row = rows.prefetch_related("files").first()
    if row is None:
        raise NotFound
    return row


def _files(row: Item) -> list[ItemFile]:
    return sorted(row.files.all(), key=lambda file: file.position)


def _line(row: Item, names: dict[UUID | None, str]) -> ItemLine:
    return ItemLine(
        id=row.id,
        sender=row.sender,
        sender_name=row.sender_name,
        subject=row.subject,
        received_at=row.received_at,
        state=State(row.state),
        is_verified=row.is_verified,
        is_automatic=row.is_automatic,
        holder=names.get(row.holder_id, ""),
        files=tuple(file.name for file in _files(row) if file.blob_id),
    )


def _names(person_ids: set[UUID | None]) -> dict[UUID | None, str]:
    known = people.picks(person_ids=[person for person in person_ids if person])
    return {key: pick.name for key, pick in known.items()}
