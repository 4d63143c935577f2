"""What a browser posts from the sheet of an invoice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from akcept.cases.models import Case
from akcept.kit import clock, ids
from troupe import PDF, Cast


def tomorrow() -> str:
    """Return a day on which something can still be planned."""
    return (clock.now() + timedelta(days=1)).date().isoformat()


def sheet(cast: Cast, **changes: Any) -> dict[str, Any]:
    """Return an ordinary invoice as it is typed."""
    return {
        "key": str(ids.new_id()),
        "do": "send",
        "counterparty": str(cast.counterparty),
        "counterparty_text": "ООО «Ромашка»",
        "amount": "120 000,00",
        "currency": "RUB",
        "entity": str(cast.entity),
        "supplier_number": "77",
        "issued_on": "2026-11-18",
        "approval_type": "HIERARCHY",
        "comment": "Хостинг за ноябрь",
        "planned-TOTAL_FORMS": "1",
        "planned-INITIAL_FORMS": "0",
        "planned-0-on": tomorrow(),
        "vat-TOTAL_FORMS": "1",
        "vat-INITIAL_FORMS": "0",
        "vat-0-rate": "VAT22",
        "files": [pdf(str(changes.get("supplier_number", "77")))],
        "purposes": ["INVOICE"],
    } | changes


def pdf(mark: str) -> SimpleUploadedFile:
    """Return a PDF of its own contents."""
    return SimpleUploadedFile("счёт.pdf", PDF + f"% {mark}\n".encode(), "application/pdf")


def send(client: Client, cast: Cast, **changes: Any) -> UUID:
    """Send an invoice for approval through the page and return its case."""
    answer = client.post("/cases/new/", sheet(cast, **changes))
    assert answer.status_code == 302, answer.content.decode()
    return UUID(answer["Location"].split("/")[2])


def revision(case_id: UUID) -> int:
    """Return the revision that a page opened now would carry."""
    return int(Case.objects.get(id=case_id).revision)
