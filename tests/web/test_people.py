from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from akcept.kit import clock
from akcept.people import org, queries, services
from akcept.people.codes import Right
from akcept.people.fields import Absence
from akcept.people.models import PendingChange, Person
from akcept.people.standing import rights_of
from akcept.web.present import chart
from troupe import AT, PASSWORD, SYSTEM, Cast, send

LogIn = Callable[..., Client]
DAYS = {"starts_on": "2027-01-11", "ends_on": "2027-01-15"}
NEW = {"name": "Zoya Zaytseva", "kind": "INTERNAL", "language": "ru", "time_zone": "Europe/Moscow"}


@pytest.fixture
def root(log_in: LogIn) -> Client:
    return log_in("root")


def url(person: Person, rest: str = "") -> str:
    return f"/people/{person.id}/{rest}"


def test_people_are_found_and_drawn(cast: Cast, root: Client) -> None:
    shown = root.get("/people/", {"q": "ANNA"}).content.decode()
    assert "Anna Annina" in shown
    assert "Boris Borisov</a>" not in shown
    assert "Anna Annina" in root.get("/people/?view=chart").content.decode()
    assert root.get("/people/", {"q": "a\0", "after": "x"}).status_code == 200


def test_holes_are_told(cast: Cast) -> None:
    (tops,) = chart.warnings(org.snapshot())
    assert "Gleb Glebov" in [one.name for one in tops.people]
    assert "Anna Annina" not in [one.name for one in tops.people]


@pytest.mark.parametrize(
    "path", ["/people/", "/people/new/", "/people/departments/", "/people/departments/new/"]
)
def test_others_are_told_who_can_grant_it(log_in: LogIn, path: str) -> None:
    refused = log_in("oleg").get(path)
    assert refused.status_code == 403
    assert "An administrator of your company can grant it" in refused.content.decode()
    assert 'href="/people/"' not in log_in("oleg").get("/profile/").content.decode()


def test_a_person_is_added_with_a_password(cast: Cast, root: Client) -> None:
    given = NEW | {"email": "zoya@example.com", "manager_id_text": "Boris", "password": PASSWORD}
    assert root.post("/people/new/", given).status_code == 302
    zoya = Person.objects.get(email="zoya@example.com")
    assert zoya.manager_id == cast.boris.id
    assert zoya.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "anna@example.com"}, "email"),
        ({"email": "zoya@example.com", "password": "123"}, "password"),
        ({"password": PASSWORD}, "email"),
        ({"manager_id_text": "nobody"}, "manager_id"),
        ({"time_zone": "Mars"}, "time_zone"),
    ],
)
def test_a_wrong_person_is_not_added(root: Client, wrong: dict[str, str], field: str) -> None:
    refused = root.post("/people/new/", NEW | wrong)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [field]
    assert queries.directory(search="Zoya") == ()


def test_a_person_is_changed_but_not_into_a_circle(cast: Cast, root: Client) -> None:
    given = NEW | {"name": "Boris Borisov", "email": "boris@example.com", "position": "Начальник"}
    assert root.post(url(cast.boris, "edit/"), given).status_code == 302
    cast.boris.refresh_from_db()
    assert cast.boris.position == "Начальник"
    refused = root.post(url(cast.boris, "edit/"), given | {"manager_id_text": "Anna"})
    assert list(refused.context["form"].errors) == ["manager_id"]


def test_roles_are_given_by_payer_and_taken_back(cast: Cast, root: Client) -> None:
    given = {"role": "ACCOUNTANT", "entity_id": str(cast.entity), "department_id": ""}
    assert root.post(url(cast.oleg, "grant/role/"), given).status_code == 302
    (held,) = queries.person_card(person_id=cast.oleg.id).grants
    assert (held.role, held.entity_id) == ("ACCOUNTANT", cast.entity)
    assert root.get(url(cast.oleg, f"take/role/{held.id}/")).status_code == 405
    root.post(url(cast.oleg, f"take/role/{held.id}/"))
    assert queries.person_card(person_id=cast.oleg.id).grants == ()


