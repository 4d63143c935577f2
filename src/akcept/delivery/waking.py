"""What somebody has set aside is back: they are told, as they are reminded of what waits too long."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from akcept.cases import snoozing
from akcept.delivery import store
from akcept.delivery.posting import Telling
from akcept.delivery.topics import Topic


def wake(*, at: datetime) -> int:
    """Tell of every task whose snooze is over and that still waits, and return how many were told of."""
    return sum(_wake(snooze, at) for snooze in snoozing.over(at=at))


def _wake(snooze: snoozing.Over, at: datetime) -> bool:
    telling = Telling(
        person_id=snooze.person_id,
        chain_id=snooze.case_id,
        number=snooze.entry,
        # One moment of one task is told of once, whatever worker comes.
        cause=f"SNOOZE {snooze.key} {int(snooze.until.timestamp())}",
        topic=Topic.REMINDER,
        task_kind=snooze.kind,
        happened_at=at,
    )
    with transaction.atomic():
        is_told = snoozing.end(snooze=snooze) and snooze.is_open
        if is_told:
            store.tell(tellings=[telling], at=at)
    return is_told
