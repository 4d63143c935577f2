"""What a file of a case is for."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from akcept.doctypes.cards import TypeCard
from akcept.engine.doctypes import FieldKind, purpose_of
from akcept.wording.documents import is_russian

PURPOSES: Mapping[str, Promise] = {
    "INVOICE": pgettext_lazy("file", "Invoice"),
    "CONTRACT": pgettext_lazy("file", "Contract"),
    "ACT": pgettext_lazy("file", "Act"),
    "JUSTIFICATION": pgettext_lazy("file", "Justification"),
    "CLIENT_REQUEST": pgettext_lazy("file", "Client request"),
    "PAYMENT_ORDER": pgettext_lazy("file", "Payment order"),
    "OTHER": pgettext_lazy("file", "Other"),
}


def words(purpose: str, type: TypeCard) -> str:
    """Name the purpose of a file as its document type does; a purpose of a later version names itself."""
    field = next((field for field in type.fields if purpose_of(field.code) == purpose), None)
    if field is not None and field.kind is FieldKind.FILE:
        return field.label_ru if is_russian() else field.label_en
    return str(PURPOSES.get(purpose, purpose))