def test_a_role_for_oneself_waits_for_a_second_person(
    cast: Cast, root: Client, log_in: LogIn
) -> None:
    services.grant_role(person_id=cast.gleb.id, role="ADMINISTRATOR", by=SYSTEM, at=AT)
    told = root.post(url(cast.root, "grant/role/"), {"role": "CFO"}, follow=True)
    assert "waits until another administrator confirms it" in told.content.decode()
    (change,) = PendingChange.objects.all()
    assert "Financial director" in root.get("/people/changes/").content.decode()
    assert root.post(f"/people/changes/{change.id}/confirm/").status_code == 409
    assert not rights_of(person_id=cast.root.id, at=AT).has(Right.PAY)
    gleb = log_in("gleb")
    assert "1 change waits for a second person" in gleb.get("/people/").content.decode()
    gleb.post(f"/people/changes/{change.id}/confirm/")
    assert rights_of(person_id=cast.root.id, at=clock.now()).has(Right.PAY)
    settled = gleb.get("/people/changes/").content.decode()
    assert "confirmed: Gleb Glebov" in settled
    assert "Give a role</strong>: Root Rootov" in settled
    assert gleb.get("/settings/history/").content.decode().count(">Give a role<") == 2


def test_a_change_is_declined_with_a_reason(cast: Cast, root: Client, log_in: LogIn) -> None:
    services.grant_role(person_id=cast.gleb.id, role="ADMINISTRATOR", by=SYSTEM, at=AT)
    root.post(url(cast.root, "grant/limit/"), {"amount": "100", "currency": "RUB"})
    (change,) = PendingChange.objects.all()
    shown = log_in("gleb").post(
        f"/people/changes/{change.id}/decline/", {"remark": "Too much"}, follow=True
    )
    assert "Too much" in shown.content.decode()
    assert queries.person_card(person_id=cast.root.id).limits == ()


def test_the_last_administrator_stays(cast: Cast, root: Client) -> None:
    (held,) = queries.person_card(person_id=cast.root.id).grants
    assert root.post(url(cast.root, f"take/role/{held.id}/")).status_code == 409
    refused = root.post(url(cast.root, "leave/"), {"do": "leave"})
    assert "Nobody else administers" in refused.content.decode()
    assert rights_of(person_id=cast.root.id, at=AT).has(Right.ADMINISTER)


def test_limits_deputies_and_exceptions_are_granted(cast: Cast, root: Client) -> None:
    root.post(url(cast.boris, "grant/limit/"), {"amount": "100 000,00", "currency": "RUB"})
    root.post(
        url(cast.boris, "grant/deputy/"), DAYS | {"deputy_id_text": "Dana", "currency": "RUB"}
    )
    own = DAYS | {"rule": "OWN_PAYMENT", "entity_id": str(cast.entity), "reason": "Один бухгалтер"}
    root.post(url(cast.clara, "grant/exception/"), own)
    boris, clara = (queries.person_card(person_id=one.id) for one in (cast.boris, cast.clara))
    assert [limit.amount_minor for limit in boris.limits] == [10_000_000]
    assert [one.deputy_id for one in boris.deputies] == [cast.dana.id]
    assert [one.reason for one in clara.exceptions] == ["Один бухгалтер"]
    assert "RUB" in root.get(url(cast.boris)).content.decode()
    root.post(url(cast.clara, f"take/exception/{clara.exceptions[0].id}/"))
    assert queries.person_card(person_id=cast.clara.id).exceptions == ()


def test_a_wrong_limit_is_told(cast: Cast, root: Client) -> None:
    refused = root.post(url(cast.boris, "grant/limit/"), {"amount": "-5", "currency": "RUB"})
    assert list(refused.context["form"].errors) == ["amount"]
    assert root.post(url(cast.boris, "grant/crown/"), {}).status_code == 404


