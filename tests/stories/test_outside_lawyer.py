"""A contract that a lawyer from outside approves: a link and a code in their mailbox, no account, no script."""

from __future__ import annotations

import re
from mailbox import Mailbox, part
from typing import Any

import pytest
from playwright.sync_api import FilePayload, expect

from akcept.cases import queries, services
from akcept.cases.filters import RegistryFilter
from akcept.kit import clock
from conftest import OpenPage
from stories.conftest import Sit, work
from stories.desk import Desk
from troupe import PDF, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "lena@law.example"
FILE: FilePayload = {"name": "договор.pdf", "mimeType": "application/pdf", "buffer": PDF}
LANGUAGES = {"en": "English", "ru": "Русский"}


def test_an_outside_lawyer_approves_a_contract_by_mail_link(
    cast: Cast, at_desk: Sit, open_page: OpenPage, mailbox: Mailbox, settings: Any, live_server: Any,
    language: str,
) -> None:  # fmt: skip
    settings.AKCEPT_BASE_URL = live_server.url
    anna = at_desk("anna", "/cases/new/CONTRACT/")
    sends_a_contract(anna)
    asks_the_lawyer(anna, language)
    approves(cast, "boris")
    work()
    # In Russian her browser runs no scripts at all.
    page = open_page(locale=language, scripts=language == "en")
    lena = Desk(page, language)
    page.goto(found(mailbox, r"http://\S+/x/\S+"))
    reads(lena)
    shows_the_code(lena, mailbox)
    decides(lena)
    work()
    is_over(lena, mailbox)
    is_on_record(anna)


def sends_a_contract(anna: Desk) -> None:
    anna.write("Subject", "Поставка бумаги")
    anna.attach("Choose files", FILE)
    anna.pick("Counterparty", "ромаш")
    anna.choose("By hierarchy")
    anna.press("Send for approval")
    anna.sees("In approval")


def asks_the_lawyer(anna: Desk, language: str) -> None:
    anna.follow("Ask somebody from outside")
    anna.write("E-mail", ADDRESS)
    anna.write("Full name", "Lena Lvova")
    anna.write("Position", "Counsel")
    anna.write("Company", "Lex LLP")
    anna.page.get_by_label(anna.say("Language of the letter")).select_option(
        label=LANGUAGES[language]
    )
    anna.write("The question", "Is clause 4 fine?")
    anna.press("Send")
    anna.sees("Asked. The link goes to them when it is their turn.")


def approves(cast: Cast, name: str) -> None:
    at, by = clock.now(), cast.asks(name)
    (row,) = queries.registry(by=by, filters=RegistryFilter(), at=at).rows
    services.approve(case_id=row.id, by=by, revision=1, at=at)


def found(mailbox: Mailbox, words: str) -> str:
    """Return what the newest letter to the lawyer says that looks like this."""
    letters = [letter for letter in mailbox.letters if letter["To"] == ADDRESS]
    match = re.search(words, part(letters[-1], "plain"))
    assert match, part(letters[-1], "plain")
    return match[0]


def reads(lena: Desk) -> None:
    heading = lena.page.get_by_role("heading", level=1)
    expect(heading).to_have_text(lena.say("You are asked to approve: Contract {n}", n=1))
    lena.sees("Is clause 4 fine?", "Поставка бумаги", "договор.pdf")
    lena.sees_nothing_of("Boris Borisov")
    assert not lena.may("Approve")


def shows_the_code(lena: Desk, mailbox: Mailbox) -> None:
    lena.press("Send me a code")
    lena.write("Code from the letter", "000000")
    work()
    lena.press("Go on")
    lena.sees("This is not the code from the last letter. 4 tries are left.")
    lena.write("Code from the letter", found(mailbox, r"\b\d{6}\b"))
    lena.press("Go on")
    lena.sees("You decide as", "Lena Lvova, Counsel, Lex LLP")


def decides(lena: Desk) -> None:
    lena.write("Remark or reason", "Clause 4 is fine")
    lena.press("Approve")
    lena.sees("Your decision: approved")


def is_over(lena: Desk, mailbox: Mailbox) -> None:
    receipt = found(mailbox, r"(?s).*")
    assert lena.say("This letter is your receipt. Nothing more is asked of you.") in receipt
    lena.page.goto(lena.page.url.partition("#")[0])
    lena.sees("Your decision: approved")
    lena.sees_nothing_of("Is clause 4 fine?")
    assert not lena.may("Take it back")


def is_on_record(anna: Desk) -> None:
    anna.page.reload()
    anna.sees("Lena Lvova", "Clause 4 is fine", "by e-mail code")
    anna.turn_to("History")
    anna.sees("by e-mail code")
