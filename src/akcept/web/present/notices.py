"""A notice as a line: its words, an icon by its topic, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from akcept.delivery.noticing import NoticeCard
from akcept.delivery.queries import BELL_COUNTS as MOST
from akcept.delivery.topics import Topic
from akcept.web.formats import day_title
from akcept.web.present.acts import case_url
from akcept.wording import dates

ALL = "all"
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
    Topic.INTAKE: "mail",
}


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """What the list shows of one notice."""

    id: int
    url: str
    text: str
    about: str
    note: str
    done: str
    icon: str
    is_new: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """What somebody was told of on one of their days."""

    title: str
    lines: list[NoticeLine]


def days(cards: Iterable[NoticeCard], *, at: datetime) -> list[NoticeDay]:
    """Return notices by the days of the reader, as they come."""
    today = timezone.localtime(at).date()
    grouped = groupby(cards, key=lambda card: timezone.localtime(card.at).date())
    return [
        NoticeDay(day_title(on, today), [line(card) for card in found]) for on, found in grouped
    ]


def url(*, is_all: bool, before: int | None = None) -> str:
    """Return the address of the list: what is unread, or all."""
    asked = ({"show": ALL} if is_all else {}) | ({"before": before} if before else {})
    return reverse("web:notices") + (f"?{urlencode(asked)}" if asked else "")


def chips(*, is_all: bool, unread: int) -> list[dict[str, object]]:
    """Return what the list can be narrowed to."""
    count = f" {unread}" if unread < MOST else f" {MOST - 1}+"
    return [
        {
            "label": _("Unread") + (count if unread else ""),
            "url": url(is_all=False),
            "is_on": not is_all,
        },
        {"label": _("All"), "url": url(is_all=True), "is_on": is_all},
    ]


def _done(card: NoticeCard) -> str:
    """Say who has done it meanwhile, and when."""
    if card.done_at is None:
        return ""
    when = dates.moment(card.done_at)
    if not card.done_by:
        return _("Done or no longer needed, %(when)s") % {"when": when}
    return _("Done by %(name)s, %(when)s") % {"name": card.done_by, "when": when}


def _url(card: NoticeCard) -> str:
    if card.item_id:
        return reverse("web:intake-item", args=[card.item_id])
    assert card.case_id, "whatever is no letter is about a document"
    return case_url(card.case_id, message=card.message)


def line(card: NoticeCard) -> NoticeLine:
    """Return the line of a notice."""
    return NoticeLine(
        id=card.id,
        url=_url(card),
        text=card.title,
        about=card.about,
        note=card.text,
        done=_done(card),
        icon=ICONS.get(Topic(card.topic), "list-check" if card.is_task else "bell"),
        is_new=not card.is_read,
        at=card.at,
    )
