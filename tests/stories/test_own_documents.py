"""A document of the company's own: an administrator makes its type, Anna begins one, Boris approves, and it is found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from stories.conftest import Sit, work
from stories.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = {
    "Code": "ATTORNEY",
    "Name in English": "Power of attorney",
    "Name in Russian": "Доверенность",
    "Several of them, in English": "Powers of attorney",
    "Several of them, in Russian": "Доверенности",
    "In a task, in English": "power of attorney",
    "In a task, in Russian: of what": "доверенности",
    "In a task, in Russian: what": "доверенность",
}


def test_a_document_of_the_companys_own_is_approved_and_found(at_desk: Sit) -> None:
    makes_the_type(at_desk("root", "/settings/documents/"))
    anna = at_desk("anna")
    begins_one(anna)
    work()
    approves(at_desk("boris"))
    work()
    for approver in ("vera", "gleb"):
        approves(at_desk(approver))
        work()
    finds_it(anna)


def makes_the_type(root: Desk) -> None:
    root.follow("Add a document type")
    for field, words in NAMES.items():
        root.write(field, words)
    root.tick("The initiator chooses the approval type")
    root.page.locator("#id_add").select_option("own:TEXT")
    root.press("Add the field")
    field = replace(root, part=root.page.locator("#fields fieldset").last)
    field.write("Label in English", "Powers")
    field.write("Label in Russian", "Полномочия")
    root.press("Save")
    root.sees("Preview of the sheet")


def begins_one(anna: Desk) -> None:
    anna.page.reload()
    anna.page.locator("header summary", has_text=anna.say("New document")).click()
    anna.follow("Power of attorney")
    anna.write("Title", "ООО «Ромашка», склад")
    anna.write("Powers", "Получать товар")
    anna.choose("By hierarchy")
    anna.press("Send for approval")
    anna.sees("In approval", "Получать товар")


def approves(approver: Desk) -> None:
    approver.go_to("My tasks")
    approver.follow("Approval of power of attorney {n}", n=1)
    approver.sees("Получать товар")
    approver.press("Approve")
    approver.sees("You approved Power of attorney {n}.", n=1)


def finds_it(anna: Desk) -> None:
    cookies = "; ".join(f"{row['name']}={row['value']}" for row in anna.page.context.cookies())
    token = anna.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    answer = anna.page.request.post(
        "/invoices/export?doctype=ATTORNEY",
        form={"format": "csv", "csrfmiddlewaretoken": token},
        headers={"Cookie": cookies, "Referer": anna.page.url},
    )
    assert "ООО «Ромашка», склад" in answer.body().decode()
    anna.page.goto("/invoices/?doctype=ATTORNEY&q=ромашка")
    anna.sees("Approved")
    anna.page.goto("/invoices/?doctype=ATTORNEY&view=kanban")
    expect(anna.page.locator("[data-lane=APPROVED] article")).to_have_count(1)
