"""What people are told of, and the few kinds of it between which they choose."""

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
    # Somebody from outside writes to those who asked them.
    GUEST_WROTE = "GUEST_WROTE"
    MENTIONED = "MENTIONED"
    # A letter that came in is theirs now.
    INTAKE = "INTAKE"
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
    OUTSIDE_ANSWER = "OUTSIDE_ANSWER"


WEIGHT = {topic: place for place, topic in enumerate(Topic)}


class Event(StrEnum):
    """What people choose ways for: a line of their matrix."""

    TASKS = "TASKS"
    URGENT = "URGENT"
    APPROVED = "APPROVED"
    ENDED = "ENDED"
    WATCHED = "WATCHED"


# Whatever is not named here is told to those who watch.
EVENTS = {
    Topic.TASK: Event.TASKS,
    Topic.RETURNED: Event.TASKS,
    Topic.PAYMENT_REFUSED: Event.TASKS,
    Topic.ASKED: Event.TASKS,
    Topic.ANSWERED: Event.TASKS,
    Topic.GUEST_WROTE: Event.TASKS,
    Topic.MENTIONED: Event.TASKS,
    Topic.INTAKE: Event.TASKS,
    Topic.REMINDER: Event.URGENT,
    Topic.PAYMENT_RETURNED: Event.URGENT,
    Topic.APPROVED: Event.APPROVED,
    Topic.PAID_PART: Event.APPROVED,
    Topic.PAID: Event.ENDED,
    Topic.REJECTED: Event.ENDED,
}
TO_GUESTS = frozenset(
    {Topic.OUTSIDE_LINK, Topic.OUTSIDE_CODE, Topic.OUTSIDE_RECEIPT, Topic.OUTSIDE_ANSWER}
    | {Topic.REMINDER}
)
# What is about a document: the chain of these is its own.
OF_CASES = frozenset(Topic) - {Topic.INTAKE, Topic.OUTSIDE_LINK, Topic.OUTSIDE_CODE}
# What somebody says in the discussion: the message itself is what its reader wants to see.
SAID = frozenset({Topic.ASKED, Topic.ANSWERED, Topic.GUEST_WROTE, Topic.MENTIONED, Topic.COMMENTED})
# What is passed once somebody else has done it.
PASSES = frozenset({Topic.TASK, Topic.REMINDER})


def event_of(topic: str) -> Event:
    """Return the line of the matrix a topic belongs to."""
    return EVENTS.get(Topic(topic), Event.WATCHED)
