"""The first day of a company: its name, payer entity, administrator, director, and who decides on the director's own documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    wrong = _Wrong()
    with wrong.of():
        company.change_settings(changes=settings, by=BY, at=at)
    with wrong.of("entity"):
        company.create_entity(fields=founding.entity, by=BY, at=at)
    with wrong.of():
        persons.check_password(password=founding.password, of=founding.administrator)
    return _first_people(founding, wrong, at)


def faults(*, founding: Founding, at: datetime) -> Mapping[str, str]:
    """Return what setting up would refuse, by field, and set up nothing."""
    try:
        with transaction.atomic():
            set_up(founding=founding, at=at)
            transaction.set_rollback(True)
    except InvalidInput as refusal:
        return refusal.errors
    return {}


def _first_people(founding: Founding, wrong: _Wrong, at: datetime) -> UUID:
    def hired(whose: str, person: PersonFields) -> UUID | None:
        made: list[UUID] = []
        with wrong.of(whose):
            made.append(persons.create(person=person, by=BY, at=at))
        return made[0] if made else None

    peer_id = hired("peer", founding.peer) if founding.peer else None
    as_director = replace(founding.administrator, peer_id=peer_id)
    administrator = founding.administrator if founding.director else as_director
    administrator_id = hired("administrator", administrator)
    director_id = administrator_id
    if founding.director:
        director = replace(founding.director, peer_id=peer_id or administrator_id)
        director_id = hired("director", director)
    for colleague in founding.colleagues:
        hired("colleagues", replace(colleague, manager_id=director_id))
    if administrator_id and "password" not in wrong.errors:
        with wrong.of("administrator"):
            _let_administer(administrator_id, founding.password, at)
    if wrong.errors or administrator_id is None:
        raise InvalidInput(wrong.errors)
    return administrator_id


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


class _Wrong:
    """What cannot be accepted, by field: several people and an entity stand on one page, and all of it is told at once."""

    def __init__(self) -> None:
        self.errors: dict[str, str] = {}

    @contextmanager
    def of(self, whose: str = "") -> Iterator[None]:
        """Note what is refused of an entity or a person, and go on."""
        try:
            with transaction.atomic():
                yield
        except InvalidInput as refusal:
            prefix = f"{whose}_" if whose else ""
            self.errors |= {f"{prefix}{field}": code for field, code in refusal.errors.items()}
