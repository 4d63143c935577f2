from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from akcept.company import queries as company
from akcept.journal.models import Entry
from akcept.kit import setup_code
from akcept.people import org, queries
from akcept.people.models import Person
from troupe import PASSWORD, Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(settings: Any, tmp_path: Path) -> str:
    settings.AKCEPT_HOME = tmp_path
    return setup_code.make()


def answers(right: str, **other: str) -> dict[str, str]:
    return {
        "code": right,
        "company_name": "Альфа",
        "language": "ru",
        "administrator_name": "Root Rootov",
        "administrator_email": "root@example.com",
        "password": PASSWORD,
        "entity_country": "RU",
        "entity_name": "ООО «Альфа»",
        "entity_short_name": "Альфа",
        "entity_inn": "7707083893",
        "entity_kpp": "",
        "entity_vat_id": "",
        "entity_currency": "RUB",
        "entity_time_zone": "Europe/Moscow",
        "entity_working_calendar": "RU",
        "director": "OTHER",
        "director_name": "Gleb Glebov",
        "director_email": "gleb@example.com",
        "peer": "OTHER",
        "peer_name": "Vera Verina",
        "peer_email": "",
        "colleagues": "Anna Annina, anna@example.com\nClara Clarina\n",
    } | other


@pytest.mark.parametrize("path", ["/", "/profile/", "/accounts/login/", "/cases/options/people/"])
def test_everything_leads_to_the_first_page(client: Client, path: str) -> None:
    assert client.get(path).headers["Location"] == "/setup/"
    assert client.get("/setup/").status_code == 200


def test_the_machine_is_watched_and_the_language_switched_before(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    client.post("/language", {"language": "ru", "next": "/setup/"})
    assert "Настройка компании" in client.get("/setup/").content.decode()


def test_a_company_is_set_up(client: Client, code: str) -> None:
    response = client.post("/setup/", answers(code))
    assert response.headers["Location"] == "/settings/mail/"
    assert company.settings_of().company_name == "Альфа"
    assert [card.fields.inn for card in company.entities()] == ["7707083893"]
    people = {member.name: member for member in org.snapshot().members.values()}
    assert people["Gleb Glebov"].peer == people["Vera Verina"].id
    assert people["Anna Annina"].manager == people["Gleb Glebov"].id
    assert not setup_code.check(code)
    page = client.get("/settings/mail/")
    assert page.status_code == 200
    assert "Компания настроена" in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "ABCD-EFGH-JKMN"}, "code"),
        ({"company_name": ""}, "company_name"),
        ({"password": "12345678"}, "password"),
        ({"administrator_email": "root"}, "administrator_email"),
        ({"entity_inn": "7707083890"}, "entity_inn"),
        ({"director": "ADMINISTRATOR", "peer": "ADMINISTRATOR"}, "peer"),
        ({"peer": ""}, "peer"),
        ({"peer_name": ""}, "peer_name"),
        ({"director_email": "root@example.com"}, "director_email"),
        ({"colleagues": "Anna, nowhere"}, "colleagues"),
        ({"company_name": "a\0b"}, "company_name"),
    ],
)
def test_a_wrong_answer_sets_up_nothing(
    client: Client, code: str, wrong: dict[str, str], field: str
) -> None:
    response = client.post("/setup/", answers(code, **wrong))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Person.objects.exists()
    assert not Entry.objects.exists()
    assert setup_code.check(code)


def test_everything_that_is_wrong_is_said_at_once(client: Client, code: str) -> None:
    wrong = {
        "company_name": "",
        "password": "12345678",
        "entity_inn": "7707083894",
        "director_email": "root@example.com",
        "colleagues": "Anna, nowhere",
    }
    told = client.post("/setup/", answers(code, **wrong)).context["form"].errors
    assert set(told) == set(wrong)
    guessed = client.post("/setup/", answers("guessed", **wrong)).context["form"].errors
    assert set(guessed) == {"code", "company_name"}
    assert not Person.objects.exists()


def test_it_works_once(client: Client, code: str) -> None:
    assemble()
    assert client.get("/setup/").headers["Location"] == "/"
    client.post("/setup/", answers(code))
    assert queries.directory(search="Anna Annina")
    assert company.settings_of().company_name == ""


def test_the_mail_is_tried_by_administrators(client: Client) -> None:
    cast: Cast = assemble()
    client.force_login(cast.root)
    assert "The letter" in client.post("/settings/mail/").content.decode()
    assert [letter.to for letter in mail.outbox] == [["root@example.com"]]
    client.force_login(cast.anna)
    assert client.post("/settings/mail/").status_code == 403
    assert len(mail.outbox) == 1


def test_a_mail_server_that_refuses_is_named(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client.force_login(assemble().root)
    shown = client.post("/settings/mail/").content.decode()
    assert "could not be sent" in shown
    assert "refused" in shown
