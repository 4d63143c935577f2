"""What is wrong with a route is found before a document is stuck in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from akcept.engine.money import Money
from akcept.engine.org import Member, Org, Unit
from akcept.engine.routes import Condition, How, Op, Reach, RouteVersion, Stage, Who
from akcept.routes.lint import Code, Company, Holder, lint

GLEB = Member("gleb", "Gleb", peer="vera", department="top")
VERA = Member("vera", "Vera", manager="gleb")
BORIS = Member("boris", "Boris", manager="vera")
GONE = Member("gone", "Gone", is_active=False)
ALONE = Member("alone", "Alone")
PEOPLE = (GLEB, VERA, BORIS, GONE, ALONE)
COMPANY = Company(
    org=Org({row.id: row for row in PEOPLE}, {"top": Unit("top", head="gleb")}),
    holders=(Holder("ACCOUNTANT", "vera", may_pay=True), Holder("LAWYER", "boris", may_pay=False)),
    entities=("alfa", "beta"),
    owners=("vera", None),
    fields=frozenset({"category", "entity", "approval_type"}),
    domains={"approval_type": ("HIERARCHY", "LIST")},
)
ASK_VERA = Stage("S", people=("vera",))
LAST = RouteVersion("last", "LAST", 1, (ASK_VERA,), priority=900, is_default=True)


def amount(low: int | None = None, high: int | None = None) -> tuple[Condition, ...]:
    wanted = ((Op.AT_LEAST, low), (Op.BELOW, high))
    return tuple(Condition("amount", op, (value,)) for op, value in wanted if value is not None)


def route(
    *stages: Stage, conditions: tuple[Condition, ...] = amount(100), **more: Any
) -> RouteVersion:
    return RouteVersion("r", "R", 1, stages or (ASK_VERA,), conditions=conditions, **more)


def found(version: RouteVersion, *others: RouteVersion, company: Company = COMPANY) -> list[Code]:
    return [problem.code for problem in lint(version, (LAST, *others), company)]


def test_a_sound_route_has_no_problems() -> None:
    assert found(route()) == []


def test_nothing_takes_what_no_route_takes() -> None:
    assert Code.NO_DEFAULT in {row.code for row in lint(route(), (), COMPANY)}


def test_a_route_without_stages_asks_nobody() -> None:
    assert found(replace(route(), stages=())) == [Code.NO_STAGES]


@pytest.mark.parametrize(
    "conditions",
    [
        amount(100, 100),
        (Condition("category", Op.IN, ("a",)), Condition("category", Op.IN, ("b",))),
        (Condition("category", Op.IN, ("a",)), Condition("category", Op.NOT_IN, ("a",))),
        (Condition("category", Op.MISSING), Condition("category", Op.PRESENT)),
    ],
)
def test_conditions_that_exclude_each_other_are_met_by_nothing(
    conditions: tuple[Condition, ...],
) -> None:
    assert found(route(conditions=conditions)) == [Code.NEVER_MATCHES]


def test_a_route_behind_one_that_takes_everything_of_it_is_unreachable() -> None:
    wider = replace(route(conditions=amount(50)), route="WIDE", priority=10)
    problem, *_ = lint(route(), (wider, LAST), COMPANY)
    assert (problem.code, problem.told) == (Code.UNREACHABLE, {"routes": ("WIDE",)})


def test_several_routes_together_shadow_one() -> None:
    each = [
        replace(
            route(conditions=(Condition("approval_type", Op.IN, (kind,)),)), route=kind, priority=10
        )
        for kind in ("HIERARCHY", "LIST")
    ]
    assert found(route(), *each) == [Code.UNREACHABLE]
    assert Code.UNREACHABLE not in found(route(), each[0])


def test_a_route_warns_of_those_it_will_shadow() -> None:
    later = replace(route(conditions=amount(200)), route="LATER", priority=200)
    assert found(route(), later) == [Code.SHADOWS]


def test_amounts_between_two_routes_are_a_gap() -> None:
    lower = replace(route(conditions=amount(None, 50)), route="LOW", priority=50)
    problem, *_ = lint(route(), (lower, LAST), COMPANY)
    assert (problem.code, problem.told) == (Code.AMOUNT_GAP, {"from": 50, "to": 100})
    between = replace(route(conditions=amount(40, 150)), route="MID", priority=60)
    assert Code.AMOUNT_GAP not in found(route(), lower, between)


def test_a_condition_on_what_no_document_has_is_an_error() -> None:
    unknown = (*amount(100), Condition("colour", Op.PRESENT))
    assert found(route(conditions=unknown)) == [Code.UNKNOWN_FIELD]


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        (Stage("S"), Code.EMPTY_STAGE),
        (Stage("S", who=Who.ROLE, role="PILOT"), Code.EMPTY_STAGE),
        (Stage("S", who=Who.HEAD, department="none"), Code.EMPTY_STAGE),
        (Stage("S", people=("vera", "gone")), Code.DEACTIVATED),
        (Stage("S", people=("alone",)), Code.ONLY_CONFLICTED),
        (Stage("S", people=("vera", "boris"), how=How.N_OF_M, needed=3), Code.QUORUM_IMPOSSIBLE),
        (Stage("S", people=("vera", "boris"), how=How.N_OF_M), Code.QUORUM_IMPOSSIBLE),
        (
            Stage("S", who=Who.MY_CHOICE, pool=("vera",), how=How.N_OF_M, needed=2),
            Code.QUORUM_IMPOSSIBLE,
        ),
    ],
)
def test_a_stage_that_cannot_be_filled_is_found(stage: Stage, code: Code) -> None:
    problems = lint(route(stage), (LAST,), COMPANY)
    assert [(row.code, row.stage) for row in problems] == [(code, "S")]


@pytest.mark.parametrize(
    "stage",
    [
        Stage("S", who=Who.ROLE, role="LAWYER"),
        Stage("S", who=Who.HEAD, department="top"),
        Stage("S", who=Who.COST_CENTRE_OWNER),
        Stage("S", who=Who.MY_CHOICE),
        Stage("S", people=("vera", "boris"), how=How.N_OF_M, needed=2),
    ],
)
def test_a_stage_that_can_be_filled_is_sound(stage: Stage) -> None:
    assert found(route(stage)) == []


def test_somebody_from_outside_has_no_documents_of_their_own() -> None:
    org = Org({**COMPANY.org.members, "lena": Member("lena", "Lena", is_outside=True)}, {})
    stage = Stage("S", people=("lena",))
    assert found(route(ASK_VERA, replace(stage, code="T")), company=replace(COMPANY, org=org)) == []


def test_without_an_owner_of_any_cost_centre_their_stage_is_empty() -> None:
    stage = Stage("S", who=Who.COST_CENTRE_OWNER)
    company = replace(COMPANY, owners=(None,))
    assert found(route(stage), company=company) == [Code.EMPTY_STAGE]


def test_stages_with_conditions_alone_may_leave_a_document_without_any() -> None:
    stage = replace(ASK_VERA, conditions=amount(500))
    assert found(route(stage)) == [Code.ALL_CONDITIONAL]


def test_a_stage_below_what_the_route_takes_never_applies() -> None:
    stage = replace(ASK_VERA, code="T", conditions=amount(None, 50))
    assert found(route(ASK_VERA, stage)) == [Code.STAGE_NEVER_APPLIES]


@pytest.mark.parametrize(
    ("limit", "code"),
    [(50, Code.LIMIT_NEVER_ENOUGH), (1000, Code.LIMIT_SOMETIMES_NOT_ENOUGH), (None, None)],
)
def test_limits_that_are_never_sufficient_are_found(limit: int | None, code: Code | None) -> None:
    limits = (("", Money(limit, "RUB")),) if limit else ()
    bounded = {row.id: replace(row, limits=limits) for row in PEOPLE}
    company = replace(COMPANY, org=Org(bounded, COMPANY.org.units))
    stage = Stage("S", who=Who.HIERARCHY, reach=Reach.LIMIT)
    assert found(route(stage), company=company) == ([code] if code else [])


def test_a_reporting_loop_and_a_top_without_a_peer_are_found() -> None:
    looped = {
        "a": Member("a", "A", manager="b"),
        "b": Member("b", "B", manager="a"),
        "top": Member("top", "Top"),
        "c": Member("c", "C", manager="top"),
        "vera": VERA,
    }
    problems = lint(
        route(Stage("S", who=Who.HIERARCHY)), (LAST,), replace(COMPANY, org=Org(looped, {}))
    )
    assert {row.code: row.people for row in problems} == {
        Code.LOOP: ("a", "b"),
        Code.NOBODY_ABOVE: ("top",),
    }


def test_a_payer_entity_nobody_pays_for_is_an_error() -> None:
    holders = (Holder("ACCOUNTANT", "vera", may_pay=True, entity="alfa"),)
    company = replace(COMPANY, holders=holders)
    problem, *_ = lint(route(), (LAST,), company)
    assert (problem.code, problem.told["entities"]) == (Code.NO_PAYER, ("beta",))
    only_alfa = (*amount(100), Condition("entity", Op.IN, ("alfa",)))
    assert found(route(conditions=only_alfa), company=company) == []
    assert found(route(payer_role="LAWYER"), company=company) == [Code.NO_PAYER]
