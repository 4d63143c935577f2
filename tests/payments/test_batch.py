"""Several payments at once: looked over first, then each one paid or refused by itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
import typst
from django.db import connection

from akcept.cases import services
from akcept.cases.cards import Outcome
from akcept.cases.models import Attachment, Case, Payment
from akcept.engine.money import Money
from akcept.engine.refusals import (
    InvalidInput,
    MissingPaymentOrder,
    NotFound,
    NotYourTurn,
    OnHold,
)
from akcept.journal.models import Entry
from akcept.payments import batch
from akcept.payments.batch import BatchPlan, NamedFile, PayRow
from akcept.payments.orders import Match
from troupe import AT, TODAY, Cast, approved, keep

pytestmark = pytest.mark.django_db(transaction=True)

MINOR = 12_000_000


def keep_order(number: int, supplier_number: str) -> NamedFile:
    text = f"Платёжное поручение № {number}\nСумма 120000-00\nСчёт № {supplier_number}"
    kept = keep(text.encode(), f"{number}.txt")
    return NamedFile(kept.sha256, kept.name)


ORDER_PAGE = """
#set page(width: 210mm, height: 148mm)
ПЛАТЁЖНОЕ ПОРУЧЕНИЕ № 512 #h(2em) 20.11.2026 #h(2em) электронно

#table(columns: 2, [Сумма прописью], [Сто двадцать тысяч рублей 00 копеек], [Сумма], [120 000-00])

ИНН 7707083893 #h(1em) КПП 770701001 #h(1em) ООО «Ромашка»

