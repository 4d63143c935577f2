"""The reading of routes is tried against the rules themselves, on every document of a small company."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akcept.engine.money import Money
from akcept.engine.org import Member, Org, Unit
from akcept.engine.routes import Condition, How, Op, Reach, RouteVersion, Stage, Who, choose
from akcept.engine.routing import Document, resolve
from akcept.routes import advantage
from akcept.routes.demands import Author, Kind
from akcept.routes.lint import Company, Holder

PEOPLE = ("author", "boss", "top", "other")
ORG = Org(
    members={
        "author": Member("author", "Author", manager="boss", department="unit"),
        "boss": Member("boss", "Boss", manager="top", limits=(("", Money(100, "RUB")),)),
        "top": Member("top", "Top", peer="other"),
        "other": Member("other", "Other"),
    },
    units={"unit": Unit("unit", head="boss")},
)
HOLDERS = {"CHIEF": ("top", "author"), "CLERK": ("other",)}
COMPANY = Company(
    ORG, tuple(Holder(role, one, may_pay=False) for role, held in HOLDERS.items() for one in held)
)
WAYS = ("HIERARCHY", "LIST")
AUTHOR = Author("author", COMPANY, (Kind("INVOICE", frozenset({"approval_type"}), WAYS),))

conditions = st.lists(
    st.sampled_from(
        [
            Condition("approval_type", Op.IN, ("HIERARCHY",)),
            Condition("approval_type", Op.IN, ("LIST",)),
            Condition("amount", Op.AT_LEAST, (50,)),
            Condition("amount", Op.BELOW, (150,)),
            Condition("department", Op.NOT_IN, ("unit",)),
            Condition("new_counterparty", Op.IS_SET),
        ]
    ),
    max_size=2,
).map(tuple)
seats = st.sampled_from(
    [
        Stage("A", people=("boss", "top"), how=How.ALL),
        Stage("A", people=("boss", "top", "other"), how=How.N_OF_M, needed=2),
        Stage("A", people=("other", "top"), how=How.ANY),
        Stage("A", people=("author", "other")),
        Stage("A", who=Who.HIERARCHY),
        Stage("A", who=Who.HIERARCHY, reach=Reach.LIMIT),
        Stage("A", who=Who.HIERARCHY, reach=Reach.LEVELS, levels=1),
        Stage("A", who=Who.ROLE, role="CHIEF", how=How.ANY),
        Stage("A", who=Who.ROLE, role="CLERK"),
        Stage("A", who=Who.HEAD, department="unit"),
    ]
)
stages = st.lists(st.builds(lambda row, when: replace(row, conditions=when), seats, conditions), min_size=1, max_size=2)  # fmt: skip
tables = st.lists(
    st.builds(lambda when, asked: (when, tuple(asked)), conditions, stages), min_size=1, max_size=3
).map(
    lambda rows: tuple(
        RouteVersion(
            str(n),
            f"R{n}",
            1,
            tuple(replace(stage, code=f"S{place}") for place, stage in enumerate(asked)),
            priority=n,
            conditions=when,
            is_default=n == 0,
        )
        for n, (when, asked) in enumerate(rows)
    )
)


def asked_of(table: tuple[RouteVersion, ...], amount: int, way: str, *, is_new: bool) -> Any:
    card = {
        "doctype": "INVOICE",
        "approval_type": way,
        "amount": amount,
        "department": ("unit",),
        "new_counterparty": is_new,
    }
    route = choose(table, card)
    assert route
    document = Document(
        doctype="INVOICE",
        initiator="author",
        base=Money(amount, "RUB"),
        choice=(),
        conflicted=frozenset({"author"}),
        card=card,
        roles=HOLDERS,
    )
    return resolve(route, document, ORG)


def passes(found: Any, agreed: set[str]) -> bool:
    """Say whether a document passes with the agreement of these people alone."""
    for terms in found.terms:
        holders = [seat.holder for seat in found.seats if seat.stage == terms.stage]
        if not holders:
            continue
        wanted = {How.ANY: 1, How.N_OF_M: terms.needed}.get(terms.how, len(holders))
        if sum(one in agreed for one in holders) < wanted:
            return False
    return True


# A busy machine is no fault of the routes.
@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(before=tables, after=tables)
def test_whoever_is_not_told_to_wait_is_spared_nobody(
    before: tuple[RouteVersion, ...], after: tuple[RouteVersion, ...]
) -> None:
    if advantage.is_let_off(before=before, after=after, author=AUTHOR):
        return
    groups = [{one for one, is_in in zip(PEOPLE[1:], bits, strict=True) if is_in} for bits in product((False, True), repeat=3)]  # fmt: skip
    for amount, is_new in product((10, 60, 200), (False, True)):
        now = [asked_of(before, amount, way, is_new=is_new) for way in WAYS]
        for way in WAYS:
            then = asked_of(after, amount, way, is_new=is_new)
            for agreed in groups:
                if passes(then, agreed):
                    assert any(passes(found, agreed) for found in now)
