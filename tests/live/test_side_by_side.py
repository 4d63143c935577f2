"""Two people at two browsers: what one does the other sees, without having asked and without being disturbed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from akcept.cases import services
from akcept.cases.cards import Outcome
from akcept.kit import clock
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


def test_what_could_not_be_fetched_is_fetched_when_the_connection_is_back(
    cast: Cast, sit: Sit
) -> None:
    boris = sit("boris", "/invoices/")
    # Far down the page, too, it is said that there is no connection.
    boris.evaluate("document.querySelector('#main').style.minHeight = '5000px'; scrollTo(0, 4000)")
    boris.context.set_offline(True)
    expect(boris.locator("#offline")).to_be_in_viewport()
    # The stream that is open goes on, as one of a bad line would; what it tells of cannot be fetched.
    with boris.expect_event("requestfailed"):
        send(cast)
    expect(boris.locator("#nav-tasks")).to_be_hidden()
    boris.context.set_offline(False)
    expect(boris.locator("#nav-tasks")).to_have_text("1")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Boris Borisov approved"), ("ru", "Boris Borisov: согласовано")],
)
def test_an_open_card_says_who_has_just_decided_and_leaves_what_is_typed(
    cast: Cast, sit: Sit, language: str, said: str
) -> None:
    sent = send(cast)
    anna = sit("anna", f"/cases/{sent.case_id}/?tab=discussion", language)
    words = anna.locator("textarea[name=text]").last
    words.fill("Half a sentence")
    decide(cast, sent)
    news = anna.locator(".ak-news")
    expect(news).to_contain_text(said)
    expect(words).to_be_focused()
    expect(words).to_have_value("Half a sentence")
    expect(news.get_by_role("link")).to_have_attribute("href", re.compile("tab=discussion"))


def test_a_list_of_tasks_says_what_came_and_who_did_what_it_still_shows(
    cast: Cast, sit: Sit
) -> None:
    sent = send(cast)
    boris = sit("boris", "/tasks/")
    decide(cast, sent)
    expect(boris.locator(".ak-gone")).to_contain_text("Done by Boris Borisov")
    expect(boris.get_by_role("button", name=re.compile("^Approve"))).to_be_hidden()
    send(cast, supplier_number="78")
    expect(boris.locator(".ak-new a")).to_have_text("1 new: show")


def decide(cast: Cast, sent: Outcome) -> None:
    services.approve(
        case_id=sent.case_id, by=cast.asks("boris"), revision=sent.revision, at=clock.now()
    )
