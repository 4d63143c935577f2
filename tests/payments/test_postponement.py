"""What was not paid on its day moves by itself: once, to a working day, at the payer's hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest

from akcept.cases import services
from akcept.cases.models import Case, PlannedPayment
from akcept.cases.services import CardInput
from akcept.company import queries as companies
from akcept.company import store as company
from akcept.engine.calendars import PostponeDays
from akcept.journal.models import Entry
from akcept.payments import postponement
from troupe import AT, SYSTEM, TODAY, Cast, approved, keep_pdf, send

pytestmark = pytest.mark.django_db(transaction=True)

MONDAY_NOON = datetime(2026, 11, 23, 9, tzinfo=UTC)
MONDAY = date(2026, 11, 23)


def planned(case_id: UUID) -> PlannedPayment:
    return PlannedPayment.objects.get(case_id=case_id)


def moves(case_id: UUID) -> list[str]:
    return list(
        Entry.objects.filter(chain_id=case_id, kind="POSTPONED").values_list("body", flat=True)
    )


def change_entity(cast: Cast, **changes: Any) -> None:
    fields = replace(companies.entity(entity_id=cast.entity).fields, **changes)
    company.change_entity(entity_id=cast.entity, fields=fields, by=SYSTEM, at=AT)


def found_payer(cast: Cast, name: str, **changes: Any) -> UUID:
    fields = replace(companies.entity(entity_id=cast.entity).fields, name=name, short_name=name)
    return company.create_entity(fields=replace(fields, **changes), by=SYSTEM, at=AT)


def move(cast: Cast, case_id: UUID, to: date, at: datetime = AT) -> None:
    row = planned(case_id)
    services.postpone(
        case_id=case_id,
        by=cast.asks("clara"),
        planned=row.number,
        old=row.on,
        to=to,
        reason="We agreed so",
        at=at,
    )


def test_unpaid_on_friday_moves_to_monday(cast: Cast) -> None:
    case_id = approved(cast).case_id
    assert postponement.run(at=MONDAY_NOON) == 1
    row = planned(case_id)
    assert (row.on, row.first_on, row.moves) == (MONDAY, TODAY, 1)
    assert Case.objects.get(id=case_id).planned_on == MONDAY
    (entry,) = moves(case_id)
    assert '"kind":"SYSTEM"' in entry
    assert '"cause":"UNPAID"' in entry


def test_a_second_run_finds_nothing(cast: Cast) -> None:
    case_id = approved(cast).case_id
    assert postponement.run(at=MONDAY_NOON) == 1
    assert postponement.run(at=MONDAY_NOON) == 0
    assert len(moves(case_id)) == 1


def test_a_server_that_was_down_for_days_moves_once(cast: Cast) -> None:
    case_id = approved(cast).case_id
    postponement.run(at=datetime(2026, 11, 26, 9, tzinfo=UTC))
    row = planned(case_id)
    assert (row.on, row.moves) == (date(2026, 11, 26), 1)


def test_on_its_day_nothing_moves(cast: Cast) -> None:
    approved(cast)
    assert postponement.run(at=AT) == 0


def test_before_the_payers_hour_nothing_moves(cast: Cast) -> None:
    approved(cast)
    change_entity(cast, postpone_at=time(14))
    assert postponement.run(at=MONDAY_NOON) == 0
    assert postponement.run(at=datetime(2026, 11, 23, 11, tzinfo=UTC)) == 1


def test_on_a_saturday_it_moves_over_the_weekend(cast: Cast) -> None:
    case_id = approved(cast).case_id
    postponement.run(at=datetime(2026, 11, 21, 9, tzinfo=UTC))
    assert planned(case_id).on == MONDAY
    assert postponement.run(at=MONDAY_NOON) == 0


def test_by_calendar_days_it_moves_to_saturday(cast: Cast) -> None:
    change_entity(cast, postpone_days=PostponeDays.CALENDAR)
    case_id = approved(cast).case_id
    postponement.run(at=datetime(2026, 11, 21, 9, tzinfo=UTC))
    assert planned(case_id).on == date(2026, 11, 21)


def test_new_years_holidays_are_skipped(cast: Cast) -> None:
    case_id = approved(cast, due_on="2027-02-01").case_id
    move(cast, case_id, date(2026, 12, 30))
    postponement.run(at=datetime(2026, 12, 31, 9, tzinfo=UTC))
    assert planned(case_id).on == date(2027, 1, 11)
    assert postponement.run(at=datetime(2027, 1, 5, 9, tzinfo=UTC)) == 0


def test_each_payer_has_its_own_day_and_hour(cast: Cast) -> None:
    far = found_payer(cast, "Камчатка", time_zone="Asia/Kamchatka")
    near = found_payer(cast, "Берлин", time_zone="Europe/Berlin", working_calendar="DE")
    in_kamchatka = approved(cast, entity=str(far)).case_id
    in_berlin = approved(
        cast, entity=str(near), supplier_number="78", issued_on="2026-11-17"
    ).case_id
    # Monday 11:30 in Petropavlovsk, half past midnight in Berlin.
    assert postponement.run(at=datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == 1
    assert (planned(in_kamchatka).on, planned(in_berlin).on) == (MONDAY, TODAY)
    assert postponement.run(at=datetime(2026, 11, 23, 10, 0, tzinfo=UTC)) == 1
    assert planned(in_berlin).on == MONDAY


def test_what_is_held_sent_paid_or_not_approved_stays(cast: Cast) -> None:
    clara = cast.asks("clara")
    held, sent, paid = (approved(cast, supplier_number=f"A-{n}") for n in range(3))
    waiting = send(cast, supplier_number="A-9")
    services.hold(case_id=held.case_id, by=clara, reason="Ask", until=date(2026, 11, 30), at=AT)
    act = {"by": clara, "revision": 1, "minor": 12_000_000, "on": TODAY, "at": AT}
    services.mark_sent(case_id=sent.case_id, **act)
    services.pay(case_id=paid.case_id, **act)
    assert postponement.run(at=MONDAY_NOON) == 0
    for outcome in (held, sent, paid, waiting):
        assert planned(outcome.case_id).on == TODAY


def test_the_rest_of_a_part_payment_moves(cast: Cast) -> None:
    outcome = approved(cast)
    services.pay(
        case_id=outcome.case_id,
        by=cast.asks("clara"),
        revision=outcome.revision,
        minor=2_000_000,
        on=TODAY,
        at=AT,
    )
    assert postponement.run(at=MONDAY_NOON) == 1
    row = planned(outcome.case_id)
    assert (row.on, row.left_minor) == (MONDAY, 10_000_000)


def test_two_dates_of_one_invoice_move_together_and_later_ones_stay(cast: Cast) -> None:
    thursday, later = date(2026, 11, 19), date(2026, 12, 1)
    at = datetime(2026, 11, 19, 9, tzinfo=UTC)
    parts = ((thursday, 4_000_000), (TODAY, 3_000_000), (later, 5_000_000))
    sent = services.create(
        by=cast.asks("anna"),
        doctype="INVOICE",
        content=CardInput(cast.card(), planned=parts, files=(keep_pdf(),)),
        submit=True,
        at=at,
    )
    for name in ("boris", "vera", "gleb"):
        services.approve(case_id=sent.case_id, by=cast.asks(name), revision=1, at=at)
    assert postponement.run(at=MONDAY_NOON) == 1
    rows = PlannedPayment.objects.filter(case_id=sent.case_id).order_by("number")
    assert [row.on for row in rows] == [MONDAY, MONDAY, later]
    assert [row.moves for row in rows] == [1, 1, 0]


def test_the_third_move_asks_a_person_to_decide(cast: Cast) -> None:
    case_id = approved(cast).case_id
    for day in (23, 24, 25):
        assert postponement.run(at=datetime(2026, 11, day, 9, tzinfo=UTC)) == 1
    assert ['"needs_decision":true' in entry for entry in moves(case_id)] == [False, False, True]


def test_many_are_moved_in_small_reads(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("akcept.cases.clockwork.BATCH", 2)
    for number in range(5):
        approved(cast, supplier_number=f"B-{number}")
    assert postponement.run(at=MONDAY_NOON) == 5


def test_a_broken_case_does_not_keep_the_others(cast: Cast) -> None:
    broken, sound = (approved(cast, supplier_number=f"I-{n}").case_id for n in range(2))
    Case.objects.filter(id=broken).update(fold="{}")
    assert postponement.run(at=MONDAY_NOON) == 1
    assert (planned(broken).on, planned(sound).on) == (TODAY, MONDAY)
