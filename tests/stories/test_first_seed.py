"""An invoice is approved, enters the payment calendar, and is paid: the first seed, step by step.

The sentences in quotation marks are those of the seed.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import FilePayload

from conftest import OpenPage
from stories.conftest import Sit, today, work, working_day
from stories.desk import Desk
from troupe import PASSWORD, PDF, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
INVOICE: FilePayload = {"name": "счёт-77.pdf", "mimeType": "application/pdf", "buffer": PDF}


def test_an_invoice_goes_by_hierarchy_from_the_feed_into_the_calendar_and_is_paid(
    cast: Cast, language: str, open_page: OpenPage, at_desk: Sit
) -> None:
    planned = working_day(today())
    anna = Desk(open_page(locale=language), language)
    step_1_the_user_starts_a_process_from_the_live_feed(anna, planned)
    work()
    step_2_an_approver_declines_with_an_explanation(at_desk("boris"))
    work()
    the_initiator_corrects_the_errors(anna)
    for name in ("boris", "vera", "gleb"):
        work()
        an_approver_reads_and_approves(at_desk(name))
    work()
    clara = at_desk("clara")
    step_3_the_date_is_entered_into_the_payment_calendar([clara, anna], planned)
    an_unpaid_invoice_is_postponed_by_one_day(clara, planned)
    step_4_the_accountant_pays(clara)
    work()
    everybody_reads_that_it_is_paid([anna, at_desk("boris"), clara])


def step_1_the_user_starts_a_process_from_the_live_feed(anna: Desk, planned: date) -> None:
    anna.page.goto("/")
    anna.log_in("anna@example.com", PASSWORD)
    anna.sees("No events yet")
    # "In the form that opens, the employee indicates the title of the approval, attaches an invoice file, a comment
    # (which describes the purpose of the payment), the name of the contractor and the amount to be paid. Also, the
    # user enters the date for which the payment is scheduled."
    anna.attach("Choose files", INVOICE)
    anna.write("Title", "Хостинг, ноябрь")
    anna.pick("Counterparty", "ромаш")
    anna.write("Amount", "120 000,00")
    anna.write("Issue date", today().isoformat())
    anna.write("Planned date", planned.isoformat())
    anna.write("Comment", "Хостинг за ноябрь")
    # "In the 'Approval type' field, select the algorithm: by hierarchy - the invoice is consistently passed on in a
    # hierarchical order (team leader -> head of department -> ... -> CEO)."
    anna.select("Approval type", "By hierarchy")
    anna.press("Send for approval")
    anna.sees("Invoice {n} was sent for approval.", "In approval", "Хостинг, ноябрь", n=1)
    anna.sees("Boris Borisov", "Vera Verina", "Gleb Glebov")


def step_2_an_approver_declines_with_an_explanation(boris: Desk) -> None:
    # "A task from the process is displayed in the live feed of the first approver."
    boris.sees("Invoice {n} · Хостинг, ноябрь", n=1)
    assert boris.may("Approve")
    # "Read the attached invoice document."
    boris.go_to("My tasks")
    boris.follow("Approval of invoice {n}", n=1)
    boris.region("Document").sees("счёт-77.pdf")
    # "Decline (with mandatory explanation)."
    boris.unfold("Return for rework")
    dialog = boris.dialog("Return for rework")
    dialog.press("Return for rework")
    assert not dialog.is_filled("Reason (required)")
    dialog.write("Reason (required)", "Нет договора\nНеверная сумма")
    dialog.press("Return for rework")
    boris.sees("Invoice {n} was returned for rework.", "On rework", n=1)


def the_initiator_corrects_the_errors(anna: Desk) -> None:
    # "The initiator of the process will receive a notification and a new task 'Correct errors'."
    anna.go_to("My tasks")
    anna.is_rung()
    anna.follow("Correct invoice {n}", n=1)
    anna.follow("Correct")
    # "The error checklist will indicate the reason."
    anna.tick("Нет договора")
    anna.write("Amount", "125 000,00")
    anna.tick("Неверная сумма")
    anna.press("Resubmit")
    anna.sees("Invoice {n} was sent for approval.", "In approval", n=1)


def an_approver_reads_and_approves(approver: Desk) -> None:
    approver.go_to("My tasks")
    approver.follow("Approval of invoice {n}", n=1)
    # What was corrected is told to who decides again.
    approver.sees("Changed since the last decision")
    approver.press("Approve")
    approver.sees("You approved Invoice {n}.", n=1)


def step_3_the_date_is_entered_into_the_payment_calendar(desks: list[Desk], planned: date) -> None:
    # "After the invoice has been agreed to by all users, a 'Pay invoice' task will be displayed in the accountant's
    # live feed." "The date of the invoice payment is entered into the payment calendar."
    desks[0].sees("Invoice {n} · Хостинг, ноябрь", "Approved, to pay", n=1)
    desks[0].go_to("My tasks")
    desks[0].sees("Pay invoice {n}", n=1)
    for desk in desks:
        desk.day(planned).sees("ООО «Ромашка»")


def an_unpaid_invoice_is_postponed_by_one_day(clara: Desk, planned: date) -> None:
    # "In case of non-payment of the invoice on the appointed date, the payment is automatically postponed by 1 day."
    the_day_after = planned + timedelta(days=1)
    work(at=datetime(*the_day_after.timetuple()[:3], hour=20, tzinfo=ZoneInfo("Europe/Moscow")))
    clara.day(working_day(planned)).sees("ООО «Ромашка»")


def step_4_the_accountant_pays(clara: Desk) -> None:
    # "After the accountant has paid the invoice (and clicked on the 'pay' button), the business process is completed."
    clara.go_to("My tasks")
    clara.follow("Pay invoice {n}", n=1)
    clara.unfold("Pay")
    dialog = clara.dialog("Pay")
    dialog.write("Payment order No.", "118")
    dialog.press("Pay")
    clara.sees("The payment of Invoice {n} is recorded.", "Paid", n=1)


def everybody_reads_that_it_is_paid(desks: list[Desk]) -> None:
    # "A notification about it is posted in the live feed. The initiator also receives a corresponding notification."
    for desk in desks:
        desk.go_to("Feed")
        desk.sees("Invoice {n} · Хостинг, ноябрь", "Paid", n=1)
    desks[0].go_to_notices()
    paid = desks[0].say("RUB 125,000.00")
    desks[0].sees("paid {sum}, nothing is left to pay", sum=paid)


def test_sequential_approval_asks_whom_an_administrator_has_named(at_desk: Sit) -> None:
    # "A user with administrator rights can configure the list of approvers at any time."
    root = at_desk("root", "/settings/approvers/")
    for name in ("Vera Verina", "Dana Danina"):
        root.pick("Add somebody", name)
        root.press("Add to the list")
        root.sees(name)
    root.press("Save")
    # "Sequential approval - the invoice is approved by the users specified in the business process settings."
    anna = at_desk("anna")
    anna.pick("Counterparty", "ромаш")
    anna.write("Amount", "120 000,00")
    anna.write("Issue date", today().isoformat())
    anna.write("Planned date", working_day(today()).isoformat())
    anna.select("Approval type", "Sequential")
    anna.press("Send for approval")
    anna.sees("In approval", "Vera Verina", "Dana Danina")
    for name in ("vera", "dana"):
        approver = at_desk(name, "/tasks/")
        approver.follow("Approval of invoice {n}", n=1)
        approver.press("Approve")
        approver.sees("You approved Invoice {n}.", n=1)
    anna.page.reload()
    anna.sees("Approved, to pay")
