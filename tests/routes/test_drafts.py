"""Owners build routes in drafts, publish them as versions, and set their order; everything is on record."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from akcept.engine.refusals import (
    InvalidInput,
    NotAllowed,
    NotFound,
    RouteUnsound,
    StaleRevision,
)
from akcept.journal.models import Entry
from akcept.journal.store import Actor, ActorKind
from akcept.people.models import Person, Role, RoleGrant
from akcept.routes import queries, services

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OWNER = Actor(ActorKind.PERSON, UUID(int=9), "Olga")
ANNA = Actor(ActorKind.PERSON, UUID(int=1), "Anna")
BIG = {"field": "amount", "op": "AT_LEAST", "values": [10_000_000]}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def owner() -> None:
    row = Person.objects.create(id=OWNER.id, name=OWNER.name)
    role = Role.objects.get(code="ROUTE_OWNER")
    RoleGrant.objects.create(person=row, role=role, granted_at=AT)


@pytest.fixture
def boris() -> UUID:
    director = Person.objects.create(name="Gleb")
    return Person.objects.create(name="Boris", manager=director).id


def definition(*people: UUID, **more: Any) -> dict[str, object]:
    stage = {"code": "A", "who": "NAMED", "people": [str(person) for person in people]}
    return {"conditions": [BIG], "stages": [stage | more]}


def opened(name: str = "Big purchases", **draft: Any) -> UUID:
    return services.create_route(name_en=name, name_ru="", by=OWNER, at=AT, **draft)


def entries(route: UUID) -> list[tuple[str, dict[str, object]]]:
    rows = Entry.objects.filter(chain_id=route).order_by("number")
    return [(row.kind, json.loads(row.body)["data"]) for row in rows]


def test_a_new_route_is_a_draft_before_all_others_that_no_document_takes() -> None:
    route = queries.route_line(route_id=opened())
    assert (route.code, route.name_ru, route.live) == ("BIG_PURCHASES", "Big purchases", None)
    assert queries.route_lines()[0].id == route.id
    assert "BIG_PURCHASES" not in {row.route for row in queries.current()}


def test_two_routes_of_one_name_have_codes_of_their_own() -> None:
    codes = [queries.route_line(route_id=opened()).code for _ in range(2)]
    assert codes == ["BIG_PURCHASES", "BIG_PURCHASES_2"]


def test_a_route_without_a_name_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        opened(" ")
    assert refused.value.errors == {"name_en": "REQUIRED"}


def test_the_same_request_opens_one_route() -> None:
    asked = [
        services.create_route(name_en="Big", name_ru="Крупные", by=OWNER, at=AT, key="k")
        for _ in range(2)
    ]
    assert asked[0] == asked[1]


def test_a_published_draft_is_the_next_version_and_takes_documents(boris: UUID) -> None:
    route = opened()
    seen = services.save_draft(
        route_id=route, definition=definition(boris), seen=1, by=OWNER, at=AT
    )
    version = services.publish_route(route_id=route, seen=seen, by=OWNER, at=AT)
    line = queries.route_line(route_id=route)
    assert line.live is not None
    assert (line.live.id, line.live.number, line.draft) == (str(version), 1, None)
    assert queries.current()[0].route == "BIG_PURCHASES"
    assert [kind for kind, _ in entries(route)] == [
        "ROUTE_CREATED",
        "ROUTE_DRAFTED",
        "ROUTE_PUBLISHED",
    ]


def test_a_draft_keeps_the_published_version_running(boris: UUID) -> None:
    route = opened(definition=definition(boris))
    services.publish_route(route_id=route, seen=1, by=OWNER, at=AT)
    services.save_draft(
        route_id=route, definition=definition(boris, hours=8), seen=0, by=OWNER, at=AT
    )
    line = queries.route_line(route_id=route)
    assert line.live is not None
    assert line.live.stages[0].hours is None
    assert line.latest.stages[0].hours == 8
    services.drop_draft(route_id=route, by=OWNER, at=AT)
    assert queries.route_line(route_id=route).latest.stages[0].hours is None


def test_a_draft_that_somebody_else_saved_meanwhile_is_not_overwritten(boris: UUID) -> None:
    route = opened()
    services.save_draft(route_id=route, definition=definition(boris), seen=1, by=OWNER, at=AT)
    with pytest.raises(StaleRevision):
        services.save_draft(route_id=route, definition=services.EMPTY, seen=1, by=OWNER, at=AT)
    with pytest.raises(StaleRevision):
        services.publish_route(route_id=route, seen=1, by=OWNER, at=AT)
    assert queries.route_line(route_id=route).latest.stages


def test_a_route_with_errors_is_not_published() -> None:
    route = opened()
    with pytest.raises(RouteUnsound) as refused:
        services.publish_route(route_id=route, seen=1, by=OWNER, at=AT)
    assert "NO_STAGES" in refused.value.problems


def test_the_only_draft_of_a_route_never_published_is_not_thrown_away() -> None:
    with pytest.raises(InvalidInput):
        services.drop_draft(route_id=opened(), by=OWNER, at=AT)


def test_routes_change_places_and_every_move_is_on_record() -> None:
    first, *rest = (row.id for row in queries.route_lines())
    services.reorder_routes(order=[*rest, first], by=OWNER, at=AT)
    assert [row.id for row in queries.route_lines()] == [*rest, first]
    assert entries(first)[-1] == ("ROUTE_CHANGED", {"changes": {"priority": [100, 300]}})
    with pytest.raises(InvalidInput):
        services.reorder_routes(order=rest, by=OWNER, at=AT)


def test_a_new_route_finds_a_place_where_the_first_is_at_the_very_top(boris: UUID) -> None:
    for _ in range(102):
        route = opened()
    assert queries.route_lines()[0].id == route


def test_a_route_is_retired_and_brought_back_but_never_the_default_one() -> None:
    routes = {row.code: row.id for row in queries.route_lines()}
    services.retire_route(route_id=routes["LIST"], by=OWNER, at=AT)
    assert "LIST" not in {row.route for row in queries.current()}
    services.bring_back_route(route_id=routes["LIST"], by=OWNER, at=AT)
    assert "LIST" in {row.route for row in queries.current()}
    with pytest.raises(InvalidInput):
        services.retire_route(route_id=routes["HIERARCHY"], by=OWNER, at=AT)


def test_another_route_becomes_the_default_one() -> None:
    routes = {row.code: row.id for row in queries.route_lines()}
    services.make_default(route_id=routes["LIST"], by=OWNER, at=AT)
    assert [row.code for row in queries.route_lines() if row.is_default] == ["LIST"]
    services.retire_route(route_id=routes["HIERARCHY"], by=OWNER, at=AT)
    with pytest.raises(InvalidInput):
        services.make_default(route_id=routes["HIERARCHY"], by=OWNER, at=AT)


def test_names_change_with_both_told() -> None:
    route = opened()
    services.rename_route(route_id=route, name_en="Large", name_ru="Крупные", by=OWNER, at=AT)
    kind, data = entries(route)[-1]
    assert kind == "ROUTE_CHANGED"
    assert data["changes"] == {
        "name_en": ["Big purchases", "Large"],
        "name_ru": ["Big purchases", "Крупные"],
    }


def test_others_touch_no_route(boris: UUID) -> None:
    route = opened(definition=definition(boris))
    acts = (
        lambda: services.create_route(name_en="x", name_ru="", by=ANNA, at=AT),
        lambda: services.rename_route(route_id=route, name_en="x", name_ru="", by=ANNA, at=AT),
        lambda: services.save_draft(
            route_id=route, definition=services.EMPTY, seen=1, by=ANNA, at=AT
        ),
        lambda: services.drop_draft(route_id=route, by=ANNA, at=AT),
        lambda: services.publish_route(route_id=route, seen=1, by=ANNA, at=AT),
        lambda: services.reorder_routes(order=[], by=ANNA, at=AT),
        lambda: services.retire_route(route_id=route, by=ANNA, at=AT),
        lambda: services.bring_back_route(route_id=route, by=ANNA, at=AT),
        lambda: services.make_default(route_id=route, by=ANNA, at=AT),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_an_unknown_route_is_refused() -> None:
    with pytest.raises(NotFound):
        queries.route_line(route_id=UUID(int=5))
    with pytest.raises(NotFound):
        services.save_draft(
            route_id=UUID(int=5), definition=services.EMPTY, seen=0, by=OWNER, at=AT
        )
