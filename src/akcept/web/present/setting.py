"""The settings: their parts, and who may look or change."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akcept.people import access
from akcept.people.codes import Right
from akcept.web.asking import Ask

DICTIONARIES = {
    "CATEGORY": _("Expense items"),
    "COST_CENTRE": _("Cost centres"),
    "PROJECT": _("Projects"),
}
PARTS: tuple[tuple[str, tuple[str, ...], Promise, str], ...] = (
    ("settings", (), _("Company"), "adjustments-horizontal"),
    ("payers", (), _("Payers"), "building-bank"),
    ("doctypes", (), _("Document types"), "file-text"),
    ("routes", (), _("Routes"), "route"),
    ("approvers", (), _("Sequential approval"), "list-check"),
    ("days", (), _("Working days"), "calendar-event"),
    ("rates", (), _("Exchange rates"), "cash-banknote"),
    ("vat_rates", (), _("VAT rates"), "file-invoice"),
    ("dictionary", ("category",), DICTIONARIES["CATEGORY"], "list-check"),
    ("dictionary", ("cost-centre",), DICTIONARIES["COST_CENTRE"], "list-check"),
    ("dictionary", ("project",), DICTIONARIES["PROJECT"], "list-check"),
    ("mail_test", (), _("Mail"), "mail"),
    ("undelivered", (), _("Undelivered letters"), "alert-triangle"),
    ("received", (), _("Received mail"), "inbox"),
    ("settings-history", (), _("History of settings"), "history"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the settings in the list beside them."""

    url: str
    label: Promise
    icon: str
    is_current: bool


def around(current: str, asked: Ask) -> dict[str, object]:
    """Return what stands around every part; auditors get it to read."""
    may_change = access.holds(right=Right.ADMINISTER, by=asked.by.actor, at=asked.at)
    parts = [
        Part(
            reverse(f"web:{name}", args=values),
            label,
            icon,
            "/".join((name, *values)) == current,
        )
        for name, values, label, icon in PARTS
        if may_change or name != "mail_test"
    ]
    return {"place": "settings", "parts": parts, "is_read_only": not may_change}


def looking(asked: Ask) -> None:
    """Refuse whoever neither administers nor audits."""
    access.require_looking(by=asked.by.actor, at=asked.at)


def setting_up(asked: Ask) -> None:
    """Refuse whoever does not administer."""
    access.require(right=Right.ADMINISTER, by=asked.by.actor, at=asked.at)
