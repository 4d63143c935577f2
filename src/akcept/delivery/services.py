"""What doors may ask of this room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from akcept.delivery import fanout, mailroom, preferences, store, subscriptions
from akcept.people.askers import Asker


def mark_read(*, by: Asker, ids: Iterable[int] | None = None, at: datetime) -> int:
    """Mark one's own notices as read, all of them without ids; those of others stay as they are."""
    return store.mark_read(person_id=by.id, ids=ids, at=at)


def mark_read_about(*, by: Asker, about: UUID, at: datetime) -> int:
    """Mark what one was told of a document, or of a letter that came in, as read."""
    return store.mark_read_about(person_id=by.id, chain_id=about, at=at)


take_mail = mailroom.take
subscribe = subscriptions.subscribe
unsubscribe = subscriptions.unsubscribe
change_wishes = preferences.change
tell_history = fanout.tell_history
