"""What is said of document types: kinds of fields, gates, who may begin one."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akcept.doctypes.codes import WhoStarts
from akcept.engine.doctypes import FieldKind, Gate

KINDS: Mapping[str, Promise] = {
    FieldKind.TEXT: pgettext_lazy("kind", "Text"),
    FieldKind.NUMBER: pgettext_lazy("kind", "Number"),
    FieldKind.MONEY: pgettext_lazy("kind", "Sum of money"),
    FieldKind.DATE: pgettext_lazy("kind", "Date"),
    FieldKind.CHOICE: pgettext_lazy("kind", "Choice from a list"),
    FieldKind.PERSON: pgettext_lazy("kind", "Person"),
    FieldKind.COUNTERPARTY: pgettext_lazy("kind", "Counterparty"),
    FieldKind.ACCOUNT: pgettext_lazy("kind", "Bank account"),
    FieldKind.ENTITY: pgettext_lazy("kind", "Company"),
    FieldKind.FLAG: pgettext_lazy("kind", "Yes or no"),
    FieldKind.FILE: pgettext_lazy("kind", "File"),
    FieldKind.ROWS: pgettext_lazy("kind", "Rows"),
}
GATES: Mapping[Gate, Promise] = {
    Gate.SAVE: pgettext_lazy("gate", "to save"),
    Gate.SUBMIT: pgettext_lazy("gate", "to send for approval"),
    Gate.PAYMENT: pgettext_lazy("gate", "to pay"),
}
WHO: Mapping[WhoStarts, Promise] = {
    WhoStarts.EVERYBODY: _("Everybody"),
    WhoStarts.ROLES: _("Only some roles"),
    WhoStarts.DEPARTMENTS: _("Only some departments"),
}
VOUCHED: Mapping[str, Promise] = {
    "NEED": pgettext_lazy("vouches", "the need"),
    "AMOUNT": pgettext_lazy("vouches", "the amount"),
    "PAYER": pgettext_lazy("vouches", "the company"),
    "PAYEE": pgettext_lazy("vouches", "the counterparty"),
    "DOCUMENT": pgettext_lazy("vouches", "the document"),
    "CONTRACT": pgettext_lazy("vouches", "the contract"),
}


def kind(code: str) -> str:
    """Say what a field holds."""
    return str(KINDS.get(code, code))
