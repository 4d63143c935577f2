"""The only writer of routes: a published version never changes, a change is the next version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from akcept.engine.refusals import InvalidInput, NotFound, StaleRevision, UnsuitablePerson
from akcept.journal import store as journal
from akcept.journal.canonical import JSON
from akcept.journal.in_hand import Asked
from akcept.journal.store import Actor, Record
from akcept.people.models import Person
from akcept.routes import definitions
from akcept.routes.definitions import Definition
from akcept.routes.models import Route, RouteDraft, RouteVersion

CHAIN = "ROUTE"
STEP = 100


@transaction.atomic
def create(
    *,
    code: str,
    name_en: str,
    name_ru: str,
    definition: Definition,
    by: Actor,
    at: datetime,
    request: Asked | None = None,
) -> UUID:
    """Open a route before all others with a first draft; no document takes it until it is published.

    Refuses a code that is taken and a malformed definition.
    """
    definitions.parse(definition, is_draft=True)
    if Route.objects.filter(code=code).exists():
        raise InvalidInput({"code": "TAKEN"})
    row = Route(code=code, name_en=name_en, name_ru=name_ru, priority=_foremost(by, at))
    row.save(force_insert=True)
    RouteDraft.objects.create(route=row, definition=definition, saved_at=at, saved_by=by.id)
    data: dict[str, JSON] = {
        "code": code,
        "name_en": name_en,
        "name_ru": name_ru,
        "priority": row.priority,
        "draft": [None, cast("JSON", definition)],
    }
    _record(row, "ROUTE_CREATED", data, by, at, request)
    return row.id


@transaction.atomic
def change(*, route_id: UUID, changes: Mapping[str, str | bool], by: Actor, at: datetime) -> None:
    """Give a route other names, or take it out of use and back; what is the same already is left alone."""
    _change(_locked(route_id), changes, by, at)


@transaction.atomic
def make_default(*, route_id: UUID, by: Actor, at: datetime) -> None:
    """Let a route take whatever no other one takes; there is always exactly one such route."""
    row = _locked(route_id)
    for former in Route.objects.select_for_update().filter(is_default=True).exclude(id=route_id):
        _change(former, {"is_default": False}, by, at)
    _change(row, {"is_default": True}, by, at)


@transaction.atomic
def reorder(*, order: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Put the routes into a new order; refuses one that does not name each of them once."""
    rows = {row.id: row for row in Route.objects.select_for_update().order_by("id")}
    if len(order) != len(rows) or set(order) != set(rows):
        raise InvalidInput({"order": "WRONG_SHAPE"})
    for place, route_id in enumerate(order, start=1):
        _change(rows[route_id], {"priority": place * STEP}, by, at)


@transaction.atomic
def save_draft(
    *, route_id: UUID, definition: Definition, seen: int, by: Actor, at: datetime
) -> int:
    """Keep what a route is to say next and return the draft's revision.

    `seen` is the revision that was being changed, 0 for none. Refuses a malformed definition, and a draft that
    somebody else has saved meanwhile.
    """
    definitions.parse(definition, is_draft=True)
    row = _locked(route_id)
    draft = RouteDraft.objects.filter(route=row).first()
    current = draft.revision if draft else 0
    if seen != current:
        raise StaleRevision(seen, current)
    if draft and draft.definition == definition:
        return current
    old = cast("JSON", draft.definition) if draft else None
    RouteDraft.objects.update_or_create(
        route=row,
        defaults={
            "definition": definition,
            "revision": current + 1,
            "saved_at": at,
            "saved_by": by.id,
        },
    )
    _record(row, "ROUTE_DRAFTED", {"definition": [old, cast("JSON", definition)]}, by, at)
    return current + 1


@transaction.atomic
def drop_draft(*, route_id: UUID, by: Actor, at: datetime) -> None:
    """Throw the draft of a route away; refuses where there is none."""
    row = _locked(route_id)
    draft = RouteDraft.objects.filter(route=row).first()
    if draft is None:
        raise NotFound
    draft.delete()
    _record(row, "ROUTE_DRAFT_DROPPED", {"definition": cast("JSON", draft.definition)}, by, at)


@transaction.atomic
def publish(*, route: str, definition: Definition, by: Actor, at: datetime) -> UUID:
    """Make the next version of a route and return its id; running rounds keep theirs.

    A draft that says the same is done with. The same definition again makes no version. Refuses a malformed one and
    unsuitable people.
    """
    definitions.parse(definition)
    _check_people(definitions.named_people(definition))
    row = Route.objects.select_for_update().filter(code=route).first()
    if row is None:
        raise NotFound
    for draft in RouteDraft.objects.filter(route=row):
        if draft.definition == definition:
            draft.delete()
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
    _record(row, "ROUTE_PUBLISHED", data, by, at)
    return version.id


def _change(row: Route, changes: Mapping[str, str | bool | int], by: Actor, at: datetime) -> None:
    told: dict[str, JSON] = {
        name: [getattr(row, name), value]
        for name, value in changes.items()
        if getattr(row, name) != value
    }
    if not told:
        return
    Route.objects.filter(id=row.id).update(**{name: changes[name] for name in told})
    _record(row, "ROUTE_CHANGED", {"changes": told}, by, at)


def _foremost(by: Actor, at: datetime) -> int:
    """Return a priority before all others: behind a route that takes everything a new one would take nothing."""
    first = Route.objects.order_by("priority").values_list("priority", flat=True).first()
    if first is None:
        return STEP
    if first == 0:
        reorder(order=list(Route.objects.values_list("id", flat=True)), by=by, at=at)
        first = STEP
    return first - 1


def _locked(route_id: UUID) -> Route:
    row = Route.objects.select_for_update().filter(id=route_id).first()
    if row is None:
        raise NotFound
    return row


def _record(
    row: Route,
    kind: str,
    data: Mapping[str, JSON],
    by: Actor,
    at: datetime,
    request: Asked | None = None,
) -> None:
    told = Record(kind, data)
    journal.record(row=row, chain=CHAIN, records=[told], by=by, at=at, request=request)


def _check_people(people: tuple[UUID, ...]) -> None:
    suitable = Person.objects.filter(id__in=people, is_active=True)
    if suitable.count() != len(people):
        raise UnsuitablePerson
