"""What a file of a case is for."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

PURPOSES: Mapping[str, Promise] = {
    "INVOICE": pgettext_lazy("file", "Invoice"),
    "CONTRACT": pgettext_lazy("file", "Contract"),
    "ACT": pgettext_lazy("file", "Act"),
    "JUSTIFICATION": pgettext_lazy("file", "Justification"),
    "CLIENT_REQUEST": pgettext_lazy("file", "Client request"),
    "PAYMENT_ORDER": pgettext_lazy("file", "Payment order"),
    "OTHER": pgettext_lazy("file", "Other"),
}


def words(purpose: str) -> str:
    """Name the purpose of a file; a purpose of a later version names itself."""
    return str(PURPOSES.get(purpose, purpose))
