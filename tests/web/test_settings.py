from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.people import services as people
from akcept.routes import queries as routes
from troupe import AT, SYSTEM, Cast

LogIn = Callable[..., Client]
SETTINGS = {
    "company_name": "Альфа",
    "language": "ru",
    "base_currency": "RUB",
    "undo_seconds": "20",
    "reminder_hours": "8",
    "outside_days": "7",
}
PATHS = [
    "", "payers/", "payers/new/", "approvers/", "days/", "rates/", "vat-rates/", "dictionaries/category/", "letters/", "history/",
]  # fmt: skip


@pytest.fixture
def root(log_in: LogIn) -> Client:
    return log_in("root")


def table(text: str) -> dict[str, object]:
    return {"bring": "1", "table": SimpleUploadedFile("t.csv", text.encode())}


@pytest.mark.parametrize("path", PATHS)
def test_only_who_administers_sees_them(log_in: LogIn, path: str) -> None:
    assert log_in("root").get(f"/settings/{path}").status_code == 200
    assert log_in("anna").get(f"/settings/{path}").status_code == 403
    assert log_in("anna").post(f"/settings/{path}", SETTINGS).status_code in {403, 405}


@pytest.mark.parametrize("path", [path for path in PATHS if path != "payers/new/"])
def test_an_auditor_reads_them_and_finds_nothing_to_press(
    cast: Cast, log_in: LogIn, path: str
) -> None:
    people.grant_role(person_id=cast.oleg.id, role="AUDITOR", by=SYSTEM, at=AT)
    oleg = log_in("oleg")
    page = oleg.get(f"/settings/{path}").content.decode()
    assert "Only an administrator changes it." in page
    main = page.partition("<main")[2].partition("</main>")[0]
    assert 'method="post"' not in main or "<fieldset" in main
    assert "ak-save" not in main
    assert oleg.post(f"/settings/{path}", SETTINGS).status_code in {403, 405, 422}
    assert company.settings_of().company_name == ""


def test_an_auditor_reads_a_payer(cast: Cast, log_in: LogIn) -> None:
    people.grant_role(person_id=cast.oleg.id, role="AUDITOR", by=SYSTEM, at=AT)
    page = log_in("oleg").get(f"/settings/payers/{cast.entity}/").content.decode()
    assert "<fieldset" in page
    assert "ak-save" not in page


def test_settings_are_changed_and_told(root: Client) -> None:
    assert root.post("/settings/", SETTINGS).status_code == 302
    now = company.settings_of()
    assert (now.company_name, now.undo_seconds, now.offers_reject) == ("Альфа", 20, False)
    told = root.get("/settings/history/").content.decode()
    assert "changed the settings" in told
    assert "Seconds to undo a decision: 10 → 20" in told


def test_a_wrong_setting_changes_nothing(root: Client) -> None:
    refused = root.post("/settings/", SETTINGS | {"undo_seconds": "100"})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["undo_seconds"]
    assert company.settings_of().company_name == ""


def test_a_payer_is_added_and_changed(cast: Cast, root: Client) -> None:
    given = {
        "name": "Beta GmbH",
        "short_name": "Beta",
        "country": "DE",
        "currency": "EUR",
        "time_zone": "Europe/Berlin",
        "working_calendar": "DE",
        "postpone_at": "10:30",
        "postpone_days": "WORKING",
        "adjust_rule": "FOLLOWING",
        "is_active": "on",
    }
    assert root.post("/settings/payers/new/", given).status_code == 302
    beta = next(one for one in company.entities() if one.fields.short_name == "Beta")
    root.post(f"/settings/payers/{beta.id}/", given | {"short_name": "Бета", "is_active": ""})
    told = root.get("/settings/history/").content.decode()
    assert "added a payer" in told
    assert ": Beta → Бета" in told
    assert not company.entity(entity_id=beta.id).fields.is_active
    refused = root.post(f"/settings/payers/{cast.entity}/", given | {"country": "RU", "inn": "1"})
    assert list(refused.context["form"].errors) == ["inn"]
    assert company.entity(entity_id=cast.entity).fields.short_name == "Альфа"


