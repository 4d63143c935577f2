"""The cast, small: who stands where, and two payer entities."""

from __future__ import annotations

from uuid import UUID

import pytest

from akcept.company import store as company
from akcept.people import services
from akcept.people.fields import PersonFields
from akcept.people.models import Person
from staff import ALPHA, BETA, Hire
from troupe import AT, SYSTEM


@pytest.fixture
def hire(db: None) -> Hire:
    """Return a way to add somebody by name, with roles for everything."""

    def add(name: str, *roles: str, **fields: str | UUID | None) -> Person:
        person = PersonFields(name=name, **fields)
        person_id = services.create_person(person=person, by=SYSTEM, at=AT)
        for role in roles:
            services.grant_role(person_id=person_id, role=role, by=SYSTEM, at=AT)
        return Person.objects.get(id=person_id)

    return add


@pytest.fixture
def root(hire: Hire) -> Person:
    """Root administers."""
    return hire("Root", "ADMINISTRATOR", email="root@example.com")


@pytest.fixture
def anna(hire: Hire) -> Person:
    """Anna asks."""
    return hire("Иванова Анна Сергеевна", email="Anna@Example.com", position="Менеджер")


@pytest.fixture
def alpha(db: None) -> UUID:
    """Return a payer entity."""
    return company.create_entity(fields=ALPHA, by=SYSTEM, at=AT)


@pytest.fixture
def beta(db: None) -> UUID:
    """Return another one."""
    return company.create_entity(fields=BETA, by=SYSTEM, at=AT)
