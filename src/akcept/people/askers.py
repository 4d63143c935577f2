"""Who asks: the log-in, the token or the command line, reduced to what the rooms below need of a person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from akcept.journal.store import Actor, ActorKind
from akcept.people.codes import PersonKind
from akcept.people.models import Person


@dataclass(frozen=True, slots=True)
class Asker:
    """The person behind a request."""

    id: UUID
    name: str
    language: str
    time_zone: str

    @property
    def actor(self) -> Actor:
        """Return the person as the journal names who acted."""
        return Actor(ActorKind.PERSON, self.id, self.name)


def asker_of(person: Person) -> Asker:
    """Return the asker for a logged-in person."""
    return Asker(person.id, person.name, person.language, person.time_zone)


def asker(*, person_id: UUID) -> Asker | None:
    """Return the asker for the owner of a token, or None: unknown, deactivated or from outside."""
    inside = Person.objects.filter(is_active=True, kind=PersonKind.INTERNAL)
    person = inside.filter(id=person_id).first()
    return asker_of(person) if person else None
