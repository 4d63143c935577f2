from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from akcept.journal.models import Entry
from akcept.people.models import Person
from troupe import PASSWORD, Cast

pytestmark = pytest.mark.django_db
NEW = "a better horse battery"


def logged_in(email: str = "anna@example.com", password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": password})
    return client


def asks_for_a_link(client: Client, email: str) -> tuple[int, str, str]:
    answer = client.post("/accounts/password/reset/", {"email": email})
    done = client.get(answer["Location"])
    told = re.sub(r"\b\w{64}\b", "", done.content.decode()).replace(email, "…")
    return answer.status_code, answer["Location"], told


def test_a_reset_does_not_tell_who_is_known(cast: Cast) -> None:
    known = asks_for_a_link(Client(), "anna@example.com")
    assert known == asks_for_a_link(Client(), "nobody@example.com")
    assert [letter.to for letter in mail.outbox] == [["anna@example.com"]]


def test_a_password_chosen_by_link_is_on_record_and_ends_every_session(cast: Cast) -> None:
    elsewhere = logged_in()
    client = Client()
    asks_for_a_link(client, "anna@example.com")
    found = re.search(r"http://[^/]+(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert found
    form = client.get(found[1])["Location"]
    answer = client.post(form, {"password1": NEW, "password2": NEW})
    assert answer.status_code == 302
    assert elsewhere.get("/profile/").status_code == 302
    assert logged_in(password=NEW).get("/profile/").status_code == 200
    entry = Entry.objects.order_by("id").last()
    assert entry
    assert (entry.kind, entry.chain_id) == ("PASSWORD_SET", cast.anna.id)
    assert client.post(form, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 200
    assert Person.objects.get(id=cast.anna.id).check_password(NEW)


@pytest.mark.parametrize("page", ["email/", "password/change/", "password/set/", "signup/", "confirm-email/", "reauthenticate/"])  # fmt: skip
def test_nothing_about_a_person_changes_past_the_journal(cast: Cast, page: str) -> None:
    client = logged_in()
    form = {"action_add": "", "email": "oleg@example.org", "oldpassword": PASSWORD, "password1": NEW, "password2": NEW}  # fmt: skip
    assert client.post(f"/accounts/{page}", form).status_code == 404


def test_logging_in_makes_a_session_of_its_own(cast: Cast) -> None:
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = "by Oleg"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = str(before)
    client.post("/accounts/login/", {"login": "anna@example.com", "password": PASSWORD})
    assert client.cookies["sessionid"].value != before
    stranger = Client()
    stranger.cookies["sessionid"] = str(before)
    assert stranger.get("/profile/").status_code == 302


def test_logging_out_ends_the_session_on_the_server(cast: Cast) -> None:
    client = logged_in()
    kept = client.cookies["sessionid"].value
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/profile/").status_code == 200
    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/profile/").status_code == 302


@pytest.mark.parametrize("there", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "\x00//evil.example"])  # fmt: skip
def test_a_log_in_leads_nowhere_else(cast: Cast, there: str) -> None:
    form = {"login": "anna@example.com", "password": PASSWORD, "next": there}
    answer = Client().post("/accounts/login/", form)
    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_somebody_switched_off_is_out_at_once(cast: Cast) -> None:
    client = logged_in()
    assert client.get("/profile/").status_code == 200
    Person.objects.filter(id=cast.anna.id).update(is_active=False)
    assert client.get("/profile/").status_code == 302
    assert client.post("/cases/new/", {"do": "send"}).status_code == 302
