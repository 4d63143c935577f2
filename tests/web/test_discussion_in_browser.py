"""Two people talk on one card, side by side, in both languages, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from troupe import Cast, send
from web.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.look, pytest.mark.django_db(transaction=True)]


def test_two_people_talk_side_by_side(cast: Cast, visit: Visit) -> None:
    path = f"/cases/{send(cast).case_id}/?tab=discussion"
    boris, anna = visit("boris", path), visit("anna", path, "ru", width=390)
    words = boris.locator("#comment")
    words.press_sequentially("Is it right, @Ann")
    expect(boris.locator("#comment-people [role=option]").first).to_be_visible()
    words.press("Enter")
    expect(words).to_have_value("Is it right, @Anna Annina ")
    boris.get_by_text("Ask for an answer, attach files").click()
    boris.locator("#asks").press_sequentially("Anna")
    expect(boris.locator("#asks-list [role=option]").first).to_be_visible()
    boris.locator("#asks").press("ArrowDown")
    boris.locator("#asks").press("Enter")
    boris.get_by_role("button", name="Send", exact=True).click()
    expect(boris.locator(".ak-waits")).to_contain_text("waiting for an answer of Anna Annina")
    anna.locator("#comment").fill("пишу")
    anna.reload()
    thread = anna.locator("#thread")
    expect(thread).to_contain_text("Ожидается ответ: Anna Annina")
    expect(anna.locator("#comment")).to_have_value("пишу")
    assert anna.evaluate("document.documentElement.scrollWidth") == 390
    thread.get_by_role("link", name="Ответить").first.click()
    anna.locator("#comment").fill("Да")
    anna.locator("#write").get_by_role("button").click()
    expect(thread).to_contain_text("ответ получен")
    boris.reload()
    expect(boris.locator("#thread")).to_contain_text("Anna Annina was asked and has answered")
    expect(boris.locator(".ak-waits")).to_have_count(0)
