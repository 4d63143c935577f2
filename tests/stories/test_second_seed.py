"""The card of an invoice, the chain the initiator chooses, rework, payment with its order: the second seed.

The sentences in quotation marks are translated from the seed.
"""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import FilePayload

from stories.conftest import Sit, today, work, working_day
from stories.desk import Desk
from troupe import PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def scan(name: str) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF + f"% {name}\n".encode()}


def test_an_invoice_goes_the_way_its_initiator_chose_and_is_paid_with_its_order(
    at_desk: Sit,
) -> None:
    anna, boris, vera, gleb = (at_desk(name) for name in ("anna", "boris", "vera", "gleb"))
    step_1_nothing_is_saved_without_its_required_fields(anna)
    step_1_the_card_of_the_invoice(anna, working_day(today()))
    step_2_the_chain_of_approval(anna)
    work()
    step_3_the_task_of_the_approver(boris)
    step_3_the_talk_is_kept_in_the_card(boris, anna)
    step_3_returned_with_a_comment(boris)
    work()
    step_4_corrected_and_sent_again(anna)
    for approver in (boris, vera):
        work()
        approves(approver)
    work()
    step_5_the_financial_director_pays(gleb)
    work()
    step_5_the_initiator_reads_of_the_success(anna)


def step_1_nothing_is_saved_without_its_required_fields(anna: Desk) -> None:
    # "In the left menu there is an entry 'Invoices'. Here the initiator creates a document."
    anna.go_to("Invoices")
    anna.follow("New invoice")
    # "The system blocks saving at once if the required fields are empty: amount, counterparty, date of issue."
    anna.press("Save draft")
    for field in ("Amount", "Counterparty", "Issue date"):
        anna.is_told(field, "Please fill this in.")


def step_1_the_card_of_the_invoice(anna: Desk, planned: date) -> None:
    # "Amount (even if it is 1 rouble)."
    anna.pick("Counterparty", "ромаш")
    anna.write("Amount", "1")
    anna.write("Issue date", today().isoformat())
    anna.write("Planned date", planned.isoformat())
    # "If a payment order has to be attached, tick the box: it becomes mandatory for the final payment."
    anna.unfold("More fields")
    anna.tick("Payment order required")
    # "If the invoice belongs to a client's request, enter its number and attach the file of justification. Several
    # documents can be added."
    anna.write("Client request No.", "З-2026/118")
    anna.attach("Choose files", scan("счёт.pdf"), scan("обоснование.pdf"))
    anna.select("What it is: {name}", "Justification", name="обоснование.pdf")


def step_2_the_chain_of_approval(anna: Desk) -> None:
    # "The initiator says who has to check the invoice: at least one employee, up to three."
    anna.choose("My choice")
    anna.pick("First approver", "Boris")
    anna.pick("Second approver", "Vera")
    anna.region("Will go to").sees("Boris Borisov", "Vera Verina")
    # "After saving the stage changes at once and the first approver is notified."
    anna.press("Send for approval")
    anna.sees("In approval", "Boris Borisov", "Vera Verina")


def step_3_the_task_of_the_approver(boris: Desk) -> None:
    # "He sees a task with a telling name (for example 'Approval of invoice No. 49')."
    boris.go_to("My tasks")
    boris.is_rung()
    boris.follow("Approval of invoice {n}", n=1)
    # "He opens it, and before him is all key information: amount, attached files."
    boris.sees("RUB 1.00", "счёт.pdf", "обоснование.pdf", "З-2026/118")


def step_3_the_talk_is_kept_in_the_card(boris: Desk, anna: Desk) -> None:
    # "Start a discussion where all participants are gathered. It is kept in the card of the invoice."
    boris.turn_to("Discussion")
    boris.write("Comment", "А договор есть?")
    boris.press("Send")
    anna.turn_to("Discussion")
    anna.sees("А договор есть?")


def step_3_returned_with_a_comment(boris: Desk) -> None:
    # "Return for rework with a comment (for example: 'No contract attached, add it within an hour')."
    boris.unfold("Return for rework")
    dialog = boris.dialog("Return for rework")
    dialog.write("Reason (required)", "Не приложен договор, добавьте в течение часа")
    dialog.write("Correct within, hours", "1")
    dialog.press("Return for rework")
    boris.sees("On rework")


def step_4_corrected_and_sent_again(anna: Desk) -> None:
    # "The initiator gets a task 'Correct the invoice'. He sees the reason of the return."
    anna.go_to("My tasks")
    anna.follow("Correct invoice {n}", n=1)
    anna.follow("Correct")
    anna.attach("Choose files", scan("договор.pdf"))
    anna.select("What it is: {name}", "Contract", name="договор.pdf")
    anna.tick("Не приложен договор, добавьте в течение часа")
    # "After the corrections the invoice goes to be checked again."
    anna.press("Resubmit")
    anna.sees("In approval")
    # "The history of approval: who made which corrections, and when."
    anna.turn_to("History")
    anna.sees("Не приложен договор, добавьте в течение часа", "returned for rework")


def approves(approver: Desk) -> None:
    approver.go_to("My tasks")
    approver.follow("Approval of invoice {n}", n=1)
    approver.sees("договор.pdf")
    approver.press("Approve")
    approver.sees("You approved Invoice {n}.", n=1)


def step_5_the_financial_director_pays(gleb: Desk) -> None:
    # "When all approvers have ticked, the invoice automatically goes to the financial director."
    gleb.go_to("My tasks")
    gleb.follow("Pay invoice {n}", n=1)
    # "He pays it and attaches the payment order (if it was mandatory)."
    gleb.unfold("Pay")
    dialog = gleb.dialog("Pay")
    dialog.write("Payment order No.", "118")
    dialog.attach("Payment order file", scan("пп-118.pdf"))
    dialog.press("Pay")
    gleb.sees("The payment of Invoice {n} is recorded.", "Paid", n=1)


def step_5_the_initiator_reads_of_the_success(anna: Desk) -> None:
    # "The initiator gets a notification of the success."
    anna.go_to_notices()
    anna.open_notice("Invoice {n}", n=1)
    # "In the card there is a log of actions: who, when and what approved."
    anna.turn_to("History")
    anna.sees("Boris Borisov", "Vera Verina", "Gleb Glebov")
    anna.turn_to("Payments")
    anna.sees("пп-118.pdf")


def test_an_incorrect_invoice_is_refused_for_good(at_desk: Sit) -> None:
    anna, boris = at_desk("anna"), at_desk("boris")
    step_1_nothing_is_saved_without_its_required_fields(anna)
    step_1_the_card_of_the_invoice(anna, working_day(today()))
    step_2_the_chain_of_approval(anna)
    boris.go_to("My tasks")
    boris.follow("Approval of invoice {n}", n=1)
    # "Refuse entirely if the invoice is incorrect."
    boris.unfold("Reject")
    dialog = boris.dialog("Reject for good")
    dialog.write("Reason (required)", "Это не наш счёт")
    dialog.press("Reject")
    boris.sees("Invoice {n} is rejected.", n=1)
    work()
    anna.go_to("Feed")
    anna.sees("Rejected")
    anna.is_rung()
