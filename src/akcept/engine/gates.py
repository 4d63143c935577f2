"""What a card must hold before it is saved or submitted. All problems are reported at once, per field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from akcept.engine import refusals as no
from akcept.engine.case import Case
from akcept.engine.doctypes import DocumentType, FieldKind, Gate, purpose_of
from akcept.engine.money import LARGEST_MINOR
from akcept.engine.routes import ApprovalType
from akcept.engine.values import Json, Private

# The planned payments stand beside the card; its type declares them under this code.
PLANNED = "planned_on"
MOST_CHOSEN = 3


def check_save(
    doctype: DocumentType,
    card: Mapping[str, Json],
    planned: tuple[tuple[date, int], ...],
    *,
    only: frozenset[str] | None = None,
) -> None:
    """Refuse a card that lacks what saving demands (of the fields in `only`, if given), or whose sums make no sense."""
    # Files come after the card, so saving cannot ask for them.
    missing = _missing(doctype, card, {Gate.SAVE}, of_files=False)
    errors = {code: why for code, why in missing.items() if only is None or code in only}
    amount = card.get("amount")
    if amount is not None and (problem := _amount_problem(amount)):
        errors["amount"] = problem
    if planned and PLANNED not in doctype.fields:
        errors[PLANNED] = "UNKNOWN_FIELD"
    elif planned and "amount" not in errors:
        if any(minor <= 0 for _, minor in planned):
            errors[PLANNED] = "AMOUNT_POSITIVE"
        elif sum(minor for _, minor in planned) != amount:
            errors[PLANNED] = "PLANNED_SUM"
    if errors:
        raise no.InvalidInput(errors)


def _amount_problem(amount: Json) -> str | None:
    # True is an int in Python, but no sum.
    if not isinstance(amount, int) or isinstance(amount, bool) or amount <= 0:
        return "AMOUNT_POSITIVE"
    return "AMOUNT_TOO_LARGE" if amount > LARGEST_MINOR else None


def check_submit(case: Case, doctype: DocumentType, today: date, *, justified: bool) -> None:
    """Refuse a document that is not ready to be sent; `justified` says that the justification rule is met."""
    errors = _missing(doctype, _with_files(case, doctype), {Gate.SAVE, Gate.SUBMIT})
    if case.planned:
        errors.pop(PLANNED, None)
    if any(row.on < today for row in case.planned):
        errors[PLANNED] = "DAY_PAST"
    if not justified:
        errors["justification"] = "JUSTIFICATION_REQUIRED"
    choice = case.card.get("choice")
    if case.card.get("approval_type") == ApprovalType.MY_CHOICE:
        assert choice is None or isinstance(choice, (list, tuple))
        if problem := choice_problem(choice or ()):
            errors["choice"] = problem
    if errors:
        raise no.InvalidInput(errors)


def check_payment(case: Case, doctype: DocumentType) -> None:
    """Refuse to pay what lacks a field that payment demands."""
    errors = _missing(doctype, _with_files(case, doctype), {Gate.PAYMENT})
    if errors:
        raise no.InvalidInput(errors)


def choice_problem(choice: Sequence[Json]) -> str | None:
    """Return what is wrong with the approvers an initiator picked: one to three."""
    if not choice:
        return "REQUIRED"
    return "TOO_MANY" if len(choice) > MOST_CHOSEN else None


def reasons(texts: tuple[str, ...]) -> tuple[Private, ...]:
    """Return the reasons that say something; refuses when none does."""
    said = tuple(Private(text.strip()) for text in texts if text.strip())
    if not said:
        raise no.ReasonRequired
    return said


def _with_files(case: Case, doctype: DocumentType) -> Mapping[str, Json]:
    """Return the card with the digest of the newest file in every field that holds one."""
    files = {
        code: case.newest(purpose_of(code))
        for code, field in doctype.fields.items()
        if field.kind is FieldKind.FILE
    }
    return {**case.card, **files}


def _missing(
    doctype: DocumentType, card: Mapping[str, Json], gates: set[Gate], *, of_files: bool = True
) -> dict[str, str]:
    return {
        code: "REQUIRED"
        for code, field in doctype.fields.items()
        if field.required_at in gates
        and card.get(code) in (None, "", [], ())
        and (of_files or field.kind is not FieldKind.FILE)
    }
