"""What somebody from outside sees by their link: who asks what, the shared files, their own thread. Nothing of others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from akcept.cases import attachments, store
from akcept.cases.cards import FileCard, PersonChip
from akcept.cases.models import OutsideLink
from akcept.cases.outside import links, secrets
from akcept.cases.outside.links import Over
from akcept.cases.outside.thread import GuestMessage, own_thread
from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import TypeCard
from akcept.engine.case import Case
from akcept.engine.money import Money
from akcept.engine.refusals import LinkOver, NotFound
from akcept.journal import queries as journal

OUTCOMES = frozenset({"APPROVED", "RETURNED", "REJECTED"})


@dataclass(frozen=True, slots=True)
class Decided:
    """What its owner decided by a link; `undo_until` while it can be taken back."""

    outcome: str
    at: datetime
    entry: int
    undo_until: datetime | None


@dataclass(frozen=True, slots=True)
class GuestPage:
    """Everything a link shows. Once it is over only the document's name, why, and one's own decision are left."""

    person: PersonChip
    address: str
    language: str
    time_zone: str
    type: TypeCard
    number: int
    asked_by: PersonChip
    entity: str
    title: str
    comment: str
    amount: Money | None
    question: str
    files: tuple[FileCard, ...]
    thread: tuple[GuestMessage, ...]
    revision: int
    offers_reject: bool
    expires_at: datetime
    code_sent: bool
    over: Over | None
    decided: Decided | None


@dataclass(frozen=True, slots=True)
class LetterCard:
    """What a letter needs of a link; the secrets are only ever derived for it."""

    shown: GuestPage
    token: str = field(repr=False)
    code: str = field(repr=False)
    code_number: int


def look(*, token: str, at: datetime) -> GuestPage:
    """Return what a link shows, and change nothing; refuses a link that never was."""
    return page(found(token), at)


def found(token: str, *, lock: bool = False) -> OutsideLink:
    """Return the link a secret stands for; NotFound for any other."""
    rows = OutsideLink.objects.select_related("person", "asked_by")
    if lock:
        rows = rows.select_for_update(of=("self",))
    link = rows.filter(token_hash=secrets.digest(token)).first()
    if link is None:
        raise NotFound
    return link


def page(link: OutsideLink, at: datetime) -> GuestPage:
    """Return what that link shows."""
    loaded = store.read(link.case_id)
    case = loaded.case
    over = links.over(link, case, at)
    decided = own_decision(link, case, at) if over else None
    asker = PersonChip(link.asked_by_id, link.asked_by.name, link.asked_by.position)
    return GuestPage(
        person=PersonChip(link.person_id, link.person.name, link.person.position),
        address=links.masked(link.email),
        language=link.person.language,
        time_zone=link.person.time_zone,
        type=doctypes.type_card(code=case.doctype),
        number=case.number,
        asked_by=asker,
        entity=company.entity(entity_id=loaded.entity.id).fields.name,
        title="" if over else str(case.card.get("title") or ""),
        comment="" if over else str(case.card.get("comment") or ""),
        amount=None if over else case.amount,
        question="" if over else link.question,
        files=() if over else shared_files(link),
        thread=() if over else own_thread(link),
        revision=link.revision,
        offers_reject=company.settings_of().offers_reject,
        expires_at=link.expires_at,
        code_sent=link.code_number > 0,
        over=Over.DECIDED if decided else over,
        decided=decided,
    )


def shared_files(link: OutsideLink) -> tuple[FileCard, ...]:
    """Return the files that were shared with the link."""
    return tuple(card for card in attachments.file_cards(link.case_id) if card.id in link.files)


def file(*, token: str, number: int, at: datetime) -> FileCard:
    """Return one shared file; what is not shared does not exist, and a link that is over opens nothing."""
    link = found(token)
    if over := links.over(link, store.read(link.case_id).case, at):
        raise LinkOver(over)
    for card in shared_files(link):
        if card.id == number:
            return card
    raise NotFound


def own_decision(link: OutsideLink, case: Case, at: datetime) -> Decided | None:
    """Return what the owner of a link decided in its round, unless they took it back; that of nobody else."""
    entries = journal.entries(chain_id=link.case_id)
    undone = {entry.data["entry"] for entry in entries if entry.kind == "UNDONE"}
    round_number, seat, _ = link.task.split(".", 2)
    mine, running = [], 0
    for entry in entries:
        running += entry.kind == "SUBMITTED"
        is_own = entry.kind in OUTCOMES and entry.actor.id == link.person_id
        place = (running, entry.data.get("seat"))
        if is_own and place == (int(round_number), int(seat)) and entry.number not in undone:
            mine.append(entry)
    if not mine:
        return None
    last, undoable = mine[-1], case.undoable
    is_open = undoable is not None and undoable.entry == last.number and at <= undoable.until
    return Decided(
        last.kind, last.at, last.number, undoable.until if undoable and is_open else None
    )


def letter(*, link_id: UUID, at: datetime) -> LetterCard:
    """Return what a link shows and its secrets, for its letters alone; refuses an unknown one."""
    link = OutsideLink.objects.select_related("person", "asked_by").filter(id=link_id).first()
    if link is None:
        raise NotFound
    return LetterCard(
        shown=page(link, at),
        token=secrets.token(link.id),
        code=secrets.code(link.id, link.code_number),
        code_number=link.code_number,
    )


def newest(*, case_id: UUID, person_id: UUID) -> UUID | None:
    """Return the last link that somebody got on a case."""
    rows = OutsideLink.objects.filter(case_id=case_id, person_id=person_id).order_by("-number")
    return rows.values_list("id", flat=True).first()
