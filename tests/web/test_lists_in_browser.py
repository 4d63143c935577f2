"""The lists in a real browser: what only scripts and keys can show."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from akcept.cases import queries, services
from akcept.engine.case import State
from akcept.kit import clock
from troupe import AT, PDF, TODAY, Cast, approved, send
from web.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.look, pytest.mark.django_db(transaction=True)]
# Not the others: what counts down for some seconds in a page goes by the browser's own clock.
THAT_FRIDAY = pytest.mark.usefixtures("on_that_friday")


def furnish(cast: Cast) -> None:
    """Give Boris something of everything."""
    approved(cast, supplier_number="paid soon")
    decided = send(cast, supplier_number="decided")
    services.approve(case_id=decided.case_id, by=cast.asks("boris"), revision=1, at=AT)
    send(cast, supplier_number="open", due_on="2026-11-20")


def test_the_table_needs_no_sideways_scrolling(cast: Cast, visit: Visit) -> None:
    furnish(cast)
    page = visit("boris", "/invoices/", "ru")
    box = page.locator(".ak-table-box")
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") == 0


def test_one_press_approves_and_the_next_page_takes_it_back(cast: Cast, visit: Visit) -> None:
    sent = send(cast)
    send(cast, supplier_number="78")
    page = visit("boris", "/tasks/", width=1024)
    page.get_by_role("button", name="Approve: Invoice 1").click()
    toast = page.locator("[data-toast]")
    expect(toast).to_contain_text("You approved Invoice 1. 1 task left.")
    expect(page).to_have_url("/tasks/")
    toast.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Approve: Invoice 1")).to_be_visible()
    assert state_of(cast, sent.case_id) is State.IN_APPROVAL


def test_the_feed_decides_in_place(cast: Cast, visit: Visit) -> None:
    sent = send(cast)
    page = visit("boris", "/")
    page.get_by_label("Return: Invoice 1").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Reason (required)").fill("Which contract?")
    dialog.get_by_role("button", name="Return").click()
    expect(page).to_have_url("/")
    expect(page.locator("[data-toast]")).to_contain_text("was returned for rework")
    assert state_of(cast, sent.case_id) is State.REWORK


def test_keys_decide_only_in_the_row_one_stands_in(cast: Cast, visit: Visit) -> None:
    first = send(cast)
    second = send(cast, supplier_number="78")
    page = visit("boris", "/tasks/", "ru", 1024)
    press(page, "ф", "KeyA")
    expect(page).to_have_url("/tasks/")
    press(page, "о", "KeyJ")
    expect(page.locator("[data-row].is-now")).to_be_visible()
    press(page, "ф", "KeyA")
    expect(page.locator("[data-toast]")).to_be_visible()
    states = [seats_done(cast, case.case_id) for case in (first, second)]
    assert sorted(states) == [0, 1]


@THAT_FRIDAY
def test_an_invoice_is_sent_from_the_feed(cast: Cast, visit: Visit) -> None:
    page = visit("anna", "/")
    page.set_input_files(
        "#composer-files", [{"name": "счёт.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    )
    page.get_by_role("combobox", name="Counterparty").fill("ромаш")
    page.get_by_role("option", name="ООО «Ромашка»").click()
    page.get_by_label("Amount").fill("1 200,50")
    page.get_by_label("Issue date").fill("2026-11-18")
    page.get_by_label("Planned date").fill("2026-12-18")
    page.get_by_label("Comment").fill("Hosting")
    page.get_by_role("button", name="Send for approval").click()
    expect(page.get_by_text("was sent for approval")).to_be_visible()
    (found,) = queries.find(by=cast.asks("anna"), text="hosting", at=clock.now())
    row = found.row
    assert row.state is State.IN_APPROVAL
    assert (row.amount.minor, row.files) == (120_050, 1)
    # What was sent is not kept to be sent again.
    page.goto("/")
    page.get_by_text("Send an invoice for approval").click()
    expect(page.get_by_label("Amount")).to_have_value("")


def test_all_fields_open_with_everything_kept(cast: Cast, visit: Visit) -> None:
    page = visit("anna", "/")
    page.get_by_label("Amount").fill("77")
    page.get_by_label("Comment").fill("Paper")
    page.get_by_role("button", name="All fields").click()
    expect(page.get_by_role("heading", name="New invoice")).to_be_visible()
    expect(page.get_by_label("Amount", exact=False).first).to_have_value("77")
    expect(page.get_by_label("Comment")).to_have_value("Paper")


@THAT_FRIDAY
def test_dragging_a_payment_moves_it_and_a_closed_day_refuses(cast: Cast, visit: Visit) -> None:
    approved(cast, due_on=None)
    page = visit("clara", f"/calendar/?on={TODAY}", height=1400)
    entry = page.locator(".ak-cal [data-move]").first
    sunday = page.locator('[data-day="2026-11-29"]')
    entry.drag_to(sunday)
    expect(page.locator("#alert")).not_to_be_empty()
    entry.drag_to(page.locator('[data-day="2026-11-30"]'))
    expect(page.get_by_text("The payment is moved to")).to_be_visible()
    expect(page.locator('[data-day="2026-11-30"] [data-move]')).to_have_count(1)


@THAT_FRIDAY
def test_keys_walk_the_calendar_and_move_a_payment_over_days_off(cast: Cast, visit: Visit) -> None:
    approved(cast, due_on=None)
    page = visit("clara", f"/calendar/?on={TODAY}", height=1400)
    link = page.locator(".ak-cal [data-move] > a").first
    page.keyboard.press("ArrowRight")
    expect(link).to_be_focused()
    page.keyboard.press("p")
    expect(page.get_by_label("Move to date").first).to_be_focused()
    page.keyboard.press("Escape")
    link.focus()
    # From Friday over the week-end.
    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_text("The payment is moved to")).to_be_visible()
    expect(page.locator('[data-day="2026-11-23"] [data-move]')).to_have_count(1)


def test_the_palette_opens_by_its_keys_in_any_layout(cast: Cast, visit: Visit) -> None:
    sent = send(cast)
    page = visit("boris", f"/cases/{sent.case_id}/")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Search and commands")
    expect(box).to_be_focused()
    expect(page.get_by_role("option", name="Reject")).to_be_visible()
    box.fill("retrun")
    page.get_by_role("option", name="Return for rework").click()
    expect(page.get_by_role("dialog", name="Return for rework")).to_be_visible()
    page.keyboard.press("Escape")
    press(page, "/", "Slash")
    expect(box).to_be_focused()
    box.fill("hjvfi")
    expect(page.get_by_role("option", name="Invoice 1 · ООО «Ромашка»")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"/cases/{sent.case_id}/")


def test_a_card_dropped_on_a_column_opens_the_act_that_leads_there(
    cast: Cast, visit: Visit
) -> None:
    send(cast)
    page = visit("boris", "/invoices/?view=kanban", height=1000)
    card = page.locator("[data-drag]")
    card.drag_to(page.locator('[data-lane="PAID"]'))
    expect(page.locator("#alert")).to_contain_text("It does not go there")
    card.drag_to(page.locator('[data-lane="REWORK"]'))
    dialog = page.get_by_role("dialog", name="Return for rework")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Reason").fill("No contract")
    page.keyboard.press("Escape")
    page.go_back()
    page.get_by_label("Move Invoice 1 to…").click()
    page.get_by_role("link", name="Approve").click()
    expect(page.get_by_role("button", name="Approve", exact=True)).to_be_focused()


def test_totals_come_by_themselves(cast: Cast, visit: Visit) -> None:
    send(cast)
    page = visit("anna", "/invoices/")
    expect(page.locator(".ak-table-foot")).to_contain_text("1 document")


def test_after_a_decision_one_stands_in_the_next_row(cast: Cast, visit: Visit) -> None:
    send(cast)
    send(cast, supplier_number="78")
    page = visit("boris", "/tasks/", "ru")
    press(page, "о", "KeyJ")
    press(page, "ф", "KeyA")
    expect(page.locator("[data-toast]")).to_be_visible()
    expect(page.locator("[data-row] [data-open]").first).to_be_focused()


def press(page: Page, key: str, code: str) -> None:
    page.evaluate(
        "([key, code]) => document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', {key, code, bubbles: true, cancelable: true}))",
        [key, code],
    )


def state_of(cast: Cast, case_id: UUID) -> State:
    card = queries.case_card(by=cast.asks("anna"), case_id=case_id, at=clock.now())
    return card.row.state


def seats_done(cast: Cast, case_id: UUID) -> int:
    card = queries.case_card(by=cast.asks("anna"), case_id=case_id, at=clock.now())
    return sum(seat.decided_at is not None for seat in card.seats)
