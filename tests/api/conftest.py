"""Programs that speak for the cast, over HTTP, with the real database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.utils import translation

from akcept.people import services
from akcept.people.codes import TokenScope
from akcept.people.fields import PersonFields
from akcept.people.models import Person
from programs import Program, ProgramOf
from troupe import AT, SYSTEM, Cast

EVERYTHING = tuple(TokenScope)


@pytest.fixture(autouse=True)
def language_of_its_own() -> Iterator[None]:
    """Leave no language active for whoever is tested next in this process."""
    yield
    translation.deactivate()


@pytest.fixture
def hire(db: None) -> Callable[..., Person]:
    def add(name: str, *roles: str, **fields: Any) -> Person:
        person_id = services.create_person(
            person=PersonFields(name=name, **fields), by=SYSTEM, at=AT
        )
        for role in roles:
            services.grant_role(person_id=person_id, role=role, by=SYSTEM, at=AT)
        return Person.objects.get(id=person_id)

    return add


@pytest.fixture
def program_of(db: None) -> ProgramOf:
    def make(person: Person, *scopes: TokenScope, language: str | None = None) -> Program:
        granted: Iterable[TokenScope] = scopes or EVERYTHING
        _, secret = services.make_token(
            person_id=person.id, name="test", scopes=list(granted), by=person.actor, at=AT
        )
        return Program(secret, language=language)

    return make


@pytest.fixture
def anna(hire: Callable[..., Person]) -> Person:
    """Anna asks."""
    return hire("Анна Иванова", email="anna@example.com", language="ru")


@pytest.fixture
def vera(hire: Callable[..., Person]) -> Person:
    """Vera checks accounts."""
    return hire("Vera Smirnova", "TREASURER", email="vera@example.com")


@pytest.fixture
def program(cast: Cast, program_of: ProgramOf) -> Callable[[str], Program]:
    """Return the program of somebody of the cast, with every scope."""
    made: dict[str, Program] = {}

    def of(name: str) -> Program:
        if name not in made:
            made[name] = program_of(getattr(cast, name))
        return made[name]

    return of
