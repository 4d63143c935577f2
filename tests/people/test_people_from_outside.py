from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from akcept.engine.refusals import InvalidInput
from akcept.people import imports, services
from akcept.people.codes import PersonKind
from akcept.people.fields import Absence, Limit, Permit
from akcept.people.models import Person
from staff import Hire
from troupe import AT

FIRST, LAST = date(2026, 11, 20), date(2026, 11, 30)


@pytest.fixture
def lawyer(hire: Hire) -> Person:
    return hire("Lawyer", kind=PersonKind.EXTERNAL)


GIVEN: dict[str, tuple[str, Callable[[Person, Person], object]]] = {
    "a role": (
        "role",
        lambda lawyer, root: services.grant_role(
            person_id=lawyer.id, role="ACCOUNTANT", by=root.actor, at=AT
        ),
    ),
    "a limit": (
        "amount",
        lambda lawyer, root: services.set_limits(
            person_id=lawyer.id, limits=[Limit(100, "RUB")], by=root.actor, at=AT
        ),
    ),
    "a deputy": (
        "deputy_id",
        lambda lawyer, root: services.set_deputy(
            absence=Absence(lawyer.id, root.id, FIRST, LAST), by=lawyer.actor, at=AT
        ),
    ),
    "somebody to act for": (
        "deputy_id",
        lambda lawyer, root: services.set_deputy(
            absence=Absence(root.id, lawyer.id, FIRST, LAST), by=root.actor, at=AT
        ),
    ),
    "an exception": (
        "rule",
        lambda lawyer, root: services.allow_exception(
            permit=Permit(lawyer.id, FIRST, LAST, "one accountant"),
            by=root.actor,
            at=AT,
        ),
    ),
    "somebody below": (
        "manager_id",
        lambda lawyer, root: services.change_person(
            person_id=root.id, changes={"manager_id": lawyer.id}, by=root.actor, at=AT
        ),
    ),
    "the documents of somebody at the top": (
        "peer_id",
        lambda lawyer, root: services.change_person(
            person_id=root.id, changes={"peer_id": lawyer.id}, by=root.actor, at=AT
        ),
    ),
    "a department": (
        "head_id",
        lambda lawyer, root: services.save_department(
            department_id=None,
            name="Law",
            parent_id=None,
            head_id=lawyer.id,
            by=root.actor,
            at=AT,
        ),
    ),
}


@pytest.mark.parametrize("what", GIVEN)
def test_somebody_from_outside_is_given_nothing(lawyer: Person, root: Person, what: str) -> None:
    field, give = GIVEN[what]
    with pytest.raises(InvalidInput) as refused:
        give(lawyer, root)
    assert refused.value.errors == {field: "FROM_OUTSIDE"}


def test_no_table_gives_them_anything(lawyer: Person, root: Person) -> None:
    tables = {
        "departments": b"name,head\nLaw,Lawyer",
        "people": f"name,manager\n{root.name},Lawyer".encode(),
        "limits": b"person,amount,currency\nLawyer,100,RUB",
    }
    made = imports.plan(files=tables, doctypes=[])
    found = [*made.units, *made.people, *made.limits]
    assert [set(one.errors.values()) for one in found] == [{"FROM_OUTSIDE"}] * 3


def test_whoever_holds_something_is_not_put_outside(anna: Person, root: Person, hire: Hire) -> None:
    outside = {"kind": PersonKind.EXTERNAL}
    boris = hire("Boris", manager_id=anna.id)
    with pytest.raises(InvalidInput) as refused:
        services.change_person(person_id=anna.id, changes=outside, by=root.actor, at=AT)
    assert refused.value.errors == {"kind": "HOLDS_MORE"}
    services.change_person(person_id=boris.id, changes={"manager_id": None}, by=root.actor, at=AT)
    services.change_person(person_id=anna.id, changes=outside, by=root.actor, at=AT)
    assert Person.objects.get(id=anna.id).kind == PersonKind.EXTERNAL
