"""What documents are called on a page."""

from __future__ import annotations

from akcept.doctypes import queries as doctypes
from akcept.wording import documents


def label_of(doctype: str, number: int) -> str:
    """Name a document by its type and number: Invoice 49."""
    return documents.label(doctypes.type_card(code=doctype), number)
