"""The registry as people set it up: saved views, columns, and the board on which cards move."""

from __future__ import annotations

import re

import pytest

from akcept.cases import saved, services
from akcept.cases.services import CardInput
from conftest import LogIn
from troupe import AT, Cast, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_view_is_saved_opened_first_and_left_again(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    anna = log_in("anna")
    form = {"name": "Mine to pay", "query": "states=TO_PAY&mine=on&columns=due", "is_first": "on"}
    answer = anna.post("/invoices/views/", form)
    (view,) = saved.views(by=cast.asks("anna"), at=AT)
    opened = f"/invoices/?states=TO_PAY&mine=on&columns=due&saved={view.id}"
    assert answer.headers["Location"] == opened
    assert anna.get("/invoices/").headers["Location"] == opened
    page = anna.get(opened).content.decode()
    assert re.search(r'data-key="v">.*Mine to pay', page)
    assert "Nothing matches" in page
    assert "ООО «Ромашка»" in anna.get("/invoices/?all=on").content.decode()
    anna.post(f"/invoices/views/{view.id}/", {"deed": "everything"})
    assert anna.get("/invoices/").status_code == 200
    anna.post(f"/invoices/views/{view.id}/", {"deed": "remove"})
    assert saved.views(by=cast.asks("anna"), at=AT) == ()


def test_a_wrong_view_is_refused_with_what_was_typed(cast: Cast, log_in: LogIn) -> None:
    answer = log_in("anna").post("/invoices/views/", {"name": "", "query": "mine=on"})
    assert answer.status_code == 422
    assert 'value="mine=on"' in answer.content.decode()


def test_columns_are_chosen_in_the_address(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    anna = log_in("anna")
    page = anna.get("/invoices/?columns=initiator&columns=nonsense").content.decode()
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', page)
    assert heads == ["No.", "Counterparty", "Initiator"]
    assert (
        "columns=initiator"
        in anna.get("/invoices/?columns=initiator&mine=on&states=IN_APPROVAL")
        .content.decode()
        .split("Remove the filter")[1]
    )


def test_a_card_says_where_it_can_go_and_why_not(cast: Cast, log_in: LogIn) -> None:
    sent = send(cast)
    page = log_in("boris").get("/invoices/?view=kanban").content.decode()
    assert f'href="/cases/{sent.case_id}/#do-return" data-to="REWORK"' in page
    assert f'href="/cases/{sent.case_id}/#do-approve" data-to="TO_PAY"' in page
    assert 'data-to="PAID" data-why="It does not go there from “In approval”."' in page


def test_the_board_bars_what_is_another_persons_turn(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    page = log_in("anna").get("/invoices/?view=kanban").content.decode()
    assert 'data-to="TO_PAY" data-why="It is the turn of Boris Borisov."' in page


@pytest.mark.parametrize(
    "query", ["no_file=on", "flagged=on", "due_this_week=on", "paid_from=2026-01-01", "in_file=x"]
)
def test_what_a_document_is_not_leaves_it_out(cast: Cast, log_in: LogIn, query: str) -> None:
    send(cast)
    assert "ООО «Ромашка»" not in log_in("anna").get(f"/invoices/?{query}").content.decode()


def test_documents_without_contract_and_twins_are_found(cast: Cast, log_in: LogIn) -> None:
    send(cast, supplier_number="77")
    twin = send(cast, supplier_number="O-78")
    services.revise(
        case_id=twin.case_id, by=cast.asks("anna"), revision=1,
        content=CardInput({"supplier_number": "77", "contract": "Д-1"}), at=AT,
    )  # fmt: skip
    anna = log_in("anna")
    found = {
        query: re.findall(r"data-open>(\d+)<", anna.get(f"/invoices/?{query}").content.decode())
        for query in ("no_contract=on", "flagged=on")
    }
    assert found == {"no_contract=on": ["1"], "flagged=on": ["2", "1"]}


def test_presets_are_there(log_in: LogIn) -> None:
    page = log_in("anna").get("/invoices/").content.decode()
    for words in (
        "Waiting for me",
        "My invoices",
        "Overdue",
        "Due this week",
        "No contract",
        "Flagged",
    ):
        assert words in page


def test_a_list_that_is_empty_says_so_in_words_alone(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    shown = log_in("anna").get("/invoices/?q=zzzz").content.decode()
    assert "Nothing matches" in shown
    assert " object at " not in shown
