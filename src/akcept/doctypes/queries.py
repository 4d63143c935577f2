"""Document types and dictionaries, for the rules and for the doors.

Types change with migrations only, so a process reads them once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from uuid import UUID

from django.db.models import Value

from akcept.doctypes.models import (
    NEVER,
    Category,
    CostCentre,
    Dictionary,
    DocumentField,
    Project,
)
from akcept.doctypes.models import DocumentType as TypeRow
from akcept.engine.doctypes import DocumentType, Field, FieldKind, Gate
from akcept.engine.refusals import NotFound

DICTIONARIES: Mapping[str, type[Dictionary]] = MappingProxyType(
    {"CATEGORY": Category, "COST_CENTRE": CostCentre, "PROJECT": Project}
)


@dataclass(frozen=True, slots=True)
class FieldCard:
    """One field as forms show it."""

    code: str
    kind: FieldKind
    choices_from: str
    label_en: str
    label_ru: str
    required_at: Gate | None
    is_material: bool
    is_core: bool
    vouches_for: str


@dataclass(frozen=True, slots=True)
class TypeCard:
    """A document type as menus, forms and task titles show it."""

    code: str
    name_en: str
    name_ru: str
    plural_en: str
    plural_ru: str
    title_en: str
    title_ru_genitive: str
    title_ru_accusative: str
    series: str
    ends_in_payment: bool
    is_confidential: bool
    never_postpone: bool
    max_hold_days: int
    is_active: bool
    fields: tuple[FieldCard, ...]


@dataclass(frozen=True, slots=True)
class DictionaryRow:
    """One line of a dictionary; retired ones are shown on old cards only."""

    id: UUID
    code: str
    name: str
    is_active: bool
    owner_id: UUID | None = None


def compile(code: str) -> DocumentType:
    """Return a document type as the rules see it; refuses an unknown code."""
    try:
        return _compiled()[code]
    except KeyError as error:
        raise NotFound from error


def type_card(*, code: str) -> TypeCard:
    """Return a document type as doors show it; refuses an unknown code."""
    try:
        return _cards()[code]
    except KeyError as error:
        raise NotFound from error


def type_cards() -> tuple[TypeCard, ...]:
    """Return the document types in use, in the order of the menu."""
    return tuple(card for card in _cards().values() if card.is_active)


def dictionary(*, name: str) -> tuple[DictionaryRow, ...]:
    """Return the lines of CATEGORY, COST_CENTRE or PROJECT that may be chosen, by name."""
    return tuple(_line(row) for row in DICTIONARIES[name]._default_manager.filter(is_active=True))


def choices() -> Mapping[str, list[tuple[str, str]]]:
    """Return what may be chosen of every dictionary, as id and name in the order of names, in one query."""
    parts = (
        rows._default_manager.filter(is_active=True)
        .order_by()
        .values_list(Value(name), "name", "id")
        for name, rows in DICTIONARIES.items()
    )
    first, *others = parts
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in DICTIONARIES}
    for name, words, key in first.union(*others, all=True).order_by("name", "id"):
        found[name].append((str(key), words))
    return found


def lines(*, name: str, ids: Iterable[UUID]) -> Mapping[UUID, DictionaryRow]:
    """Return lines of a dictionary by id, retired ones included, with one query."""
    rows = DICTIONARIES[name]._default_manager.filter(id__in=set(ids))
    return {row.id: _line(row) for row in rows}


def forget() -> None:
    """Read the document types anew next time; for whoever has just changed one."""
    _cards.cache_clear()
    _compiled.cache_clear()


def _line(row: Dictionary) -> DictionaryRow:
    owner = row.owner_id if isinstance(row, CostCentre) else None
    return DictionaryRow(row.id, row.code, row.name, row.is_active, owner)


@cache
def _cards() -> Mapping[str, TypeCard]:
    rows = TypeRow.objects.order_by("position", "code").prefetch_related("fields")
    return {row.code: _card(row) for row in rows}


def _card(row: TypeRow) -> TypeCard:
    return TypeCard(
        code=row.code,
        name_en=row.name_en,
        name_ru=row.name_ru,
        plural_en=row.plural_en,
        plural_ru=row.plural_ru,
        title_en=row.title_en,
        title_ru_genitive=row.title_ru_genitive,
        title_ru_accusative=row.title_ru_accusative,
        series=row.series,
        ends_in_payment=row.ends_in_payment,
        is_confidential=row.is_confidential,
        never_postpone=row.never_postpone,
        max_hold_days=row.max_hold_days,
        is_active=row.is_active,
        fields=tuple(_field(field) for field in row.fields.all()),
    )


def _field(row: DocumentField) -> FieldCard:
    return FieldCard(
        code=row.code,
        kind=FieldKind(row.kind),
        choices_from=row.choices_from,
        label_en=row.label_en,
        label_ru=row.label_ru,
        required_at=Gate(row.required_at) if row.required_at != NEVER else None,
        is_material=row.is_material,
        is_core=row.is_core,
        vouches_for=row.vouches_for,
    )


@cache
def _compiled() -> Mapping[str, DocumentType]:
    return {code: _value(card) for code, card in _cards().items()}


def _value(card: TypeCard) -> DocumentType:
    fields = {
        field.code: Field(field.code, field.kind, field.required_at, field.is_material)
        for field in card.fields
    }
    return DocumentType(
        code=card.code,
        fields=MappingProxyType(fields),
        ends_in_payment=card.ends_in_payment,
        never_postpone=card.never_postpone,
        max_hold_days=card.max_hold_days,
        is_confidential=card.is_confidential,
    )