def test_who_leaves_passes_their_tasks_on(cast: Cast, root: Client) -> None:
    send(cast)
    left = root.post(url(cast.boris, "leave/"), {"do": "leave"}, follow=True).content.decode()
    assert "1 task was passed on" in left
    cast.boris.refresh_from_db()
    assert not cast.boris.is_active
    page = root.get(f"/people/{cast.boris.id}/").content.decode()
    assert "Give a role" not in page
    assert "Name a deputy" not in page
    root.post(url(cast.boris, "come-back/"))
    cast.boris.refresh_from_db()
    assert cast.boris.is_active


def test_others_change_nobody(cast: Cast, log_in: LogIn) -> None:
    oleg = log_in("oleg")
    assert oleg.get(url(cast.anna)).status_code == 404
    assert oleg.get(url(cast.oleg)).status_code == 200
    for path in ("edit/", "leave/", "come-back/", "grant/role/", "grant/password/"):
        assert oleg.post(url(cast.anna, path), {"role": "CFO"}).status_code == 403
    cast.anna.refresh_from_db()
    assert cast.anna.is_active


def test_a_role_is_made_given_and_tells_who_holds_it(
    cast: Cast, root: Client, log_in: LogIn
) -> None:
    given = {"name_en": "Overrider", "name_ru": "В обход маршрута", "code": "OVERRIDER", "may": ["OVERRIDE", "SEE_CASES"]}  # fmt: skip
    assert root.get("/people/roles/new/").status_code == 200
    assert root.post("/people/roles/new/", given).status_code == 302
    root.post(url(cast.gleb, "grant/role/"), {"role": "OVERRIDER"})
    assert rights_of(person_id=cast.gleb.id, at=clock.now()).has(Right.OVERRIDE)
    page = root.get("/people/roles/").content.decode()
    assert "Override decisions" in page
    assert "Gleb Glebov</a>" in page
    twice = root.post("/people/roles/new/", given)
    assert twice.context["form"].errors["code"] == ["This is already in use. Choose another one."]
    wrong = root.post("/people/roles/new/", given | {"code": "over rider"})
    assert list(wrong.context["form"].errors) == ["code"]
    assert root.post("/people/roles/NONE/", given).status_code == 404
    root.post("/people/roles/OVERRIDER/", given | {"may": ["SEE_CASES"]})
    assert not rights_of(person_id=cast.gleb.id, at=clock.now()).has(Right.OVERRIDE)
    told = root.get("/settings/history/").content.decode()
    assert "Rights: Override decisions, See all documents → See all documents" in told


def test_a_right_more_for_a_role_of_ones_own_waits(cast: Cast, root: Client) -> None:
    (held,) = [one for one in queries.roles() if one.code == "ADMINISTRATOR"]
    given = {"name_en": held.name_en, "name_ru": held.name_ru, "may": [*held.rights, "OVERRIDE"]}
    told = root.post("/people/roles/ADMINISTRATOR/", given, follow=True).content.decode()
    assert "waits until another administrator confirms it" in told
    assert not rights_of(person_id=cast.root.id, at=clock.now()).has(Right.OVERRIDE)
    alone = root.post("/people/roles/ADMINISTRATOR/", given | {"may": []})
    assert "Nobody else administers the company" in alone.content.decode()


def test_who_holds_nothing_is_switched_off_and_nobody_inherits_from_themselves(
    cast: Cast, root: Client
) -> None:
    looked = root.post(url(cast.oleg, "leave/"), {"do": "look"})
    assert 'value="leave"' in looked.content.decode()
    assert "nothing is passed on" in looked.content.decode()
    for do in ("look", "leave"):
        refused = root.post(url(cast.oleg, "leave/"), {"do": do, "departments": str(cast.oleg.id)})
        assert refused.context["form"].errors["departments"] == [
            "This is who leaves. Choose somebody else."
        ]
    root.post(url(cast.oleg, "leave/"), {"do": "leave"})
    assert not Person.objects.get(id=cast.oleg.id).is_active


