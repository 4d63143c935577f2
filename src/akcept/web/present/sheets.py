"""What the page of a sheet shows: where it begins, what stands beside the form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from akcept.cases import queries
from akcept.cases.cards import CaseCard, CaseRow
from akcept.cases.filters import RegistryFilter
from akcept.company import queries as company
from akcept.engine.case import State
from akcept.engine.refusals import DuplicateSuspected, Refusal
from akcept.engine.routes import ApprovalType
from akcept.people.askers import Asker
from akcept.web.forms import typed, uploads
from akcept.web.forms.invoice import CHOSEN, TEXTS
from akcept.web.forms.sheet import Sheet

ACCOUNT = ("account_number", "account_bic", "account_bank", "account_correspondent")
CLOSED = frozenset({State.PAID, State.APPROVED, State.REJECTED, State.WITHDRAWN})
NOT_COPIED = frozenset({"supplier_number", "issued_on", "due_on"})


def uuid_of(text: str) -> UUID | None:
    """Return the id in an address or a field; nothing for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def empty(*, by: Asker, at: datetime, copy_of: UUID | None) -> Sheet:
    """Return the sheet to begin with: the usual payer, or what an earlier invoice said."""
    if copy_of is not None:
        card = queries.case_card(by=by, case_id=copy_of, at=at)
        old = {code: value for code, value in values_of(card).items() if code not in NOT_COPIED}
        return Sheet.blank(old, [], vat_of(card))
    return Sheet.blank(_usual(by, at), [], [])


def of_card(card: CaseCard) -> Sheet:
    """Return the sheet of an invoice that is to be edited."""
    currency = card.row.currency
    planned = [
        {"on": row.on, "amount": typed.plain(row.amount.minor, currency)} for row in card.planned
    ]
    return Sheet.blank(values_of(card), planned, vat_of(card))


def values_of(card: CaseCard) -> dict[str, Any]:
    """Return the card as the form shows it."""
    values = card.values
    shown: dict[str, Any] = {code: values.get(code) or "" for code in TEXTS}
    for code in ("currency", "entity", "account", "category", "cost_centre", "project"):
        shown[code] = values.get(code) or ""
    for code in ("issued_on", "due_on"):
        shown[code] = date.fromisoformat(str(values[code])) if values.get(code) else None
    for code, person in zip(CHOSEN, card.choice, strict=False):
        shown |= {code: str(person.id), f"{code}_text": person.name}
    return shown | {
        "amount": typed.plain(card.row.amount.minor, card.row.currency) if card.row.amount else "",
        "counterparty": str(card.row.counterparty_id),
        "counterparty_text": card.row.counterparty,
        "approval_type": values.get("approval_type") or ApprovalType.HIERARCHY.value,
        "payment_order_required": bool(values.get("payment_order_required")),
    }


def vat_of(card: CaseCard) -> list[dict[str, Any]]:
    """Return the rows of VAT as the form shows them."""
    lines: Any = card.values.get("vat") or []
    currency = card.row.currency
    return [
        {
            "rate": line["rate"],
            "base": typed.plain(int(line["base"]), currency),
            "tax": typed.plain(int(line["tax"]), currency),
        }
        for line in lines
    ]


def context(sheet: Sheet) -> dict[str, Any]:
    """Return what the templates of a sheet need besides the sheet."""
    form = sheet.form
    return {
        "place": "registry",
        "sheet": sheet,
        "form": form,
        "purposes": uploads.choices(),
        "limit": uploads.limit(),
        "shown": next(filter(None, map(document, sheet.uploads.kept)), None),
        "people": [_person(form, code) for code in CHOSEN],
        "has_new_party": bool(form["new_name"].value() or form["new_inn"].value())
        or any(form[code].errors for code in ("new_name", "new_inn")),
        "has_new_account": any(
            form[code].value() or form[code].errors for code in (*ACCOUNT, "account")
        ),
        "has_more": _has_more(form),
    }


def twins(refusal: Refusal | None, *, by: Asker, at: datetime) -> tuple[CaseRow, ...]:
    """Return the invoices that a refusal takes this one for, as far as the person may see them."""
    if not isinstance(refusal, DuplicateSuspected):
        return ()
    found = [
        queries.find(by=by, text=str(number), at=at, limit=20) for number in refusal.numbers[:3]
    ]
    return tuple(row for rows in found for row in rows if row.number in refusal.numbers)


def _usual(by: Asker, at: datetime) -> dict[str, Any]:
    page = queries.registry(by=by, filters=RegistryFilter(initiator=by.id), at=at, limit=1)
    entities = company.entities()
    used = page.rows[0].entity if page.rows else ""
    usual = next((row for row in entities if row.fields.short_name == used), None)
    entity = usual or (entities[0] if entities else None)
    return {
        "entity": str(entity.id) if entity else "",
        "currency": entity.fields.currency if entity else "RUB",
        "new_country": entity.fields.country if entity else "RU",
        "approval_type": ApprovalType.HIERARCHY.value,
    }


def document(file: uploads.Kept) -> Mapping[str, str] | None:
    """Return a kept file for the viewer; nothing for what browsers do not show."""
    if file.kind == "other":
        return None
    url = reverse("web:kept", args=[file.note])
    return {
        "name": file.name,
        "url": url,
        "page_url": url,
        "download_url": url,
        "kind": file.kind,
        "preview_url": "",
    }


def _person(form: Any, code: str) -> Mapping[str, Any]:
    return {
        "id": f"id_{code}_text",
        "name": code,
        "label": form[f"{code}_text"].label,
        "value": form[code].value() or "",
        "text": form[f"{code}_text"].value() or "",
        "error": " ".join(form[f"{code}_text"].errors),
    }


def _has_more(form: Any) -> bool:
    """Tell whether something beyond the first fields is filled in or wrong, so that it stands open."""
    usual = ("contract", "client_request", "payment_purpose", "category", "cost_centre")
    more = (*usual, *ACCOUNT, "account", "project", "payment_order_required", "due_on", "vat")
    return any(form[code].value() or form[code].errors for code in more)
