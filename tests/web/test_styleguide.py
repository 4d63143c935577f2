"""Every component at once, in a real browser: nothing for axe to find, nothing wider than the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from akcept.people.models import Person
from conftest import OpenPage
from screens import barriers

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("styleguide"),
    pytest.mark.look,
]


@pytest.fixture(autouse=True)
def somebody() -> None:
    """Hire somebody: an empty company shows its first page alone."""
    Person.objects.create_user(email=None, name="Root")


@pytest.mark.parametrize("locale", ["en", "ru"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_style_guide_is_accessible_and_fits(
    open_page: OpenPage, locale: str, width: int
) -> None:
    # So high that no bar at the bottom covers anything: axe takes what is covered for too small.
    page = open_page(locale=locale, width=width, height=12000)
    page.goto("/styleguide/")
    expect(page.locator("html")).to_have_attribute("lang", locale)
    assert barriers(page) == []


def test_keys_work_in_a_russian_layout(open_page: OpenPage) -> None:
    page = open_page(locale="ru")
    page.goto("/styleguide/")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'в', code: 'KeyD', bubbles: true}))"
    )
    expect(page.get_by_role("dialog", name="Отклонить окончательно")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_ticked_rows_are_counted_and_summed(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/styleguide/")
    page.get_by_role("checkbox", name="Select all shown").check()
    expect(page.locator("[data-selected]")).to_have_text("8 selected")
    expect(page.locator("[data-sums]")).to_contain_text("EUR")


def test_a_reason_survives_closing_the_page(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/styleguide/")
    page.locator("summary", has_text="Reject").click()
    page.locator("#reject-reason").fill("Wrong payer")
    page.reload()
    page.locator("summary", has_text="Reject").click()
    expect(page.locator("#reject-reason")).to_have_value("Wrong payer")


def test_a_dropped_file_is_listed_with_a_purpose(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/styleguide/")
    page.locator("#files").set_input_files(
        [{"name": "акт.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
         {"name": "empty.pdf", "mimeType": "application/pdf", "buffer": b""}]
    )  # fmt: skip
    expect(page.get_by_label("What it is: акт.pdf")).to_be_visible()
    expect(page.locator(".ak-error", has_text="The file is empty.")).to_be_visible()
    assert page.locator("#files").evaluate("input => input.files.length") == 1
