"""The search of every page, over HTTP: what it offers, to whom, and how often it asks."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akcept.cases import indexing
from conftest import LogIn
from troupe import Cast, send

pytestmark = pytest.mark.django_db(transaction=True)


def offered(page: str) -> list[str]:
    """Return the kinds of what is offered, in the order of the page."""
    return re.findall(r'aria-labelledby="find-(\w+)"', page)


def test_documents_counterparties_and_people_are_offered(cast: Cast, log_in: LogIn) -> None:
    sent = send(cast)
    anna = log_in("anna")
    page = anna.get("/search/options", {"q": "ромаш"}).content.decode()
    assert offered(page) == ["parties", "documents"]
    assert "Invoice 1 · ООО «Ромашка»" in page
    assert f"/cases/{sent.case_id}/" in page
    assert f"/counterparties/{cast.counterparty}/" in page
    page = anna.get("/search/options", {"q": "Borisov"}).content.decode()
    assert f"/invoices/?initiator={cast.boris.id}" in page


def test_what_one_may_not_see_is_not_offered(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    indexing.work()
    oleg = log_in("oleg")
    for words in ("1", "120000", "хостинг", "хостниг"):
        page = oleg.get("/search/", {"q": words}).content.decode()
        assert "Nothing found" in page


@pytest.mark.parametrize("words", ["ромошка", "hjvfirf", "romashka", "РОМАШКА"])
def test_the_counterparty_is_offered_however_it_is_typed(
    cast: Cast, log_in: LogIn, words: str
) -> None:
    send(cast)
    indexing.work()
    page = log_in("anna").get("/search/options", {"q": words}).content.decode()
    assert offered(page) == ["parties", "documents"]


@pytest.mark.parametrize("words", ["calendar", "кален", "calnedar", "rfktylfhm", "сфдутв"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_places_are_known_by_their_names_in_both_languages(
    log_in: LogIn, words: str, language: str
) -> None:
    page = log_in("anna", language).get("/search/options", {"q": words}).content.decode()
    assert 'data-href="/calendar/"' in page


def test_the_acts_of_the_open_page_come_first(log_in: LogIn) -> None:
    named = {"act": ["Approve", "Return for rework"]}
    anna = log_in("anna")
    everything = anna.get("/search/options", {"q": "", **named}).content.decode()
    assert offered(everything) == ["acts", "places"]
    assert 'data-act="0"' in everything
    page = anna.get("/search/options", {"q": "retrun", **named}).content.decode()
    assert 'data-act="1"' in page
    assert 'data-act="0"' not in page


def test_the_number_stands_above_everything(cast: Cast, log_in: LogIn) -> None:
    sent = send(cast)
    send(cast, supplier_number="1/2")
    page = log_in("anna").get("/search/options", {"q": "1"}).content.decode()
    assert offered(page)[0] == "number"
    assert page.index(f"/cases/{sent.case_id}/") < page.index("find-documents")


def test_the_page_works_without_a_script(cast: Cast, log_in: LogIn) -> None:
    sent = send(cast)
    anna = log_in("anna", "ru")
    assert 'href="/search/"' in anna.get("/").content.decode()
    page = anna.get("/search/", {"q": "ромаш"}).content.decode()
    assert f'href="/cases/{sent.case_id}/"' in page
    assert 'href="/invoices/?q=' in page


def test_a_search_asks_at_most_fifteen_times(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    indexing.work()
    clara = log_in("clara")
    for words in ("ромашка", "ромошка хостниг", "1", "120 000", "zzzz yyyy"):
        with CaptureQueriesContext(connection) as captured:
            clara.get("/search/options", {"q": words})
        assert len(captured) <= 15, [query["sql"] for query in captured]
