"""Several workers at the same duty do it once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from akcept.cases import services
from akcept.cases.cards import Outcome
from akcept.cases.models import Case, PlannedPayment
from akcept.engine.case import State
from akcept.journal.models import Entry
from akcept.payments import postponement
from together import at_once
from troupe import Cast, approved

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS, CASES = 3, 4
MONDAY_NOON = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_three_workers_move_every_date_once(cast: Cast) -> None:
    for number in range(CASES):
        approved(cast, supplier_number=f"C-{number}")
    moved = at_once([lambda: postponement.run(at=MONDAY_NOON)] * WORKERS)
    assert sum(moved) == CASES
    assert Entry.objects.filter(kind="POSTPONED").count() == CASES
    rows = PlannedPayment.objects.values_list("on", "moves")
    assert list(rows) == [(date(2026, 11, 23), 1)] * CASES


def test_a_payment_and_the_clock_do_not_get_into_each_others_way(cast: Cast) -> None:
    outcome = approved(cast)

    def pay() -> Outcome:
        return services.pay(
            case_id=outcome.case_id,
            by=cast.asks("clara"),
            revision=outcome.revision,
            minor=12_000_000,
            on=date(2026, 11, 23),
            at=MONDAY_NOON,
        )

    at_once([pay, lambda: postponement.run(at=MONDAY_NOON)])
    assert Case.objects.get(id=outcome.case_id).state == State.PAID
    assert Entry.objects.filter(kind="POSTPONED").count() <= 1
