"""How far a deputy and a limit reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from akcept.cases import previewing, queries, services
from akcept.cases.services import CardInput
from akcept.company import store as company
from akcept.company.rates import RateCard
from akcept.engine.refusals import NotYourTurn
from akcept.engine.verbs import Verb
from akcept.people import services as people
from akcept.people.fields import Absence, Limit
from troupe import AT, SYSTEM, TODAY, Cast, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_deputy_for_another_document_type_does_not_decide(cast: Cast) -> None:
    sent = send(cast)
    away = Absence(cast.boris.id, cast.dana.id, TODAY, date(2026, 11, 30), doctype="CONTRACT")
    people.set_deputy(absence=away, by=cast.boris.actor, at=AT)
    with pytest.raises(NotYourTurn):
        services.approve(case_id=sent.case_id, by=cast.asks("dana"), revision=sent.revision, at=AT)
    people.set_deputy(absence=replace(away, doctype="INVOICE"), by=cast.boris.actor, at=AT)
    services.approve(case_id=sent.case_id, by=cast.asks("dana"), revision=sent.revision, at=AT)


def test_the_limit_in_the_documents_own_currency_counts(cast: Cast) -> None:
    rate = RateCard("USD", TODAY, 100 * 10**8, "BY_HAND")
    company.set_rates(rates=[rate], by=SYSTEM, at=AT)
    # 1 000 roubles, but 10 000 dollars: what Anna asks for is 5 000 dollars.
    limits = [Limit(100_000, "RUB"), Limit(1_000_000, "USD")]
    people.set_limits(person_id=cast.boris.id, limits=limits, by=SYSTEM, at=AT)
    choice = {"approval_type": "MY_CHOICE", "choice": [str(cast.boris.id)]}
    card = cast.card(amount=500_000, currency="USD", **choice)
    preview = previewing.preview(by=cast.asks("anna"), content=CardInput(card), at=AT)
    assert [seat.person and seat.person.id for seat in preview.seats] == [cast.boris.id]


def test_lists_offer_a_deputy_no_more_than_the_card_does(cast: Cast) -> None:
    sent = send(cast)
    away = Absence(cast.boris.id, cast.dana.id, TODAY, TODAY)
    people.set_deputy(absence=away, by=cast.boris.actor, at=AT)

    def offered() -> bool:
        (task,) = queries.inbox(by=cast.asks("dana"), at=AT).tasks
        card = queries.case_card(by=cast.asks("dana"), case_id=sent.case_id, at=AT)
        assert (Verb.APPROVE in task.options) == (Verb.APPROVE in card.options)
        return Verb.APPROVE in task.options

    assert offered()
    people.set_limits(person_id=cast.dana.id, limits=[Limit(11_999_999, "RUB")], by=SYSTEM, at=AT)
    assert not offered()
    people.set_limits(person_id=cast.dana.id, limits=[Limit(12_000_000, "RUB")], by=SYSTEM, at=AT)
    assert offered()
