"""Document types and dictionaries, for the rules and for the doors.

Types change while several processes run. Every edit puts a new stamp into the type's row, and whoever reads a
case reads that stamp with it; a process remembers a type by its stamp, so nobody ever works by yesterday's rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db.models import Value

from akcept.doctypes.cards import DictionaryRow, FieldCard, OptionCard, TypeCard
from akcept.doctypes.codes import WhoStarts
from akcept.doctypes.models import (
    NEVER,
    Category,
    CostCentre,
    Dictionary,
    DocumentField,
    Project,
)
from akcept.doctypes.models import DocumentType as TypeRow
from akcept.engine.doctypes import FieldKind, Gate
from akcept.engine.refusals import NotFound
from akcept.kit import sql
from akcept.kit.once import once
from akcept.people import org, standing

DICTIONARIES: Mapping[str, type[Dictionary]] = MappingProxyType(
    {"CATEGORY": Category, "COST_CENTRE": CostCentre, "PROJECT": Project}
)
STAMPS = "SELECT code, stamp FROM doctypes_documenttype ORDER BY position, code"
_remembered: dict[str, TypeCard] = {}


def type_card(*, code: str, stamp: UUID | None = None) -> TypeCard:
    """Return a document type; whoever has just read its stamp saves a query. Refuses an unknown code."""
    if stamp is None:
        return _found(code)
    known = _remembered.get(code)
    if known is None or known.stamp != stamp:
        known = _read([code])[code]
        _remembered[code] = known
    return known


def type_cards(*, only_active: bool = True) -> tuple[TypeCard, ...]:
    """Return the document types, in the order of the menu, with one query unless one was edited."""
    return tuple(card for card in _all().values() if card.is_active or not only_active)


def may_start(*, types: Iterable[TypeCard], person_id: UUID, at: datetime) -> tuple[TypeCard, ...]:
    """Return those of the types of which a person may begin a document; asks only what the types ask for."""
    offered = [card for card in types if card.is_active]
    asked = {card.who_starts for card in offered}
    held: set[str] = set()
    if WhoStarts.ROLES in asked:
        held |= {grant.role for grant in standing.rights_of(person_id=person_id, at=at).grants}
    if WhoStarts.DEPARTMENTS in asked:
        held |= {str(unit) for unit in org.units_of(person_id=person_id)}
    return tuple(
        card
        for card in offered
        if card.who_starts is WhoStarts.EVERYBODY or held & set(card.starters)
    )


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


@once
def _all() -> Mapping[str, TypeCard]:
    stamps = {code: sql.as_uuid(stamp) for code, stamp in sql.rows(STAMPS)}
    if stale := [code for code in stamps if _stamp_known(code) != stamps[code]]:
        _remembered.update(_read(stale))
    return {code: _remembered[code] for code in stamps}


def _found(code: str) -> TypeCard:
    try:
        return _all()[code]
    except KeyError as error:
        raise NotFound from error


def _line(row: Dictionary) -> DictionaryRow:
    owner = row.owner_id if isinstance(row, CostCentre) else None
    return DictionaryRow(row.id, row.code, row.name, row.is_active, owner)


def _stamp_known(code: str) -> UUID | None:
    known = _remembered.get(code)
    return known.stamp if known else None


def _read(codes: Iterable[str]) -> dict[str, TypeCard]:
    """Read types with their fields in one statement, so that no edit can come between the two."""
    rows = DocumentField.objects.filter(type__in=codes).select_related("type")
    found: dict[str, tuple[TypeRow, list[FieldCard]]] = {}
    for row in rows.order_by("position", "id"):
        found.setdefault(row.type_id, (row.type, []))[1].append(_field(row))
    return {code: _card(row, tuple(fields)) for code, (row, fields) in found.items()}


def _card(row: TypeRow, fields: tuple[FieldCard, ...]) -> TypeCard:
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
        who_starts=WhoStarts(row.who_starts),
        starters=tuple(row.starters),
        is_active=row.is_active,
        position=row.position,
        stamp=row.stamp,
        fields=fields,
    )


def _field(row: DocumentField) -> FieldCard:
    return FieldCard(
        code=row.code,
        kind=FieldKind(row.kind),
        label_en=row.label_en,
        label_ru=row.label_ru,
        required_at=Gate(row.required_at) if row.required_at != NEVER else None,
        is_material=row.is_material,
        vouches_for=row.vouches_for,
        choices_from=row.choices_from,
        options=tuple(OptionCard(**option) for option in row.options),
        is_core=row.is_core,
        is_retired=row.is_retired,
    )
