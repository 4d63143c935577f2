"""The demo company: everything an installation can show, true to its own journal."""

from __future__ import annotations

import fcntl
import json
import pickle
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

import refill
from akcept.cases import verifying
from akcept.cases.models import Attachment, Case, Mention, Payment, PlannedPayment, Task
from akcept.company import queries as company
from akcept.delivery.models import Delivery, Notice
from akcept.engine import requisites
from akcept.engine.case import PaymentState, State
from akcept.engine.routes import How
from akcept.journal.models import Entry
from akcept.parties.checks import AccountFields, as_requisites
from akcept.parties.models import AccountCheck, BankAccount, Counterparty
from akcept.people import org
from akcept.people.codes import ChangeState
from akcept.people.models import PendingChange, Person
from akcept.project.demo import loading
from akcept.routes import queries as routes
from akcept.routes import soundness

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def demo(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    testrun_uid: str,
) -> Iterator[None]:
    """Load it once for all tests of this module, whichever worker they fall to, and leave the database as it was."""
    shared = tmp_path_factory.getbasetemp().parent / f"demo-{testrun_uid}"
    with django_db_blocker.unblock():
        empty = refill.keep()
        with shared.open("a+b") as rows:
            fcntl.flock(rows, fcntl.LOCK_EX)
            if rows.tell():
                rows.seek(0)
                # Another worker has written this a moment ago.
                refill.add(empty, pickle.load(rows))  # noqa: S301
            else:
                loading.load(at=AT)
                pickle.dump(refill.added(empty), rows)
    yield
    with django_db_blocker.unblock():
        refill.put_back(empty)
        connection.close()


def test_it_is_as_large_as_promised() -> None:
    assert Case.objects.filter(doctype="INVOICE").count() == 150
    assert Person.objects.filter(kind="INTERNAL").count() == 25
    assert Counterparty.objects.count() == 40
    assert len(company.entities()) == 3


def test_a_route_with_everything_in_it_may_be_tried_and_compared() -> None:
    first = routes.route_lines()[0]
    assert first.live
    assert first.draft
    assert (first.name_en, first.live.number) == ("Large purchases", 2)
    assert {stage.how for stage in first.live.stages} == {How.IN_TURN, How.N_OF_M}
    found = soundness.check(route=first, version=first.draft.version, at=AT)
    assert not [problem for problem in found if problem.is_error]
    # It names its author, so somebody else stands behind it.
    settled = PendingChange.objects.filter(command="PUBLISH_ROUTE", state=ChangeState.CONFIRMED)
    assert settled.count() == 2


def test_it_says_that_it_is_a_demo() -> None:
    assert loading.is_loaded()


def test_every_state_can_be_seen() -> None:
    states = Counter(Case.objects.values_list("state", flat=True))
    assert states.keys() == set(State)
    assert states[State.PAID] >= 75
    assert states[State.TO_PAY] >= 25
    assert states[State.IN_APPROVAL] >= 20


def test_other_documents_are_on_their_way_too() -> None:
    states = set(Case.objects.exclude(doctype="INVOICE").values_list("doctype", "state"))
    assert states == {
        ("CONTRACT", State.DRAFT),
        ("CONTRACT", State.IN_APPROVAL),
        ("CONTRACT", State.REWORK),
        ("CONTRACT", State.APPROVED),
        ("BUDGET", State.IN_APPROVAL),
        ("BUDGET", State.REJECTED),
        ("BUDGET", State.APPROVED),
        ("CREDIT_NOTE", State.APPROVED),
    }


def test_everything_that_happens_to_payments_has_happened() -> None:
    assert set(Payment.objects.values_list("state", flat=True)) >= {
        PaymentState.SENT,
        PaymentState.EXECUTED,
        PaymentState.RETURNED,
    }
    partly = Case.objects.filter(state=State.TO_PAY, executed_minor__gt=0)
    assert partly.exists()
    assert PlannedPayment.objects.filter(moves__gte=3, case__state=State.TO_PAY).exists()
    assert PlannedPayment.objects.filter(on=AT.date(), case__state=State.TO_PAY).exists()
    assert Case.objects.exclude(held_until=None).count() >= 3


def test_people_argue_correct_and_answer() -> None:
    kinds = Counter(Entry.objects.values_list("kind", flat=True))
    for kind in ("COMMENTED", "RETURNED", "REMARK_SETTLED", "REJECTED", "WITHDRAWN", "HELD",
                 "RELEASED", "POSTPONED", "PAYMENT_REFUSED", "PAYMENT_RETURNED"):  # fmt: skip
        assert kinds[kind], kind
    assert Case.objects.filter(round__gte=3).exists()


