from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from akcept.engine.case import PaymentState, SeatState, State, Why
from akcept.engine.money import Money
from akcept.engine.routes import ApprovalType
from akcept.engine.tasks import TaskKind
from akcept.engine.verbs import Verb
from akcept.people.codes import Right
from akcept.wording import (
    approvals,
    dates,
    documents,
    money,
    purposes,
    rights,
    states,
    tasks,
    verbs,
    why,
)
from wording.reading import invoice, is_in

TITLES = {
    ("en", TaskKind.APPROVE): "Approval of invoice 49",
    ("ru", TaskKind.APPROVE): "Согласование счёта № 49",
    ("en", TaskKind.CORRECT): "Correct invoice 49",
    ("ru", TaskKind.CORRECT): "Откорректировать счёт № 49",
    ("en", TaskKind.PAY): "Pay invoice 49",
    ("ru", TaskKind.PAY): "Оплатить счёт № 49",
    ("en", TaskKind.NAME_APPROVER): "Name an approver for invoice 49",
    ("ru", TaskKind.NAME_APPROVER): "Назначить согласующего для счёта № 49",
    ("en", TaskKind.DECIDE_DATE): "Decide the date of invoice 49",
    ("ru", TaskKind.DECIDE_DATE): "Определить дату оплаты счёта № 49",
}


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", list(TaskKind))
def test_a_task_has_a_telling_name(kind: TaskKind, language: str) -> None:
    assert tasks.title(kind, invoice(), 49) == TITLES[language, kind]


def test_a_document_is_called_by_type_and_number(language: str) -> None:
    expected = {"en": "Invoice 49", "ru": "Счёт № 49"}
    assert documents.label(invoice(), 49) == expected[language]


@pytest.mark.parametrize(
    ("say", "codes"),
    [
        (states.words, State),
        (states.seat, SeatState),
        (states.payment, PaymentState),
        (verbs.words, Verb),
        (tasks.kind_words, TaskKind),
        (approvals.words, ApprovalType),
        (why.words, Why),
        (why.skipped, ("CONFLICT", "INACTIVE", "LOOP")),
        (lambda code: purposes.words(code, invoice()), tuple(purposes.PURPOSES)),
    ],
)
def test_every_code_is_worded(
    say: Callable[[str], str], codes: Iterable[str], language: str
) -> None:
    for code in codes:
        assert is_in(language, say(code)), code


def test_every_right_has_a_name() -> None:
    assert all(rights.words(right) for right in Right)


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (Money(12_000_000, "RUB"), "RUB\xa0120,000.00", "120\xa0000,00\xa0₽"),
        (Money(231_000, "EUR"), "EUR\xa02,310.00", "2\xa0310,00\xa0€"),
        (Money(5_000, "JPY"), "JPY\xa05,000", "5\xa0000\xa0¥"),
        (Money(1_234, "KWD"), "KWD\xa01.234", "1,234\xa0KWD"),
    ],
)
def test_amounts_are_written_for_the_reader(value: Money, english: str, russian: str) -> None:
    with translation.override("en"):
        assert money.amount(value) == english
    with translation.override("ru"):
        assert money.amount(value) == russian


def test_days_and_moments_are_written_for_the_reader() -> None:
    at = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
    with translation.override("ru"), timezone.override("Asia/Yekaterinburg"):
        assert dates.day(date(2026, 11, 21)) == "21.11.2026"
        assert dates.moment(at).startswith("22.11.2026, 03:30")
        assert dates.relative(at, at=at + timedelta(hours=3)) == "3 часа назад"
    with translation.override("en"), timezone.override("UTC"):
        assert dates.day(date(2026, 11, 21)) == "21\xa0Nov\xa02026"
        assert dates.clock_time(at) == "22:30"


@pytest.mark.parametrize(
    ("name", "accusative", "new"),
    [
        ("Счёт", "счёт", "Новый счёт"),
        ("Заявка на оплату", "заявку на оплату", "Новая заявка на оплату"),
        ("Письмо", "письмо", "Новое письмо"),
        ("Ведомость", "ведомость", "Новый документ: ведомость"),
        ("УПД", "УПД", "Новый УПД"),
    ],
)
def test_a_new_document_agrees_with_its_gender(name: str, accusative: str, new: str) -> None:
    renamed = replace(invoice(), name_ru=name, title_ru_accusative=accusative)
    with translation.override("ru"):
        assert documents.new(renamed) == new
