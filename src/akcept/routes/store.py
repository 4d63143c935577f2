"""The only writer of routes: a published version never changes, a change is the next version."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from akcept.engine.refusals import NotFound, UnsuitablePerson
from akcept.journal import store as journal
from akcept.journal.canonical import JSON
from akcept.journal.store import Actor, Record
from akcept.people.models import Person
from akcept.routes import definitions
from akcept.routes.definitions import Definition
from akcept.routes.models import Route, RouteVersion

CHAIN = "ROUTE"


@transaction.atomic
def publish(*, route: str, definition: Definition, by: Actor, at: datetime) -> UUID:
    """Make the next version of a route and return its id; running rounds keep theirs.

    The same definition again makes no version. Refuses a malformed one and unsuitable people.
    """
    _check_people(definitions.named_people(definition))
    row = Route.objects.select_for_update().filter(code=route).first()
    if row is None:
        raise NotFound
    last = row.versions.order_by("-number").first()
    if last is not None and last.definition == definition:
        return last.id
    version = RouteVersion(
        route=row,
        number=last.number + 1 if last else 1,
        definition=definition,
        published_at=at,
        published_by=by.id,
    )
    version.save(force_insert=True)
    data: dict[str, JSON] = {
        "version": version.id,
        "number": version.number,
        "definition": [
            cast("JSON", last.definition) if last else None,
            cast("JSON", definition),
        ],
    }
    published = Record("ROUTE_PUBLISHED", data)
    journal.record(row=row, chain=CHAIN, records=[published], by=by, at=at)
    return version.id


def _check_people(people: tuple[UUID, ...]) -> None:
    suitable = Person.objects.filter(id__in=people, is_active=True)
    if suitable.count() != len(people):
        raise UnsuitablePerson
