"""My tasks over HTTP: what stands beside the list, what is set aside, what is approved together."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from akcept.cases import services
from akcept.cases.cards import Outcome
from troupe import AT, TODAY, Cast, send
from web.conftest import LogIn

pytestmark = pytest.mark.django_db(transaction=True)
FRAGMENT = {"HX-Request": "true"}


def beside(client: Client, sent: Outcome) -> str:
    answer = client.get(f"/tasks/{sent.case_id}/?tab=decide", headers=FRAGMENT)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_decided_on_stands_beside_the_list(cast: Cast, log_in: LogIn) -> None:
    earlier = send(cast, supplier_number="earlier")
    sent = send(cast, supplier_number="78")
    shown = beside(log_in("boris"), sent)
    assert "<html" not in shown
    for words in ("120,000.00", "Last invoices of this counterparty", "Approval chain", "счёт.pdf"):
        assert words in shown
    assert f"/cases/{earlier.case_id}/" in shown
    assert f'action="/cases/{sent.case_id}/act/approve/"' in shown
    assert 'name="next" value="/tasks/?tab=decide"' in shown


def test_its_address_as_a_plain_link_leads_to_the_card(cast: Cast, log_in: LogIn) -> None:
    sent = send(cast)
    answer = log_in("boris").get(f"/tasks/{sent.case_id}/")
    assert answer.headers["Location"] == f"/cases/{sent.case_id}/"


def test_a_stranger_is_shown_nothing_beside_the_list(cast: Cast, log_in: LogIn) -> None:
    sent = send(cast)
    assert log_in("oleg").get(f"/tasks/{sent.case_id}/", headers=FRAGMENT).status_code == 404


def test_what_stands_beside_asks_no_more_however_many_cases_there_are(
    cast: Cast, log_in: LogIn
) -> None:
    def measured() -> int:
        with CaptureQueriesContext(connection) as captured:
            beside(boris, sent)
        return len(captured)

    boris = log_in("boris")
    for number in range(4):
        send(cast, supplier_number=f"first {number}")
    sent = send(cast, supplier_number="looked at")
    beside(boris, sent)
    few = measured()
    for number in range(8):
        send(cast, supplier_number=f"many {number}")
    assert measured() == few
    assert few <= 15


def test_a_likely_duplicate_is_not_approved_from_the_list(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    services.submit(
        case_id=services.create(
            by=cast.asks("anna"),
            doctype="INVOICE",
            content=services.CardInput(cast.card(), planned=((TODAY, 12_000_000),)),
            submit=False,
            at=AT,
        ).case_id,
        by=cast.asks("anna"),
        revision=1,
        at=AT,
        duplicate_reason="The second half",
    )
    page = log_in("boris").get("/tasks/").content.decode()
    assert page.count("Possible duplicate") == 2
    assert "act/approve/" not in page
