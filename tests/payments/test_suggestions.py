"""The next number of a payment order follows the payer's own of that year."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from akcept.cases import services
from akcept.payments.queries import next_order_number
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
