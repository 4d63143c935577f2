"""What somebody from outside sees, in words; and what the card tells of those who were asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from akcept.cases.outside.inviting import LinkCard
from akcept.cases.outside.page import GuestPage
from akcept.engine.case import SeatState
from akcept.wording import dates, details, documents, money, refusals, states

OUTCOMES = {
    "APPROVED": SeatState.APPROVED,
    "RETURNED": SeatState.RETURNED,
    "REJECTED": SeatState.REJECTED,
}
WAY = {
    "ask": pgettext_lazy("way of somebody from outside", "Read"),
    "code": pgettext_lazy("way of somebody from outside", "Enter the code"),
    "decide": pgettext_lazy("way of somebody from outside", "Decide"),
}


def context(shown: GuestPage, *, token: str, step: str) -> dict[str, Any]:
    """Return what the page shows at a step of the way."""
    label = documents.label(shown.type, shown.number)
    facts = [
        (details.field_label("title", shown.type), shown.title),
        (
            details.field_label("amount", shown.type),
            money.amount(shown.amount) if shown.amount else "",
        ),
        (details.field_label("entity", shown.type), shown.entity),
        (pgettext("document", "What it is for"), shown.comment),
    ]
    return {
        "shown": shown,
        "label": label,
        "asked_by": _named(shown.asked_by.name, shown.asked_by.position),
        "person": _named(shown.person.name, shown.person.position),
        "facts": [(name, value) for name, value in facts if value],
        "files": [
            {"name": card.name, "url": reverse("web:outside-file", args=[token, card.id])}
            for card in shown.files
        ],
        "step": step,
        "way": [{"words": words, "is_now": code == step} for code, words in WAY.items()],
        "expires": dates.exact(shown.expires_at),
        "over": refusals.over(shown.over) if shown.over else "",
        "decided": _decided(shown),
        "can_undo": bool(shown.decided and shown.decided.undo_until),
    }


def _named(name: str, position: str) -> str:
    return f"{name}, {position}" if position else name


def _decided(shown: GuestPage) -> str:
    if shown.decided is None:
        return ""
    outcome = states.seat(OUTCOMES[shown.decided.outcome])
    told = {"outcome": outcome, "at": dates.exact(shown.decided.at)}
    return _("Your decision: %(outcome)s, %(at)s.") % told


def links(cards: Sequence[LinkCard]) -> list[Mapping[str, Any]]:
    """Return the links of a card's people from outside, in words."""
    return [
        {
            "card": card,
            "sent": dates.moment(card.issued_at),
            "until": dates.moment(card.expires_at),
            "code": dates.moment(card.code_sent_at) if card.code_sent_at else "",
            "over": _over(card),
        }
        for card in cards
    ]


def _over(card: LinkCard) -> str:
    return {
        None: "",
        "WITHDRAWN": _("over: the document was withdrawn"),
        "NEWER_REVISION": _("over: the document was changed or sent back"),
        "NEWER_LINK": _("over: a newer link was sent"),
        "REVOKED": _("revoked"),
        "EXPIRED": _("expired"),
        "CLOSED": _("over: decided"),
    }.get(card.over, "")
