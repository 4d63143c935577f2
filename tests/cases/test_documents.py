"""Documents that are no invoices: no amount, no payment, fields of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from akcept.cases import queries, services
from akcept.cases.cards import Outcome
from akcept.cases.filters import RegistryFilter
from akcept.cases.models import Value
from akcept.cases.services import CardInput
from akcept.cases.verifying import differences
from akcept.doctypes import queries as doctypes
from akcept.doctypes import services as types
from akcept.doctypes.codes import WhoStarts
from akcept.engine.case import State
from akcept.engine.refusals import InvalidInput, NotAllowed, NotFound
from akcept.people import services as people
from troupe import AT, SYSTEM, TODAY, Cast, keep_pdf

pytestmark = pytest.mark.django_db(transaction=True)


def contract(cast: Cast, **changes: Any) -> CardInput:
    """Return an ordinary contract, about no sum."""
    card = {
        "title": "Поставка бумаги",
        "entity": str(cast.entity),
        "counterparty": str(cast.counterparty),
        "supplier_number": "Д-17",
        "valid_until": "2027-12-31",
        "approval_type": "HIERARCHY",
    }
    return CardInput(card | changes, files=(keep_pdf("договор.pdf"),))


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


def test_a_confidential_document_is_seen_by_who_takes_part_and_auditors(cast: Cast) -> None:
    old = types.fields_of(doctypes.type_card(code="CONTRACT"))
    types.change_type(code="CONTRACT", fields=replace(old, is_confidential=True), by=SYSTEM, at=AT)
    people.grant_role(person_id=cast.dana.id, role="CFO", by=SYSTEM, at=AT)
    people.grant_role(person_id=cast.oleg.id, role="AUDITOR", by=SYSTEM, at=AT)
    drafted = services.create(
        by=cast.asks("anna"), doctype="CONTRACT", content=contract(cast), submit=True, at=AT
    )
    seen = {
        name: bool(queries.find(by=cast.asks(name), text="бумаг", at=AT))
        for name in ("anna", "boris", "gleb", "dana", "clara", "oleg")
    }
    assert seen == {
        "anna": True, "boris": True, "gleb": False, "dana": False, "clara": False, "oleg": True,
    }  # fmt: skip
    with pytest.raises(NotFound):
        services.comment(case_id=drafted.case_id, by=cast.asks("gleb"), text="?", at=AT)


def test_who_may_not_begin_a_document_is_refused(cast: Cast) -> None:
    old = types.fields_of(doctypes.type_card(code="CONTRACT"))
    only = replace(old, who_starts=WhoStarts.ROLES, starters=("CFO",))
    types.change_type(code="CONTRACT", fields=only, by=SYSTEM, at=AT)
    with pytest.raises(NotAllowed):
        services.create(
            by=cast.asks("anna"), doctype="CONTRACT", content=contract(cast), submit=False, at=AT
        )
    services.create(
        by=cast.asks("gleb"), doctype="CONTRACT", content=contract(cast), submit=False, at=AT
    )


def test_an_edit_of_the_type_leaves_what_was_signed_as_it_was(cast: Cast) -> None:
    content = CardInput(
        {"comment": "Аренда", "amount": 900_00, "counterparty": str(cast.counterparty)},
        planned=((TODAY, 900_00),),
    )
    cleared = send(cast, "PAYMENT_REQUEST", content)
    old = types.fields_of(doctypes.type_card(code="PAYMENT_REQUEST"))
    heavier = tuple(replace(field, is_material=True) for field in old.fields)
    types.change_type(code="PAYMENT_REQUEST", fields=replace(old, fields=heavier), by=SYSTEM, at=AT)
    paid = services.pay(
        case_id=cleared.case_id, by=cast.asks("clara"), revision=cleared.revision,
        minor=900_00, on=TODAY, at=AT,
    )  # fmt: skip
    assert paid.state is State.PAID


def test_own_values_are_laid_down_to_be_found(cast: Cast) -> None:
    done = send(cast, "CONTRACT", contract(cast))
    assert list(Value.objects.filter(case=done.case_id).values_list("field", "day")) == [
        ("valid_until", date(2027, 12, 31))
    ]
    assert differences(done.case_id) == ()
