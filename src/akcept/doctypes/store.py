"""The only writer of the dictionaries."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from akcept.company import store as company
from akcept.doctypes.models import CostCentre
from akcept.doctypes.queries import DICTIONARIES
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.journal.canonical import JSON
from akcept.journal.store import Actor, Record


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
