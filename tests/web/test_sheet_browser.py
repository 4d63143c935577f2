"""What script adds to the sheet and the card: files at once, a way before sending, a button that waits."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from akcept.cases.models import Case
from akcept.engine.case import State
from sheets import revision, send
from troupe import PDF, Cast
from web.conftest import LogIn, Visit

AXE = Path(__file__).parents[2] / "assets" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.django_db(transaction=True)


def check(page: Page) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def returned(cast: Cast, log_in: LogIn) -> UUID:
    case_id = send(log_in("anna"), cast)
    said = {"revision": revision(case_id), "reason": "Нет договора\nНеверная сумма"}
    log_in("boris").post(f"/cases/{case_id}/act/return/", said)
    return case_id


def test_a_file_stands_beside_the_form_at_once(cast: Cast, visit: Visit) -> None:
    page = visit("anna", "/cases/new/")
    scan = {"name": "счёт.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator("#files").set_input_files([scan])
    expect(page.locator("#kept")).to_contain_text("счёт.pdf")
    expect(page.locator("#viewer canvas")).to_be_visible()
    expect(page.locator("#way")).to_contain_text("Gleb Glebov")
    page.get_by_role("combobox", name="Counterparty").press_sequentially("ромаш")
    page.get_by_role("option", name="Ромашка").click()
    page.get_by_label("Amount").first.fill("120 000,00")
    page.get_by_label("Issue date").fill("2026-11-18")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Invoice 1")
    assert Case.objects.get().state == State.DRAFT


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


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("ru", 390)])
def test_sheet_and_card_are_accessible_and_fit(
    cast: Cast, log_in: LogIn, visit: Visit, language: str, width: int
) -> None:
    case_id = returned(cast, log_in)
    # So high that no bar at the bottom covers anything: axe takes what is covered for too small.
    page = visit("anna", "/cases/new/", language, width, 5000)
    for path in ("/cases/new/", f"/cases/{case_id}/", f"/cases/{case_id}/edit/", "/pay/"):
        page.goto(path)
        check(page)
    for tab in ("discussion", "history", "payments"):
        page.goto(f"/cases/{case_id}/?tab={tab}")
        check(page)


def test_a_decision_by_key_can_be_undone_by_key(cast: Cast, log_in: LogIn, visit: Visit) -> None:
    case_id = send(log_in("anna"), cast)
    page = visit("boris", f"/cases/{case_id}/")
    page.keyboard.press("a")
    expect(page.locator(".ak-toast-text")).to_have_text("Your decision is recorded.")
    page.keyboard.press("z")
    expect(page.get_by_role("button", name="Approve", exact=False).last).to_be_visible()
    expect(page.locator(".ak-head-meta")).to_contain_text("Boris Borisov")
