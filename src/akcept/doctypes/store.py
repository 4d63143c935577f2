"""The only writer of document types and dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from akcept.company import store as company
from akcept.doctypes.cards import FieldCard
from akcept.doctypes.checks import TypeFields
from akcept.doctypes.models import NEVER, CostCentre, DocumentField, DocumentType
from akcept.doctypes.queries import DICTIONARIES
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.journal.canonical import JSON
from akcept.journal.store import Actor, Record
from akcept.kit import ids


@transaction.atomic
def add_line(
    *, dictionary: str, code: str, name: str, owner_id: UUID | None, by: Actor, at: datetime
) -> UUID:
    """Add a line to CATEGORY, COST_CENTRE or PROJECT; refuses a code that is taken."""
    model = DICTIONARIES[dictionary]
    row = model(code=code, name=name)
    if isinstance(row, CostCentre):
        row.owner_id = owner_id
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise InvalidInput(errors={"code": "TAKEN"}) from error
    data: dict[str, JSON] = {"line": row.id, "code": code, "name": name, "owner": owner_id}
    added = Record("DICTIONARY_LINE_ADDED", {"dictionary": dictionary, **data})
    company.record_settings(records=[added], by=by, at=at)
    return row.id


@transaction.atomic
def retire_line(*, dictionary: str, line_id: UUID, by: Actor, at: datetime) -> None:
    """Take a line out of choice; cards that have it keep it. Refuses an unknown line."""
    rows = DICTIONARIES[dictionary]._default_manager.filter(id=line_id)
    if not rows.update(is_active=False):
        raise NotFound
    retired = Record("DICTIONARY_LINE_RETIRED", {"dictionary": dictionary, "line": line_id})
    company.record_settings(records=[retired], by=by, at=at)


@transaction.atomic
def create_type(*, code: str, fields: TypeFields, by: Actor, at: datetime) -> None:
    """Add a document type; refuses a code that is taken."""
    last = DocumentType.objects.aggregate(last=Max("position"))["last"] or 0
    row = DocumentType(code=code, position=last + 10, **_columns(fields))
    row.series = fields.series or code
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise InvalidInput(errors={"code": "TAKEN"}) from error
    _write(code, fields.fields)
    told: dict[str, JSON] = {"code": code, "name_en": fields.name_en, "type": _plain(row, fields)}
    company.record_settings(records=[Record("DOCUMENT_TYPE_ADDED", told)], by=by, at=at)


@transaction.atomic
def change_type(*, code: str, old: TypeFields, fields: TypeFields, by: Actor, at: datetime) -> None:
    """Give a document type other fields; what it had is retired, never deleted. Refuses an unknown code."""
    row = DocumentType.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise NotFound
    before, after = _plain(row, old), _plain(row, fields)
    changes = _changes(before, after)
    if not changes:
        return
    for name, value in _columns(fields).items():
        setattr(row, name, value)
    row.stamp = ids.new_id()
    row.save()
    _write(code, fields.fields)
    told: dict[str, JSON] = {"code": code, "name_en": fields.name_en, "changes": changes}
    company.record_settings(records=[Record("DOCUMENT_TYPE_CHANGED", told)], by=by, at=at)


def _columns(fields: TypeFields) -> dict[str, object]:
    columns = asdict(fields)
    del columns["fields"], columns["series"]
    return columns | {"starters": list(fields.starters)}


def _write(code: str, fields: Iterable[FieldCard]) -> None:
    for position, field in enumerate(fields, start=1):
        columns = asdict(field)
        columns["required_at"] = field.required_at or NEVER
        columns["options"] = [asdict(option) for option in field.options]
        del columns["code"]
        DocumentField.objects.update_or_create(
            type_id=code, code=field.code, defaults=columns | {"position": position}
        )


def _plain(row: DocumentType, fields: TypeFields) -> dict[str, JSON]:
    """Return a type as it is recorded: its own properties, then each field with its properties and its place."""
    told: dict[str, JSON] = dict(_columns(fields))  # type: ignore[arg-type]
    for position, field in enumerate(fields.fields, start=1):
        one = asdict(field)
        one["options"] = [asdict(option) for option in field.options]
        told[f"field {field.code}"] = {**one, "position": position}
    return told


def _changes(old: Mapping[str, JSON], new: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return what differs, old and new; of a field only the properties that do."""
    found: dict[str, JSON] = {}
    for name in [*new, *(name for name in old if name not in new)]:
        before, after = old.get(name), new.get(name)
        if isinstance(before, dict) and isinstance(after, dict):
            if inner := _changes(before, after):
                found[name] = inner
        elif before != after:
            found[name] = [before, after]
    return found
