"""What doors may ask of this room: keeping the dictionaries."""

from __future__ import annotations

from uuid import UUID

from akcept.doctypes import store
from akcept.engine.refusals import InvalidInput
from akcept.kit import text


def add_line(*, dictionary: str, code: str, name: str, owner_id: UUID | None = None) -> UUID:
    """Add a line to CATEGORY, COST_CENTRE or PROJECT.

    Refuses an empty, too long or unprintable code or name, and a code that is taken.
    """
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
    return store.add_line(dictionary=dictionary, owner_id=owner_id, **cleaned)


retire_line = store.retire_line
