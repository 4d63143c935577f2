"""The feed: whoever has the address reads their calendar, and no bank details."""

from __future__ import annotations

from datetime import UTC, date, datetime

import icalendar
import pytest

from akcept.cases import services
from akcept.payments import ical, postponement
from akcept.people import services as people
from akcept.people.models import Person
from troupe import AT, TODAY, Cast, approved, send

pytestmark = pytest.mark.django_db(transaction=True)

MONDAY_NOON = datetime(2026, 11, 23, 9, tzinfo=UTC)


def subscribe(cast: Cast, name: str) -> str:
    person: Person = getattr(cast, name)
    return people.make_feed_token(person_id=person.id, by=person.actor, at=AT)


def events(token: str, at: datetime = AT) -> list[icalendar.Event]:
    written = ical.feed(token=token, at=at)
    assert written is not None
    return list(icalendar.Calendar.from_ical(written).walk("VEVENT"))


def test_payer_and_initiator_have_the_payment_on_its_day(cast: Cast) -> None:
    outcome = approved(cast)
    for name in ("anna", "clara"):
        (event,) = events(subscribe(cast, name))
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (TODAY, date(2026, 11, 21))
        assert event["status"] == "CONFIRMED"
        assert str(outcome.case_id) in event["uid"]
        assert "Invoice 1 · ООО «Ромашка» · RUB " in event["summary"].replace("\xa0", " ")


def test_a_moved_date_is_the_same_event_with_a_greater_sequence(cast: Cast) -> None:
    approved(cast)
    token = subscribe(cast, "clara")
    (before,) = events(token)
    postponement.run(at=MONDAY_NOON)
    (after,) = events(token, MONDAY_NOON)
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstart") == date(2026, 11, 23)
    assert "Moved 1 time" in after["description"]


def test_what_is_being_decided_is_tentative_and_what_was_withdrawn_cancelled(cast: Cast) -> None:
    outcome = send(cast)
    token = subscribe(cast, "anna")
    assert [event["status"] for event in events(token)] == ["TENTATIVE"]
    services.withdraw(case_id=outcome.case_id, by=cast.asks("anna"), at=AT)
    assert [event["status"] for event in events(token)] == ["CANCELLED"]


def test_what_was_paid_says_so(cast: Cast) -> None:
    outcome = approved(cast)
    services.pay(
        case_id=outcome.case_id,
        by=cast.asks("clara"),
        revision=1,
        minor=12_000_000,
        on=TODAY,
        at=AT,
    )
    (event,) = events(subscribe(cast, "anna"))
    assert event["summary"].startswith("Paid: ")


def test_the_feed_speaks_the_language_of_its_owner(cast: Cast) -> None:
    approved(cast)
    Person.objects.filter(id=cast.clara.id).update(language="ru")
    (event,) = events(subscribe(cast, "clara"))
    assert event["summary"].startswith("К оплате: Счёт № 1 · ООО «Ромашка» · 120")


def test_a_document_can_be_linked(cast: Cast) -> None:
    case_id = approved(cast).case_id
    written = ical.feed(
        token=subscribe(cast, "clara"), at=AT, link=lambda id: f"https://a.example/cases/{id}/"
    )
    assert written is not None
    assert f"URL:https://a.example/cases/{case_id}/".encode() in written.replace(b"\r\n ", b"")


def test_an_unknown_or_replaced_address_opens_nothing(cast: Cast) -> None:
    old = subscribe(cast, "clara")
    subscribe(cast, "clara")
    assert ical.feed(token=old, at=AT) is None
    assert ical.feed(token="akc_guess", at=AT) is None


def test_a_stranger_and_somebody_who_left_read_nothing(cast: Cast) -> None:
    approved(cast)
    assert events(subscribe(cast, "oleg")) == []
    token = subscribe(cast, "clara")
    Person.objects.filter(id=cast.clara.id).update(is_active=False)
    assert ical.feed(token=token, at=AT) is None
