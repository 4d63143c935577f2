"""A change of routes that is to its author's own advantage waits for a second person; no other one does."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from akcept.cases import confirming
from akcept.engine.refusals import NeedsSecondPerson
from akcept.people import services as people
from akcept.people.codes import ChangeState
from akcept.people.models import PendingChange, Person
from akcept.people.proposals import Waiting
from akcept.routes import queries, services, store
from troupe import AT, SYSTEM, Cast

pytestmark = pytest.mark.django_db
INVOICES = {"field": "doctype", "op": "IN", "values": ["INVOICE"]}


@pytest.fixture
def owner(cast: Cast) -> Person:
    """Let Boris own routes: Vera and Gleb are above him."""
    people.grant_role(person_id=cast.boris.id, role="ROUTE_OWNER", by=SYSTEM, at=AT)
    return cast.boris


def named(*asked: Person, **more: Any) -> dict[str, object]:
    return {"code": "A", "who": "NAMED", "people": [str(one.id) for one in asked], **more}


def opened(name: str, *stages: dict[str, object], when: list[dict[str, object]]) -> UUID:
    """Publish a route before all others."""
    said = {"conditions": when, "stages": list(stages)}
    route = services.create_route(name_en=name, name_ru="", definition=said, by=SYSTEM, at=AT)
    services.publish_route(route_id=route, seen=1, by=SYSTEM, at=AT)
    return route


def order() -> list[UUID]:
    return [line.id for line in queries.route_lines()]


@pytest.fixture
def strict(cast: Cast) -> UUID:
    """Ask Vera and Gleb of every invoice, before a route that asks Vera alone."""
    opened("Short", named(cast.vera), when=[INVOICES])
    return opened("Long", named(cast.vera, cast.gleb), when=[INVOICES])


def swapped() -> list[UUID]:
    first, second, *rest = order()
    return [second, first, *rest]


def test_an_order_that_spares_the_author_somebody_waits_and_the_other_way_does_not(
    owner: Person, strict: UUID, cast: Cast
) -> None:
    was = order()
    asked = services.reorder_routes(order=swapped(), by=owner.actor, at=AT)
    assert isinstance(asked, Waiting)
    assert order() == was
    confirming.confirm(change_id=asked.id, by=cast.root.actor, at=AT)
    assert order() == [was[1], was[0], *was[2:]]
    assert services.reorder_routes(order=was, by=owner.actor, at=AT) is None
    assert order() == was


def test_retiring_what_asks_more_waits_and_bringing_it_back_does_not(
    owner: Person, strict: UUID, cast: Cast
) -> None:
    asked = services.retire_route(route_id=strict, by=owner.actor, at=AT)
    assert isinstance(asked, Waiting)
    assert queries.route_line(route_id=strict).is_active
    confirming.confirm(change_id=asked.id, by=cast.root.actor, at=AT)
    assert not queries.route_line(route_id=strict).is_active
    assert services.bring_back_route(route_id=strict, by=owner.actor, at=AT) is None


def test_bringing_back_what_asks_less_waits(owner: Person, strict: UUID) -> None:
    services.reorder_routes(order=swapped(), by=SYSTEM, at=AT)
    short = order()[0]
    services.retire_route(route_id=short, by=SYSTEM, at=AT)
    assert isinstance(services.bring_back_route(route_id=short, by=owner.actor, at=AT), Waiting)


def test_another_default_waits_where_it_asks_less_of_what_no_other_takes(
    owner: Person, cast: Cast
) -> None:
    for line in queries.route_lines():
        if not line.is_default:
            services.retire_route(route_id=line.id, by=SYSTEM, at=AT)
    big = {"field": "amount", "op": "AT_LEAST", "values": [10_000_000]}
    short = opened("Short", named(cast.vera), when=[INVOICES, big])
    assert isinstance(services.make_default(route_id=short, by=owner.actor, at=AT), Waiting)
    assert not queries.route_line(route_id=short).is_default
    # Of Root, above whom nobody is, nothing is spared.
    assert services.make_default(route_id=short, by=cast.root.actor, at=AT) is None


def test_publishing_less_waits_and_publishing_more_does_not(owner: Person, strict: UUID) -> None:
    live = queries.route_line(route_id=strict).live
    assert live
    less = {"conditions": [INVOICES], "stages": [{"code": "A", "who": "HIERARCHY", "reach": "LEVELS"}]}  # fmt: skip
    seen = services.save_draft(route_id=strict, definition=less, seen=0, by=owner.actor, at=AT)
    asked = services.publish_route(route_id=strict, seen=seen, by=owner.actor, at=AT)
    assert isinstance(asked, Waiting)
    more = {"conditions": [INVOICES], "stages": [{"code": "A", "who": "HIERARCHY"}]}
    seen = services.save_draft(route_id=strict, definition=more, seen=seen, by=owner.actor, at=AT)
    assert isinstance(services.publish_route(route_id=strict, seen=seen, by=owner.actor, at=AT), UUID)  # fmt: skip


def test_a_seat_by_name_by_role_or_as_a_head_waits(owner: Person, cast: Cast) -> None:
    office = people.save_department(
        department_id=None, name="Office", parent_id=None, head_id=owner.id, by=SYSTEM, at=AT
    )
    stages: list[dict[str, object]] = [
        named(owner),
        {"code": "A", "who": "ROLE", "role": "ROUTE_OWNER", "how": "ANY"},
        {"code": "A", "who": "HEAD", "department": str(office)},
    ]
    for stage in stages:
        said = {"conditions": [INVOICES], "stages": [named(cast.vera, code="V"), stage]}
        route = services.create_route(name_en="New", name_ru="", definition=said, by=owner.actor, at=AT)  # fmt: skip
        assert isinstance(services.publish_route(route_id=route, seen=1, by=owner.actor, at=AT), Waiting)  # fmt: skip
    # The reporting line is the doing of the org chart.
    said = {"conditions": [INVOICES], "stages": [{"code": "A", "who": "HIERARCHY"}]}
    route = services.create_route(name_en="Up", name_ru="", definition=said, by=owner.actor, at=AT)
    assert isinstance(services.publish_route(route_id=route, seen=1, by=owner.actor, at=AT), UUID)


def test_an_order_that_gives_the_author_a_say_is_confirmed_by_nobody_whom_it_asks_too(
    cast: Cast, owner: Person
) -> None:
    people.grant_role(person_id=owner.id, role="ADMINISTRATOR", by=SYSTEM, at=AT)
    opened("Both", named(cast.vera, cast.gleb, cast.root, owner), when=[INVOICES])
    opened("Above", named(cast.vera, cast.gleb), when=[INVOICES])
    asked = services.reorder_routes(order=swapped(), by=cast.root.actor, at=AT)
    assert isinstance(asked, Waiting)
    with pytest.raises(NeedsSecondPerson):
        confirming.confirm(change_id=asked.id, by=owner.actor, at=AT)
    people.grant_role(person_id=cast.dana.id, role="ADMINISTRATOR", by=SYSTEM, at=AT)
    confirming.confirm(change_id=asked.id, by=cast.dana.actor, at=AT)
    assert PendingChange.objects.get().state == ChangeState.CONFIRMED


def test_an_order_that_waits_keeps_new_routes_first(
    owner: Person, strict: UUID, cast: Cast
) -> None:
    asked = services.reorder_routes(order=swapped(), by=owner.actor, at=AT)
    was = order()
    since = store.create(
        code="NEW", name_en="New", name_ru="New", definition=services.EMPTY, by=SYSTEM, at=AT
    )
    assert isinstance(asked, Waiting)
    confirming.confirm(change_id=asked.id, by=cast.root.actor, at=AT)
    assert order() == [since, was[1], was[0], *was[2:]]


def test_routes_of_documents_that_are_never_the_author_s_may_ask_less(
    owner: Person, cast: Cast
) -> None:
    office = people.save_department(
        department_id=None, name="Office", parent_id=None, head_id=cast.vera.id, by=SYSTEM, at=AT
    )
    there = {"field": "department", "op": "IN", "values": [str(office)]}
    opened("Short", named(cast.vera), when=[INVOICES, there])
    opened("Long", named(cast.vera, cast.gleb), when=[INVOICES, there])
    assert services.reorder_routes(order=swapped(), by=owner.actor, at=AT) is None
