"""The next number of a payment order follows the payer's own of that year."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from akcept.cases import services
from akcept.cases.queries import case_card
from akcept.engine.money import Money
from akcept.payments.cards import Suggestion
from akcept.payments.queries import next_order_number, suggested
from troupe import AT, TODAY, Cast, approved

pytestmark = pytest.mark.django_db(transaction=True)


def pay(cast: Cast, order_number: str, on: date = TODAY) -> None:
    services.pay(
        case_id=approved(cast, supplier_number=f"E-{order_number}").case_id,
        by=cast.asks("clara"),
        revision=1,
        minor=12_000_000,
        on=on,
        order_number=order_number,
        at=AT,
    )


def test_the_first_order_of_a_year_is_number_one(cast: Cast) -> None:
    pay(cast, "117", on=date(2025, 12, 31))
    assert next_order_number(entity_id=cast.entity, year=2026) == "1"


def test_the_next_follows_the_greatest_number(cast: Cast) -> None:
    for used in ("9", "000118", "ПП-900", "20261120000117"):
        pay(cast, used)
    assert next_order_number(entity_id=cast.entity, year=2026) == "119"
    assert next_order_number(entity_id=UUID(int=7), year=2026) == "1"


def test_a_form_is_filled_with_the_rest_and_the_payers_today(cast: Cast) -> None:
    outcome = approved(cast)
    clara = cast.asks("clara")
    services.pay(
        case_id=outcome.case_id,
        by=clara,
        revision=outcome.revision,
        minor=2_000_000,
        on=TODAY,
        order_number="7",
        at=AT,
    )
    card = case_card(by=clara, case_id=outcome.case_id, at=AT)
    assert suggested(case=card) == Suggestion(Money(10_000_000, "RUB"), TODAY, "8")