def test_the_history_of_a_person_tells_who_set_up_what(
    cast: Cast, root: Client, log_in: LogIn
) -> None:
    root.post(url(cast.boris, "grant/role/"), {"role": "CFO"})
    root.post(url(cast.boris, "grant/limit/"), {"amount": "5", "currency": "EUR", "doctype": "CONTRACT"})  # fmt: skip
    root.post(url(cast.boris, "grant/deputy/"), DAYS | {"deputy_id": str(cast.dana.id), "doctype": "CONTRACT", "currency": "RUB"})  # fmt: skip
    given = DAYS | {"rule": "OWN_PAYMENT", "reason": "One accountant"}
    root.post(url(cast.boris, "grant/exception/"), given)
    services.change_person(
        person_id=cast.boris.id, changes={"manager_id": cast.gleb.id}, by=cast.root.actor, at=AT
    )
    page = root.get(url(cast.boris, "history/")).content.decode()
    for said in (
        "gave a role",
        ">Financial director<",
        "— → Contract: EUR\xa05.00",
        f"{cast.dana.name} · 11\xa0Jan\xa02027 – 15\xa0Jan\xa02027 · Contract",
        "One accountant",
        "→ Gleb Glebov",
    ):
        assert said in page
    assert url(cast.boris, "history/") in root.get(url(cast.boris)).content.decode()
    assert url(cast.boris, "history/") not in log_in("boris").get(url(cast.boris)).content.decode()
    assert log_in("boris").get(url(cast.boris, "history/")).status_code == 403


def test_departments_have_heads(cast: Cast, root: Client) -> None:
    root.post("/people/departments/new/", {"name": "Закупки", "head_id_text": "Vera"})
    (unit,) = queries.departments()
    assert (unit.name, unit.head_id) == ("Закупки", cast.vera.id)
    changed = {"name": "Снабжение", "head_id": str(cast.boris.id), "parent_id": str(unit.id)}
    refused = root.post(f"/people/departments/{unit.id}/", changed)
    assert list(refused.context["form"].errors) == ["parent_id"]
    root.post(f"/people/departments/{unit.id}/", changed | {"parent_id": ""})
    assert [one.name for one in queries.departments()] == ["Снабжение"]
    assert "Снабжение" in root.get("/people/departments/").content.decode()
    told = root.get("/settings/history/").content.decode()
    for said in ("Name: Закупки → Снабжение", "Head: Vera Verina → Boris Borisov"):
        assert said in told


def test_whoever_acts_for_somebody_reads_it_on_every_page(cast: Cast, log_in: LogIn) -> None:
    absence = Absence(cast.boris.id, cast.dana.id, *two_days())
    services.set_deputy(absence=absence, by=SYSTEM, at=AT)
    dana = log_in("dana")
    for path in ("/", "/tasks/", "/invoices/", "/profile/"):
        assert "You act for Boris Borisov" in dana.get(path).content.decode()
    assert "You act for" not in log_in("oleg").get("/").content.decode()


def test_an_absence_without_a_deputy_shows_the_days_nobody_decides(
    cast: Cast, root: Client, log_in: LogIn
) -> None:
    first, last = two_days()
    boris = log_in("boris")
    days = {"starts_on": first.isoformat(), "ends_on": last.isoformat()}
    shown = boris.post("/profile/away/", days, follow=True).content.decode()
    assert "Nobody decides as manager: Boris Borisov" in shown
    assert "Nobody decides as manager: Boris Borisov" in root.get("/people/coverage/").content.decode()  # fmt: skip
    assert "nobody acts" in root.get(url(cast.boris)).content.decode()


def test_a_limit_for_one_type_stands_beside_the_general_one(cast: Cast, root: Client) -> None:
    given = {"amount": "100", "currency": "RUB"}
    root.post(url(cast.boris, "grant/limit/"), given)
    root.post(url(cast.boris, "grant/limit/"), given | {"doctype": "CONTRACT", "currency": "EUR"})
    card = queries.person_card(person_id=cast.boris.id)
    assert [(one.doctype, one.currency) for one in card.limits] == [("", "RUB"), ("CONTRACT", "EUR")]  # fmt: skip
    begun = root.get(url(cast.boris, "grant/limit/?doctype=CONTRACT&currency=EUR"))
    assert begun.context["form"].initial["currency"] == "EUR"
    root.post(url(cast.boris, "grant/limit/"), {"doctype": "CONTRACT", "currency": "EUR"})
    assert len(queries.person_card(person_id=cast.boris.id).limits) == 1


