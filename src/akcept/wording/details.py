"""The lines under a sentence of the history: fields old → new, reasons, texts, order numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import pgettext

from akcept.cases.cards import HistoryCard
from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import FieldCard, TypeCard
from akcept.engine import codec
from akcept.engine.doctypes import FieldKind
from akcept.journal.queries import REMOVED
from akcept.wording import approvals, dates, numbers, purposes, vat, why
from akcept.wording.documents import is_russian
from akcept.wording.entries import name, sum_of

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a label and a text; `old` is None where nothing was replaced."""

    label: str
    text: str
    old: str | None = None


def details(entry: HistoryCard, *, type: TypeCard, currency: str = "") -> tuple[Line, ...]:
    """Return what the entry holds beyond its sentence; `type` is that of the document."""
    if entry.kind in CARDS:
        return tuple(CARDS[entry.kind](entry, type, currency))
    return tuple(DETAILS.get(entry.kind, _texts)(entry, currency))


def field_label(code: str, type: TypeCard) -> str:
    """Name a field of a card as its document type does."""
    field = type.field(code)
    return label_of(field) if field else code


def any_label(code: str) -> str:
    """Name a field as the first document type does that has it; the code itself where none has."""
    named = (card.field(code) for card in doctypes.type_cards(only_active=False))
    return next((label_of(field) for field in named if field), code)


def label_of(field: FieldCard) -> str:
    """Name a field in the reader's language."""
    return field.label_ru if is_russian() else field.label_en


def _texts(entry: HistoryCard, _currency: str) -> Iterator[Line]:
    """Show the free texts that any entry may carry."""
    labels = {
        "remark": pgettext("detail", "Remark"),
        "reason": pgettext("detail", "Reason"),
        "answer": pgettext("detail", "Answer"),
        "text": pgettext("detail", "Comment"),
        "duplicate_reason": pgettext("detail", "Why it is not a duplicate"),
    }
    for code, label in labels.items():
        value: object = entry.data.get(code)
        if value is REMOVED or (value and isinstance(value, str)):
            yield Line(label, _text(value))
    for reason in _rows(entry.data.get("reasons")):
        yield Line(pgettext("detail", "Reason"), _text(reason))


def _text(value: object) -> str:
    """Show a free text, or that a retention rule has removed it."""
    return (
        str(value)
        if isinstance(value, str)
        else pgettext("detail", "removed under the retention rule")
    )


def _revised(entry: HistoryCard, type: TypeCard, currency: str) -> Iterator[Line]:
    changes: Any = entry.data["changes"]
    currencies = changes.get("currency", {"old": currency, "new": currency})
    for code, change in changes.items():
        old, new = (
            _value(entry, type, code, change[side], str(currencies[side] or ""))
            for side in ("old", "new")
        )
        yield Line(field_label(code, type), new, old)
    if entry.data.get("planned") is not None:
        planned = _planned(entry.data["planned"], str(currencies["new"] or ""))
        yield Line(pgettext("detail", "Planned payments"), planned)


def _drafted(entry: HistoryCard, type: TypeCard, currency: str) -> Iterator[Line]:
    card: Any = entry.data["card"]
    here = str(card.get("currency") or currency)
    for code, value in card.items():
        if value not in (None, "", [], False):
            yield Line(field_label(code, type), _value(entry, type, code, value, here))
    if entry.data.get("planned"):
        yield Line(pgettext("detail", "Planned payments"), _planned(entry.data["planned"], here))


def _attached(entry: HistoryCard, type: TypeCard, _currency: str) -> Iterator[Line]:
    yield Line(pgettext("detail", "Purpose"), purposes.words(str(entry.data["purpose"]), type))
    yield Line("SHA-256", str(entry.data["sha256"]))


def _submitted(entry: HistoryCard, currency: str) -> Iterator[Line]:
    seats = " → ".join(
        name(entry, seat["holder"]) if seat["holder"] else pgettext("detail", "to be named")
        for seat in _rows(entry.data["seats"])
        if seat["state"] != "COVERED"
    )
    yield Line(pgettext("detail", "Goes to"), seats)
    for row in _rows(entry.data["skipped"]):
        yield Line(
            pgettext("detail", "Passed over"),
            f"{name(entry, row['person'])}: {why.skipped(row['why'])}",
        )
    yield from _texts(entry, currency)


