"""The invoice as the rules and the forms see it, and the dictionaries behind it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from akcept.doctypes import queries, services
from akcept.engine.doctypes import Gate
from akcept.engine.refusals import InvalidInput, NotAllowed, NotFound
from akcept.journal.models import Entry
from akcept.journal.store import Actor, ActorKind

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROOT = Actor(ActorKind.SYSTEM)

pytestmark = pytest.mark.django_db


def add_line(**line: Any) -> UUID:
    return services.add_line(**line, by=ROOT, at=AT)


def required_at(gate: Gate | None) -> set[str]:
    fields = queries.type_card(code="INVOICE").rules.fields.values()
    return {field.code for field in fields if field.required_at is gate}


def test_saving_an_invoice_takes_amount_counterparty_and_issue_date() -> None:
    assert required_at(Gate.SAVE) == {"amount", "currency", "counterparty", "issued_on"}


def test_sending_it_takes_a_planned_date() -> None:
    assert required_at(Gate.SUBMIT) == {"planned_on", "entity", "approval_type"}
    assert required_at(Gate.PAYMENT) == set()


def test_what_voids_approvals_when_it_changes() -> None:
    fields = queries.type_card(code="INVOICE").rules.fields.values()
    assert {field.code for field in fields if field.is_material} == {
        "amount", "currency", "vat", "entity", "counterparty", "account", "contract",
        "supplier_number", "issued_on", "main_file", "payment_order_required", "approval_type",
    }  # fmt: skip


def test_an_invoice_ends_in_payment_and_is_titled_in_both_languages() -> None:
    assert queries.type_card(code="INVOICE").ends_in_payment
    card = queries.type_card(code="INVOICE")
    assert (card.title_en, card.title_ru_genitive, card.title_ru_accusative) == (
        "invoice", "счёта", "счёт",
    )  # fmt: skip
    assert queries.type_cards()[0].code == "INVOICE"


def test_a_type_is_remembered_by_its_stamp(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    stamp = queries.type_card(code="INVOICE").stamp
    with django_assert_num_queries(0):
        queries.type_card(code="INVOICE", stamp=stamp)
    queries.type_cards()
    with django_assert_num_queries(1):
        queries.type_cards()


def test_an_unknown_type_does_not_exist() -> None:
    with pytest.raises(NotFound):
        queries.type_card(code="POEM")


@pytest.mark.parametrize("name", ["CATEGORY", "COST_CENTRE", "PROJECT"])
def test_a_retired_line_stays_on_old_cards_only(name: str) -> None:
    kept = add_line(dictionary=name, code="10", name="Хостинг")
    gone = add_line(dictionary=name, code="20", name="Факсы")
    services.retire_line(dictionary=name, line_id=gone, by=ROOT, at=AT)
    assert [line.id for line in queries.dictionary(name=name)] == [kept]
    assert queries.lines(name=name, ids=[gone])[gone].name == "Факсы"


def test_a_cost_centre_has_an_owner() -> None:
    vera = uuid4()
    add_line(dictionary="COST_CENTRE", code="IT", name="ИТ", owner_id=vera)
    assert queries.dictionary(name="COST_CENTRE")[0].owner_id == vera


@pytest.mark.parametrize(
    ("code", "name", "errors"),
    [
        ("", " ", {"code": "REQUIRED", "name": "REQUIRED"}),
        ("1" * 33, "a\0b", {"code": "TOO_LONG", "name": "CONTROL_CHARACTERS"}),
        ("10", "Again", {"code": "TAKEN"}),
    ],
)
def test_a_bad_line_is_refused_by_field(code: str, name: str, errors: dict[str, str]) -> None:
    add_line(dictionary="PROJECT", code="10", name="First")
    with pytest.raises(InvalidInput) as refused:
        add_line(dictionary="PROJECT", code=code, name=name)
    assert refused.value.errors == errors


def test_a_line_that_never_was_cannot_be_retired() -> None:
    with pytest.raises(NotFound):
        services.retire_line(dictionary="PROJECT", line_id=uuid4(), by=ROOT, at=AT)


def test_only_an_administrator_keeps_the_dictionaries_and_it_is_on_record() -> None:
    anna = Actor(ActorKind.PERSON, uuid4(), "Anna")
    with pytest.raises(NotAllowed):
        services.add_line(dictionary="PROJECT", code="10", name="Mine", by=anna, at=AT)
    line = add_line(dictionary="PROJECT", code="10", name="First")
    with pytest.raises(NotAllowed):
        services.retire_line(dictionary="PROJECT", line_id=line, by=anna, at=AT)
    assert [entry.kind for entry in Entry.objects.all()] == ["DICTIONARY_LINE_ADDED"]
