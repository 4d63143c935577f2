from __future__ import annotations

import pytest
from django.test import Client

from akcept.people import queries, tokens
from akcept.people.models import Person
from troupe import AT, PASSWORD, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(cast: Cast, client: Client) -> Person:
    client.force_login(cast.anna)
    return cast.anna


def test_a_stranger_logs_in_first(cast: Cast, client: Client) -> None:
    for path in ("", "away/", "password/", "keys/", "feed/"):
        assert "/accounts/login/" in client.get(f"/profile/{path}").headers["Location"]


def test_one_sets_language_zone_undo_and_keys(anna: Person, client: Client) -> None:
    given = {"language": "ru", "time_zone": "Asia/Omsk", "undo_seconds": "20", "theme": "DARK"}
    assert client.post("/profile/", given).status_code == 302
    anna.refresh_from_db()
    assert anna.theme == "DARK"
    assert (anna.language, anna.time_zone) == ("ru", "Asia/Omsk")
    assert (anna.undo_seconds, anna.single_keys) == (20, False)
    page = client.get("/profile/").content.decode()
    assert "Сохранено" in page
    assert 'data-theme="DARK"' in page


def test_a_newcomer_is_told_once_what_a_page_is_for(anna: Person, client: Client) -> None:
    assert "This is your feed" in client.get("/").content.decode()
    dismissed = client.post("/hints/FEED/", {"next": "/?only=mine"})
    assert dismissed.headers["Location"] == "/?only=mine"
    assert "This is your feed" not in client.get("/").content.decode()
    assert "These are your tasks" in client.get("/tasks/").content.decode()
    assert "will not come back" in client.post("/hints/all/", headers={"HX-Request": "true"}).content.decode()  # fmt: skip
    assert "These are your tasks" not in client.get("/tasks/").content.decode()
    client.post("/profile/hints/")
    assert "This is your feed" in client.get("/").content.decode()
    assert client.post("/hints/NONE/").status_code == 404


def test_a_wrong_zone_changes_nothing(anna: Person, client: Client) -> None:
    given = {"language": "ru", "time_zone": "Mars/Base"}
    assert client.post("/profile/", given).status_code == 422
    anna.refresh_from_db()
    assert anna.language == "en"


def test_the_language_of_the_menu_is_kept(anna: Person, client: Client) -> None:
    client.post("/language", {"language": "ru", "next": "/profile/"})
    anna.refresh_from_db()
    assert anna.language == "ru"
    client.post("/language", {"language": "xx"})
    anna.refresh_from_db()
    assert anna.language == "ru"
    assert client.get("/language").status_code == 405


def test_a_deputy_is_named_by_typing_and_dismissed(
    cast: Cast, anna: Person, client: Client
) -> None:
    given = {
        "deputy_id": "",
        "deputy_id_text": "Dana",
        "starts_on": "2027-01-11",
        "ends_on": "2027-01-15",
        "reason": "Отпуск",
    }
    assert client.post("/profile/away/", given).status_code == 302
    (deputy,) = queries.person_card(person_id=anna.id).deputies
    assert deputy.deputy_id == cast.dana.id
    client.force_login(cast.oleg)
    assert client.post(f"/profile/away/{deputy.id}/end/").status_code == 403
    assert client.get(f"/profile/away/{deputy.id}/end/").status_code == 405
    client.force_login(anna)
    assert client.post(f"/profile/away/{deputy.id}/end/").status_code == 302
    assert queries.person_card(person_id=anna.id).deputies == ()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"deputy_id_text": "nobody of that name"}, "deputy_id"),
        ({"deputy_id_text": "Anna"}, "deputy_id"),
        ({"ends_on": "2027-01-01"}, "ends_on"),
        ({"starts_on": "tomorrow"}, "starts_on"),
    ],
)
def test_a_wrong_absence_is_refused(
    anna: Person, client: Client, wrong: dict[str, str], field: str
) -> None:
    given = {"deputy_id_text": "Dana", "starts_on": "2027-01-11", "ends_on": "2027-01-15"}
    response = client.post("/profile/away/", given | wrong)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert queries.person_card(person_id=anna.id).deputies == ()


def test_the_password_is_changed_by_who_knows_it(anna: Person, client: Client) -> None:
    new = "another horse battery staple"
    wrong = client.post("/profile/password/", {"old": "guess", "password": new})
    assert list(wrong.context["form"].errors) == ["old"]
    weak = client.post("/profile/password/", {"old": PASSWORD, "password": "12345678"})
    assert list(weak.context["form"].errors) == ["password"]
    assert client.post("/profile/password/", {"old": PASSWORD, "password": new}).status_code == 302
    anna.refresh_from_db()
    assert anna.check_password(new)
    assert client.get("/profile/").status_code == 200


def test_a_key_is_made_shown_once_and_revoked(anna: Person, client: Client) -> None:
    given = {"name": "1C", "scopes": ["READ", "DECIDE"], "expires_on": "", "token_password": "no"}
    refused = client.post("/profile/keys/", given)
    assert list(refused.context["form"].errors) == ["token_password"]
    assert tokens.tokens_of(person_id=anna.id) == ()
    made = client.post("/profile/keys/", given | {"token_password": PASSWORD})
    secret = made.context["secret"]
    found = tokens.find(secret=secret, at=AT)
    assert found
    assert found.person_id == anna.id
    listed = client.get("/profile/keys/").content.decode()
    assert secret not in listed
    # What a page calls its rows never stands on their buttons.
    assert "TOKENCARD" not in listed.upper()
    assert client.post(f"/profile/keys/{found.id}/revoke/").status_code == 302
    assert tokens.find(secret=secret, at=AT) is None


def test_nobody_revokes_the_key_of_somebody_else(cast: Cast, anna: Person, client: Client) -> None:
    given = {"name": "1C", "scopes": ["READ"], "token_password": PASSWORD}
    secret = client.post("/profile/keys/", given).context["secret"]
    found = tokens.find(secret=secret, at=AT)
    assert found
    client.force_login(cast.oleg)
    assert client.post(f"/profile/keys/{found.id}/revoke/").status_code == 404
    assert tokens.find(secret=secret, at=AT)


def test_a_feed_address_replaces_the_one_before(anna: Person, client: Client) -> None:
    def made() -> str:
        address: str = client.post("/profile/feed/").context["address"]
        return address.rpartition("/")[2].removesuffix(".ics")

    first, second = made(), made()
    assert tokens.feed_owner(secret=first) is None
    assert tokens.feed_owner(secret=second) == anna.id
    assert second not in client.get("/profile/feed/").content.decode()
