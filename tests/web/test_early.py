"""On a slow line a page is there before its scripts: what is done to it meanwhile is not lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from conftest import STILL_COMES, LogIn
from sheets import send
from troupe import Cast
from web.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.look, pytest.mark.django_db(transaction=True)]


@contextmanager
def before_scripts(page: Page, path: str) -> Iterator[None]:
    """Open a page whose scripts begin only when all is done that is to be done."""
    held: list[Route] = []
    page.remove_locator_handler(page.locator(STILL_COMES))
    page.route(
        re.compile(r"/built/app[^/]*\.js$"), lambda route: held.append(route)
    )  # A built-in function is not taken.
    page.goto(path, wait_until="commit")
    yield
    held.pop().continue_()


def test_a_choice_draws_the_way_and_a_name_that_is_being_typed_is_looked_for(
    cast: Cast, visit: Visit
) -> None:
    page = visit("anna", "/")
    with before_scripts(page, "/cases/new/"):
        page.get_by_role("radio", name="My choice").check()
        page.get_by_role("combobox", name="Counterparty").press_sequentially("ромаш")
    expect(page.get_by_role("combobox", name="First approver")).to_be_visible()
    expect(page.get_by_role("option", name="Ромашка")).to_be_visible()


def test_a_reason_that_is_being_written_stays_before_the_eyes(
    cast: Cast, log_in: LogIn, visit: Visit
) -> None:
    case_id = send(log_in("anna"), cast)
    page = visit("boris", "/")
    with before_scripts(page, f"/cases/{case_id}/"):
        page.locator("summary", has_text="Return for rework").click()
        dialog = page.get_by_role("dialog", name="Return for rework")
        dialog.get_by_label("Reason").fill("Нет договора")
    expect(page.locator("dialog:modal")).to_have_count(1)
    expect(dialog.get_by_label("Reason")).to_have_value("Нет договора")
