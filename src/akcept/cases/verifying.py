"""Proof that what is stored of a case is what its entries say: the fold, its columns and the rows beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from akcept.cases import own, rows
from akcept.cases.models import Case as Row
from akcept.cases.models import Payment, PlannedPayment, Task, Value
from akcept.doctypes import queries as doctypes
from akcept.engine import codec
from akcept.engine.case import Case
from akcept.engine.evolve import Envelope, fold
from akcept.engine.facts import SYSTEM
from akcept.engine.tasks import tasks
from akcept.engine.values import Json, Private
from akcept.journal import queries as journal
from akcept.journal.queries import REMOVED

# Stands where a value was erased under a retention rule; it agrees with anything.
ERASED = Private("\N{SYMBOL FOR NULL}")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that does not agree: which case, what, as recorded and as stored."""

    case_id: UUID
    number: int
    what: str
    recorded: Json
    stored: Json


def recorded(case_id: UUID) -> Case:
    """Return the case as its entries tell it."""
    history = []
    for entry in journal.entries(chain_id=case_id):
        event = codec.load_event(entry.kind, _filled(entry.data))
        actor = str(entry.actor.id) if entry.actor.id else SYSTEM
        history.append((event, Envelope(actor, entry.at)))
    return fold(history)


def differences(case_id: UUID) -> tuple[Complaint, ...]:
    """Return everything in which the stored case differs from its entries."""
    row = Row.objects.get(id=case_id)
    told = recorded(case_id)
    pairs = [
        *_pairs(codec.dump(told), codec.dump(rows.unpack(row.fold)), ""),
        *_pairs(_columns(told), _stored_columns(row), "column."),
        *_sides(told, case_id),
    ]
    return tuple(Complaint(case_id, row.number, *pair) for pair in pairs)


def complaints() -> Iterator[Complaint]:
    """Go through every case of the company, in constant memory."""
    for case_id in Row.objects.order_by("id").values_list("id", flat=True).iterator():
        yield from differences(case_id)


def _filled(data: Any) -> Any:
    if data is REMOVED:
        return ERASED
    if isinstance(data, Mapping):
        return {key: _filled(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_filled(value) for value in data]
    return data


def _columns(case: Case) -> dict[str, Any]:
    return {name: _plain(value) for name, value in rows.columns(case).items()}


def _stored_columns(row: Row) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in rows.columns(rows.unpack(row.fold))}


def _sides(case: Case, case_id: UUID) -> Iterator[tuple[str, Json, Json]]:
    laid = own.found(doctypes.type_card(code=case.doctype), case.card)
    told: Mapping[str, Sequence[tuple[Any, ...]]] = {
        "values": [value.row for value in laid],
        "planned payments": rows.planned(case),
        "payments": rows.payments(case),
        "open tasks": [(task.key, task.holder) for task in tasks(case)],
    }
    stored: Mapping[str, Sequence[tuple[Any, ...]]] = {
        "values": list(Value.objects.filter(case=case_id).values_list(*rows.VALUE)),
        "planned payments": list(
            PlannedPayment.objects.filter(case=case_id).values_list(*rows.PLANNED)
        ),
        "payments": list(Payment.objects.filter(case=case_id).values_list(*rows.PAYMENT)),
        "open tasks": list(
            Task.objects.filter(case=case_id, closed_at=None).values_list("key", "person_id")
        ),
    }
    for what, lines in told.items():
        yield from _pairs(_lines(lines), _lines(stored[what]), f"{what}.")


def _lines(lines: Sequence[tuple[Any, ...]]) -> list[Any]:
    return sorted([[_plain(value) for value in line] for line in lines], key=str)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else codec.dump(value)


def _pairs(told: Any, stored: Any, path: str) -> Iterator[tuple[str, Json, Json]]:
    if told in (stored, ERASED):
        return
    if isinstance(told, dict) and isinstance(stored, dict):
        for key in sorted(told.keys() | stored.keys()):
            yield from _pairs(told.get(key), stored.get(key), f"{path}{key}.")
    elif isinstance(told, list) and isinstance(stored, list) and len(told) == len(stored):
        for place, (one, other) in enumerate(zip(told, stored, strict=True)):
            yield from _pairs(one, other, f"{path}{place}.")
    else:
        yield path.rstrip("."), told, stored
