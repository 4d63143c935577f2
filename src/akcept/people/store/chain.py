"""What every write of this room has in common: the locked person and the entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from akcept.engine.refusals import InvalidInput, NotFound
from akcept.engine.values import Private
from akcept.journal import store as journal
from akcept.journal.canonical import JSON
from akcept.journal.store import Actor, Record
from akcept.people.codes import PersonKind
from akcept.people.models import Person

CHAIN = "PERSON"


def locked(person_id: UUID) -> Person:
    """Return a person whose row nobody else changes until the transaction ends."""
    person = Person.objects.select_for_update().filter(id=person_id).first()
    if person is None:
        raise NotFound
    return person


def locked_insider(person_id: UUID, *, field: str) -> Person:
    """Return such a person; refuses somebody from outside, naming what was to be given to them."""
    person = locked(person_id)
    if person.kind == PersonKind.EXTERNAL:
        raise InvalidInput({field: "FROM_OUTSIDE"})
    return person


def is_outsider(person_id: UUID | None) -> bool:
    """Say whether somebody is from outside, where anybody is named at all."""
    if person_id is None:
        return False
    return Person.objects.filter(id=person_id, kind=PersonKind.EXTERNAL).exists()


def append(person: Person, kind: str, data: Mapping[str, JSON], by: Actor, at: datetime) -> None:
    """Append one entry to a person's chain."""
    journal.record(row=person, chain=CHAIN, records=[Record(kind, data)], by=by, at=at)


def private(value: str | None) -> JSON:
    """Wrap a personal value; what is empty tells nothing and stays as it is."""
    return Private(value) if value else value
