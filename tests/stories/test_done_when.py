"""The walk by which the product is judged: in English by hierarchy, in Russian by the initiator's choice."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import FilePayload

from corpus import CORPUS
from stories.conftest import Sit, today, work, working_day
from stories.desk import Desk
from troupe import PDF

INVOICE = CORPUS / "einvoice" / "hybrid-pdf" / "Facture_DOM_BASICWL.pdf"
ORDER: FilePayload = {"name": "pp-118.pdf", "mimeType": "application/pdf", "buffer": PDF}
WAYS = {"en": "By hierarchy", "ru": "My choice"}
NAMES = ("Boris Borisov", "Vera Verina", "Gleb Glebov")
SEATS = ("First approver", "Second approver", "Third approver")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.corpus,
    pytest.mark.django_db(transaction=True),
]


def test_from_please_pay_this_to_paid(at_desk: Sit, language: str) -> None:
    anna, boris, vera = (at_desk(name) for name in ("anna", "boris", "vera"))
    planned = working_day(today())
    sends(anna, WAYS[language], planned)
    work()
    approves(boris)
    work()
    returns(vera, "Wrong amount")
    work()
    corrects(anna, "Wrong amount")
    for approver in (boris, vera, at_desk("gleb")):
        work()
        approves(approver)
    work()
    clara = at_desk("clara")
    for desk in (anna, clara):
        desk.day(planned).sees("ООО «Ромашка»")
    pays(clara)
    work()
    reads_all_of_it(anna)


def sends(anna: Desk, way: str, planned: date) -> None:
    anna.follow("New invoice")
    anna.attach("Choose files", INVOICE)
    anna.region("Document").sees(INVOICE.name)
    anna.pick("Counterparty", "ромаш")
    anna.write("Amount", "529,87")
    anna.write("Issue date", today().isoformat())
    anna.write("Planned date", planned.isoformat())
    anna.choose(way)
    if way == "My choice":
        for seat, name in zip(SEATS, NAMES, strict=True):
            anna.pick(seat, name)
    anna.region("Will go to").sees(*NAMES)
    anna.unfold("More fields")
    anna.tick("Payment order required")
    anna.press("Send for approval")
    anna.sees("In approval", *NAMES)


def approves(approver: Desk) -> None:
    approver.go_to("My tasks")
    approver.follow("Approval of invoice {n}", n=1)
    approver.region("Document").sees(INVOICE.name)
    approver.press("Approve")
    approver.sees("You approved Invoice {n}.", n=1)


def returns(approver: Desk, why: str) -> None:
    approver.go_to("My tasks")
    approver.follow("Approval of invoice {n}", n=1)
    approver.unfold("Return for rework")
    dialog = approver.dialog("Return for rework")
    # One of the usual reasons is a press away.
    dialog.press(why)
    dialog.press("Return for rework")
    approver.sees("On rework")


def corrects(anna: Desk, why: str) -> None:
    anna.go_to("My tasks")
    anna.follow("Correct invoice {n}", n=1)
    anna.follow("Correct")
    anna.write("Amount", "529,78")
    anna.tick(why)
    anna.press("Resubmit")
    anna.sees("In approval")


def pays(clara: Desk) -> None:
    clara.go_to("My tasks")
    clara.follow("Pay invoice {n}", n=1)
    clara.unfold("Pay")
    dialog = clara.dialog("Pay")
    dialog.write("Payment order No.", "118")
    dialog.attach("Payment order file", ORDER)
    dialog.press("Pay")
    clara.sees("The payment of Invoice {n} is recorded.", "Paid", n=1)


def reads_all_of_it(anna: Desk) -> None:
    anna.go_to("Feed")
    anna.sees("Invoice {n} · ООО «Ромашка»", "Paid", n=1)
    anna.follow("Invoice {n} · ООО «Ромашка»", n=1)
    anna.turn_to("History")
    anna.sees(*NAMES, "Clara Clarina", "returned for rework", "Wrong amount")
    anna.turn_to("Payments")
    anna.sees("pp-118.pdf")