def test_approvers_are_arranged_without_a_script(cast: Cast, root: Client) -> None:
    url = "/settings/approvers/"
    people = [str(one.id) for one in (cast.boris, cast.vera)]
    added = root.post(url, {"people": people, "person_text": "Gleb", "do": "add"})
    shown = [one.id for one in added.context["people"]]
    assert shown == [cast.boris.id, cast.vera.id, cast.gleb.id]
    moved = root.post(url, {"people": shown, "do": "up-2"})
    assert [one.id for one in moved.context["people"]] == [cast.boris.id, cast.gleb.id, cast.vera.id]  # fmt: skip
    assert root.post(url, {"people": people, "do": "remove-0"}).context["people"][0].id == cast.vera.id  # fmt: skip
    before = routes.route_card(code="LIST").version.id
    assert root.post(url, {"people": [people[0], people[0]], "do": "save"}).status_code == 422
    assert root.post(url, {"do": "save"}).status_code == 422
    assert routes.route_card(code="LIST").version.id == before
    assert root.post(url, {"people": people, "do": "save"}).status_code == 302
    assert [one.id for one in root.get(url).context["people"]] == [cast.boris.id, cast.vera.id]


def test_a_working_day_is_set_and_forgotten(root: Client) -> None:
    given = {"calendar": "RU", "day": "2031-03-07", "kind": "CLOSED", "name": "Юбилей"}
    assert root.post("/settings/days/", given).status_code == 302
    assert [one.name for one in company.days(calendar="RU", year=2031)] == ["Юбилей"]
    past = root.post("/settings/days/", given | {"day": "2020-03-06"})
    assert past.status_code == 422
    root.post("/settings/days/forget/", {"calendar": "RU", "day": "2031-03-07"})
    assert company.days(calendar="RU", year=2031) == ()
    assert root.get("/settings/days/forget/").status_code == 405


def test_a_table_of_days_is_taken_over_whole_or_not_at_all(root: Client) -> None:
    refused = root.post("/settings/days/", table("day,kind,name\n2031-03-07,off,A\nx,off,B\n"))
    assert refused.status_code == 422
    assert [line for line, _field, _words in refused.context["errors"]] == [3]
    assert company.days(calendar="RU", year=2031) == ()
    taken = root.post("/settings/days/", table("day,kind,name\n2031-03-07,off,A\n"))
    assert taken.status_code == 302
    assert len(company.days(calendar="RU", year=2031)) == 1


def test_rates_are_entered_by_hand_and_from_a_table(root: Client) -> None:
    given = {"currency": "EUR", "on": "2026-11-20", "value": "98,5"}
    assert root.post("/settings/rates/", given).status_code == 302
    wrong = root.post("/settings/rates/", given | {"value": "-1"})
    assert list(wrong.context["form"].errors) == ["value"]
    refused = root.post("/settings/rates/", table("currency,on,value\nXXQ,2026-11-20,1\n"))
    assert refused.status_code == 422
    root.post("/settings/rates/", table("currency,on,value\nUSD,2026-11-21,90\n"))
    assert [(one.currency, one.on) for one in company.rates()] == [
        ("USD", date(2026, 11, 21)),
        ("EUR", date(2026, 11, 20)),
    ]
    assert "98.5" in root.get("/settings/history/").content.decode()


def test_dictionaries_grow_and_retire(root: Client) -> None:
    url = "/settings/dictionaries/cost-centre/"
    assert root.post(url, {"code": "IT", "name": "Отдел ИТ"}).status_code == 302
    assert root.post(url, {"code": "IT", "name": "Другой"}).status_code == 422
    (line,) = doctypes.dictionary(name="COST_CENTRE")
    assert root.post(f"{url}{line.id}/retire/").status_code == 302
    assert doctypes.dictionary(name="COST_CENTRE") == ()
    assert root.get("/settings/dictionaries/jokes/").status_code == 404


def test_vat_rates_are_added_and_retired(root: Client) -> None:
    given = {"code": "vat12", "percent": "12", "name_en": "VAT 12 %", "name_ru": "НДС 12 %"}
    assert root.post("/settings/vat-rates/", given).status_code == 302
    assert root.post("/settings/vat-rates/", given).status_code == 422
    wrong = root.post("/settings/vat-rates/", given | {"code": "X", "percent": "a"})
    assert list(wrong.context["form"].errors) == ["percent"]
    assert [one.code for one in company.vat_rates()][-1] == "VAT12"
    assert "VAT 12 %" in root.get("/cases/new/").content.decode()
    root.post("/settings/vat-rates/VAT12/retire/")
    assert "VAT 12 %" not in root.get("/cases/new/").content.decode()
    root.post("/settings/vat-rates/VAT12/bring-back/")
    assert [one.code for one in company.vat_rates()][-1] == "VAT12"