def test_files_of_every_purpose_are_attached() -> None:
    purposes = {"INVOICE", "CONTRACT", "ACT", "JUSTIFICATION", "CLIENT_REQUEST", "PAYMENT_ORDER"}
    assert set(Attachment.objects.values_list("purpose", flat=True)) == purposes


def test_every_stored_case_is_what_its_entries_say() -> None:
    assert list(verifying.complaints()) == []


def test_every_number_holds() -> None:
    wrong = [
        (row.name, problem)
        for row in Counterparty.objects.all()
        for problem in (
            requisites.inn_problem(row.inn) if row.inn else None,
            requisites.kpp_problem(row.kpp, inn=row.inn) if row.kpp else None,
            requisites.ogrn_problem(row.ogrn) if row.ogrn else None,
        )
        if problem
    ]
    for row in BankAccount.objects.select_related("counterparty"):
        fields = AccountFields(row.number, row.currency, row.bic, row.bank_name, row.correspondent)
        found = requisites.account_problems(as_requisites(fields, country=row.counterparty.country))
        wrong += [(row.number, problem) for problem in found.values()]
    assert wrong == []


def test_no_bank_and_no_firm_is_a_real_one() -> None:
    real = re.compile(
        r"сбер|втб|альфа|тинь|т-банк|газпром|райф|яндекс|озон|ростелеком|мтс|билайн|мегафон|1с"
        r"|deutsche|commerz|sparkasse|raiffeisen|barclays|hsbc|chase|google|amazon|microsoft",
        re.IGNORECASE,
    )
    banks = BankAccount.objects.values_list("bank_name", flat=True)
    names = Counterparty.objects.values_list("name", flat=True)
    assert [name for name in (*banks, *names) if real.search(name)] == []
    # No territory has the number 99.
    biks = BankAccount.objects.filter(counterparty__country="RU").values_list("bic", flat=True)
    assert {bik[:4] for bik in biks} == {"0499"}


def test_sums_on_the_card_are_those_on_the_invoice() -> None:
    """Whatever stands in `vat` adds up to the amount; only what waits to be corrected may differ."""
    for case in Case.objects.filter(doctype="INVOICE").exclude(state=State.REWORK):
        card = json.loads(case.fold)["card"]
        assert sum(line["base"] + line["tax"] for line in card["vat"]) == case.amount_minor


def test_log_ins_are_told_in_the_language_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "pays" in "".join(loading.log_ins())
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert "платит" in "".join(loading.log_ins())


def test_accounts_are_checked_doubted_and_blocked() -> None:
    assert AccountCheck.objects.filter(state="BLOCKED").count() == 1
    assert AccountCheck.objects.filter(state="VERIFIED").count() > 30
    assert BankAccount.objects.filter(checks=None).count() >= 5


def test_nobody_is_written_to_about_the_past() -> None:
    assert not Delivery.objects.exists()
    assert Notice.objects.filter(read_at=None).exists()
    assert not Task.objects.filter(closed_at=None, told_at__lt=AT, case__held_until=None).exists()


def test_nothing_lies_in_the_future() -> None:
    assert not Entry.objects.filter(at__gt=AT).exists()


def test_numbers_follow_time() -> None:
    created = list(
        Case.objects.filter(doctype="INVOICE")
        .order_by("number")
        .values_list("created_at", flat=True)
    )
    assert created == sorted(created)


def test_loading_twice_changes_nothing() -> None:
    before = Entry.objects.count()
    loading.load(at=AT)
    assert Entry.objects.count() == before


def test_everybody_printed_has_a_log_in() -> None:
    for login in loading.LOGINS:
        person = Person.objects.get(email=login.email)
        assert person.check_password(login.password)
        assert str(login.about)


def test_whatever_maria_sends_is_decided_by_people_one_may_log_in_as() -> None:
    maria = Person.objects.get(email="maria@demo.example")
    above = Person.objects.filter(id__in=org.snapshot().climb(str(maria.id)).path)
    assert {person.email for person in above} < {login.email for login in loading.LOGINS}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_somebody_is_named_and_asked_in_both_languages(language: str) -> None:
    named = Mention.objects.filter(is_open=True, person__language=language)
    assert named.filter(is_question=True).exists()
    assert Mention.objects.filter(is_open=True, is_question=False).exists()
