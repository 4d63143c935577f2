"""My tasks at a desk and on a phone: five decisions and an undo by keys alone, and from a letter to approved."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from akcept.cases import queries
from akcept.kit import clock
from akcept.people.models import Person
from conftest import OpenPage
from troupe import PASSWORD, Cast, assemble, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATIN = {"a": "a", "r": "r", "d": "d", "z": "z", "g": "g", "i": "i"}
RUSSIAN = {"a": "ф", "r": "к", "d": "в", "z": "я", "g": "п", "i": "ш"}
LIMIT = 60


@pytest.fixture
def cast(db: None) -> Cast:
    """Assemble the cast."""
    return assemble()


def keyboard(page: Page, layout: dict[str, str]) -> Callable[[str], None]:
    """Return how a key is pressed in a layout: the browser hears the character and the physical key."""

    def press(letter: str) -> None:
        page.evaluate(
            "([key, code]) => document.activeElement.dispatchEvent("
            "new KeyboardEvent('keydown', {key, code, bubbles: true, cancelable: true}))",
            [layout[letter], f"Key{letter.upper()}"],
        )

    return press


def log_in(page: Page, address: str) -> None:
    page.goto("/")
    page.locator("[name=login]").focus()
    page.keyboard.type(address)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_visible()


def reason(page: Page, words: str) -> None:
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")


def decided(page: Page, left: int) -> None:
    """Wait until the list and what stands beside it have gone on."""
    expect(page.locator("[data-row]")).to_have_count(left)
    expect(page.locator("#preview")).not_to_have_attribute("aria-busy", "true")


@pytest.mark.parametrize(("language", "layout"), [("en", LATIN), ("ru", RUSSIAN)])
def test_five_decisions_and_an_undo_by_keys_alone_take_less_than_a_minute(
    cast: Cast, open_page: OpenPage, language: str, layout: dict[str, str]
) -> None:
    Person.objects.filter(id=cast.boris.id).update(language=language, undo_seconds=30)
    for number in range(7):
        send(cast, supplier_number=f"no {number}", amount=1_000_00 + number)
    page = open_page(locale=language)
    press, begun = keyboard(page, layout), time.monotonic()
    log_in(page, "boris@example.com")
    press("g")
    press("i")
    decided(page, 7)
    for left in (6, 5, 4):
        press("a")
        decided(page, left)
    press("r")
    reason(page, "Which contract?")
    decided(page, 3)
    press("d")
    reason(page, "Not ordered")
    decided(page, 2)
    press("z")
    decided(page, 3)
    took = time.monotonic() - begun
    sys.stdout.write(f"five decisions and an undo, {language}: {took:.1f} s\n")
    assert took < LIMIT
    assert len(queries.inbox(by=cast.asks("boris"), at=clock.now()).tasks) == 3


def test_from_a_letter_to_approved_on_a_phone_in_two_taps_and_never_without_a_connection(
    cast: Cast, open_page: OpenPage, live_server: Any
) -> None:
    sent = send(cast)
    page = open_page(width=390, height=844)
    log_in(page, "boris@example.com")
    # The first tap is the link of the letter.
    page.goto(f"/cases/{sent.case_id}/")
    approve = page.get_by_role("button", name="Approve", exact=False).first
    box = approve.bounding_box()
    assert box is not None
    assert box["height"] >= 48
    assert box["y"] + box["height"] <= 844
    page.context.set_offline(True)
    expect(page.get_by_text("No connection.").first).to_be_visible()
    approve.click(force=True)
    assert page.url.endswith(f"/cases/{sent.case_id}/")
    assert queries.inbox_counts(by=cast.asks("boris"), at=clock.now()).tasks
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()
    approve.click()
    expect(page.locator("[data-toast]")).to_be_visible()
    assert not queries.inbox_counts(by=cast.asks("boris"), at=clock.now()).tasks


def test_no_page_of_work_is_wider_than_the_smallest_phone(cast: Cast, open_page: OpenPage) -> None:
    sent = send(cast)
    page = open_page(width=320, height=640)
    log_in(page, "boris@example.com")
    case = f"/cases/{sent.case_id}/"
    paths = ("/", "/tasks/", "/tasks/?tab=done", "/invoices/", "/calendar/", case, f"{case}?tab=history", "/cases/new/", "/notices/", "/profile/")  # fmt: skip
    wider = {}
    for path in paths:
        page.goto(path)
        if over := page.evaluate("document.documentElement.scrollWidth - innerWidth"):
            wider[path] = over
    assert wider == {}
