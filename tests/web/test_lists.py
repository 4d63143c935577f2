"""Feed, tasks and registry over HTTP."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from akcept.cases import services
from akcept.cases.discussion import writing
from akcept.cases.discussion.writing import Words
from akcept.kit import clock
from akcept.payments import postponement
from conftest import LogIn
from troupe import AT, Cast, approved, send

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    "/",
    "/tasks/",
    "/tasks/?tab=done",
    "/invoices/",
    "/invoices/?view=kanban",
    "/invoices/totals",
    "/calendar/",
    "/calendar/?view=week",
    "/notices/",
]


@pytest.mark.parametrize("path", [*PAGES, "/search/", "/search/options"])
def test_a_list_is_for_those_who_are_logged_in_and_only_to_be_read(
    log_in: LogIn, client: object, path: str
) -> None:
    root = log_in("root")
    assert root.get(path).status_code == 200
    assert root.post(path).status_code == 405
    root.logout()
    assert root.get(path).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_page_asks_no_more_with_more_rows(
    cast: Cast, log_in: LogIn, path: str, language: str
) -> None:
    def measured() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert boris.get(path).status_code == 200
        return len(captured)

    boris = log_in("boris", language)
    for number in range(2):
        send(cast, supplier_number=f"first {number}")
    decided = send(cast, supplier_number="decided")
    services.approve(case_id=decided.case_id, by=cast.asks("boris"), revision=1, at=AT)
    boris.get(path)
    few = measured()
    for number in range(4):
        send(cast, supplier_number=f"many {number}")
    assert measured() == few
    assert few <= 15


def test_a_stranger_sees_nothing_of_a_case(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    oleg = log_in("oleg")
    for path in PAGES:
        assert "Ромашка" not in oleg.get(path).content.decode()


def test_the_feed_says_who_did_what_and_has_it_now(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    page = log_in("anna").get("/").content.decode()
    assert "<strong>Anna Annina</strong> sent the document for approval" in page
    assert "Boris Borisov" in page


def test_the_task_has_its_telling_name_in_both_languages(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    assert "Approval of invoice 1" in log_in("boris").get("/tasks/").content.decode()
    assert "Согласование счёта № 1" in log_in("boris", "ru").get("/tasks/").content.decode()


def test_the_tasks_open_where_something_waits(cast: Cast, log_in: LogIn) -> None:
    approved(cast)
    page = log_in("clara").get("/tasks/").content.decode()
    assert "Pay invoice 1" in page


def test_a_deputy_reads_for_whom_they_act(cast: Cast, log_in: LogIn) -> None:
    assert "You act for" not in log_in("dana").get("/tasks/").content.decode()


def test_a_decision_stays_listed_with_who_made_it(cast: Cast, log_in: LogIn) -> None:
    sent = send(cast)
    services.approve(
        case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=clock.now() - timedelta(hours=1)
    )
    page = log_in("boris").get("/tasks/?tab=done").content.decode()
    assert "Boris Borisov approved" in page


@pytest.mark.parametrize("words", ["ромаш", "РОМАШКА", "romashka", "hjvfirf"])
def test_search_finds_cyrillic_in_any_case(cast: Cast, log_in: LogIn, words: str) -> None:
    send(cast)
    page = log_in("anna").get("/invoices/", {"q": words}).content.decode()
    assert "ООО «Ромашка»" in page


def test_a_filter_stands_as_a_chip_that_takes_it_away(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    page = log_in("anna").get("/invoices/?states=PAID&mine=on").content.decode()
    assert "Nothing matches" in page
    assert 'aria-label="Remove the filter: Paid"' in page
    assert 'href="/invoices/?mine=on"' in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("amount_from=lots", "This is not a number"),
        ("amount_from=NaN", "This is not a number"),
        ("planned_from=tomorrow", "This is not a date"),
        ("states=EATEN", "Choose one of the list"),
        ("entity=00000000-0000-0000-0000-000000000000", "Choose one of the list"),
        ("holder=me", "Enter a valid UUID"),
    ],
)
def test_a_wrong_filter_is_refused_at_its_field(
    cast: Cast, log_in: LogIn, query: str, words: str
) -> None:
    send(cast)
    answer = log_in("anna").get(f"/invoices/?{query}")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "ООО «Ромашка»" in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["before=x", "before=-1", "before=9" * 9, "after=%00", "q=%00", "after=1"]
)
@pytest.mark.parametrize("path", ["/", "/tasks/", "/invoices/"])
def test_nonsense_in_an_address_does_no_harm(log_in: LogIn, path: str, query: str) -> None:
    assert log_in("anna").get(f"{path}?{query}").status_code in {200, 422}


def test_amounts_narrow_as_people_write_them(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    anna = log_in("anna")
    assert "Ромашка" in anna.get("/invoices/?amount_from=119 999,50").content.decode()
    assert "Ромашка" not in anna.get("/invoices/?amount_from=120 000.01").content.decode()


def test_totals_come_in_a_second_request(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    anna = log_in("anna")
    assert "1 document" not in anna.get("/invoices/").content.decode()
    part = anna.get("/invoices/totals", headers={"HX-Request": "true"}).content.decode()
    assert "1 document" in part
    assert "<html" not in part
    assert "<html" in anna.get("/invoices/totals").content.decode()


def test_the_board_has_columns_with_counts_and_sums(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    page = log_in("anna").get("/invoices/?view=kanban").content.decode()
    assert 'data-lane="IN_APPROVAL"' in page
    assert "120,000.00" in page


def test_the_board_ends_as_its_documents_do(cast: Cast, log_in: LogIn) -> None:
    def lanes(query: str) -> list[str]:
        page = log_in("anna").get(f"/invoices/?view=kanban{query}").content.decode()
        return re.findall('data-lane="([A-Z_]+)"', page)

    under_way = ["DRAFT", "IN_APPROVAL", "REWORK"]
    assert lanes("") == [*under_way, "TO_PAY", "PAID", "APPROVED"]
    assert lanes("&doctype=INVOICE") == [*under_way, "TO_PAY", "PAID"]
    assert lanes("&doctype=CONTRACT") == [*under_way, "APPROVED"]


def test_the_pill_counts_what_is_new(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    anna = log_in("anna")
    assert "new: show" in anna.get("/feed/news?after=0").content.decode()
    assert "new: show" not in anna.get("/feed/news?after=999999").content.decode()


@pytest.mark.parametrize(
    "path", ["/feed/news", "/notices/counts", "/tasks/news", "/tasks/just-decided"]
)
def test_what_a_page_asks_by_itself_never_leads_to_the_log_in(cast: Cast, path: str) -> None:
    assert Client().get(path).status_code == 204


def test_the_bell_and_the_menu_count_what_waits(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    page = log_in("boris").get("/notices/counts").content.decode()
    assert re.search(r'id="nav-tasks" hx-swap-oob="true">1<', page)


@pytest.mark.parametrize(("form", "begins"), [("csv", "\ufeffNo.,".encode()), ("xlsx", b"PK")])
def test_the_registry_is_taken_along_as_a_file(
    cast: Cast, log_in: LogIn, form: str, begins: bytes
) -> None:
    send(cast)
    anna = log_in("anna")
    assert anna.get("/invoices/export").status_code == 405
    answer = anna.post("/invoices/export?mine=on", {"format": form})
    assert answer.getvalue().startswith(begins)
    assert f".{form}" in answer.headers["Content-Disposition"]


def test_a_card_of_the_board_leads_to_the_act_that_moves_it(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    page = log_in("boris").get("/invoices/?view=kanban").content.decode()
    assert "On rework: Return for rework" in page


def test_what_the_system_moves_on_one_day_is_one_post(cast: Cast, log_in: LogIn) -> None:
    for number in ("a", "b", "c"):
        approved(cast, supplier_number=number)
    assert postponement.run(at=datetime(2026, 11, 23, 9, tzinfo=UTC)) == 3
    page = log_in("anna").get("/").content.decode()
    assert "moved 3 payments that were not made" in page
    assert page.count("moved the planned date") == 0
    # Whoever has to pay sees the buttons in the open list.
    assert "Pay: Invoice 3" in log_in("clara").get("/").content.decode()


def test_the_feed_narrows_to_where_one_was_named(cast: Cast, log_in: LogIn) -> None:
    case_id = send(cast).case_id
    named, other = "@Boris Borisov, is it the old price?", "Nobody is named here"
    for text in (named, other):
        writing.say(case_id=case_id, by=cast.asks("anna"), words=Words(text), at=AT)
    found = log_in("boris").get("/?only=mentions").content.decode()
    assert "is it the old price?" in found
    assert other not in found
    assert "Nothing of this kind yet" in log_in("vera").get("/?only=mentions").content.decode()


@pytest.mark.parametrize("path", ["/", "/tasks/", "/invoices/", "/invoices/?view=kanban"])
def test_a_row_says_what_is_not_read_and_who_waits_for_an_answer(
    cast: Cast, log_in: LogIn, path: str
) -> None:
    case_id = send(cast).case_id
    asked = Words("Is it the old price?", asks=cast.boris.id)
    for words in (asked, Words("I am in a hurry"), Words("Really")):
        writing.say(case_id=case_id, by=cast.asks("anna"), words=words, at=AT)
    boris, gleb = (log_in(name).get(path).content.decode() for name in ("boris", "gleb"))
    unread = '<span class="visually-hidden">Unread messages: </span>3'
    assert unread in boris
    assert "Waits for your answer" in boris
    anna = log_in("anna").get(path).content.decode()
    assert "Unread messages" not in anna
    assert ("Waits for an answer" in anna) is (path != "/tasks/")
    # In the feed, other news of the same document do not say it again.
    assert boris.count(unread) == 1
    # Who sees a case without taking part in it is not told of messages.
    assert "Unread messages" not in gleb
