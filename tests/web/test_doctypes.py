"""Settings → Document types, without a script: made, reordered, refused, changed; and the sheet of a type."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from akcept.cases import services
from akcept.doctypes import queries
from akcept.kit import clock
from troupe import Cast

pytestmark = pytest.mark.django_db

NAMES = {
    "code": "ATTORNEY",
    "name_en": "Power of attorney",
    "name_ru": "Доверенность",
    "plural_en": "Powers of attorney",
    "plural_ru": "Доверенности",
    "title_en": "power of attorney",
    "title_ru_genitive": "доверенности",
    "title_ru_accusative": "доверенность",
    "max_hold_days": "30",
    "is_active": "on",
    "approval_types": "on",
    "who_starts": "EVERYBODY",
}


def client_of(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name))
    return client


def row(place: int, kind: str, english: str, russian: str, **more: str) -> dict[str, str]:
    """Return one field as the form sends it."""
    said = {"kind": kind, "label_en": english, "label_ru": russian, "code": ""} | more
    return {f"field-{place}-{name}": value for name, value in said.items()}


def attorney(**more: str) -> dict[str, str]:
    """Return the form of a power of attorney."""
    rows = (
        row(0, "TEXT", "Title", "Название", code="title", required_at="SAVE")
        | row(1, "PERSON", "Attorney", "Поверенный", required_at="SAVE", is_material="on")
        | row(2, "CHOICE", "Powers", "Полномочия", options="Sign | Подписывать\nReceive | Получать")
    )
    return NAMES | rows | {"field-count": "3", "do": "save"} | more


def test_an_administrator_makes_a_type_and_sees_its_sheet(cast: Cast) -> None:
    root = client_of(cast, "root")
    page = root.post("/settings/documents/new/", attorney(), follow=True)
    assert page.redirect_chain[-1][0] == "/settings/documents/ATTORNEY/"
    assert "Preview of the sheet" in page.content.decode()
    card = queries.type_card(code="ATTORNEY")
    assert [field.code for field in card.used] == [
        "title", "attorney", "powers", "approval_type", "choice", "entity",
    ]  # fmt: skip
    assert "Power of attorney" in root.get("/settings/documents/").content.decode()
    sheet = client_of(cast, "anna").get("/cases/new/ATTORNEY/").content.decode()
    assert "New power of attorney" in sheet
    assert 'name="own-attorney_text"' in sheet


def test_a_row_moves_up_without_being_kept(cast: Cast) -> None:
    page = client_of(cast, "root").post("/settings/documents/new/", attorney(do="up-2"))
    text = page.content.decode()
    assert text.index("Powers") < text.index("Attorney")
    assert "ATTORNEY" not in {card.code for card in queries.type_cards()}


def test_a_field_is_added_to_the_form(cast: Cast) -> None:
    page = client_of(cast, "root").post(
        "/settings/documents/new/", attorney(do="add", add="core:amount")
    )
    assert 'name="field-count" value="4"' in page.content.decode()


def test_what_is_wrong_stands_at_its_field(cast: Cast) -> None:
    wrong = attorney(name_ru="", **row(1, "FILE", "Scan", "Скан", required_at="SAVE"))
    page = client_of(cast, "root").post("/settings/documents/new/", wrong)
    assert page.status_code == 422
    wrong = attorney(**row(1, "FILE", "Scan", "Скан", required_at="SAVE"))
    page = client_of(cast, "root").post("/settings/documents/new/", wrong)
    assert page.status_code == 422
    assert "A file comes after the document is saved." in page.content.decode()


def test_others_may_not_change_types(cast: Cast) -> None:
    anna = client_of(cast, "anna")
    assert anna.get("/settings/documents/").status_code == 403
    assert anna.post("/settings/documents/new/", attorney()).status_code == 403
    assert client_of(cast, "root").get("/settings/documents/POEM/").status_code == 404


def test_anna_writes_one_and_a_wrong_field_is_told(cast: Cast) -> None:
    client_of(cast, "root").post("/settings/documents/new/", attorney())
    anna = client_of(cast, "anna")
    typed = {
        "title": "Для склада", "entity": str(cast.entity), "approval_type": "HIERARCHY",
        "own-powers": "sign", "do": "send", "type": "ATTORNEY",
        "planned-TOTAL_FORMS": "0", "planned-INITIAL_FORMS": "0",
        "vat-TOTAL_FORMS": "0", "vat-INITIAL_FORMS": "0",
    }  # fmt: skip
    refused = anna.post("/cases/new/ATTORNEY/", typed)
    assert refused.status_code == 422
    assert "Please fill this in." in refused.content.decode()
    done = anna.post(
        "/cases/new/ATTORNEY/", typed | {"own-attorney": str(cast.vera.id)}, follow=True
    )
    text = done.content.decode()
    assert "Power of attorney 1 was sent for approval." in text
    assert "Vera Verina" in text
    assert "Sign" in text


def test_everybody_is_offered_what_they_may_begin(cast: Cast) -> None:
    roles = attorney(who_starts="ROLES", roles="ADMINISTRATOR")
    root = client_of(cast, "root")
    root.post("/settings/documents/new/", roles)
    assert 'href="/cases/new/ATTORNEY/"' in root.get("/").content.decode()
    anna = client_of(cast, "anna").get("/").content.decode()
    assert 'href="/cases/new/CONTRACT/"' in anna
    assert 'href="/cases/new/ATTORNEY/"' not in anna


def test_the_history_of_settings_tells_what_of_a_type_was_changed(cast: Cast) -> None:
    root = client_of(cast, "root")
    root.post("/settings/documents/new/", attorney())
    changed = attorney(max_hold_days="10") | row(
        2, "CHOICE", "Powers", "Полномочия", code="powers", required_at="SUBMIT",
        options="Sign | Подписывать\nSell | Продавать",
    )  # fmt: skip
    changed |= row(1, "PERSON", "Attorney", "Поверенный", code="attorney", required_at="SAVE", is_material="on")  # fmt: skip
    changed |= row(3, "DATE", "Until", "До") | {"field-count": "4"}
    assert root.post("/settings/documents/ATTORNEY/", changed).status_code == 302
    page = root.get("/settings/history/").content.decode()
    assert "Longest hold, in days: 30 → 10" in page
    assert "Powers, required: never → to send for approval" in page
    assert "Sign, Receive → Sign, Sell" in page
    assert "Until: field added" in page


def test_the_list_of_one_type_is_narrowed_by_and_shows_its_own_fields(
    cast: Cast,
) -> None:
    for title, until in (("Paper", "2026-12-31"), ("Ink", "2027-12-31")):
        card = {"title": title, "entity": str(cast.entity), "counterparty": str(cast.counterparty), "valid_until": until, "approval_type": "HIERARCHY"}  # fmt: skip
        content = services.CardInput(card)
        services.create(by=cast.asks("anna"), doctype="CONTRACT", content=content, submit=False, at=clock.now())  # fmt: skip
    path = "/invoices/?doctype=CONTRACT&own-valid_until-from=2027-01-01"
    page = client_of(cast, "anna").get(path).content.decode()
    assert "Ink" in page
    assert "Paper" not in page
    assert "31\N{NO-BREAK SPACE}Dec\N{NO-BREAK SPACE}2027" in page
    ink = re.search(r'href="(/cases/[^"]+/)" data-open', page)
    assert ink
    card = client_of(cast, "anna").get(ink[1]).content.decode()
    assert 'class="ak-crumb" href="/invoices/?doctype=CONTRACT"' in card
    assert "Valid until from: 1\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}2027" in page
    wrong = client_of(cast, "anna").get("/invoices/?doctype=CONTRACT&own-valid_until-from=soon")
    assert wrong.status_code == 422


def test_the_list_of_one_kind_marks_its_own_entry_and_teaches_while_it_is_empty(cast: Cast) -> None:
    anna = client_of(cast, "anna")
    page = anna.get("/invoices/?doctype=CONTRACT").content.decode()
    assert "Nothing of this kind yet" in page
    assert 'href="/cases/new/CONTRACT/">New contract' in page
    assert 'href="/invoices/?doctype=CONTRACT" aria-current="page"' in page
    assert page.count('aria-current="page"') == 2  # beside and below: nothing else is marked
    narrowed = anna.get("/invoices/?doctype=CONTRACT&q=nothing").content.decode()
    assert "No document you may see fits all of these filters." in narrowed
