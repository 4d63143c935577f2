"""What came in by mail and what became of it, for administrators and for those who are waited for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from akcept.delivery import addresses
from akcept.delivery.models import ReceivedMail
from akcept.delivery.verdicts import Outcome
from akcept.people.askers import Asker


@dataclass(frozen=True, slots=True)
class IntakeAddresses:
    """Where invoices are sent: the address for everybody, and the reader's own; empty where none come in."""

    shared: str
    own: str


@dataclass(frozen=True, slots=True)
class ReceivedCard:
    """A mail that came in, and what became of it: never its words."""

    id: int
    sender: str
    outcome: Outcome
    case_id: UUID | None
    item_id: UUID | None
    problems: tuple[str, ...]
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """Some mails, newest first; `older` is the key for the next page, None at the end."""

    items: tuple[ReceivedCard, ...]
    older: int | None


def intake_addresses(*, by: Asker) -> IntakeAddresses:
    """Return where somebody sends invoices to."""
    return IntakeAddresses(settings.AKCEPT_INTAKE, addresses.for_intake(person_id=by.id))


def received(*, before: int | None = None, limit: int = 50) -> ReceivedPage:
    """Return a page of the mail that came in, newest first."""
    rows = ReceivedMail.objects.order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows[: limit + 1])
    older = found[limit - 1].id if len(found) > limit else None
    return ReceivedPage(tuple(_card(row) for row in found[:limit]), older)


def _card(row: ReceivedMail) -> ReceivedCard:
    return ReceivedCard(
        id=row.id,
        sender=row.sender,
        outcome=Outcome(row.outcome),
        case_id=row.case_id,
        item_id=row.item_id,
        problems=tuple(row.problems),
        received_at=row.received_at,
    )
