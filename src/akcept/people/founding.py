"""The first day of a company: its name, payer entity, administrator, director, and who decides on the director's own documents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from akcept.company import store as company
from akcept.company.checks import EntityFields
from akcept.engine.refusals import AlreadySetUp, InvalidInput
from akcept.journal.store import Actor, ActorKind
from akcept.people.fields import PersonFields
from akcept.people.models import Person
from akcept.people.store import persons, roles

BY = Actor(ActorKind.SYSTEM, None, "Akcept")


@dataclass(frozen=True, slots=True)
class Founding:
    """What the first page asks for."""

    company_name: str
    language: str
    base_currency: str
    entity: EntityFields
    administrator: PersonFields
    password: str
    # None: the administrator is the director.
    director: PersonFields | None
    # None: the administrator, where that is somebody else than the director.
    peer: PersonFields | None


def is_set_up() -> bool:
    """Tell whether there is anybody yet."""
    return Person.objects.exists()


@transaction.atomic
def set_up(*, founding: Founding, at: datetime) -> UUID:
    """Set up an empty company and return its administrator.

    Refuses a company that has people, and a director on whose own documents nobody decides.
    """
    company.lock_settings()
    if is_set_up():
        raise AlreadySetUp
    if founding.director is None and founding.peer is None:
        raise InvalidInput({"peer": "REQUIRED"})
    settings = {
        "company_name": founding.company_name,
        "language": founding.language,
        "base_currency": founding.base_currency,
    }
    company.change_settings(changes=settings, by=BY, at=at)
    company.create_entity(fields=founding.entity, by=BY, at=at)
    return _first_people(founding, at)


def _first_people(founding: Founding, at: datetime) -> UUID:
    peer_id = None
    if founding.peer is not None:
        peer_id = persons.create(person=founding.peer, by=BY, at=at)
    as_director = replace(founding.administrator, peer_id=peer_id)
    administrator_id = persons.create(
        person=founding.administrator if founding.director else as_director, by=BY, at=at
    )
    persons.set_password(person_id=administrator_id, password=founding.password, by=BY, at=at)
    roles.grant(
        person_id=administrator_id,
        role="ADMINISTRATOR",
        entity_id=None,
        department_id=None,
        by=BY,
        at=at,
    )
    if founding.director:
        director = replace(founding.director, peer_id=peer_id or administrator_id)
        persons.create(person=director, by=BY, at=at)
    return administrator_id