Оплата за хостинг по договору 15. НДС не облагается.
"""


def several(cast: Cast, count: int, **changes: Any) -> list[Outcome]:
    return [approved(cast, supplier_number=f"F-{n}", **changes) for n in range(count)]


def plan(
    cast: Cast, cases: list[Outcome], *orders: NamedFile, by: str = "clara", first: str = ""
) -> BatchPlan:
    return batch.plan(
        by=cast.asks(by),
        case_ids=[outcome.case_id for outcome in cases],
        on=TODAY,
        orders=orders,
        first={cast.entity: first} if first else {},
        at=AT,
    )


def rows(cases: list[Outcome]) -> list[PayRow]:
    return [PayRow(outcome.case_id, outcome.revision, MINOR, "118") for outcome in cases]


def test_a_plan_counts_and_adds_up_for_each_payer(cast: Cast) -> None:
    cases = several(cast, 3)
    services.hold(
        case_id=cases[2].case_id,
        by=cast.asks("clara"),
        reason="Ask",
        until=date(2026, 11, 30),
        at=AT,
    )
    planned = plan(cast, cases)
    assert [type(row.refusal) for row in planned.rows] == [type(None), type(None), OnHold]
    (total,) = planned.totals
    assert (total.entity, total.count, total.amount) == ("Альфа", 2, Money(2 * MINOR, "RUB"))


def test_orders_find_their_payments(cast: Cast) -> None:
    cases = several(cast, 2, payment_order_required=True)
    order, stray = keep_order(118, "F-1"), keep_order(119, "G-9")
    planned = plan(cast, cases, order, stray)
    assert [row.match for row in planned.rows] == [Match.NOT_FOUND, Match.FOUND]
    assert isinstance(planned.rows[0].refusal, MissingPaymentOrder)
    assert (planned.rows[1].order_file, planned.rows[1].order_number) == (order, "118")
    assert planned.left_over == (stray,)


def test_the_order_of_a_bank_is_read_from_its_pdf(cast: Cast) -> None:
    cases = several(cast, 1)
    page = typst.compile(ORDER_PAGE.encode())
    kept = keep(page, "scan.pdf")
    (row,) = plan(cast, cases, NamedFile(kept.sha256, kept.name)).rows
    assert (row.match, row.order_number) == (Match.FOUND, "512")


def test_what_has_no_order_is_numbered_onwards_past_the_numbers_of_orders(cast: Cast) -> None:
    cases = several(cast, 4)
    planned = plan(cast, cases, keep_order(100, "F-1"), first="099")
    assert [row.order_number for row in planned.rows] == ["099", "100", "101", "102"]
    assert not any(row.order_number for row in plan(cast, cases).rows)


def test_what_is_not_paid_takes_no_number(cast: Cast) -> None:
    cases = several(cast, 3)
    held, until = cases[0], date(2026, 11, 30)
    services.hold(case_id=held.case_id, by=cast.asks("clara"), reason="Ask", until=until, at=AT)
    planned = plan(cast, cases, first="ПП-9")
    assert [row.order_number for row in planned.rows] == ["", "ПП-9", "ПП-10"]
    with pytest.raises(InvalidInput, match="NOT_A_NUMBER"):
        plan(cast, cases, first="as before")


def test_a_plan_changes_nothing(cast: Cast) -> None:
    cases = several(cast, 1)
    before = Entry.objects.count()
    plan(cast, cases)
    assert Entry.objects.count() == before


def test_what_was_sent_is_settled(cast: Cast) -> None:
    (case,) = several(cast, 1)
    clara = cast.asks("clara")
    services.mark_sent(
        case_id=case.case_id, by=clara, revision=1, minor=MINOR, on=TODAY, order_number="7", at=AT
    )
    (row,) = plan(cast, [case]).rows
    assert (row.settles, row.order_number, row.amount.minor) == (1, "7", MINOR)
    confirmed = PayRow(case.case_id, row.revision, MINOR, settles=row.settles)
    (result,) = batch.pay(by=clara, rows=[confirmed], on=TODAY, at=AT)
    assert result.ok
    assert Payment.objects.get(case_id=case.case_id).order_number == "7"


def test_whoever_does_not_pay_is_told_so(cast: Cast) -> None:
    cases = several(cast, 1)
    (row,) = plan(cast, cases, by="boris").rows
    assert isinstance(row.refusal, NotYourTurn)
    with pytest.raises(NotFound):
        plan(cast, cases, by="oleg")


def test_each_payment_is_an_act_of_its_own(cast: Cast) -> None:
    cases = several(cast, 3)
    asked = rows(cases)
    asked[1] = PayRow(cases[1].case_id, cases[1].revision, MINOR + 1)
    order = keep_order(118, "F-0")
    asked[0] = PayRow(cases[0].case_id, cases[0].revision, MINOR, "118", order)
    results = batch.pay(by=cast.asks("clara"), rows=asked, on=TODAY, at=AT)
    assert [result.ok for result in results] == [True, False, True]
    assert Case.objects.filter(state="PAID").count() == 2
    assert Attachment.objects.get(purpose="PAYMENT_ORDER").case_id == cases[0].case_id
    assert Entry.objects.filter(kind="PAYMENT_EXECUTED", actor_id=cast.clara.id).count() == 2


def test_a_repeated_request_pays_nothing_twice(cast: Cast) -> None:
    cases = several(cast, 2)
    act = {"by": cast.asks("clara"), "rows": rows(cases), "on": TODAY, "at": AT, "key": "k-1"}
    assert batch.pay(**act) == batch.pay(**act)
    assert Payment.objects.count() == 2


def test_too_many_and_the_same_twice_are_refused_at_once(cast: Cast) -> None:
    (case,) = several(cast, 1)
    many = [PayRow(uuid4(), 1, MINOR) for _ in range(51)]
    for wrong in (many, rows([case, case]), []):
        with pytest.raises(InvalidInput):
            batch.pay(by=cast.asks("clara"), rows=wrong, on=TODAY, at=AT)
    assert Payment.objects.count() == 0


def test_two_people_who_pay_the_same_batch_pay_it_once(cast: Cast) -> None:
    cases = several(cast, 3)
    ready = Barrier(2)

    def press() -> list[tuple[UUID, bool]]:
        ready.wait()
        try:
            done = batch.pay(by=cast.asks("clara"), rows=rows(cases), on=TODAY, at=AT)
            return [(result.case_id, result.ok) for result in done]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        pressed = [pool.submit(press) for _ in range(2)]
        results = [row for future in pressed for row in future.result()]
    assert sorted(case for case, ok in results if ok) == sorted(case.case_id for case in cases)
    assert Payment.objects.count() == 3
