"""A hold ends by itself when its last day is over where the payer is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from akcept.cases import clockwork, services
from akcept.cases.models import Case
from akcept.journal.models import Entry
from troupe import AT, Cast, approved, send

pytestmark = pytest.mark.django_db(transaction=True)

LAST_DAY = date(2026, 11, 24)
STILL_THAT_DAY = datetime(2026, 11, 24, 20, 59, tzinfo=UTC)
NEXT_DAY_IN_MOSCOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)


def test_a_hold_ends_after_its_last_day(cast: Cast) -> None:
    case_id = approved(cast).case_id
    services.hold(case_id=case_id, by=cast.asks("clara"), reason="Ask", until=LAST_DAY, at=AT)
    assert clockwork.release_expired(at=STILL_THAT_DAY) == 0
    assert clockwork.release_expired(at=NEXT_DAY_IN_MOSCOW) == 1
    assert clockwork.release_expired(at=NEXT_DAY_IN_MOSCOW) == 0
    assert Case.objects.get(id=case_id).held_until is None
    assert Entry.objects.get(chain_id=case_id, kind="RELEASED").actor_id is None


def test_a_hold_in_approval_ends_too(cast: Cast) -> None:
    case_id = send(cast).case_id
    services.hold(case_id=case_id, by=cast.asks("boris"), reason="Ask", until=LAST_DAY, at=AT)
    assert clockwork.release_expired(at=NEXT_DAY_IN_MOSCOW) == 1


def test_a_case_that_was_paid_meanwhile_is_left_alone(cast: Cast) -> None:
    outcome = approved(cast)
    services.pay(
        case_id=outcome.case_id,
        by=cast.asks("clara"),
        revision=outcome.revision,
        minor=12_000_000,
        on=date(2026, 11, 20),
        at=AT,
    )
    assert not clockwork.postpone_overdue(case_id=outcome.case_id, at=NEXT_DAY_IN_MOSCOW)
