"""Three routes ship; the sequential list is an administrator's to change, at any time."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from akcept.engine.refusals import InvalidInput, NotAllowed, NotFound, UnsuitablePerson
from akcept.engine.routes import (
    Condition,
    How,
    Op,
    Reach,
    Stage,
    Who,
    choose,
)
from akcept.engine.routes import (
    RouteVersion as Version,
)
from akcept.journal.models import Entry
from akcept.journal.store import Actor, ActorKind
from akcept.people.models import Person, Role, RoleGrant
from akcept.routes import definitions, queries, services, store
from akcept.routes.models import Route, RouteVersion

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROOT = Actor(ActorKind.PERSON, UUID(int=9), "Root")
ANNA = Actor(ActorKind.PERSON, UUID(int=1), "Anna")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root() -> None:
    row = Person.objects.create(id=ROOT.id, name=ROOT.name)
    role = Role.objects.get(code="ADMINISTRATOR")
    RoleGrant.objects.create(person=row, role=role, granted_at=AT)


@pytest.fixture
def boris() -> UUID:
    return Person.objects.create(name="Boris").id


@pytest.fixture
def vera() -> UUID:
    return Person.objects.create(name="Vera").id


def listed() -> tuple[str, ...]:
    return queries.route_card(code="LIST").version.stages[0].people


@pytest.mark.parametrize(
    ("approval_type", "who"),
    [("HIERARCHY", Who.HIERARCHY), ("LIST", Who.NAMED), ("MY_CHOICE", Who.MY_CHOICE)],
)
def test_each_approval_type_has_its_route(approval_type: str, who: Who) -> None:
    route = choose(queries.current(), {"approval_type": approval_type})
    assert route is not None
    assert (route.route, route.number, route.stages[0].who) == (approval_type, 1, who)


def test_without_an_approval_type_the_default_is_taken() -> None:
    route = choose(queries.current(), {})
    assert route is not None
    assert (route.route, route.is_default) == ("HIERARCHY", True)


def test_all_routes_take_one_query(django_assert_num_queries, boris: UUID) -> None:
    services.set_list(people=[boris], by=ROOT, at=AT)
    queries.current()
    with django_assert_num_queries(1):
        assert [route.route for route in queries.current()] == ["HIERARCHY", "LIST", "MY_CHOICE"]
    assert queries.route_card(code="LIST").version.number == 2


def test_a_route_out_of_use_is_not_offered() -> None:
    Route.objects.filter(code="MY_CHOICE").update(is_active=False)
    assert [route.route for route in queries.current()] == ["HIERARCHY", "LIST"]


def test_an_administrator_names_people_in_order(boris: UUID, vera: UUID) -> None:
    services.set_list(people=[vera, boris], by=ROOT, at=AT)
    card = queries.route_card(code="LIST")
    assert card.version.stages == (
        Stage("APPROVAL", who=Who.NAMED, people=(str(vera), str(boris))),
    )
    assert card.version.conditions == (Condition("approval_type", Op.IN, ("LIST",)),)
    assert (card.version.number, card.published_by, card.published_at) == (2, ROOT.id, AT)


def test_a_running_round_keeps_its_version(boris: UUID, vera: UUID) -> None:
    running = services.set_list(people=[boris], by=ROOT, at=AT)
    services.set_list(people=[vera], by=ROOT, at=AT + timedelta(days=1))
    assert queries.version(version_id=running).stages[0].people == (str(boris),)
    assert listed() == (str(vera),)


def test_the_same_list_again_is_no_new_version(boris: UUID) -> None:
    one = services.set_list(people=[boris], by=ROOT, at=AT)
    assert services.set_list(people=[boris], by=ROOT, at=AT) == one
    assert RouteVersion.objects.filter(route__code="LIST").count() == 2


def test_the_change_is_on_record_old_and_new(boris: UUID) -> None:
    services.set_list(people=[boris], by=ROOT, at=AT)
    route = Route.objects.get(code="LIST")
    entry = Entry.objects.get(chain_id=route.id)
    old, new = json.loads(entry.body)["data"]["definition"]
    assert (entry.kind, entry.actor_id, route.head_number) == ("ROUTE_PUBLISHED", ROOT.id, 1)
    assert ("people" in old["stages"][0], new["stages"][0]["people"]) == (False, [str(boris)])


def test_nobody_twice_and_not_nobody(boris: UUID) -> None:
    for people, code in (([], "REQUIRED"), ([boris, boris], "TWICE"), ([boris] * 51, "TOO_MANY")):
        with pytest.raises(InvalidInput) as refused:
            services.set_list(people=people, by=ROOT, at=AT)
        assert refused.value.errors == {"people": code}
    assert listed() == ()


def test_somebody_from_outside_may_stand_in_the_list(boris: UUID) -> None:
    lawyer = Person.objects.create(name="Lawyer", kind="EXTERNAL").id
    services.set_list(people=[boris, lawyer], by=ROOT, at=AT)
    assert listed() == (str(boris), str(lawyer))


def test_somebody_unknown_or_deactivated_is_refused(boris: UUID) -> None:
    gone = Person.objects.create(name="Gone", is_active=False).id
    for unsuitable in (uuid4(), gone):
        with pytest.raises(UnsuitablePerson):
            services.set_list(people=[boris, unsuitable], by=ROOT, at=AT)
    assert listed() == ()


def test_only_an_administrator_changes_the_list(boris: UUID) -> None:
    with pytest.raises(NotAllowed):
        services.set_list(people=[boris], by=ANNA, at=AT)
    assert listed() == ()


STAGE = {"code": "APPROVAL", "who": "NAMED", "people": []}


@pytest.mark.parametrize(
    "definition",
    [
        None,
        {},
        {"conditions": [], "stages": [STAGE], "more": 1},
        {"conditions": {"amount": 1}, "stages": [STAGE]},
        {"conditions": [], "stages": []},
        {"conditions": [], "stages": "all"},
        {"conditions": [], "stages": [STAGE, STAGE]},
        {"conditions": [], "stages": [STAGE], "resumes": "yes"},
        {"conditions": [], "stages": [STAGE], "payer_role": 1},
        *(
            {"conditions": [], "stages": [STAGE | wrong]}
            for wrong in (
                {"who": "ANYBODY"},
                {"code": ""},
                {"people": "Anna"},
                {"people": ["Anna"]},
                {"needed": -1},
                {"needed": True},
                {"surprise": 1},
                {"conditions": [{"field": "amount", "op": "IS_ABOUT"}]},
            )
        ),
        {"conditions": [], "stages": [{"code": "APPROVAL"}]},
        *(
            {"conditions": [wrong], "stages": [STAGE]}
            for wrong in (
                {"op": "IN", "values": ["RUB"]},
                {"field": "currency", "op": "IN"},
                {"field": "currency", "op": "IN", "values": [1]},
                {"field": "amount", "op": "AT_LEAST", "values": ["much"]},
                {"field": "amount", "op": "BELOW", "values": [1, 2]},
                {"field": "contract", "op": "MISSING", "values": ["1"]},
            )
        ),
    ],
)
def test_a_malformed_definition_is_not_published(definition: object) -> None:
    with pytest.raises(InvalidInput):
        definitions.parse(definition)


def test_a_definition_says_only_what_differs_and_comes_back_the_same() -> None:
    vera = str(uuid4())
    version = Version(
        id="",
        route="",
        number=0,
        stages=(
            Stage("UP", name_en="Up", who=Who.HIERARCHY, reach=Reach.LEVELS, levels=2),
            Stage(
                "BOARD",
                who=Who.NAMED,
                people=(vera,),
                how=How.N_OF_M,
                needed=2,
                conditions=(Condition("amount", Op.AT_LEAST, (500_000,)),),
                hours=8,
                vouches_for=("AMOUNT",),
            ),
        ),
        conditions=(Condition("contract", Op.MISSING), Condition("currency", Op.IN, ("RUB",))),
        payer_role="CFO",
        resumes=True,
    )
    definition = definitions.dump(version)
    assert definitions.parse(json.loads(json.dumps(definition))) == version
    assert definition["stages"][0] == {
        "code": "UP",
        "name_en": "Up",
        "who": "HIERARCHY",
        "reach": "LEVELS",
        "levels": 2,
    }
    assert "partial_rework" not in definition
    assert definitions.named_people(definition) == (UUID(vera),)


def test_what_never_was_does_not_exist() -> None:
    with pytest.raises(NotFound):
        queries.version(version_id=uuid4())
    with pytest.raises(NotFound):
        queries.route_card(code="SHORTCUT")
    with pytest.raises(NotFound):
        store.publish(
            route="SHORTCUT", definition={"conditions": [], "stages": [STAGE]}, by=ROOT, at=AT
        )
