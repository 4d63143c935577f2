"""The card of a case: everything its templates need, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.cases.cards import CaseCard, FileCard, HistoryCard, NowWith
from akcept.cases.discussion.reading import KINDS
from akcept.engine.verbs import Verb
from akcept.people.names import initialled
from akcept.web.forms import typed, uploads
from akcept.web.present import facts, history, offers, steps
from akcept.web.shell import list_of, place_of
from akcept.wording import documents as naming
from akcept.wording import purposes, states
from akcept.wording.entries import sentence

TABS = ("details", "discussion", "history", "payments")


@dataclass(frozen=True, slots=True)
class Document:
    """A file as the viewer shows it."""

    id: int
    name: str
    url: str
    page_url: str
    download_url: str
    preview_url: str
    kind: str
    purpose: str
    version: int
    is_current: bool
    by: str
    at: object


def context(card: CaseCard, *, tab: str, only: str, file: str) -> dict[str, Any]:
    """Return what the card page shows."""
    names = facts.names_in(card.history)
    documents = [_document(card, row) for row in card.files]
    current = [row for row in documents if row.is_current]
    chain = steps.steps(card)
    step, total = steps.position(chain)
    tab = tab if tab in TABS else "details"
    return {
        "place": place_of(card.row.type.code),
        "watched": card.row.id,
        "card": card,
        "row": card.row,
        "case_title": naming.titled(
            card.row.type, card.row.number, about=card.row.title or card.row.counterparty
        ),
        "badges": facts.badges(card.row, card),
        "moves": f"×{card.row.moves}" if card.row.moves else "",
        "now_with": _now_with(card.row.now_with),
        "facts": facts.facts(card, names),
        "vat": facts.vat_words(card),
        "flags": facts.flags(card),
        "changed": facts.changed(card, names),
        "steps": chain,
        "groups": steps.groups(card),
        "step": step,
        "total": total,
        "documents": documents,
        "files": current,
        "shown": _shown(documents, current, file),
        "remarks": [_remark(card, row) for row in card.remarks],
        "answered": [_remark(card, row) for row in card.answered],
        "deciding": offers.deciding(card),
        "asks": offers.asked(card),
        "beside": offers.beside(card),
        "urls": _urls(card),
        "list_name": naming.plural(card.row.type),
        "tab": tab,
        "tabs": _tabs(card),
        "only": only if only in history.FILTERS else "all",
        **_money(card),
        **_told(card, tab, only),
    }


def news(entries: Sequence[HistoryCard], *, tab: str) -> dict[str, Any]:
    """Say what happened last, how much more did, and where to see it; people's acts go before what follows from them."""
    # The open discussion shows by itself what is said.
    entries = [entry for entry in entries if tab != "discussion" or entry.kind not in KINDS]
    if not entries:
        return {}
    last = next((entry for entry in reversed(entries) if entry.actor), entries[-1])
    path = reverse("web:case", args=[last.case_id])
    return {
        "words": sentence(last) + ".",
        "more": len(entries) - 1,
        "path": f"{path}?tab={tab}#heading" if tab in TABS else path,
    }


def _told(card: CaseCard, tab: str, only: str) -> dict[str, Any]:
    return {
        "events": history.events(card.history, only=only, row=card.row, system="Akcept")
        if tab == "history"
        else [],
        "filters": [
            {"code": code, "label": label, "url": f"?tab=history&only={code}"}
            for code, label in history.FILTERS.items()
        ],
    }


def _money(card: CaseCard) -> dict[str, Any]:
    currency = card.row.currency
    return {
        "rest": typed.plain(card.rest.minor, currency),
        "order_required": bool(card.values.get("payment_order_required")),
        "payments": [
            {
                "row": payment,
                "words": states.payment(payment.state),
                "typed": typed.plain(payment.amount.minor, currency),
                "is_live": not payment.is_returned and payment.returns is None,
            }
            for payment in card.payments
        ],
        "can_return": Verb.RECORD_RETURN in card.options,
        "can_pay": Verb.PAY in card.options,
        "can_move": Verb.POSTPONE in card.options,
        "can_comment": Verb.COMMENT in card.options,
        "can_attach": Verb.ATTACH in card.options,
        "can_ask_outside": Verb.ASK_OUTSIDE in card.options,
        "can_edit": Verb.REVISE in card.options,
        "can_correct": Verb.RESUBMIT in card.options and Verb.REVISE in card.options,
        "purposes": uploads.choices(card.row.type),
    }


def _urls(card: CaseCard) -> Mapping[str, str]:
    found = {verb.value.lower(): offers.url_of(card, verb) for verb in Verb}
    return found | {
        "edit": reverse("web:edit", args=[card.row.id]),
        "self": reverse("web:case", args=[card.row.id]),
        "approval_sheet": reverse("web:approval_sheet", args=[card.row.id]),
        "list": list_of(card.row.type.code),
        "outside": reverse("web:ask_outside", args=[card.row.id]),
        "copy_as_new": f"{reverse('web:new-document', args=[card.row.type.code])}?copy={card.row.id}",
    }


def _document(card: CaseCard, row: FileCard) -> Document:
    url = reverse("web:file", args=[card.row.id, row.id])
    return Document(
        id=row.id,
        name=row.name,
        url=url,
        page_url=f"{reverse('web:case', args=[card.row.id])}?file={row.id}",
        download_url=reverse("web:download", args=[card.row.id, row.id]),
        preview_url=reverse("web:thumbnail", args=[card.row.id, row.id])
        if row.has_thumbnail
        else "",
        kind=uploads.kind_of(row.media_type) if row.is_readable else "other",
        purpose=purposes.words(row.purpose, card.row.type),
        version=row.version,
        is_current=row.is_current,
        by=row.by.name,
        at=row.at,
    )


def main_document(card: CaseCard) -> Document | None:
    """Return the file that stands for the invoice."""
    documents = [_document(card, row) for row in card.files]
    return _shown(documents, [row for row in documents if row.is_current], "")


def _shown(documents: list[Document], current: list[Document], file: str) -> Document | None:
    asked = next((row for row in documents if str(row.id) == file), None)
    readable = [row for row in current if row.kind != "other"]
    return asked or next(iter([*readable, *current]), None)


def _now_with(holders: Sequence[NowWith]) -> Mapping[str, Any] | None:
    if not holders:
        return None
    return {
        "who": ", ".join(dict.fromkeys(initialled(holder.person.name) for holder in holders)),
        "since": min(holder.since for holder in holders),
    }


def _remark(card: CaseCard, row: Any) -> Mapping[str, Any]:
    return {
        "id": row.id,
        "text": row.text,
        "who": row.by.name,
        "done": row.is_settled,
        "answer": row.answer,
    }


def _tabs(card: CaseCard) -> list[Mapping[str, Any]]:
    talked = card.row.unread or sum(entry.kind == "COMMENTED" for entry in card.history)
    counts = {"discussion": talked, "history": len(card.history), "payments": len(card.payments)}
    labels = (_("Details"), _("Discussion"), _("History"), _("Payments"))
    return [
        {
            "code": code,
            "label": label,
            "count": counts.get(code, 0),
            "new": card.row.unread if code == "discussion" else 0,
            "url": f"?tab={code}#tabs",
        }
        for code, label in zip(TABS, labels, strict=True)
        if code != "payments" or card.row.type.ends_in_payment
    ]
