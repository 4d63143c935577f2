"""What a card must hold before it is saved, submitted or paid. All problems are reported at once, per field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from akcept.engine import refusals as no
from akcept.engine.case import Case
from akcept.engine.doctypes import DocumentType, Gate
from akcept.engine.money import LARGEST_MINOR
from akcept.engine.values import Json


def check_save(
    doctype: DocumentType, card: Mapping[str, Json], planned: tuple[tuple[date, int], ...]
) -> None:
    """Refuse a card that lacks what saving demands, or whose sums make no sense."""
    errors = _missing(doctype, card, {Gate.SAVE})
    amount = card.get("amount")
    if "amount" not in errors and not (isinstance(amount, int) and 0 < amount <= LARGEST_MINOR):
        is_large = isinstance(amount, int) and amount > LARGEST_MINOR
        errors["amount"] = "AMOUNT_TOO_LARGE" if is_large else "AMOUNT_POSITIVE"
    if planned and "amount" not in errors:
        if any(minor <= 0 for _, minor in planned):
            errors["planned_on"] = "AMOUNT_POSITIVE"
        elif sum(minor for _, minor in planned) != amount:
            errors["planned_on"] = "PLANNED_SUM"
    if errors:
        raise no.InvalidInput(errors)


def check_submit(case: Case, doctype: DocumentType, today: date, *, justified: bool) -> None:
    """Refuse a document that is not ready to be sent; `justified` says that the justification rule is met."""
    errors = _missing(doctype, case.card, {Gate.SAVE, Gate.SUBMIT})
    if "planned_on" in errors and case.planned:
        del errors["planned_on"]
    if any(row.on < today for row in case.planned):
        errors["planned_on"] = "DAY_PAST"
    if not justified:
        errors["justification"] = "JUSTIFICATION_REQUIRED"
    choice = case.card.get("choice")
    if case.card.get("approval_type") == "MY_CHOICE" and not choice:
        errors["choice"] = "REQUIRED"
    if errors:
        raise no.InvalidInput(errors)


def _missing(doctype: DocumentType, card: Mapping[str, Json], gates: set[Gate]) -> dict[str, str]:
    return {
        code: "REQUIRED"
        for code, field in doctype.fields.items()
        if field.required_at in gates and card.get(code) in (None, "", [], ())
    }
