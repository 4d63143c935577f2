"""Departments, people and limits brought along as tables."""

from __future__ import annotations

import pytest

from akcept.engine.refusals import ImportChanged, InvalidInput, NotAllowed
from akcept.people import carrying_out, org, queries, services
from akcept.people.fields import Limit
from akcept.people.import_previews import Becomes, Preview
from akcept.people.models import Department, PendingChange, Person
from staff import Hire
from troupe import AT

UNITS = "name,parent,head\nBoard,,gleb@example.com\nSales,Board,Vera Verina\n"
PEOPLE = """name;email;position;department;manager
Gleb Glebov;gleb@example.com;Director;Board;
Vera Verina;vera@example.com;Head of sales;Sales;gleb@example.com
Oleg Olegov;;Clerk;Sales;Vera Verina
"""
LIMITS = "person,doctype,amount,currency\nvera@example.com,,1 000 000,RUB\nvera@example.com,CONTRACT,500.50,EUR\n"


def files(units: str = UNITS, people: str = PEOPLE, limits: str = LIMITS) -> dict[str, bytes]:
    return {"departments": units.encode(), "people": people.encode(), "limits": limits.encode()}


def look(by: Person, given: dict[str, bytes]) -> Preview:
    return carrying_out.preview_import(files=given, doctypes={"CONTRACT"}, by=by.actor, at=AT)


def bring(by: Person, given: dict[str, bytes]) -> Preview:
    seen = look(by, given).digest
    return carrying_out.import_org(
        files=given, doctypes={"CONTRACT"}, seen=seen, by=by.actor, at=AT
    )


def person(name: str) -> Person:
    return Person.objects.get(name=name)


def test_a_company_is_brought_along_in_one_go(root: Person) -> None:
    shown = look(root, files())
    assert shown.is_clean
    assert shown.counts == {"NEW": 5, "CHANGED": 2}
    assert not Department.objects.exists()
    bring(root, files())
    oleg, vera = person("Oleg Olegov"), person("Vera Verina")
    assert org.snapshot().climb(str(oleg.id)).path == (str(vera.id), str(person("Gleb Glebov").id))
    assert Department.objects.get(name="Sales").head_id == vera.id
    limits = queries.person_card(person_id=vera.id).limits
    assert limits == (Limit(100_000_000, "RUB"), Limit(50_050, "EUR", "CONTRACT"))


def test_the_same_tables_again_change_nothing(root: Person) -> None:
    bring(root, files())
    shown = look(root, files())
    assert shown.counts == {"SAME": 7}
    numbers = [row.head_number for row in Person.objects.order_by("id")]
    bring(root, files())
    assert [row.head_number for row in Person.objects.order_by("id")] == numbers


def test_what_differs_is_shown_old_and_new_and_the_rest_is_left_alone(root: Person) -> None:
    bring(root, files())
    changed = "name,manager\nOleg Olegov,gleb@example.com\n"
    (row,) = look(root, {"people": changed.encode()}).rows
    assert (row.becomes, row.name) == (Becomes.CHANGED, "Oleg Olegov")
    assert [(one.field, one.old, one.new) for one in row.changes] == [("manager", "Vera Verina", "Gleb Glebov")]  # fmt: skip
    bring(root, {"people": changed.encode()})
    assert person("Oleg Olegov").position == "Clerk"


def test_a_column_that_no_import_reads_is_named(root: Person) -> None:
    shown = look(root, {"departments": b"Name;Above;head\nSales;Board;\n"})
    assert shown.left_out == (("departments", "above"),)
    assert shown.is_clean


def test_two_people_may_swap_places(root: Person) -> None:
    bring(root, files())
    swapped = "name,manager\nVera Verina,Oleg Olegov\nOleg Olegov,Gleb Glebov\n"
    bring(root, {"people": swapped.encode()})
    assert person("Vera Verina").manager_id == person("Oleg Olegov").id


