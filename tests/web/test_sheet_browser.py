"""What script adds to the sheet and the card: files at once, a way before sending, a button that waits."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from playwright.sync_api import Route, expect

from akcept.cases.models import Case
from akcept.engine.case import State
from conftest import LogIn
from sheets import revision, send
from troupe import PDF, Cast
from web.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.look, pytest.mark.django_db(transaction=True)]


def returned(cast: Cast, log_in: LogIn) -> UUID:
    case_id = send(log_in("anna"), cast)
    said = {"revision": revision(case_id), "reason": "Нет договора\nНеверная сумма"}
    log_in("boris").post(f"/cases/{case_id}/act/return/", said)
    return case_id


def test_a_file_stands_beside_the_form_at_once_and_stays_when_fields_are_refused(
    cast: Cast, visit: Visit
) -> None:
    page = visit("anna", "/cases/new/")
    scan = {"name": "счёт.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator("#files").set_input_files([scan])
    expect(page.locator("#kept")).to_contain_text("счёт.pdf")
    expect(page.locator("#viewer canvas")).to_be_visible()
    expect(page.locator("#way")).to_contain_text("Gleb Glebov")
    page.get_by_role("button", name="Save draft").click()
    refused = page.locator(".ak-error").filter(visible=True)
    expect(refused).to_have_count(3)
    page.get_by_role("combobox", name="Counterparty").press_sequentially("ромаш")
    page.get_by_role("option", name="Ромашка").click()
    page.get_by_label("Amount").first.fill("120 000,00")
    page.get_by_label("Issue date").fill("2026-11-18")
    expect(refused).to_have_count(0)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Invoice 1")
    assert Case.objects.get().state == State.DRAFT


def test_of_files_dropped_together_the_first_alone_is_taken_for_the_invoice(
    cast: Cast, visit: Visit
) -> None:
    page = visit("anna", "/cases/new/")
    dragged = page.evaluate_handle(
        """(words) => {
            const carried = new DataTransfer();
            for (const name of ["счёт.pdf", "договор.pdf", "акт.pdf"]) carried.items.add(new File([words + name], name));
            return carried;
        }""",
        PDF.decode("latin-1"),
    )
    page.locator(".ak-drop").dispatch_event("drop", {"dataTransfer": dragged})
    expect(page.locator("#kept a")).to_have_text(["счёт.pdf", "договор.pdf", "акт.pdf"])
    chosen = [select.input_value() for select in page.locator("#kept select").all()]
    assert chosen == ["INVOICE", "OTHER", "OTHER"]


def test_a_counterparty_made_on_the_spot_stays_where_something_else_is_refused(
    cast: Cast, visit: Visit
) -> None:
    page = visit("anna", "/cases/new/")
    page.get_by_text("New counterparty").click()
    page.get_by_label("Name", exact=True).fill("ООО «Проба пера»")
    page.get_by_label("Tax number (ИНН)").fill("7707083893")
    page.get_by_label("Amount").first.fill("120 000,00")
    page.get_by_label("Issue date").fill("2026-11-18")
    page.get_by_text("More fields").click()
    page.get_by_label("Client request No.").fill("З-118")
    page.get_by_role("button", name="Send for approval").click()
    expect(page.get_by_role("link", name="Planned date")).to_be_visible()
    expect(page.get_by_role("combobox", name="Counterparty")).to_have_value("ООО «Проба пера»")
    expect(page.get_by_label("Client request No.")).to_have_value("З-118")


def test_who_sends_while_a_file_is_on_its_way_sends_it_along(cast: Cast, visit: Visit) -> None:
    page = visit("anna", "/cases/new/")
    page.get_by_role("combobox", name="Counterparty").press_sequentially("ромаш")
    page.get_by_role("option", name="Ромашка").click()
    page.get_by_label("Amount").first.fill("120 000,00")
    page.get_by_label("Issue date").fill("2026-11-18")

    def press_meanwhile(route: Route) -> None:
        page.get_by_role("button", name="Save draft").click()
        expect(page.locator("#status")).to_have_text(re.compile("still on its way"))
        route.continue_()

    page.route(re.compile(r"/files/\?"), press_meanwhile, times=1)
    scan = {"name": "счёт.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator("#files").set_input_files([scan])
    expect(page.get_by_role("heading", level=1)).to_contain_text("Invoice 1")
    assert Case.objects.get().attachments.count() == 1


def test_resubmitting_says_what_it_waits_for(cast: Cast, log_in: LogIn, visit: Visit) -> None:
    case_id = returned(cast, log_in)
    page = visit("anna", f"/cases/{case_id}/edit/")
    again = page.get_by_role("button", name="Resubmit")
    expect(again).to_have_attribute("aria-disabled", "true")
    page.get_by_role("checkbox", name="Нет договора").check()
    expect(page.get_by_text("Tick or answer every remark first.")).to_be_visible()
    page.get_by_label("Answer").last.fill("Сумма верна")
    expect(again).to_have_attribute("aria-disabled", "false")
    again.click()
    expect(page.locator(".ak-head-meta")).to_contain_text("In approval")


def test_a_decision_by_key_can_be_undone_by_key(cast: Cast, log_in: LogIn, visit: Visit) -> None:
    case_id = send(log_in("anna"), cast)
    page = visit("boris", f"/cases/{case_id}/")
    page.keyboard.press("a")
    expect(page.locator(".ak-toast-text")).to_have_text("You approved Invoice 1. 0 tasks left.")
    page.keyboard.press("z")
    expect(page.get_by_role("button", name="Approve", exact=False).last).to_be_visible()
    expect(page.locator(".ak-head-meta")).to_contain_text("Boris Borisov")
