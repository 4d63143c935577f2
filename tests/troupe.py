"""The cast: Anna asks, Boris and Vera approve, Clara pays, Gleb is the financial director and heads the company,
Dana deputises, Oleg is a stranger, Root administers. One company, one counterparty, one file."""

from __future__ import annotations

import io
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import refill
from akcept.cases import services
from akcept.cases.cards import Outcome
from akcept.cases.inputs import NewFile
from akcept.cases.services import CardInput
from akcept.company import store as company
from akcept.files import services as files
from akcept.journal.models import Entry
from akcept.journal.store import Actor, ActorKind
from akcept.parties import services as parties
from akcept.people import services as people
from akcept.people.askers import Asker, asker_of
from akcept.people.fields import PersonFields
from akcept.people.models import Person
from staff import ALPHA

# A Friday morning in Moscow.
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = date(2026, 11, 20)
SYSTEM = Actor(ActorKind.SYSTEM, None, "Akcept")
PASSWORD = "correct horse battery staple"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(frozen=True)
class Cast:
    """Everybody, and what they work with."""

    anna: Person
    boris: Person
    vera: Person
    clara: Person
    gleb: Person
    dana: Person
    oleg: Person
    root: Person
    entity: UUID
    counterparty: UUID

    def asks(self, name: str) -> Asker:
        """Return somebody of the cast as a service knows them."""
        return asker_of(getattr(self, name))

    def card(self, **changes: Any) -> dict[str, Any]:
        """Return the fields of an ordinary invoice."""
        return {
            "amount": 12_000_000,
            "currency": "RUB",
            "entity": str(self.entity),
            "counterparty": str(self.counterparty),
            "supplier_number": "77",
            "issued_on": "2026-11-18",
            "due_on": "2026-12-25",
            "comment": "Хостинг за ноябрь",
            "approval_type": "HIERARCHY",
        } | changes


# What the database held before and after the first time.
_before: list[refill.Table] = []
_after: list[refill.Table] = []
_ids: dict[str, UUID] = {}


def assemble() -> Cast:
    """Hire everybody and set the company up; from the second time on by the rows of the first, in a tenth of the time."""
    if Entry.objects.exists() or Person.objects.exists():
        return _hired()
    if _after:
        refill.add(_before, _after)
        hired = {person.id: person for person in Person.objects.all()}
        return Cast(**{name: hired.get(id, id) for name, id in _ids.items()})
    _before[:] = refill.keep()
    cast = _hired()
    _after[:] = refill.added(_before)
    for field in fields(Cast):
        known = getattr(cast, field.name)
        _ids[field.name] = known.id if isinstance(known, Person) else known
    return cast


def _hired() -> Cast:
    hired: dict[str, Person] = {}

    def hire(first: str, name: str, *roles: str, manager: str = "", language: str = "en") -> None:
        person = PersonFields(
            name=name,
            email=f"{first}@example.com",
            position=first.title(),
            manager_id=hired[manager].id if manager else None,
            language=language,
            time_zone="Europe/Moscow",
        )
        id = people.create_person(person=person, by=SYSTEM, at=AT)
        people.set_password(person_id=id, password=PASSWORD, by=SYSTEM, at=AT)
        for role in roles:
            people.grant_role(person_id=id, role=role, by=SYSTEM, at=AT)
        hired[first] = Person.objects.get(id=id)

    hire("root", "Root Rootov", "ADMINISTRATOR")
    hire("gleb", "Gleb Glebov", "CFO")
    hire("vera", "Vera Verina", manager="gleb")
    hire("boris", "Boris Borisov", manager="vera")
    hire("anna", "Anna Annina", manager="boris")
    hire("clara", "Clara Clarina", "ACCOUNTANT")
    hire("dana", "Dana Danina")
    hire("oleg", "Oleg Olegov")
    entity = company.create_entity(
        fields=ALPHA,
        by=SYSTEM,
        at=AT,
    )
    counterparty = parties.create_counterparty(
        fields=parties.PartyFields(name="ООО «Ромашка»", country="RU", inn="7707083893"),
        by=SYSTEM,
        at=AT,
    )
    return Cast(**hired, entity=entity, counterparty=counterparty)


def keep(content: bytes, name: str) -> files.KeptFile:
    """Keep a file that everybody has had in hands."""
    people = Person.objects.values_list("id", flat=True)
    *_, kept = (
        files.keep(stream=io.BytesIO(content), name=name, by=person, at=AT) for person in people
    )
    return kept


def keep_pdf(name: str = "счёт.pdf", purpose: str = "INVOICE", content: bytes = PDF) -> NewFile:
    """Keep a small PDF to be attached."""
    kept = keep(content, name)
    return NewFile(purpose, kept.sha256, kept.name)


def send(cast: Cast, at: datetime = AT, **changes: Any) -> Outcome:
    """Let Anna send an ordinary invoice for approval."""
    amount = changes.get("amount", 12_000_000)
    card = cast.card(**changes)
    # Invoices with numbers of their own have files of their own.
    scan = PDF + f"% {card['supplier_number']}\n".encode()
    content = CardInput(card, planned=((TODAY, amount),), files=(keep_pdf(content=scan),))
    return services.create(
        by=cast.asks("anna"), doctype="INVOICE", content=content, submit=True, at=at
    )


def approved(cast: Cast, at: datetime = AT, **changes: Any) -> Outcome:
    """Let Anna send an invoice and everybody above her approve it."""
    sent = send(cast, at, **changes)
    for name in ("boris", "vera", "gleb"):
        outcome = services.approve(
            case_id=sent.case_id, by=cast.asks(name), revision=sent.revision, at=at
        )
    return outcome
