"""Two people at two browsers: what one does the other sees, without having asked and without being disturbed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from live.conftest import Sit
from troupe import Cast, send

pytestmark = [pytest.mark.browser, pytest.mark.kill]


@pytest.mark.parametrize(("language", "pill"), [("en", "1 new: show"), ("ru", "Показать новые: 1")])
def test_what_one_decides_the_other_is_offered_to_see(
    cast: Cast, sit: Sit, language: str, pill: str
) -> None:
    sent = send(cast)
    anna = sit("anna", "/", language)
    boris = sit("boris", "/tasks/", language)
    expect(boris.locator("#nav-tasks")).to_have_text("1")
    boris.get_by_role("button", name=re.compile("^(Approve|Согласовать)")).first.click()
    expect(anna.locator(".ak-new a")).to_have_text(pill)
    anna.locator(".ak-new a").click()
    expect(anna.locator(f"a[href*='{sent.case_id}']").first).to_be_visible()


def test_a_new_task_moves_the_counters_of_a_page_that_stands_open(cast: Cast, sit: Sit) -> None:
    boris = sit("boris", "/invoices/")
    expect(boris.locator("#nav-tasks")).to_be_hidden()
    send(cast)
    expect(boris.locator("#nav-tasks")).to_have_text("1")
