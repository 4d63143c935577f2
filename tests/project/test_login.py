from __future__ import annotations

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from akcept.people.models import Person

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def anna() -> Person:
    anna = Person.objects.create_user(email="anna@example.com", name="Anna", password=PASSWORD)
    Person.objects.filter(pk=anna.pk).update(language="ru", time_zone="Asia/Yekaterinburg")
    return anna


@pytest.mark.usefixtures("anna")
def test_the_e_mail_opens_in_whatever_case_it_is_typed(client: Client) -> None:
    answer = client.post("/accounts/login/", {"login": "ANNA@example.com", "password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.usefixtures("anna")
def test_after_five_wrong_passwords_the_right_one_has_to_wait(client: Client) -> None:
    for _ in range(5):
        client.post("/accounts/login/", {"login": "anna@example.com", "password": "wrong"})
    answer = client.post("/accounts/login/", {"login": "anna@example.com", "password": PASSWORD})
    assert answer.status_code != 302


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    person = {"email": "oleg@example.com", "password1": PASSWORD}
    client.post("/accounts/signup/", person)
    assert not Person.objects.exists()


def test_somebody_switched_off_stays_out(client: Client, anna: Person) -> None:
    Person.objects.filter(pk=anna.pk).update(is_active=False)
    client.post("/accounts/login/", {"login": "anna@example.com", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_pages_are_in_the_persons_language(client: Client, anna: Person) -> None:
    client.force_login(anna)
    answer = client.get("/healthz", headers={"accept-language": "en"})
    assert answer.headers["Content-Language"] == "ru"
    assert timezone.get_current_timezone_name() == "UTC"


def test_a_stranger_is_spoken_to_in_the_browsers_language(client: Client) -> None:
    answer = client.get("/healthz", headers={"accept-language": "ru,en;q=0.5"})
    assert answer.headers["Content-Language"] == "ru"


def test_a_lock_that_a_killed_process_left_is_soon_over() -> None:
    with time_machine.travel("2026-11-20 09:00:00.9Z", tick=False) as clock:
        assert cache.add("tries:lock", 1, timeout=10)
        assert not cache.add("tries:lock", 1, timeout=10)
        clock.shift(2)
        assert cache.add("tries:lock", 1, timeout=10)


@pytest.mark.usefixtures("anna")
def test_tries_under_many_names_do_not_make_those_under_one_forgotten(client: Client) -> None:
    for _ in range(5):
        client.post("/accounts/login/", {"login": "anna@example.com", "password": "wrong"})
    for number in range(400):
        cache.set(f"zz{number}", 1, 300)
    answer = client.post("/accounts/login/", {"login": "anna@example.com", "password": PASSWORD})
    assert answer.status_code != 302
