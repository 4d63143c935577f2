"""The first day of a company: its name, payer entity, administrator, director, and who decides on the director's own documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
    # Report to the director; everything else about them is said later.
    colleagues: tuple[PersonFields, ...] = ()


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
    with _named("entity"):
        company.create_entity(fields=founding.entity, by=BY, at=at)
    return _first_people(founding, at)


def _first_people(founding: Founding, at: datetime) -> UUID:
    peer_id = _hire("peer", founding.peer, at) if founding.peer else None
    as_director = replace(founding.administrator, peer_id=peer_id)
    administrator = founding.administrator if founding.director else as_director
    administrator_id = _hire("administrator", administrator, at)
    _let_administer(administrator_id, founding.password, at)
    director_id = administrator_id
    if founding.director:
        director = replace(founding.director, peer_id=peer_id or administrator_id)
        director_id = _hire("director", director, at)
    for colleague in founding.colleagues:
        _hire("colleagues", replace(colleague, manager_id=director_id), at)
    return administrator_id


def _hire(whose: str, person: PersonFields, at: datetime) -> UUID:
    with _named(whose):
        return persons.create(person=person, by=BY, at=at)


def _let_administer(person_id: UUID, password: str, at: datetime) -> None:
    persons.set_password(person_id=person_id, password=password, by=BY, at=at)
    roles.grant(
        person_id=person_id,
        role="ADMINISTRATOR",
        entity_id=None,
        department_id=None,
        by=BY,
        at=at,
    )


@contextmanager
def _named(whose: str) -> Iterator[None]:
    """Say whose field cannot be accepted: several people and an entity stand on one page."""
    try:
        yield
    except InvalidInput as refusal:
        named = {f"{whose}_{field}": code for field, code in refusal.errors.items()}
        raise InvalidInput(named) from None
