"""From an entry to those who are told of it: one transaction per append, notices and mark together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction

from akcept.delivery import chronicle, store
from akcept.delivery.audience import Told, audience, holders
from akcept.delivery.store import Telling
from akcept.engine.case import Case
from akcept.engine.facts import SYSTEM
from akcept.journal import dispatch
from akcept.journal.dispatch import DispatchRef
from akcept.people import deputies

LEASE = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)

log = structlog.get_logger("akcept.delivery")


def fan_out(*, at: datetime, limit: int = 20) -> bool:
    """Tell of what has happened, and say whether there was anything.

    An append that cannot be told is tried again later and later, for ever: no entry goes without its notices.
    """
    # Asking first takes no write lock, and most of the time there is nothing.
    if not dispatch.waiting(at=at):
        return False
    refs = dispatch.claim(at=at, limit=limit, lease=LEASE)
    for ref in refs:
        try:
            _tell(ref, at)
        except Exception:
            log.exception(
                "could not tell of an entry", chain=str(ref.chain_id), first=ref.first_number
            )
            wait = min(timedelta(seconds=2 ** min(ref.attempts, 12)), LONGEST_WAIT)
            dispatch.retry(ids=[ref.id], not_before=at + wait)
    return bool(refs)


def _tell(ref: DispatchRef, at: datetime) -> None:
    tellings = [
        _telling(told, ref.chain_id) for told in _audience(ref, at) if told.person != SYSTEM
    ]
    with transaction.atomic():
        store.tell(tellings=tellings, at=at)
        dispatch.done(ids=[ref.id], at=at)


def _audience(ref: DispatchRef, at: datetime) -> tuple[Told, ...]:
    if not chronicle.is_of_a_case(chain_id=ref.chain_id):
        return ()
    story = chronicle.read(case_id=ref.chain_id)
    happening = story.happening(first=ref.first_number, last=ref.last_number)
    return audience(happening, deputies_now(happening.after, at))


def deputies_now(case: Case, at: datetime) -> Mapping[str, tuple[str, ...]]:
    """Return who acts now for the holders of a case's tasks, for its payer entity or for all."""
    found: dict[str, tuple[str, ...]] = {}
    for row in deputies.deputies_of(person_ids=map(UUID, holders(case)), at=at):
        if row.entity_id is None or str(row.entity_id) == case.card.get("entity"):
            absentee = str(row.absentee_id)
            found[absentee] = (*found.get(absentee, ()), str(row.deputy_id))
    return found


def _telling(told: Told, chain_id: UUID) -> Telling:
    return Telling(
        person_id=UUID(told.person),
        chain_id=chain_id,
        number=told.number,
        cause=str(told.number),
        topic=told.topic,
        task_kind=told.task_kind,
    )
