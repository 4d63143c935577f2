"""What people type wrong: each gets words at its place, nothing is lost and nothing half done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from akcept.cases.models import Case
from akcept.company import queries as company
from akcept.engine.calendars import AdjustRule
from akcept.parties.models import BankAccount, Counterparty
from akcept.people import services as people
from conftest import LogIn
from sheets import send, sheet
from troupe import AT, SYSTEM, Cast

pytestmark = pytest.mark.django_db(transaction=True)

WRONG: list[tuple[dict[str, Any], str]] = [
    ({"amount": ""}, "Please fill this in."),
    ({"amount": "0"}, "The amount must be more than zero."),
    ({"amount": "-5,00"}, "The amount must be more than zero."),
    ({"amount": "a lot"}, "This is not a number."),
    ({"amount": "1,2,3"}, "This is not a number."),
    ({"amount": "1.234.5678"}, "This is not a number."),
    ({"amount": "12,345.678"}, "There are too many digits after the point."),
    ({"amount": "9" * 30}, "The amount is too large."),
    ({"amount": "\x00"}, "This is not a number."),
    ({"currency": "XXX"}, "This is not offered."),
    ({"counterparty": "", "counterparty_text": ""}, "Please fill this in."),
    ({"counterparty": "", "counterparty_text": "Nobody"}, "Nobody of this name is known yet."),
    ({"counterparty": "x", "counterparty_text": "Nobody"}, "Nobody of this name is known yet."),
    ({"issued_on": ""}, "Please fill this in."),
    ({"issued_on": "2026-13-45"}, "This is not a date."),
    ({"issued_on": "0001-01-01"}, "This date is too far away."),
    ({"title": "ж" * 301}, "This is too long."),
    ({"comment": "a\x00b"}, "characters that cannot be kept"),
    ({"entity": "00000000-0000-0000-0000-000000000000"}, "This is not offered."),
    ({"planned-0-on": "2020-01-01"}, "That day is over."),
    ({"planned-0-on": ""}, "Please fill this in."),
    ({"new_inn": "7707083894", "counterparty": ""}, "wrong check digit"),
    ({"account_number": "40702810900000000001", "account_bic": "1"}, "БИК has 9 digits"),
    ({"approval_type": "MY_CHOICE"}, "Please fill this in."),
    ({"vat-0-rate": "VAT22", "vat-0-tax": "x"}, "This is not a number."),
    ({"client_request": "17"}, "justification file is required"),
]


@pytest.mark.parametrize(("changes", "words"), WRONG)
def test_a_wrong_field_is_named_and_nothing_happens(
    cast: Cast, log_in: LogIn, changes: dict[str, Any], words: str
) -> None:
    answer = log_in("anna").post("/cases/new/", sheet(cast, **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    # What was right is still there, the file included.
    assert "Хостинг за ноябрь" in page or "comment" in changes
    assert 'name="kept"' in page
    assert Case.objects.count() == 0
    assert Counterparty.objects.count() == 1
    assert BankAccount.objects.count() == 0


BAD_FILES = [
    ("счёт.pdf", b"", "The file is empty."),
    ("счёт.pdf", b"hello", "The name says PDF, but the file is none."),
    ("virus.exe", b"MZ\x90\x00" * 50, "Files of this type are not accepted."),
]


@pytest.mark.parametrize(("name", "content", "words"), BAD_FILES)
def test_a_bad_file_is_refused_and_the_rest_stays(
    cast: Cast, log_in: LogIn, name: str, content: bytes, words: str
) -> None:
    anna = log_in("anna")
    bad = sheet(cast, files=[SimpleUploadedFile(name, content)])
    answer = anna.post("/cases/new/", bad)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Case.objects.count() == 0
    alone = anna.post("/files/", {"file": SimpleUploadedFile(name, content)})
    assert alone.status_code == 422
    assert words in alone.content.decode()


def test_a_second_press_of_the_button_makes_no_second_invoice(cast: Cast, log_in: LogIn) -> None:
    anna = log_in("anna")
    once = sheet(cast, key="pressed-twice", files=[])
    first = anna.post("/cases/new/", once)
    second = anna.post("/cases/new/", once)
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


NEW_PAYEE = {
    "counterparty": "",
    "counterparty_text": "",
    "new_name": "ООО «Лютик» 🌼",
    "new_country": "RU",
    "account_number": "40702810138250123017",
    "account_bic": "044525225",
    "account_bank": "Сбербанк",
}


def test_a_counterparty_and_an_account_are_made_on_the_spot(cast: Cast, log_in: LogIn) -> None:
    case_id = send(log_in("anna"), cast, **NEW_PAYEE)
    case = Case.objects.get(id=case_id)
    assert case.counterparty.name == "ООО «Лютик» 🌼"
    assert case.account is not None


def test_what_was_made_on_the_spot_is_chosen_where_something_else_is_refused(
    cast: Cast, log_in: LogIn
) -> None:
    typed = sheet(cast, client_request="З-118", **NEW_PAYEE)
    answer = log_in("anna").post("/cases/new/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    made = BankAccount.objects.get(number=NEW_PAYEE["account_number"])
    assert f'value="{made.counterparty_id}"' in page
    assert f'<option value="{made.id}" selected>' in page


def test_an_invoice_seen_before_asks_why(cast: Cast, log_in: LogIn) -> None:
    anna = log_in("anna")
    send(anna, cast)
    again = sheet(cast)
    answer = anna.post("/cases/new/", again)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "seems to be here already" in page
    assert 'name="duplicate_reason"' in page
    assert Case.objects.count() == 1
    again["files"] = []
    assert anna.post("/cases/new/", again | {"duplicate_reason": "Second half"}).status_code == 302


def test_splitting_adds_a_row_and_keeps_everything(cast: Cast, log_in: LogIn) -> None:
    answer = log_in("anna").post("/cases/new/", sheet(cast, do="more-planned"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="planned-1-on"' in page
    assert 'value="120 000,00"' in page
    assert Case.objects.count() == 0


def test_the_preview_names_everybody_and_keeps_nothing(cast: Cast, log_in: LogIn) -> None:
    anna = log_in("anna")
    answer = anna.post("/cases/preview/", sheet(cast, files=[]))
    page = answer.content.decode()
    assert answer.status_code == 200
    for name in ("Boris Borisov", "Vera Verina", "Gleb Glebov"):
        assert name in page
    assert anna.get("/cases/preview/").status_code == 405
    unchosen = anna.post("/cases/preview/", sheet(cast, files=[], approval_type="MY_CHOICE"))
    assert "Name the first approver" in unchosen.content.decode()
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FOLLOWING", "5\xa0Dec\xa02026 is a day off (Saturday) → 7\xa0Dec\xa02026"),
        ("PRECEDING", "5\xa0Dec\xa02026 is a day off (Saturday) → 4\xa0Dec\xa02026"),
        ("KEEP", ""),
    ],
)
def test_the_preview_proposes_a_day_the_payer_works(
    cast: Cast, log_in: LogIn, rule: str, said: str
) -> None:
    entity = company.entity(entity_id=cast.entity)
    fields = replace(entity.fields, adjust_rule=AdjustRule(rule))
    people.change_entity(entity_id=cast.entity, entity=fields, by=SYSTEM, at=AT)
    given = sheet(cast, files=[], **{"planned-0-on": "2026-12-05"})
    page = log_in("anna").post("/cases/preview/", given).content.decode()
    assert said in page
    assert ("day off" in page) == bool(said)