@pytest.mark.parametrize(
    ("table", "content", "line", "error"),
    [
        ("people", "name,manager\nX,Nobody\n", 2, ("manager", "UNKNOWN_PERSON")),
        ("people", "name,department\nX,Nowhere\n", 2, ("department", "UNKNOWN_DEPARTMENT")),
        ("people", "name,email\nX,no address\n", 2, ("email", "EMAIL_WRONG")),
        ("people", "name,manager\nX,Y\nY,X\n", 2, ("manager", "REPORTING_LOOP")),
        ("people", "name\nX\nX\n", 3, ("name", "ROW_TWICE")),
        ("people", "who\nX\n", 1, ("", "NO_HEADING")),
        ("departments", "name,parent\nA,B\nB,A\n", 2, ("parent", "DEPARTMENT_LOOP")),
        ("departments", "name,head\nA,Nobody\n", 2, ("head", "UNKNOWN_PERSON")),
        ("limits", "person,amount,currency\nRoot,x,RUB\n", 2, ("amount", "NOT_A_NUMBER")),
        ("limits", "person,amount,currency\nRoot,1,XXX\n", 2, ("currency", "UNKNOWN_CURRENCY")),
        ("limits", "person,amount,currency\nRoot,1.001,RUB\n", 2, ("amount", "TOO_PRECISE")),
        ("limits", "person,amount,currency,doctype\nRoot,1,RUB,POEM\n", 2, ("doctype", "NOT_A_CHOICE")),
    ],
)  # fmt: skip
def test_every_row_that_is_wrong_is_told_and_nothing_is_saved(
    root: Person, table: str, content: str, line: int, error: tuple[str, str]
) -> None:
    shown = look(root, {table: content.encode()})
    wrong = [row for row in shown.rows if row.becomes is Becomes.WRONG]
    assert (wrong[0].line, wrong[0].errors) == (line, (error,))
    with pytest.raises(InvalidInput):
        bring(root, {table: content.encode()})
    assert Person.objects.count() == 1
    assert not Department.objects.exists()


def test_a_row_that_is_wrong_is_called_by_what_is_right_in_it(root: Person) -> None:
    table = "name,email\n,no address\nX,no address\n,also none\n"
    shown = look(root, {"people": table.encode(), "departments": b"name,parent\n,Root\n,Root"})
    assert [(row.name, dict(row.errors)) for row in shown.rows[2:]] == [
        ("", {"name": "REQUIRED", "email": "EMAIL_WRONG"}),
        ("X", {"email": "EMAIL_WRONG"}),
        ("", {"name": "REQUIRED", "email": "EMAIL_WRONG"}),
    ]
    assert [row.errors[0] for row in shown.rows[:2]] == [("name", "REQUIRED")] * 2


def test_two_people_of_one_name_are_told_apart_by_their_address(root: Person, hire: Hire) -> None:
    hire("Ivan Ivanov", email="first@example.com")
    hire("Ivan Ivanov", email="second@example.com")
    (row,) = look(root, {"people": b"name,position\nIvan Ivanov,Clerk\n"}).rows
    assert row.errors == (("name", "AMBIGUOUS_NAME"),)
    bring(root, {"people": b"name,email,position\nIvan Ivanov,second@example.com,Clerk\n"})
    assert Person.objects.get(email="second@example.com").position == "Clerk"
    assert Person.objects.get(email="first@example.com").position == ""


def test_only_what_was_looked_at_is_done(root: Person) -> None:
    seen = look(root, files()).digest
    services.save_department(
        department_id=None, name="Board", parent_id=None, head_id=None, by=root.actor, at=AT
    )
    with pytest.raises(ImportChanged):
        carrying_out.import_org(
            files=files(), doctypes={"CONTRACT"}, seen=seen, by=root.actor, at=AT
        )
    assert not Person.objects.filter(name="Oleg Olegov").exists()


def test_a_limit_of_ones_own_waits_for_a_second_person(root: Person) -> None:
    bring(root, {"limits": b"person,amount,currency\nRoot,5,RUB\n"})
    assert queries.person_card(person_id=root.id).limits == ()
    assert PendingChange.objects.get().command == "SET_LIMITS"


def test_only_administrators_import(anna: Person) -> None:
    with pytest.raises(NotAllowed):
        look(anna, files())
