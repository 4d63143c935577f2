"""How each state of a case and each badge looks: icon, words, tone. Never colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akcept.engine.case import State
from akcept.wording import states


class Look(NamedTuple):
    """Icon of the sprite, words, and one of the tones in badges.css; `is_number`: the words are for who cannot see the icon."""

    icon: str
    label: Promise | str
    tone: str = ""
    is_number: bool = False


STATES: Mapping[str, Look] = {
    State.DRAFT: Look("edit", states.STATES[State.DRAFT]),
    State.IN_APPROVAL: Look("clock", states.STATES[State.IN_APPROVAL], "blue"),
    State.REWORK: Look("arrow-back-up", states.STATES[State.REWORK], "amber"),
    State.TO_PAY: Look("cash-banknote", states.STATES[State.TO_PAY], "violet"),
    State.PAID: Look("circle-check", states.STATES[State.PAID], "green"),
    State.APPROVED: Look("checks", states.STATES[State.APPROVED], "teal"),
    State.REJECTED: Look("ban", states.STATES[State.REJECTED], "red"),
    State.WITHDRAWN: Look("archive", states.STATES[State.WITHDRAWN], "hollow"),
}

BADGES = {
    "OVERDUE": Look("calendar-due", _("Overdue"), "red"),
    "HELD": Look("player-pause", _("On hold"), "amber"),
    "PARTLY_PAID": Look("cash", _("Partly paid"), "violet"),
    "SENT": Look("send", _("Sent to bank"), "blue"),
    "MOVED": Look("calendar-event", _("Moved"), "amber"),
    "NEW_ACCOUNT": Look("building-bank", _("New bank account"), "amber"),
    "DIFFERENT_ACCOUNT": Look("alert-triangle", _("Differs from last paid"), "red"),
    "BLOCKED_ACCOUNT": Look("shield-x", _("Account blocked"), "red"),
    "VERIFIED_ACCOUNT": Look("shield-check", _("Account verified"), "green"),
    "DUPLICATE": Look("copy", _("Possible duplicate"), "red"),
    "NEW_COUNTERPARTY": Look("user-plus", _("New counterparty"), "amber"),
    "RETURNED_BY_BANK": Look("arrow-back-up", _("Returned by bank"), "red"),
    "ASKS_YOU": Look("message-circle", _("Waits for your answer"), "amber"),
    "ASKED": Look("message-circle", _("Waits for an answer"), "hollow"),
    "UNREAD": Look("message-circle", _("Unread messages"), "green", is_number=True),
    "FORECAST": Look("circle-dashed", _("Forecast"), "hollow"),
}
