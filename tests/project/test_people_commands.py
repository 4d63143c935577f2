from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django.test import Client

from akcept.people import tokens
from akcept.people.codes import TokenScope
from akcept.people.models import Person
from akcept.project import command

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))


def add(*more: str) -> int:
    return command.main(["user", "Anna@example.com", "--password-stdin", *more])


@pytest.mark.usefixtures("typed")
def test_somebody_new_may_log_in(client: Client) -> None:
    assert add("--name", "Anna", "--role", "ADMINISTRATOR") == 0
    anna = Person.objects.get(email="anna@example.com")
    assert anna.check_password(PASSWORD)
    assert anna.grants.get().role.code == "ADMINISTRATOR"
    assert anna.head_number >= 3
    answer = client.post("/accounts/login/", {"login": "anna@example.com", "password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.usefixtures("typed")
def test_somebody_switched_off_may_log_in_again() -> None:
    anna = Person.objects.create_user(email="anna@example.com", name="Anna")
    Person.objects.filter(pk=anna.pk).update(is_active=False)
    assert add() == 0
    anna.refresh_from_db()
    assert anna.is_active
    assert anna.check_password(PASSWORD)


@pytest.mark.parametrize("more", [[], ["--name", "Anna", "--role", "KING"]])
@pytest.mark.usefixtures("typed")
def test_nobody_is_added_without_a_name_or_with_an_unknown_role(more: list[str]) -> None:
    assert add(*more) == 1
    assert not Person.objects.exists()


def test_a_weak_password_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("12345\n"))
    assert add("--name", "Anna") == 1
    assert "password: This password is easy to guess." in capsys.readouterr().err
    assert not Person.objects.exists()


def test_where_nobody_can_type_a_password_it_is_said_how_to_give_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nobody_there(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nobody_there)
    assert command.main(["user", "anna@example.com", "--name", "Anna"]) == 1
    assert "--password-stdin" in capsys.readouterr().err


def test_a_token_made_at_the_console_reads_and_drafts(capsys: pytest.CaptureFixture[str]) -> None:
    Person.objects.create_user(email="anna@example.com", name="Anna")
    assert command.main(["token", "anna@example.com"]) == 0
    card = tokens.find(secret=capsys.readouterr().out.strip(), at=datetime.now(UTC))
    assert card is not None
    assert card.scopes == {TokenScope.READ, TokenScope.DRAFT}


def test_nobody_gets_no_token() -> None:
    assert command.main(["token", "oleg@example.com"]) == 1
