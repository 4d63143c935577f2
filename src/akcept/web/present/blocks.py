"""The fields of a sheet in the order of its type, each with the way it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from akcept.doctypes.cards import FieldCard
from akcept.engine.doctypes import FieldKind, Gate
from akcept.web.forms.document import DICTIONARIES, DocumentForm
from akcept.wording.details import label_of

HALF, THIRD, MOST, WHOLE = "ak-w6", "ak-w4", "ak-w8", ""
WIDTHS = {
    "supplier_number": HALF,
    "issued_on": HALF,
    "due_on": HALF,
    "contract": HALF,
    "client_request": HALF,
    **dict.fromkeys(DICTIONARIES, THIRD),
}
OWN_WIDTHS = {FieldKind.DATE: HALF, FieldKind.NUMBER: HALF, FieldKind.CHOICE: HALF}
PARTS = {"counterparty": "party", "planned_on": "planned", "account": "account", "vat": "vat"}
# Drawn elsewhere: with the approval, as files, or beside the amount.
ELSEWHERE = frozenset({"approval_type", "choice", "currency"})
# What a document may well do without stands behind "More fields".
LATER = frozenset(
    {
        "due_on", "account", "vat", "contract", "client_request", "payment_purpose",
        "payment_order_required", *DICTIONARIES,
    }
)  # fmt: skip


class Block(NamedTuple):
    """One field, or what stands for it: `part` names the template's way of drawing."""

    part: str
    field: Any = None
    width: str = ""
    beside: Any = None
    pick: dict[str, Any] | None = None
    label: str = ""


def first(form: DocumentForm) -> list[Block]:
    """Return the fields that stand in the open."""
    return [block for field, block in _blocks(form) if not _is_later(form, field)]


def more(form: DocumentForm) -> list[Block]:
    """Return the fields behind "More fields"."""
    return [block for field, block in _blocks(form) if _is_later(form, field)]


def _is_later(form: DocumentForm, field: FieldCard) -> bool:
    if field.code == "entity":
        return not form.has_choice_of_payers
    is_needed = field.required_at in (Gate.SAVE, Gate.SUBMIT)
    return field.is_core and field.code in LATER and not is_needed


def _blocks(form: DocumentForm) -> Iterator[tuple[FieldCard, Block]]:
    for field in form.type.used:
        if field.kind is FieldKind.FILE or field.code in ELSEWHERE:
            continue
        block = _core(form, field) if field.is_core else _own(form, field)
        if block:
            yield field, block


def _core(form: DocumentForm, field: FieldCard) -> Block | None:
    code = field.code
    if code in DICTIONARIES and not form.has_dictionaries[code]:
        return None
    if code in PARTS:
        return Block(PARTS[code], label=label_of(field))
    if code == "amount":
        return Block("money", form["amount"], MOST, beside=form["currency"])
    return Block("field", form[code], WIDTHS.get(code, WHOLE))


def _own(form: DocumentForm, field: FieldCard) -> Block:
    name = form.own.name(field)
    match field.kind:
        case FieldKind.MONEY:
            return Block("money", form[name], MOST, beside=form[f"{name}-currency"])
        case FieldKind.PERSON | FieldKind.COUNTERPARTY:
            return Block("pick", pick=_pick(form, field, name), label=label_of(field))
        case _:
            return Block("field", form[name], OWN_WIDTHS.get(field.kind, WHOLE))


def _pick(form: DocumentForm, field: FieldCard, name: str) -> dict[str, Any]:
    is_person = field.kind is FieldKind.PERSON
    shown = form[f"{name}_text"]
    return {
        "id": f"id_{name}_text",
        "name": name,
        "label": shown.label,
        "value": form[name].value() or "",
        "text": shown.value() or "",
        "error": " ".join(map(str, shown.errors)),
        "required": form.needs(field.code),
        "hint": _("Full name") if is_person else _("Name or ИНН"),
        "url": reverse("web:people-options" if is_person else "web:party-options"),
    }
