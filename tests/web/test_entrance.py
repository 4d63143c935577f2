from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from akcept.project.login import SAID_BY_OTHERS
from conftest import LogIn
from troupe import Cast


@pytest.mark.parametrize(("language", "words"), [("en", "Password"), ("ru", "ароль")])
def test_a_forgotten_password_is_reset_by_a_letter(
    cast: Cast, client: Client, language: str, words: str
) -> None:
    client.post("/language", {"language": language, "next": "/"})
    assert "/accounts/password/reset/" in client.get("/accounts/login/").content.decode()
    page = client.get("/accounts/password/reset/").content.decode()
    assert f'lang="{language}"' in page
    assert words in page
    assert (
        client.post("/accounts/password/reset/", {"email": "anna@example.com"}).status_code == 302
    )
    (letter,) = mail.outbox
    assert letter.to == ["anna@example.com"]
    assert "/accounts/password/reset/key/" in str(letter.body)


def test_a_stranger_is_not_told_who_works_here(cast: Cast, client: Client) -> None:
    known = client.post("/accounts/password/reset/", {"email": "anna@example.com"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert known.headers["Location"] == unknown.headers["Location"]


def test_what_can_be_read_answers_who_asks_for_its_head_alone(
    log_in: LogIn, client: Client
) -> None:
    assert client.head("/").status_code == 302
    anna = log_in("anna")
    for path in ("/", "/tasks/", "/cases/new/", "/manifest.webmanifest", "/offline/"):
        answer = anna.head(path)
        assert (answer.status_code, answer.content) == (200, b""), path
    assert anna.head("/feed/news").status_code == anna.get("/feed/news").status_code
    assert anna.head("/invoices/export").status_code == 405


def test_one_logs_out(cast: Cast, client: Client) -> None:
    client.force_login(cast.anna)
    assert client.post("/accounts/logout/").status_code == 302
    assert "/accounts/login/" in client.get("/profile/").headers["Location"]


def test_too_many_attempts_are_told_in_words(cast: Cast, client: Client) -> None:
    wrong = {"login": "anna@example.com", "password": "wrong"}
    answers = [client.post("/accounts/login/", wrong) for _ in range(6)]
    assert "Too many failed login attempts" in answers[-1].content.decode()


def test_the_gate_speaks_russian_as_everything_else_does(cast: Cast, client: Client) -> None:
    client.post("/language", {"language": "ru", "next": "/"})
    wrong = {"login": "anna@example.com", "password": "wrong"}
    page = client.post("/accounts/login/", wrong).content.decode()
    assert "Неверный адрес или пароль." in page
    assert "Забыли пароль?" in page
    client.post("/accounts/password/reset/", {"email": "anna@example.com"})
    (letter,) = mail.outbox
    assert letter.subject == "Новый пароль для Akcept"
    assert "учётной записи" in str(letter.body)


def test_every_word_borrowed_from_others_has_our_russian() -> None:
    with translation.override("ru"):
        assert [words for words in SAID_BY_OTHERS if gettext(words) == words] == []
