"""What people are told of, and which of it leaves the app. Data, so that preferences can lie over it later."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """What a notice is about, the weightier first: of two for one person and entry, the first is kept."""

    RETURNED = "RETURNED"
    PAYMENT_REFUSED = "PAYMENT_REFUSED"
    TASK = "TASK"
    # Somebody asks them something and waits, has answered them, names them in a message.
    ASKED = "ASKED"
    ANSWERED = "ANSWERED"
    MENTIONED = "MENTIONED"
    REMINDER = "REMINDER"
    REJECTED = "REJECTED"
    PAID = "PAID"
    PAYMENT_RETURNED = "PAYMENT_RETURNED"
    CHANGED = "CHANGED"
    WITHDRAWN = "WITHDRAWN"
    MOVED = "MOVED"
    APPROVED = "APPROVED"
    PAID_PART = "PAID_PART"
    HELD = "HELD"
    RELEASED = "RELEASED"
    REASSIGNED = "REASSIGNED"
    OBSERVING = "OBSERVING"
    COMMENTED = "COMMENTED"
    # To people from outside, who are told of nothing else.
    OUTSIDE_LINK = "OUTSIDE_LINK"
    OUTSIDE_CODE = "OUTSIDE_CODE"
    OUTSIDE_RECEIPT = "OUTSIDE_RECEIPT"


WEIGHT = {topic: place for place, topic in enumerate(Topic)}
# Everything else is told in the app alone.
BY_MAIL = frozenset(
    {
        Topic.TASK,
        Topic.RETURNED,
        Topic.PAYMENT_REFUSED,
        Topic.PAYMENT_RETURNED,
        Topic.PAID,
        Topic.REJECTED,
        Topic.REMINDER,
        Topic.ASKED,
        Topic.ANSWERED,
        Topic.MENTIONED,
    }
)
TO_GUESTS = frozenset(
    {Topic.OUTSIDE_LINK, Topic.OUTSIDE_CODE, Topic.OUTSIDE_RECEIPT, Topic.REMINDER}
)
# Told by mail too, but in one letter a day.
BY_DIGEST = frozenset({Topic.MOVED})
