"""What somebody from outside and the company write to each other on one document: that person's own thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from akcept.cases import naming
from akcept.cases.cards import PersonChip
from akcept.cases.models import Message, OutsideLink
from akcept.journal import queries as journal


@dataclass(frozen=True, slots=True)
class GuestMessage:
    """A message of the thread as it reads now; `text` is None where a retention rule has removed it."""

    number: int
    by: PersonChip
    at: datetime
    text: str | None
    is_edited: bool
    is_mine: bool


def own_thread(link: OutsideLink) -> tuple[GuestMessage, ...]:
    """Return what the owner of a link and the company wrote to each other, oldest first; nothing that others read."""
    rows = list(Message.objects.filter(case=link.case_id, guest=link.person_id).order_by("number"))
    texts = journal.entries_of(refs=[(row.case_id, row.edited or row.number) for row in rows])
    chips = naming.chips(row.by_id for row in rows)
    return tuple(
        GuestMessage(
            number=row.number,
            by=chips[str(row.by_id)],
            at=row.at,
            text=_text(texts[row.case_id, row.edited or row.number].data.get("text")),
            is_edited=row.edited is not None,
            is_mine=row.by_id == link.person_id,
        )
        for row in rows
    )


def expected(*, case_id: UUID, guest: UUID) -> tuple[UUID, ...]:
    """Return who of the company is to answer somebody from outside: who asked them, and who has written to them."""
    asked = OutsideLink.objects.filter(case=case_id, person=guest).order_by("number")
    wrote = Message.objects.filter(case=case_id, guest=guest).exclude(by=guest).order_by("number")
    people = (
        *asked.values_list("asked_by", flat=True),
        *wrote.values_list("by", flat=True),
    )
    return tuple(dict.fromkeys(person for person in people))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
