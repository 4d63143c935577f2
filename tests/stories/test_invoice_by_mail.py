"""A supplier sends an invoice by mail; whoever handles the mail passes it on, and it is sent for approval with its file."""

from __future__ import annotations

import smtplib
from mailbox import Mailbox
from typing import Any

import pytest
from playwright.sync_api import expect

from akcept.delivery import services as delivery
from akcept.delivery.verdicts import Outcome
from akcept.kit import clock
from letters import ADDRESS, BILL, letter
from stories.conftest import Sit, today, work, working_day
from stories.desk import Desk
from troupe import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _letters_come_in(settings: Any) -> None:
    settings.AKCEPT_INTAKE = ADDRESS


def test_an_invoice_that_came_by_mail_is_passed_on_and_sent(cast: Cast, at_desk: Sit) -> None:
    assert hand_over(letter(BILL)) is Outcome.TAKEN_IN
    assert hand_over(letter(number=2, subject="Реклама")) is Outcome.NO_FILE
    assert hand_over(letter(BILL, number=3, subject="Реклама")) is Outcome.TAKEN_IN
    the_accountant_sorts_what_came(at_desk("clara"))
    anna = at_desk("anna")
    the_colleague_makes_an_invoice_of_it(anna)
    work()
    boris = at_desk("boris")
    boris.go_to("My tasks")
    boris.follow("Approval of invoice {n}", n=1)
    boris.region("Document").sees("счёт.pdf")
    the_administrator_sees_why_a_letter_was_not_taken(at_desk("root", "/settings/received/"))


def hand_over(raw: bytes) -> Outcome:
    """Send a mail over SMTP, and let what arrives go through the pipe."""
    box = Mailbox()
    server = box.server()
    server.start()
    try:
        with smtplib.SMTP(server.hostname, server.port) as wire:
            wire.sendmail("bills@romashka.example", [ADDRESS], raw)
    finally:
        server.stop()
    return delivery.take_mail(box.raw[0], at=clock.now())


def open_letter(desk: Desk, subject: str) -> None:
    """Open a letter; its subject is in nobody's language but the sender's."""
    desk.page.get_by_role("link", name=subject).click()


def the_accountant_sorts_what_came(clara: Desk) -> None:
    clara.go_to("Intake")
    clara.sees("unverified sender", "ООО «Ромашка»")
    open_letter(clara, "Реклама")
    clara.write("Reason (required)", "Это реклама")
    clara.press("Set aside")
    clara.sees("Set aside. It stands among the settled ones.")
    open_letter(clara, "Счёт № 77 за хостинг")
    clara.sees("Unverified sender.", "Счёт во вложении.")
    clara.region("Document").sees("счёт.pdf")
    clara.pick("Colleague", "Anna")
    clara.press("Pass on")
    clara.sees("Passed on.", "Anna Annina")


def the_colleague_makes_an_invoice_of_it(anna: Desk) -> None:
    anna.go_to("Intake")
    open_letter(anna, "Счёт № 77 за хостинг")
    anna.follow("Make an invoice of it")
    anna.sees("счёт.pdf", "Made of a letter")
    anna.pick("Counterparty", "ромаш")
    anna.write("Amount", "120 000,00")
    anna.write("Issue date", today().isoformat())
    anna.write("Planned date", working_day(today()).isoformat())
    anna.press_twice("Send for approval")
    anna.sees("Invoice {n} was sent for approval.", n=1)
    anna.go_to("Intake")
    anna.sees("Nothing waits here")
    # Whoever comes back to the letter is led to what became of it.
    anna.follow("Settled")
    open_letter(anna, "Счёт № 77 за хостинг")
    anna.sees("Document made")
    expect(anna.page.get_by_role("link", name=anna.say("To the document"))).to_be_visible()
    assert not anna.may("Set aside")


def the_administrator_sees_why_a_letter_was_not_taken(root: Desk) -> None:
    root.sees("Not taken: there was no file with it.")
