"""The facts of a case, its warnings and badges: what an approver has to know before deciding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from akcept.cases.cards import CaseCard, CaseRow, HistoryCard
from akcept.doctypes.cards import FieldCard
from akcept.engine.case import State
from akcept.engine.doctypes import FieldKind
from akcept.engine.money import Money
from akcept.engine.verbs import Verb
from akcept.web.present.history import Change
from akcept.wording import dates, documents, money, vat
from akcept.wording.details import field_label, field_value, label_of

# Shown on top of the facts, or not at all: the seats say who was chosen.
ELSEWHERE = frozenset({"amount", "currency", "vat", "choice"})
CLOSED = frozenset({State.PAID, State.REJECTED, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact with its label; badges stand behind it, and whoever pays may copy it into a payment order."""

    label: str
    text: str
    badges: tuple[str, ...] = ()
    url: str = ""
    copied: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A warning or a note above the facts."""

    title: str
    text: str = ""
    tone: str = ""
    icon: str = "alert-triangle"
    links: tuple[tuple[str, str], ...] = ()
    is_to_check: bool = True


def badges(row: CaseRow, card: CaseCard | None = None) -> tuple[str, ...]:
    """Return the codes of the badges of a case."""
    found = {
        "OVERDUE": row.is_overdue,
        "HELD": row.is_held,
        "PARTLY_PAID": row.is_partly_paid,
        "SENT": row.is_sent,
        "DUPLICATE": bool(card and card.duplicates and row.state not in CLOSED),
    }
    return tuple(code for code, here in found.items() if here)


def facts(card: CaseCard, names: Mapping[str, str]) -> list[Fact]:
    """Return the facts in the order of the form; what is empty is left out."""
    row = card.row
    found = [fact for field in row.type.fields if (fact := _fact(card, field, names))]
    if Verb.PAY not in card.options:
        found = [replace(fact, copied="") for fact in found]
    found += [
        Fact(_("Initiator"), row.initiator.name),
        Fact(_("Observers"), ", ".join(person.name for person in card.observers)),
    ]
    if card.copy_of:
        link = reverse("web:case", args=[card.copy_of])
        found.append(Fact(_("Copied from"), _("an earlier invoice"), url=link))
    return [fact for fact in found if fact.text and fact.text != "—"]


def _fact(card: CaseCard, field: FieldCard, names: Mapping[str, str]) -> Fact | None:
    """Return one field of the card; nothing for what is shown elsewhere."""
    label, row = label_of(field), card.row
    if field.code in ELSEWHERE or field.kind is FieldKind.FILE:
        return None
    match field.code:
        case "entity":
            return Fact(label, row.entity)
        case "counterparty":
            return Fact(label, row.counterparty, url=_party_url(row))
        case "account":
            return _account(card)
        case "planned_on":
            return Fact(label, _planned(card))
        case "payment_purpose":
            text = _value(card, field.code, names)
            return Fact(label, text, copied=text)
        case "payment_order_required":
            return Fact(label, _("yes")) if card.values.get(field.code) else None
        case _:
            return Fact(label, _value(card, field.code, names))


def vat_words(card: CaseCard) -> str:
    """Say how much VAT is in the amount."""
    lines: Any = card.values.get("vat") or []
    currency = card.row.currency
    said = []
    for line in lines:
        rate, tax = str(line["rate"]), Money(int(line["tax"]), currency)
        told = {"rate": vat.words(rate), "tax": money.plain(tax)}
        # Translators: incl. VAT 22 % 60,950.82
        included = _("incl. %(rate)s %(tax)s") % told
        is_untaxed = not vat.percent(rate) and not tax.minor
        said.append(told["rate"] if is_untaxed else included)
    return " · ".join(said)


def flags(card: CaseCard) -> list[Flag]:
    """Return what must not be overlooked."""
    return [*_state_flags(card), *_account_flags(card), *_twin_flags(card)]


def changed(card: CaseCard, names: Mapping[str, str]) -> list[Change]:
    """Return what is different since the last decision."""
    currency = card.row.currency
    return [
        Change(
            field_label(code, card.row.type),
            field_value(code, old, type=card.row.type, currency=currency, names=names),
            field_value(code, new, type=card.row.type, currency=currency, names=names),
        )
        for code, (old, new) in card.changed_since_decision.items()
    ]


def names_in(history: Iterable[HistoryCard]) -> dict[str, str]:
    """Return everything that the record can name."""
    found: dict[str, str] = {}
    for entry in history:
        found |= entry.names
    return found


def _state_flags(card: CaseCard) -> list[Flag]:
    found = []
    if card.hold:
        text = _("by %(name)s until %(day)s: %(reason)s") % {
            "name": card.hold.by.name,
            "day": dates.day(card.hold.until),
            "reason": card.hold.reason,
        }
        found.append(Flag(_("On hold"), text, icon="player-pause"))
    if card.row.is_overdue:
        due = card.row.due_on or card.row.planned_on
        text = _("The day was %(day)s.") % {"day": dates.day(due)} if due else ""
        found.append(Flag(_("Overdue"), text, "red", "calendar-due", is_to_check=False))
    if card.correct_by and card.row.state is State.REWORK:
        text = dates.moment(card.correct_by)
        found.append(Flag(_("To be corrected by"), text, icon="clock"))
    return found


def _account_flags(card: CaseCard) -> list[Flag]:
    account = card.account
    if account is None or card.row.state in CLOSED:
        return []
    if account.state == "BLOCKED":
        return [
            Flag(_("The payee's account is blocked."), _("It cannot be paid."), "red", "shield-x")
        ]
    if account.differs_from_last_paid:
        text = _("Compare it with the invoice, and ask the supplier by a known phone number.")
        title = _("The bank account differs from the one paid last.")
        return [Flag(title, text, "red", "building-bank")]
    if account.state == "UNVERIFIED" and account.is_new:
        text = _("Nothing was paid to it yet, and nobody has checked it.")
        return [Flag(_("New bank account"), text, icon="building-bank")]
    return []


def _twin_flags(card: CaseCard) -> list[Flag]:
    if not card.duplicates or card.row.state in CLOSED:
        return []
    count = len(card.duplicates)
    title = ngettext(
        "This invoice looks like another one.", "This invoice looks like others.", count
    )
    said = card.duplicate_reason
    text = _("The initiator says: %(reason)s") % {"reason": said} if said else ""
    links = tuple(
        (documents.label(row.type, row.number), reverse("web:case", args=[row.id]))
        for row in card.duplicates
    )
    return [Flag(title, text, "red", "copy", links)]


def _account(card: CaseCard) -> Fact:
    account = card.account
    if account is None:
        return Fact(field_label("account", card.row.type), "")
    parts = (account.number, account.bank_name, account.bic)
    states = {"BLOCKED": "BLOCKED_ACCOUNT", "VERIFIED": "VERIFIED_ACCOUNT"}
    known = states.get(account.state)
    found = [known] if known else []
    if account.differs_from_last_paid:
        found.append("DIFFERENT_ACCOUNT")
    elif account.is_new:
        found.append("NEW_ACCOUNT")
    return Fact(
        field_label("account", card.row.type),
        " · ".join(part for part in parts if part),
        badges=tuple(found),
        copied=account.number,
    )


def _planned(card: CaseCard) -> str:
    if len(card.planned) == 1:
        return dates.day(card.planned[0].on)
    return "; ".join(f"{dates.day(row.on)}: {money.amount(row.amount)}" for row in card.planned)


def _value(card: CaseCard, code: str, names: Mapping[str, str]) -> str:
    named = {"category": card.category, "cost_centre": card.cost_centre, "project": card.project}
    if code in named:
        return named[code]
    currency = card.row.currency
    return field_value(
        code, card.values.get(code), type=card.row.type, currency=currency, names=names
    )


def _party_url(row: CaseRow) -> str:
    try:
        return reverse("web:counterparty", args=[row.counterparty_id])
    except NoReverseMatch:
        return ""
