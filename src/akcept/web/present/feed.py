"""The feed, day by day: who did what, on which case, and the reader's own open task with its buttons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from akcept.cases.cards import HistoryCard
from akcept.cases.pages import FeedCard, FeedPage
from akcept.engine.verbs import Verb
from akcept.people.askers import Asker
from akcept.web import formats
from akcept.web.formats import day_title
from akcept.web.present.acts import CAUTIONS, Act, act_url, acts
from akcept.web.present.lines import CaseLine, case_line
from akcept.wording import details, entries

ICONS = {
    "APPROVED": "check", "CLEARED": "checks", "RETURNED": "arrow-back-up", "REJECTED": "ban",
    "SUBMITTED": "send", "COMMENTED": "message-circle", "POSTPONED": "calendar-event",
    "PAYMENT_EXECUTED": "cash-banknote", "PAYMENT_SENT": "send", "PAYMENT_REFUSED": "hand-stop",
    "PAYMENT_RETURNED": "arrow-back-up", "HELD": "player-pause", "FILE_ATTACHED": "paperclip",
    "REVISED": "edit", "WITHDRAWN": "archive", "UNDONE": "arrow-back-up",
}  # fmt: skip
# Their sentence says everything.
WITHOUT_LINES = frozenset(
    {"DRAFTED", "FILE_ATTACHED", "SUBMITTED", "PAYMENT_EXECUTED", "PAYMENT_SENT"}
)
MOST_LINES = 4
FEWEST_TOGETHER = 2


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One thing that happened; with an `icon` instead of a face where nobody did it."""

    id: int
    who: str
    words: str
    at: datetime
    icon: str
    lines: list[details.Line]
    case: CaseLine
    task: str
    acting_for: str
    cautions: list[str]
    actions: list[Act]
    comment_url: str
    dates: str = ""


@dataclass(frozen=True, slots=True)
class MovedPost:
    """What the system moved on one day, as one post: the night after a holiday fills no feed."""

    id: int
    words: str
    at: datetime
    items: list[FeedItem]
    is_open: bool


@dataclass(frozen=True, slots=True)
class FeedDay:
    """The posts of one day of the reader."""

    title: str
    posts: list[FeedItem | MovedPost]


def days(page: FeedPage, *, by: Asker, at: datetime) -> list[FeedDay]:
    """Return the items of a page by the days of the reader, newest first."""
    today = timezone.localtime(at).date()
    cards = _said_once(_standing(page.items))
    grouped = groupby(cards, key=lambda card: timezone.localtime(card.entry.at).date())
    return [FeedDay(day_title(day, today), _posts(list(cards), by)) for day, cards in grouped]


def _standing(cards: Sequence[FeedCard]) -> Iterator[FeedCard]:
    """Leave out decisions that were taken back: that they were is said."""
    undone = {(one.case.id, one.entry.data["entry"]) for one in cards if one.entry.kind == "UNDONE"}
    return (card for card in cards if (card.case.id, card.entry.number) not in undone)


def _said_once(cards: Iterable[FeedCard]) -> Iterator[FeedCard]:
    """Leave what is not read of a case with the newest thing that happened on it."""
    told = set[UUID]()
    for card in cards:
        is_told = card.case.id in told
        told.add(card.case.id)
        yield replace(card, case=replace(card.case, unread=0)) if is_told else card


def _posts(cards: list[FeedCard], by: Asker) -> list[FeedItem | MovedPost]:
    """Put what the system moved for want of payment together, where the last of it stands."""
    moved = [card for card in cards if _is_moved_by_itself(card)]
    if len(moved) < FEWEST_TOGETHER:
        return [item(card, by=by) for card in cards]
    return [
        _moved(moved, by) if card is moved[0] else item(card, by=by)
        for card in cards
        if card is moved[0] or card not in moved
    ]


def _is_moved_by_itself(card: FeedCard) -> bool:
    entry = card.entry
    return entry.kind == "POSTPONED" and not entry.actor and entry.data["cause"] == "UNPAID"


def _moved(cards: list[FeedCard], by: Asker) -> MovedPost:
    words = ngettext(
        "moved %(n)d payment that was not made",
        "moved %(n)d payments that were not made",
        len(cards),
    )
    items = [item(card, by=by) for card in cards]
    # Whoever has to act sees the buttons without opening anything.
    is_open = any(one.actions for one in items)
    return MovedPost(cards[0].id, words % {"n": len(cards)}, cards[0].entry.at, items, is_open)


def item(card: FeedCard, *, by: Asker) -> FeedItem:
    """Return one item."""
    entry, task = card.entry, card.task
    lines: Iterable[details.Line] = ()
    if entry.kind not in WITHOUT_LINES:
        lines = details.details(entry, type=card.case.type, currency=card.case.currency)
    words = entries.sentence(entry, currency=card.case.currency)
    who = "" if entry.kind == "CLEARED" else entries.who(entry)
    if words.startswith(f"{who}:"):
        # Russian sets what was done off with a colon.
        who = f"{who}:"
    return FeedItem(
        id=card.id,
        who=who,
        words=words.removeprefix(who).strip(),
        at=entry.at,
        icon="" if entry.actor and entry.kind != "CLEARED" else ICONS.get(entry.kind, "settings"),
        lines=list(lines)[:MOST_LINES],
        case=case_line(card.case, by=by, seats=card.seats),
        task=task.kind.value if task else "",
        acting_for=task.acting_for.name if task and task.acting_for else "",
        cautions=[CAUTIONS[caution] for caution in task.cautions] if task else [],
        actions=acts(task) if task else [],
        comment_url=act_url(card.case.id, Verb.COMMENT),
        dates=_dates(entry),
    )


def chips(only: str) -> list[dict[str, object]]:
    """Return what the feed can be narrowed to."""
    home = reverse("web:feed")
    choices = [
        ("", _("All")),
        ("mine", _("Mine")),
        ("mentions", _("Mentions")),
        ("payments", _("Payments")),
        ("comments", _("Comments")),
    ]
    return [
        {"label": words, "url": f"{home}?only={code}" if code else home, "is_on": code == only}
        for code, words in choices
    ]


def older_url(page: FeedPage, only: str) -> str:
    """Return the address of the next page, or nothing on the last."""
    if page.older is None:
        return ""
    asked = {"before": page.older} | ({"only": only} if only else {})
    return f"{reverse('web:feed')}?{urlencode(asked)}"


def _dates(entry: HistoryCard) -> str:
    if entry.kind != "POSTPONED":
        return ""
    old, new = (date.fromisoformat(str(entry.data[name])) for name in ("old", "new"))
    return f"{formats.day(old)} → {formats.day(new)}"
