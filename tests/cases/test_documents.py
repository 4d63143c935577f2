"""Documents that are no invoices: no amount, no payment, fields of their own."""

from __future__ import annotations

import pytest

from akcept.cases import queries, services
from akcept.cases.cards import Outcome
from akcept.cases.filters import RegistryFilter
from akcept.cases.services import CardInput
from akcept.cases.verifying import differences
from akcept.engine.case import State
from akcept.engine.refusals import InvalidInput
from troupe import AT, TODAY, Cast, keep_pdf

pytestmark = pytest.mark.django_db(transaction=True)


def contract(cast: Cast, **changes: object) -> CardInput:
    """Return an ordinary contract, about no sum."""
    card = {
        "title": "Поставка бумаги",
        "entity": str(cast.entity),
        "counterparty": str(cast.counterparty),
        "supplier_number": "Д-17",
        "valid_until": "2027-12-31",
        "approval_type": "HIERARCHY",
    }
    return CardInput(card | changes, files=(keep_pdf("договор.pdf"),))  # type: ignore[arg-type]


def send(cast: Cast, doctype: str, content: CardInput) -> Outcome:
    """Let Anna send a document and everybody above her approve it."""
    sent = services.create(
        by=cast.asks("anna"), doctype=doctype, content=content, submit=True, at=AT
    )
    for name in ("boris", "vera", "gleb"):
        sent = services.approve(
            case_id=sent.case_id, by=cast.asks(name), revision=sent.revision, at=AT
        )
    return sent


def test_a_contract_without_an_amount_ends_in_approved(cast: Cast) -> None:
    done = send(cast, "CONTRACT", contract(cast))
    assert done.state is State.APPROVED
    anna = cast.asks("anna")
    card = queries.case_card(by=anna, case_id=done.case_id, at=AT)
    assert (card.row.amount, card.values["valid_until"]) == (None, "2027-12-31")
    assert differences(done.case_id) == ()
    for wanted in (RegistryFilter(doctype="CONTRACT"), RegistryFilter(text="бумаг")):
        page = queries.registry(by=anna, filters=wanted, at=AT)
        assert [row.id for row in page.rows] == [done.case_id]
        assert queries.registry_totals(by=anna, filters=wanted, at=AT).sums == ()
    assert not queries.registry(by=anna, filters=RegistryFilter(doctype="INVOICE"), at=AT).rows


def test_a_budget_has_no_counterparty(cast: Cast) -> None:
    card = {
        "title": "Маркетинг 2027",
        "amount": 500_000_00,
        "period_from": "2027-01-01",
        "period_to": "2027-12-31",
    }
    done = send(cast, "BUDGET", CardInput(card))
    assert done.state is State.APPROVED


def test_a_contract_is_not_sent_without_its_file(cast: Cast) -> None:
    content = CardInput(contract(cast).card)
    with pytest.raises(InvalidInput) as refused:
        services.create(
            by=cast.asks("anna"), doctype="CONTRACT", content=content, submit=True, at=AT
        )
    assert refused.value.errors == {"main_file": "REQUIRED"}


def test_what_is_never_paid_has_no_planned_dates(cast: Cast) -> None:
    content = CardInput(contract(cast, amount=100).card, planned=((TODAY, 100),))
    with pytest.raises(InvalidInput) as refused:
        services.create(
            by=cast.asks("anna"), doctype="CONTRACT", content=content, submit=False, at=AT
        )
    assert refused.value.errors == {"planned_on": "UNKNOWN_FIELD"}
