"""A notice as a line: its words, an icon by its topic, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from akcept.delivery.queries import NoticeCard
from akcept.delivery.topics import Topic
from akcept.web.present.acts import case_url
from akcept.wording import dates

ICONS = {
    Topic.RETURNED: "arrow-back-up",
    Topic.PAYMENT_REFUSED: "hand-stop",
    Topic.REMINDER: "clock",
    Topic.REJECTED: "ban",
    Topic.PAID: "cash-banknote",
    Topic.PAID_PART: "cash",
    Topic.PAYMENT_RETURNED: "arrow-back-up",
    Topic.CHANGED: "edit",
    Topic.WITHDRAWN: "archive",
    Topic.MOVED: "calendar-event",
    Topic.APPROVED: "check",
    Topic.HELD: "player-pause",
    Topic.OBSERVING: "eye",
    Topic.COMMENTED: "message-circle",
    Topic.ASKED: "message-circle",
    Topic.ANSWERED: "message-circle",
    Topic.GUEST_WROTE: "message-circle",
    Topic.MENTIONED: "message-circle",
}


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """What the list shows of one notice."""

    id: int
    url: str
    text: str
    note: str
    done: str
    icon: str
    is_new: bool
    at: datetime


def _done(card: NoticeCard) -> str:
    """Say who has done it meanwhile, and when."""
    if card.done_at is None:
        return ""
    when = dates.exact(card.done_at)
    if not card.done_by:
        return _("Done or no longer needed, %(when)s") % {"when": when}
    return _("Done by %(name)s, %(when)s") % {"name": card.done_by, "when": when}


def line(card: NoticeCard) -> NoticeLine:
    """Return the line of a notice."""
    return NoticeLine(
        id=card.id,
        url=case_url(card.case_id),
        text=card.title,
        note=card.text,
        done=_done(card),
        icon=ICONS.get(Topic(card.topic), "list-check" if card.is_task else "bell"),
        is_new=not card.is_read,
        at=card.at,
    )
