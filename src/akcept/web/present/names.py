"""What documents are called on a page."""

from __future__ import annotations

from uuid import UUID

from akcept.doctypes import queries as doctypes
from akcept.wording import documents


def label_of(doctype: str, number: int, stamp: UUID | None = None) -> str:
    """Name a document by its type and number: Invoice 49; whoever knows the stamp of the type saves a query."""
    return documents.label(doctypes.type_card(code=doctype, stamp=stamp), number)
