"""The path of one invoice through the services."""

from __future__ import annotations

import pytest

from akcept.cases import services
from akcept.cases.models import Case, FeedItem, Task
from akcept.cases.services import CardInput
from akcept.engine.case import State
from akcept.engine.refusals import InvalidInput, NotFound
from troupe import AT, TODAY, Cast, approved, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_invoice_goes_from_please_pay_this_to_paid(cast: Cast) -> None:
    cleared = approved(cast)
    assert cleared.state is State.TO_PAY
    paid = services.pay(
        case_id=cleared.case_id,
        by=cast.asks("clara"),
        revision=cleared.revision,
        minor=12_000_000,
        on=TODAY,
        order_number="118",
        at=AT,
    )
    assert paid.state is State.PAID
    assert Case.objects.get(id=paid.case_id).state == State.PAID
    assert not Task.objects.filter(case_id=paid.case_id, closed_at=None).exists()
    assert FeedItem.objects.filter(person=cast.anna, kind="PAYMENT_EXECUTED").count() == 1


def test_a_stranger_meets_nothing(cast: Cast) -> None:
    sent = send(cast)
    with pytest.raises(NotFound):
        services.approve(case_id=sent.case_id, by=cast.asks("oleg"), revision=sent.revision, at=AT)


def test_a_vat_rate_that_nobody_has_set_up_is_refused(cast: Cast) -> None:
    card = cast.card(vat=[{"rate": "VAT77", "base": 100_000_00, "tax": 20_000_00}])
    with pytest.raises(InvalidInput) as refused:
        services.create(
            by=cast.asks("anna"), doctype="INVOICE", content=CardInput(card), submit=False, at=AT
        )
    assert refused.value.errors["vat"] == "VAT_RATE_UNKNOWN"
    assert not Case.objects.exists()
