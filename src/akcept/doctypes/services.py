"""What doors may ask of this room: keeping document types and dictionaries."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from akcept.doctypes import checks, queries, store
from akcept.doctypes.cards import TypeCard
from akcept.doctypes.checks import TypeFields
from akcept.engine.refusals import InvalidInput
from akcept.journal.store import Actor
from akcept.kit import text
from akcept.people.access import require
from akcept.people.codes import Right


def add_line(
    *,
    dictionary: str,
    code: str,
    name: str,
    owner_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Add a line to CATEGORY, COST_CENTRE or PROJECT.

    Refuses an empty, too long or unprintable code or name, a code that is taken,
    and anybody but an administrator.
    """
    require(right=Right.ADMINISTER, by=by, at=at)
    errors: dict[str, str] = {}
    cleaned: dict[str, str] = {}
    for field, value, longest in (("code", code, 32), ("name", name, 200)):
        try:
            cleaned[field] = text.clean_text(value, max_length=longest)
        except ValueError as error:
            errors[field] = str(error)
        else:
            if not cleaned[field]:
                errors[field] = "REQUIRED"
    if errors:
        raise InvalidInput(errors=errors)
    return store.add_line(dictionary=dictionary, owner_id=owner_id, by=by, at=at, **cleaned)


def retire_line(*, dictionary: str, line_id: UUID, by: Actor, at: datetime) -> None:
    """Take a line out of choice; cards that have it keep it.

    Refuses an unknown line, and anybody but an administrator.
    """
    require(right=Right.ADMINISTER, by=by, at=at)
    store.retire_line(dictionary=dictionary, line_id=line_id, by=by, at=at)


def create_type(*, code: str, fields: TypeFields, by: Actor, at: datetime) -> None:
    """Add a document type.

    Refuses names and fields that make no sense, a code that is taken, and anybody but an administrator.
    """
    require(right=Right.ADMINISTER, by=by, at=at)
    checked = checks.checked(fields, None)
    store.create_type(code=checks.checked_code(code), fields=checked, by=by, at=at)


def change_type(*, code: str, fields: TypeFields, by: Actor, at: datetime) -> None:
    """Change a document type, from the next reading of it on; what it asked for before is retired, never deleted.

    Refuses what `create_type` refuses, an unknown code, and another kind for a field that is there.
    """
    require(right=Right.ADMINISTER, by=by, at=at)
    old = queries.type_card(code=code)
    checked = checks.checked(fields, old)
    store.change_type(code=code, old=fields_of(old), fields=checked, by=by, at=at)


def fields_of(card: TypeCard) -> TypeFields:
    """Return a type as it would be written today, to be changed."""
    return TypeFields(**{name: getattr(card, name) for name in TypeFields.__dataclass_fields__})