def _rerouted(entry: HistoryCard, currency: str) -> Iterator[Line]:
    yield from _submitted(entry, currency)
    kept = [name(entry, seat["by"]) for seat in _rows(entry.data["seats"]) if seat["by"]]
    if kept:
        yield Line(pgettext("detail", "Goes on counting"), ", ".join(kept))


def _returned(entry: HistoryCard, currency: str) -> Iterator[Line]:
    yield from _texts(entry, currency)
    if entry.data.get("correct_by") is not None:
        at: datetime = codec.load(datetime, entry.data["correct_by"])
        yield Line(pgettext("detail", "Correct by"), dates.moment(at))


def _payment(entry: HistoryCard, currency: str) -> Iterator[Line]:
    yield Line(pgettext("detail", "Date"), dates.day(date.fromisoformat(str(entry.data["on"]))))
    if entry.data.get("order_number"):
        yield Line(pgettext("detail", "Payment order No."), str(entry.data["order_number"]))
    for told in exceptions(entry):
        yield Line(pgettext("detail", "By exception"), told)
    yield from _texts(entry, currency)


def exceptions(entry: HistoryCard) -> Iterator[str]:
    """Say from which duties somebody was excepted when they paid."""
    if entry.data.get("by_exception"):
        yield pgettext("detail", "Whoever asked for this document has paid it.")
    if entry.data.get("keeps_details"):
        yield pgettext("detail", "Whoever pays it keeps the bank details of counterparties, too.")


# What is told of fields and files is told in the words of the document type.
CARDS: Mapping[str, Callable[[HistoryCard, TypeCard, str], Iterable[Line]]] = {
    "DRAFTED": _drafted,
    "REVISED": _revised,
    "FILE_ATTACHED": _attached,
}
DETAILS: Mapping[str, Callable[[HistoryCard, str], Iterable[Line]]] = {
    "SUBMITTED": _submitted,
    "REROUTED": _rerouted,
    "RETURNED": _returned,
    "PAYMENT_SENT": _payment,
    "PAYMENT_EXECUTED": _payment,
    "PAYMENT_RETURNED": _payment,
}


def _rows(value: Any) -> list[Any]:
    return list(value or ())


def _planned(rows: Any, currency: str) -> str:
    words = (
        f"{dates.day(date.fromisoformat(row['on']))}: {sum_of(row['minor'], currency)}"
        for row in rows
    )
    return "; ".join(words) or NOTHING


def _value(entry: HistoryCard, type: TypeCard, code: str, value: Any, currency: str) -> str:
    return field_value(code, value, type=type, currency=currency, names=entry.names)


def field_value(
    code: str, value: Any, *, type: TypeCard, currency: str, names: Mapping[str, str]
) -> str:
    """Write the value of a card's field; `names` says what ids stand for."""
    if value in (None, "", [], ()):
        return NOTHING
    field = type.field(code)
    if field is None:
        return names.get(str(value), str(value))
    return _core(field, value, currency, names) if field.is_core else _own(field, value, names)


def _core(field: FieldCard, value: Any, currency: str, names: Mapping[str, str]) -> str:
    match field.kind:
        case FieldKind.MONEY:
            return sum_of(value, currency)
        case FieldKind.DATE:
            return dates.day(date.fromisoformat(value))
        case FieldKind.FLAG:
            return pgettext("detail", "yes") if value else pgettext("detail", "no")
        case FieldKind.ROWS:
            return _vat(value, currency)
        case FieldKind.CHOICE if field.code == "approval_type":
            return approvals.words(value)
        case FieldKind.PERSON:
            return ", ".join(names.get(str(person), str(person)) for person in value)
        case _:
            return names.get(str(value), str(value))


def _own(field: FieldCard, value: Any, names: Mapping[str, str]) -> str:
    match field.kind:
        case FieldKind.MONEY:
            return sum_of(value["minor"], value["currency"])
        case FieldKind.DATE:
            return dates.day(date.fromisoformat(value))
        case FieldKind.NUMBER:
            return numbers.plain(value)
        case FieldKind.CHOICE:
            option = field.option(value)
            if option is None:
                return str(value)
            return option.name_ru if is_russian() else option.name_en
        case _:
            return names.get(str(value), str(value))


def _vat(rows: Any, currency: str) -> str:
    return "; ".join(
        f"{vat.words(str(row.get('rate')))}: {sum_of(row.get('tax') or 0, currency)}"
        for row in rows
    )
