"""What the tests of delivery share: let everything be told, and read who was told of what."""

from __future__ import annotations

from datetime import datetime, timedelta

from akcept.cases import services
from akcept.cases.cards import Outcome
from akcept.cases.services import CardInput
from akcept.delivery.fanout import fan_out
from akcept.delivery.models import Delivery, Notice
from akcept.delivery.send import send_one
from akcept.people.models import Person
from troupe import AT, PDF, Cast, keep_pdf

# When the time to undo the last decision of a test is over.
LATER = AT + timedelta(minutes=1)


def tell(at: datetime = LATER) -> None:
    """Fan out everything that is due."""
    while fan_out(at=at):
        pass


def send_all(at: datetime = LATER) -> None:
    """Send every letter that is due."""
    while send_one(at=at):
        pass


def told(person: Person) -> list[str]:
    """Return the topics a person was told of, oldest first."""
    rows = Notice.objects.filter(person_id=person.id).order_by("id")
    return [str(row.topic) for row in rows]


def mailed(person: Person) -> list[str]:
    """Return the topics a person gets letters for, oldest first."""
    rows = Delivery.objects.filter(person_id=person.id).order_by("id")
    return [str(row.topic) for row in rows]


def forget() -> None:
    """Tell everything so far and forget it, so that a test sees only what comes next."""
    tell()
    Notice.objects.all().delete()
    Delivery.objects.all().delete()


def another(cast: Cast, number: int, at: datetime = AT) -> Outcome:
    """Let Anna send one more invoice that is no duplicate of the others."""
    day = (at + timedelta(days=3)).date()
    file = keep_pdf(content=PDF + b"%" + str(number).encode())
    card = cast.card(supplier_number=f"A-{number}")
    content = CardInput(card, planned=((day, 12_000_000),), files=(file,))
    return services.create(
        by=cast.asks("anna"), doctype="INVOICE", content=content, submit=True, at=at
    )
