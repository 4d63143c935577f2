from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from akcept.cases.models import Attachment, Case
from akcept.delivery import mailroom
from akcept.intake import queries
from akcept.intake.codes import State
from letters import BILL, arrived, letter
from sheets import sheet
from troupe import AT, Cast

pytestmark = pytest.mark.django_db
LogIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _letters_come_in(settings: Any) -> None:
    settings.AKCEPT_INTAKE = "invoices@example.com"


def state(cast: Cast, item: UUID) -> State:
    return queries.item(item_id=item, by=cast.asks("clara"), at=AT).line.state


def body(answer: Any) -> str:
    return str(answer.content.decode())


def kept(page: str) -> list[str]:
    """Return the notes of the files that stand in a sheet."""
    return re.findall(r'name="kept" value="([^"]+)"', page)


def test_the_list_says_what_waits_and_the_menu_counts_it(cast: Cast, log_in: LogIn) -> None:
    arrived()
    page = body(log_in("clara").get("/intake/"))
    assert "Счёт № 77 за хостинг" in page
    assert "unverified sender" in page
    assert re.search(r'id="nav-intake">1<', page)
    other = body(log_in("anna", "ru").get("/intake/"))
    assert "Счёт № 77" not in other
    assert "Ничего не ждёт" in other
    assert "invoices+" in other


def test_without_an_address_there_is_no_entry_in_the_menu(
    cast: Cast, log_in: LogIn, settings: Any
) -> None:
    settings.AKCEPT_INTAKE = ""
    page = body(log_in("clara").get("/intake/"))
    assert "nav-intake" not in page
    assert "No invoices come by mail yet" in page


def test_an_invoice_is_made_of_a_letter_with_its_file_once(cast: Cast, log_in: LogIn) -> None:
    item, client = arrived(cast.anna.id), log_in("anna")
    card = body(client.get(f"/intake/{item}/"))
    assert f"/cases/new/?intake={item}" in card
    url = f"/cases/new/?intake={item}"
    opened = body(client.get(url))
    assert "Счёт № 77 за хостинг" in opened
    assert Case.objects.count() == 0
    typed = sheet(cast, kept=kept(opened), kept_purposes=["INVOICE"], files=[], purposes=[])
    refused = client.post(url, typed | {"amount": ""})
    assert refused.status_code == 422
    assert kept(body(refused))
    first, again = client.post(url, typed), client.post(url, typed)
    assert first["Location"] == again["Location"]
    assert [row.name for row in Attachment.objects.all()] == ["счёт.pdf"]
    assert state(cast, item) == State.TAKEN
    # Somebody else is told that it is done.
    late = log_in("clara").post(url, typed | {"key": "another", "do": "draft"})
    assert "Anna Annina has already made a document" in body(late)
    assert Case.objects.count() == 1
    assert client.get(url)["Location"] == f"/intake/{item}/"


def test_a_letter_is_set_aside_for_a_reason_and_put_back(cast: Cast, log_in: LogIn) -> None:
    item, client = arrived(), log_in("clara")
    refused = client.post(f"/intake/{item}/aside/", {"reason": ""})
    assert refused.status_code == 422
    assert "Reason" in body(refused)
    assert client.post(f"/intake/{item}/aside/", {"reason": "Реклама"}).status_code == 302
    again = client.post(f"/intake/{item}/aside/", {"reason": "x"})
    assert "Clara Clarina has set this letter aside" in body(again)
    settled = body(client.get("/intake/?tab=settled"))
    assert "Set aside" in settled
    assert "Реклама" in body(client.get(f"/intake/{item}/"))
    client.post(f"/intake/{item}/back/")
    assert state(cast, item) == State.WAITING


def test_a_letter_is_passed_on(cast: Cast, log_in: LogIn) -> None:
    item, client = arrived(), log_in("clara")
    assert client.post(f"/intake/{item}/give/", {"person": ""}).status_code == 422
    chosen = {"person": str(cast.anna.id), "person_text": "Anna Annina"}
    assert client.post(f"/intake/{item}/give/", chosen).status_code == 302
    assert "Clara Clarina passed it on to Anna Annina" in body(
        log_in("anna").get(f"/intake/{item}/")
    )


def test_what_a_letter_says_is_shown_as_text_and_nothing_else(cast: Cast, log_in: LogIn) -> None:
    item = arrived(subject="<b>x</b>", text="<script>alert(1)</script> שלום", sender_name="<i>")
    page = body(log_in("clara").get(f"/intake/{item}/"))
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert 'dir="auto">&lt;script&gt;' in page


def test_administrators_see_why_a_letter_was_not_taken(cast: Cast, log_in: LogIn) -> None:
    mailroom.take(letter(number=1), at=AT)
    mailroom.take(letter(("a.exe", b"MZ\x90\x00\x03"), number=2), at=AT)
    mailroom.take(letter(BILL, number=3), at=AT)
    page = body(log_in("root").get("/settings/received/"))
    assert "there was no file with it" in page
    assert "none of its files is accepted" in page
    assert "To the letter" in page
    assert "Полученная почта" in body(log_in("root", "ru").get("/settings/"))


def test_the_file_of_a_letter_is_shown_to_who_sees_the_letter(cast: Cast, log_in: LogIn) -> None:
    item = arrived()
    answer = log_in("clara").get(f"/intake/{item}/files/1/")
    assert answer["Content-Type"] == "application/pdf"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.getvalue()
    assert log_in("clara").get(f"/intake/{item}/files/2/").status_code == 404
    assert log_in("oleg").get(f"/intake/{item}/files/1/").status_code == 404
