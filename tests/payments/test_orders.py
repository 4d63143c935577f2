"""An order is taken for a payment's only when sum and payee agree, and nothing else fits."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from akcept.engine.money import Money
from akcept.payments.orders import Expected, Match, Order, amounts, match

ROMASHKA = Expected(
    case_id=UUID(int=1),
    amount=Money(12_000_000, "RUB"),
    payee="ООО «Ромашка»",
    tax_numbers=("7707083893",),
    supplier_number="77",
)
TEXT = """ПЛАТЕЖНОЕ ПОРУЧЕНИЕ № 118
20.11.2026 электронно
Сумма 120000-00
ИНН 7707083893 КПП 770701001
Получатель ООО «Ромашка»
Оплата по счёту № 77 от 18.11.2026
"""
ORDER = Order("a", "118.pdf", TEXT)


def outcome(*orders: Order, expected: Expected = ROMASHKA) -> tuple[Match, str | None]:
    found, order = match([expected], orders)[expected.case_id]
    return found, order.sha256 if order else None


@pytest.mark.parametrize(
    "written",
    [
        "120000-00",
        "120 000-00",
        "120 000,00",
        "120\N{NO-BREAK SPACE}000.00",
        "120,000.00",
        "120.000,00",
        "120000=",
        "118 120 000-00",
        "20.11.2026 120000.00",
    ],
)
def test_a_sum_is_read_however_banks_write_it(written: str) -> None:
    assert 12_000_000 in amounts(written, "RUB")


@pytest.mark.parametrize("written", ["1120000-00", "120000-50", "12000000000000120000", "120000.5"])
def test_another_sum_is_not_taken_for_it(written: str) -> None:
    assert 12_000_000 not in amounts(written, "RUB")


def test_currencies_have_their_own_digits() -> None:
    assert 120_000 in amounts("120 000", "JPY")
    assert 1_500 in amounts("1.500", "KWD")


def test_an_order_naming_sum_and_invoice_is_found() -> None:
    assert outcome(ORDER) == (Match.FOUND, "a")
    assert ORDER.number == "118"


def test_the_sum_alone_is_not_enough() -> None:
    other = TEXT.replace("7707083893", "7736050003").replace("Ромашка", "Лютик")
    assert outcome(replace(ORDER, text=other.replace("№ 77", "№ 9"))) == (Match.NOT_FOUND, None)


def test_a_namesake_with_another_tax_number_is_not_the_payee() -> None:
    namesake = TEXT.replace("7707083893", "7736050003").replace("№ 77", "№ 9")
    assert outcome(replace(ORDER, text=namesake)) == (Match.NOT_FOUND, None)


def test_the_payee_alone_is_not_enough() -> None:
    assert outcome(replace(ORDER, text=TEXT.replace("120000", "999")))[0] is Match.NOT_FOUND


def test_the_number_of_the_order_is_not_that_of_the_invoice() -> None:
    text = "Платежное поручение № 77\nСумма 120000-00"
    assert outcome(Order("a", "x.pdf", text))[0] is Match.NOT_FOUND


def test_a_scan_is_told_by_its_name() -> None:
    assert outcome(Order("a", "ПП_118_Ромашка_120000-00.pdf")) == (Match.FOUND, "a")
    assert Order("a", "ПП_118_Ромашка.pdf").number == "118"


def test_two_orders_that_fit_are_left_to_the_person() -> None:
    assert outcome(ORDER, replace(ORDER, sha256="b")) == (Match.AMBIGUOUS, None)


def test_two_payments_of_one_sum_are_told_apart_by_the_invoice() -> None:
    twin = replace(ROMASHKA, case_id=UUID(int=2), supplier_number="78")
    second = Order("b", "119.pdf", TEXT.replace("№ 77", "№ 78").replace("№ 118", "№ 119"))
    found = match([ROMASHKA, twin], [second, ORDER])
    assert found[ROMASHKA.case_id] == (Match.FOUND, ORDER)
    assert found[twin.case_id] == (Match.FOUND, second)


def test_two_payments_that_one_order_fits_are_left_to_the_person() -> None:
    twin = replace(ROMASHKA, case_id=UUID(int=2), supplier_number="78")
    vague = Order("a", "118.pdf", TEXT.replace("по счёту № 77", "за хостинг"))
    found = match([ROMASHKA, twin], [vague])
    assert {status for status, _ in found.values()} == {Match.AMBIGUOUS}


def test_what_was_sent_is_settled_by_the_order_of_that_number() -> None:
    sent = replace(ROMASHKA, supplier_number="", order_number="118")
    assert outcome(ORDER, expected=sent) == (Match.FOUND, "a")
    assert outcome(ORDER, expected=replace(sent, order_number="119"))[0] is Match.NOT_FOUND
