from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation

from akcept.cases.cards import HistoryCard, PersonChip
from akcept.engine import codec
from akcept.engine import events as ev
from akcept.engine.case import Planned, Seat, Why
from akcept.engine.commands import ReturnKind
from akcept.engine.money import Money
from akcept.engine.values import Private
from akcept.journal.queries import REMOVED
from akcept.wording.details import Line, details
from akcept.wording.entries import sentence
from wording.reading import invoice, is_in

AT = datetime(2026, 11, 21, 10, 2, tzinfo=UTC)
DAY, LATER = date(2026, 11, 20), date(2026, 11, 23)
BORIS, VERA = str(UUID(int=2)), str(UUID(int=3))
NAMES = {BORIS: "Boris Petrov", VERA: "Vera Sidorova"}
PLANNED = Planned(1, DAY, 12_000_000, DAY)
REASON = Private("wrong amount")
SIGNED: dict[str, Any] = {"revision": 2, "fingerprint": "f", "undo_until": AT}
CHANGES = {"amount": ev.Change(12_000_000, 9_000_000), "due_on": ev.Change(None, "2026-11-25")}

EVENTS: tuple[ev.Event, ...] = (
    ev.Drafted("c", "INVOICE", 49, BORIS, {"amount": 1, "currency": "RUB"}, (PLANNED,)),
    ev.Revised(2, CHANGES, (PLANNED,), is_material=True),
    ev.FileAttached(1, "INVOICE", "a" * 64, Private("bill.pdf"), 2, 2, is_material=True),
    ev.RemarkSettled(1, Private("it is right")),
    ev.Submitted(1, 1, "r", (Seat(1, "s", BORIS, Why.HIERARCHY), Seat(2, "s", None, Why.NAMED)),
                 (ev.Skipped(VERA, "CONFLICT"),), (), Money(1, "RUB")),
    ev.Approved(1, remark=Private("but hurry"), **SIGNED),
    ev.Returned(1, reasons=(REASON,), correct_by=AT, **SIGNED),
    ev.Rejected(1, reason=REASON, **SIGNED),
    ev.Approved(1, is_override=True, in_place_of=VERA, **SIGNED),
    ev.Returned(1, reasons=(REASON,), is_override=True, **SIGNED),
    ev.Returned(1, reasons=(REASON,), is_final=False, **SIGNED),
    ev.Rejected(1, reason=REASON, is_override=True, **SIGNED),
    ev.StageReturned("s"),
    ev.Cleared(to_pay=True, payers=(BORIS,), wardens=()),
    ev.Withdrawn(None),
    ev.Reassigned("1.1", BORIS, VERA),
    ev.Reassigned("1.1", BORIS, VERA, why=Why.DEADLINE),
    ev.Reassigned("1.1", BORIS, VERA, why=Why.REPLACED, is_override=True),
    ev.ApproverAdded(1, VERA),
    ev.ApproverAdded(1, VERA, why=Why.LIMIT),
    ev.ApproverNamed(None, VERA),
    ev.Rerouted(
        "v1", "v2", (Seat(1, "s", BORIS, Why.NAMED, by=BORIS), Seat(3, "s", VERA, Why.NAMED)), (), ()
    ),
    ev.ObserverAdded(VERA),
    ev.Held(REASON, LATER),
    ev.Released(),
    ev.PaymentSent(1, 100, DAY, "118", "f", keeps_details=True),
    ev.PaymentExecuted(1, 12_000_000, DAY, "118", None, "f", closes=True, by_exception=True),
    ev.PaymentRefused(reasons=(REASON,), **SIGNED),
    ev.PaymentReturned(2, 1, ReturnKind.BANK_RETURN, 100, DAY, REASON),
    ev.RestClosed(100, REASON),
    ev.Postponed(1, DAY, LATER, "UNPAID", needs_decision=False),
    ev.Commented(Private("when is it due?")),
    ev.Commented(Private("when is it due?"), asks=VERA),
    ev.Commented(Private("on Monday"), reply_to=4, answers=4),
    ev.Commented(Private("please hurry"), guest=VERA),
    ev.CommentEdited(4, Private("when will it be due?")),
    ev.QuestionWithdrawn(4, VERA),
    ev.Undone(7),
)  # fmt: skip


def recorded(event: ev.Event, **changed: Any) -> HistoryCard:
    kind, data = codec.dump_event(event)
    card: dict[str, Any] = {
        "case_id": UUID(int=1), "number": 5, "kind": kind, "at": AT, "data": data, "names": NAMES,
        "actor": PersonChip(UUID(BORIS), "Boris Petrov"), "acting_for": None,
    }  # fmt: skip
    return HistoryCard(**card | changed)


def test_the_examples_cover_every_kind() -> None:
    assert {event.KIND for event in EVENTS} == set(codec.EVENTS)


@pytest.mark.django_db
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.KIND)
def test_every_kind_of_entry_is_worded(event: ev.Event, language: str) -> None:
    entry = recorded(event)
    assert is_in(language, sentence(entry, currency="RUB"))
    for line in details(entry, type=invoice(), currency="RUB"):
        assert line.text
        assert is_in(language, line.label) or line.label == "SHA-256"


def test_a_deputy_is_shown_with_whom_they_act_for() -> None:
    event = ev.Approved(1, **SIGNED)
    entry = recorded(event, acting_for=PersonChip(UUID(VERA), "Vera Sidorova"))
    assert sentence(entry) == "Boris Petrov (for Vera Sidorova) approved"
    with translation.override("ru"):
        assert sentence(entry) == "Boris Petrov (замещает: Vera Sidorova): согласовано"


def test_the_system_acts_by_its_name() -> None:
    entry = recorded(ev.Postponed(1, DAY, LATER, "UNPAID", needs_decision=False), actor=None)
    with translation.override("ru"):
        words = sentence(entry)
    assert words == "Система: оплаты не было, плановая дата перенесена: 20.11.2026 → 23.11.2026"


@pytest.mark.django_db
def test_an_edit_shows_old_and_new_of_each_field() -> None:
    with translation.override("ru"):
        amount, due, _planned = details(recorded(EVENTS[1]), type=invoice(), currency="RUB")
    assert amount == Line("Сумма", "90\xa0000,00\xa0₽", "120\xa0000,00\xa0₽")
    assert due == Line("Срок оплаты", "25.11.2026", "—")


@pytest.mark.django_db
def test_what_was_erased_says_so() -> None:
    comment = recorded(ev.Commented(Private("x")), data={"text": REMOVED}, is_removed=True)
    assert details(comment, type=invoice()) == (
        Line("Comment", "removed under the retention rule"),
    )
    file = recorded(EVENTS[2])
    erased = replace(file, data={**file.data, "name": REMOVED})
    assert sentence(erased) == "Boris Petrov attached version 2 of a file: removed"