def two_days() -> tuple[date, date]:
    today = clock.now().date()
    return today - timedelta(days=1), today + timedelta(days=1)


def test_people_are_imported_after_a_look(cast: Cast, root: Client) -> None:
    table = "name,manager,position\nZoya Zaytseva,Boris Borisov,Clerk\nOleg Olegov,,Lawyer\n"
    shown = root.post("/people/import/", {"do": "preview", "people": table})
    page = shown.content.decode()
    assert "Zoya Zaytseva" in page
    assert "Oleg → Lawyer" in page
    assert not Person.objects.filter(name="Zoya Zaytseva").exists()
    seen = shown.context["preview"].digest
    kept = {"do": "save", "people": table, "seen": seen}
    assert root.post("/people/import/", kept).status_code == 302
    assert Person.objects.get(name="Zoya Zaytseva").manager_id == cast.boris.id
    assert root.post("/people/import/", kept).status_code == 422


def test_limits_of_a_table_and_of_oneself_are_written_as_everywhere(
    cast: Cast, root: Client, log_in: LogIn
) -> None:
    table = "person,amount,currency,doctype\nBoris,350000,RUB,\nBoris,5,EUR,CONTRACT\n".replace(
        "Boris", cast.boris.name
    )
    shown = root.post("/people/import/", {"do": "preview", "limits": table}).content.decode()
    assert "All types: — → RUB\xa0350,000.00" in shown
    assert "Contract: — → EUR\xa05.00" in shown
    services.grant_role(person_id=cast.gleb.id, role="ADMINISTRATOR", by=SYSTEM, at=AT)
    root.post(url(cast.root, "grant/limit/"), {"amount": "5", "currency": "EUR", "doctype": "CONTRACT"})  # fmt: skip
    root.post(url(cast.gleb, "grant/deputy/"), DAYS | {"deputy_id": str(cast.root.id), "doctype": "CONTRACT", "currency": "RUB"})  # fmt: skip
    waits = log_in("gleb").get("/people/changes/").content.decode()
    assert "<strong>Contract: EUR\xa05.00</strong>" in waits
    assert "<strong>11\xa0Jan\xa02027 – 15\xa0Jan\xa02027</strong>" in waits
    assert "<strong>Contract</strong>" in waits


def test_a_wrong_table_is_told_row_by_row(cast: Cast, root: Client) -> None:
    upload = SimpleUploadedFile("people.csv", "имя\nЗоя\n".encode("cp1251"))
    shown = root.post("/people/import/", {"do": "preview", "people_file": upload})
    assert shown.status_code == 422
    assert "The first line must name the columns" in shown.content.decode()
    wrong = root.post("/people/import/", {"do": "save", "people": "name,manager\nZ,Nobody\n"})
    assert wrong.status_code == 422
    assert "Choose a file" in root.post("/people/import/", {"do": "preview"}).content.decode()


def test_somebody_is_moved_in_the_table(cast: Cast, root: Client) -> None:
    unit = services.save_department(
        department_id=None, name="Sales", parent_id=None, head_id=None, by=SYSTEM, at=AT
    )
    page = root.get("/people/").content.decode()
    assert "Departments without a head:" in page
    assert "They stand in no department." in page
    moved = {"department_id": str(unit), "manager_id_text": "Vera Verina"}
    root.post(url(cast.anna, "move/"), moved)
    anna = Person.objects.get(id=cast.anna.id)
    assert (anna.department_id, anna.manager_id) == (unit, cast.vera.id)
    looped = root.post(url(cast.vera, "move/"), {"manager_id_text": "Anna Annina"}, follow=True)
    assert "lead back to the same person" in looped.content.decode()
    assert "1 person reports to Vera" not in root.get("/people/?view=chart").content.decode()
    assert "2 people report to Vera Verina" in root.get("/people/?view=chart").content.decode()
