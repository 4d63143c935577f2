"""The payment calendar: grids, moving a date, subscribing."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from akcept.cases import queries, services
from akcept.kit import clock
from akcept.payments import queries as payments
from akcept.web.present import calendar as present
from conftest import LogIn
from troupe import AT, TODAY, Cast, approved

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("on_that_friday"),
]
MONTH = f"/calendar/?on={TODAY}"
MONDAY = TODAY + timedelta(days=3)


def test_a_month_shows_payments_on_their_day_and_closed_days(cast: Cast, log_in: LogIn) -> None:
    approved(cast)
    page = log_in("clara").get(MONTH).content.decode()
    assert "November 2026" in page
    assert "ООО «Ромашка»" in page
    assert "Unity Day" in page
    assert "Day off" in page


def test_a_week_and_its_neighbours_are_one_press_away(log_in: LogIn) -> None:
    page = log_in("clara").get(f"/calendar/?view=week&on={TODAY}").content.decode()
    assert "16\xa0Nov\xa02026 – 22\xa0Nov\xa02026" in page
    assert "on=2026-11-09" in page
    assert "on=2026-11-23" in page


@pytest.mark.parametrize(
    "query", ["on=never", "on=0001-01-01", "on=9999-12-31", "entity=x", "view=year"]
)
def test_nonsense_shows_the_month_of_today(log_in: LogIn, query: str) -> None:
    answer = log_in("clara").get(f"/calendar/?{query}")
    assert answer.status_code == 200
    assert 'aria-current="date"' in answer.content.decode()


def moved(client: Client, case_id: object, to: date, **more: str) -> str:
    form = {"old": str(TODAY), "on": str(to), "next": MONTH} | more
    answer = client.post(f"/calendar/move/{case_id}/1", form, follow=True)
    assert answer.redirect_chain == [(MONTH, 302)]
    return answer.content.decode()


def planned_on(cast: Cast, case_id: object) -> date | None:
    card = queries.case_card(by=cast.asks("clara"), case_id=case_id, at=clock.now())
    return card.row.planned_on


def test_the_payer_moves_a_payment_and_reads_that_it_moved(cast: Cast, log_in: LogIn) -> None:
    sent = approved(cast)
    assert "The payment is moved to" in moved(log_in("clara"), sent.case_id, MONDAY)
    assert planned_on(cast, sent.case_id) == MONDAY


def test_a_refused_move_is_said_and_the_entry_stays(cast: Cast, log_in: LogIn) -> None:
    sent = approved(cast)
    saturday = TODAY + timedelta(days=29)
    assert "Payments are not made on that day." in moved(log_in("clara"), sent.case_id, saturday)
    assert planned_on(cast, sent.case_id) == TODAY


def test_past_the_due_date_a_reason_is_needed(cast: Cast, log_in: LogIn) -> None:
    sent = approved(cast, due_on=str(TODAY))
    clara = log_in("clara")
    assert "Please give a reason" in moved(clara, sent.case_id, MONDAY)
    assert "The payment is moved to" in moved(clara, sent.case_id, MONDAY, reason="No money")


def test_who_may_not_see_a_case_cannot_move_it(cast: Cast, log_in: LogIn) -> None:
    sent = approved(cast)
    form = {"old": str(TODAY), "on": str(MONDAY)}
    assert log_in("oleg").post(f"/calendar/move/{sent.case_id}/1", form).status_code == 404


def test_a_secret_address_is_shown_once_and_needs_no_log_in(cast: Cast, log_in: LogIn) -> None:
    approved(cast)
    clara = log_in("clara")
    page = clara.post("/calendar/feed/").content.decode()
    (address,) = set(re.findall(r"http://testserver(/calendar/feed/[\w-]+\.ics)", page))
    assert address not in clara.get("/calendar/feed/").content.decode()
    answer = Client().get(address)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in answer.content
    clara.post("/calendar/feed/")
    assert Client().get(address).status_code == 404
    assert Client().post(address).status_code == 405


def test_a_phone_folds_up_days_that_are_over_and_paid(cast: Cast) -> None:
    paid, _waits = (approved(cast, supplier_number=number) for number in ("P-1", "P-2"))
    clara, yesterday = cast.asks("clara"), TODAY - timedelta(days=1)
    services.pay(case_id=paid.case_id, by=clara, revision=1, minor=12_000_000, on=yesterday, at=AT)
    shown = present.span(present.MONTH, TODAY)

    def folded(at: datetime) -> tuple[int, int]:
        card = payments.calendar(by=clara, first=shown.first, last=shown.last, at=at)
        days = present.agenda(card, shown, None)
        return present.settled(card, shown, days), len(days)

    assert folded(AT) == (1, 2)
    assert folded(AT + timedelta(days=3)) == (1, 2)
    assert folded(AT - timedelta(days=1)) == (0, 2)
    assert folded(AT + timedelta(days=60)) == (0, 2)
