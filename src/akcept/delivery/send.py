"""Letters on their way: one at a time, the lease taken before and nothing locked while it is sent."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from akcept.delivery import letters, registry, store
from akcept.delivery.channels.contract import ChannelError
from akcept.delivery.models import Delivery

# Longer than a mail server may keep us waiting, so that nobody else sends meanwhile.
LEASE = timedelta(minutes=2)

log = structlog.get_logger("akcept.delivery")


def send_one(*, at: datetime) -> bool:
    """Send the letter that has waited longest, and say whether there was one."""
    row = store.claim(at=at, lease=LEASE)
    if row is None:
        return False
    try:
        _send(row, at)
    except ChannelError as error:
        _failed(row, at, str(error), permanent=error.permanent)
    except Exception as error:
        log.exception("could not write a letter", delivery=row.id)
        _failed(row, at, f"{type(error).__name__}: {error}", permanent=False)
    return True


def _send(row: Delivery, at: datetime) -> None:
    letter = letters.compose(row=row, at=at)
    if letter is None:
        store.cancelled(row=row)
        return
    registry.channel(row.channel).deliver(letter)
    store.sent(row=row, at=at)


def _failed(row: Delivery, at: datetime, error: str, *, permanent: bool) -> None:
    if store.failed(row=row, at=at, error=error, permanent=permanent):
        log.error("gave up a letter", delivery=row.id, person=str(row.person_id), error=error)
    else:
        log.warning("a letter has to wait", delivery=row.id, attempts=row.attempts, error=error)
