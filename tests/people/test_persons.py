from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from akcept.engine.refusals import InvalidInput, LastAdministrator, NotAllowed, NotFound
from akcept.journal.models import Entry, PrivateValue
from akcept.people import names, queries, services
from akcept.people.models import Person
from akcept.people.store import persons
from staff import Hire
from troupe import AT, SYSTEM


def entries(person: Person) -> list[tuple[str, dict[str, Any]]]:
    found = Entry.objects.filter(chain_id=person.id).order_by("number")
    return [(entry.kind, json.loads(entry.body)["data"]) for entry in found]


def test_a_person_begins_with_an_entry_that_hides_the_name(anna: Person) -> None:
    assert entries(anna)[0][0] == "PERSON_CREATED"
    assert "Иванова" not in Entry.objects.get(chain_id=anna.id).body
    values = PrivateValue.objects.filter(chain_id=anna.id).values_list("value", flat=True)
    assert {"Иванова Анна Сергеевна", "anna@example.com", "Менеджер"} <= set(values)


def test_a_change_is_recorded_once_with_old_and_new(anna: Person, root: Person) -> None:
    for _ in range(2):
        services.change_person(
            person_id=anna.id, changes={"time_zone": "Asia/Omsk"}, by=root.actor, at=AT
        )
    assert entries(anna)[1:] == [
        ("PERSON_CHANGED", {"changes": {"time_zone": ["UTC", "Asia/Omsk"]}})
    ]


def test_people_change_their_profile_and_nothing_else(anna: Person) -> None:
    services.change_person(
        person_id=anna.id, changes={"language": "ru", "undo_seconds": 30}, by=anna.actor, at=AT
    )
    with pytest.raises(NotAllowed):
        services.change_person(person_id=anna.id, changes={"position": "CEO"}, by=anna.actor, at=AT)
    anna.refresh_from_db()
    assert (anna.language, anna.undo_seconds, anna.position) == ("ru", 30, "Менеджер")


def test_a_stranger_changes_nobody(anna: Person, hire: Hire) -> None:
    with pytest.raises(NotAllowed):
        services.change_person(
            person_id=anna.id, changes={"language": "ru"}, by=hire("Oleg").actor, at=AT
        )
    assert len(entries(anna)) == 1


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", " ", "REQUIRED"),
        ("name", "я" * 201, "TOO_LONG"),
        ("email", "anna", "EMAIL_WRONG"),
        ("email", "ROOT@example.com", "EMAIL_IN_USE"),
        ("language", "fr", "UNKNOWN_LANGUAGE"),
        ("time_zone", "Mars", "UNKNOWN_TIME_ZONE"),
        ("working_calendar", "ZZ", "UNKNOWN_CALENDAR"),
        ("undo_seconds", 61, "OUT_OF_RANGE"),
        ("manager_id", uuid4(), "UNKNOWN_ID"),
        ("department_id", uuid4(), "UNKNOWN_ID"),
        ("peer_id", uuid4(), "UNKNOWN_ID"),
        ("password", "x", "UNKNOWN_FIELD"),
        ("is_active", False, "UNKNOWN_FIELD"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_changes(
    anna: Person, root: Person, field: str, value: object, code: str
) -> None:
    changes = {"position": "CEO", field: value}
    with pytest.raises(InvalidInput) as refused:
        services.change_person(person_id=anna.id, changes=changes, by=root.actor, at=AT)
    assert refused.value.errors == {field: code}
    assert Person.objects.get(id=anna.id).position == "Менеджер"


def test_a_reporting_line_cannot_run_in_a_circle(anna: Person, root: Person, hire: Hire) -> None:
    boris = hire("Boris", manager_id=anna.id)
    for manager in (boris, anna):
        with pytest.raises(InvalidInput) as refused:
            services.change_person(
                person_id=anna.id, changes={"manager_id": manager.id}, by=root.actor, at=AT
            )
        assert refused.value.errors == {"manager_id": "REPORTING_LOOP"}


def test_a_password_lets_somebody_in_and_is_written_nowhere(anna: Person, root: Person) -> None:
    assert not anna.has_usable_password()
    services.set_password(person_id=anna.id, password="correct horse battery", by=root.actor, at=AT)
    found = Person.objects.get_by_natural_key(" ANNA@example.com ")
    assert found == anna
    assert found.check_password("correct horse battery")
    assert entries(anna)[-1] == ("PASSWORD_SET", {})


def test_without_an_email_there_is_no_log_in(hire: Hire) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.set_password(
            person_id=hire("Oleg").id, password="correct horse battery", by=SYSTEM, at=AT
        )
    assert refused.value.errors == {"email": "REQUIRED"}


def test_the_last_administrator_stays(root: Person, anna: Person) -> None:
    (grant,) = queries.person_card(person_id=root.id).grants
    with pytest.raises(LastAdministrator):
        services.revoke_role(grant_id=grant.id, by=root.actor, at=AT)
    with pytest.raises(LastAdministrator):
        persons.set_active(person_id=root.id, is_active=False, by=SYSTEM, at=AT)
    persons.set_active(person_id=anna.id, is_active=False, by=SYSTEM, at=AT)
    assert entries(anna)[-1] == ("PERSON_DEACTIVATED", {})
    services.reactivate_person(person_id=anna.id, by=root.actor, at=AT)
    assert entries(anna)[-1] == ("PERSON_REACTIVATED", {})


def test_departments_are_set_up_by_administrators(root: Person, anna: Person) -> None:
    def save(name: str, unit: UUID | None, parent: UUID | None, by: Person) -> UUID:
        return services.save_department(
            department_id=unit, name=name, parent_id=parent, head_id=anna.id, by=by.actor, at=AT
        )

    top = save("Дирекция", None, None, root)
    sales = save("Продажи", None, top, root)
    with pytest.raises(InvalidInput):
        save("Дирекция", top, sales, root)
    with pytest.raises(NotAllowed):
        save("Закупки", None, None, anna)
    assert [unit.name for unit in queries.departments()] == ["Дирекция", "Продажи"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Иванов Иван Иванович", "Иванов И. И."),
        ("Петрова Анна", "Петрова А."),
        ("Anna Maria Smith", "A. Smith"),
        ("Root", "Root"),
    ],
)
def test_lists_show_short_names(name: str, short: str) -> None:
    assert names.short(name) == short


@pytest.mark.parametrize("search", ["иванова", "АННА менедж", "ivanova", "fyyf", "example.com", ""])
def test_pickers_find_people_in_any_script(anna: Person, search: str) -> None:
    assert [pick.id for pick in queries.directory(search=search)] == [anna.id]


def test_nobody_is_found_where_nobody_is_meant(anna: Person) -> None:
    assert queries.directory(search="%") == ()
    persons.set_active(person_id=anna.id, is_active=False, by=SYSTEM, at=AT)
    assert queries.directory(search="анна") == ()
    assert queries.picks(person_ids=[anna.id])[anna.id].short_name == "Иванова А. С."


def test_pages_of_people_follow_each_other(hire: Hire, django_assert_max_num_queries: Any) -> None:
    for number in range(60):
        hire(f"Person {number:02}", "ACCOUNTANT")
    with django_assert_max_num_queries(3):
        first = queries.people_page()
    second = queries.people_page(after=first.after)
    assert [len(first.people), len(second.people), second.after] == [50, 10, None]
    assert second.people[0].roles == ("ACCOUNTANT",)


def test_a_card_of_nobody_does_not_exist(db: None) -> None:
    with pytest.raises(NotFound):
        queries.person_card(person_id=uuid4())
