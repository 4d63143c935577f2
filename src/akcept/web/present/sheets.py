"""What the page of a sheet shows: where it begins, what stands beside the form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.cases import queries
from akcept.cases.cards import CaseCard, CaseRow
from akcept.cases.filters import RegistryFilter
from akcept.company import queries as company
from akcept.doctypes.cards import TypeCard
from akcept.engine.case import MAIN, State
from akcept.engine.refusals import DuplicateSuspected, Refusal
from akcept.engine.routes import ApprovalType
from akcept.intake.queries import ItemCard
from akcept.people.askers import Asker
from akcept.web.forms import own, typed, uploads
from akcept.web.forms.document import CHOSEN, TEXTS
from akcept.web.forms.sheet import Sheet
from akcept.web.present import blocks
from akcept.web.present.facts import names_in
from akcept.web.shell import place_of
from akcept.wording import documents

ACCOUNT = ("account_number", "account_bic", "account_bank", "account_correspondent")
CLOSED = frozenset({State.PAID, State.APPROVED, State.REJECTED, State.WITHDRAWN})
# What stands behind "More fields".
MORE = (
    "contract", "client_request", "payment_purpose", "category", "cost_centre", *ACCOUNT,
    "account", "project", "payment_order_required", "due_on", "vat",
)  # fmt: skip
OTHER = "OTHER"
NOT_COPIED = frozenset({"supplier_number", "issued_on", "due_on"})


def uuid_of(text: str) -> UUID | None:
    """Return the id in an address or a field; nothing for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def empty(*, type_: TypeCard, by: Asker, at: datetime) -> Sheet:
    """Return the sheet to begin with, filled with the usual company."""
    return Sheet.blank(type_, _usual(by, at), [], [])


def copied(card: CaseCard) -> Sheet:
    """Return the sheet of a new document that says what an earlier one said."""
    old = {code: value for code, value in values_of(card).items() if code not in NOT_COPIED}
    return Sheet.blank(card.row.type, old, [], vat_of(card))


def brought(item: ItemCard, *, type_: TypeCard, by: Asker, at: datetime) -> Sheet:
    """Return the sheet of a document that is made of a letter: its files, and what it is about as the comment."""
    sheet = Sheet.blank(type_, _usual(by, at) | {"comment": item.line.subject}, [], [])
    kept = [(file.blob.sha256, file.name) for file in item.files if file.blob]
    sheet.uploads = uploads.Uploads(
        tuple(
            uploads.Kept(uploads.note(by.id, sha256, name), sha256, name, OTHER if place else MAIN)
            for place, (sha256, name) in enumerate(kept)
        )
    )
    return sheet


def of_card(card: CaseCard) -> Sheet:
    """Return the sheet of an invoice that is to be edited."""
    currency = card.row.currency
    planned = [
        {"on": row.on, "amount": typed.plain(row.amount.minor, currency)} for row in card.planned
    ]
    return Sheet.blank(card.row.type, values_of(card), planned, vat_of(card))


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
    shown |= own.initial(card.row.type, values, names_in(card.history))
    return shown | {
        "amount": typed.plain(card.row.amount.minor, card.row.currency) if card.row.amount else "",
        "counterparty": str(card.row.counterparty_id or ""),
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
        "place": place_of(sheet.type.code),
        "sheet": sheet,
        "form": form,
        "purposes": uploads.choices(sheet.type),
        "type": sheet.type,
        "new_words": documents.new(sheet.type),
        "upload_url": f"{reverse('web:upload')}?type={sheet.type.code}",
        "files_hint": _("The document itself first, then what belongs to it"),
        "blocks": blocks.first(form),
        "more": blocks.more(form),
        "limit": uploads.limit(),
        "shown": next(filter(None, map(document, sheet.uploads.kept)), None),
        "people": [_person(form, code) for code in CHOSEN] if sheet.type.asks_for("choice") else [],
        "has_new_party": _is_touched(form, ("new_name", "new_inn")),
        "has_new_account": _is_touched(form, ACCOUNT),
        "has_more": _is_touched(form, MORE),
    }


def twins(refusal: Refusal | None, *, by: Asker, at: datetime) -> tuple[CaseRow, ...]:
    """Return the invoices that a refusal takes this one for, as far as the person may see them."""
    if not isinstance(refusal, DuplicateSuspected):
        return ()
    found = [
        queries.find(by=by, text=str(number), at=at, limit=20) for number in refusal.numbers[:3]
    ]
    return tuple(one.row for rows in found for one in rows if one.row.number in refusal.numbers)


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


def _is_touched(form: Any, codes: Iterable[str]) -> bool:
    """Tell whether something of it is filled in or wrong, so that it stands open."""
    return any(form[code].value() or form[code].errors for code in codes if code in form.fields)
