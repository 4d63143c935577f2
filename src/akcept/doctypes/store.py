"""The only writer of the dictionaries."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from akcept.doctypes.models import CostCentre
from akcept.doctypes.queries import DICTIONARIES
from akcept.engine.refusals import InvalidInput, NotFound


def add_line(*, dictionary: str, code: str, name: str, owner_id: UUID | None = None) -> UUID:
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
    return row.id


def retire_line(*, dictionary: str, id: UUID) -> None:
    """Take a line out of choice; cards that have it keep it. Refuses an unknown line."""
    rows = DICTIONARIES[dictionary]._default_manager.filter(id=id)
    if not rows.update(is_active=False):
        raise NotFound
