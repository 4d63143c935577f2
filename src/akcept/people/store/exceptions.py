"""The only writer of dated exceptions from the separation of duties."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from akcept.engine.refusals import InvalidInput, NotFound
from akcept.journal.canonical import JSON
from akcept.journal.store import Actor
from akcept.kit import text
from akcept.people import duties
from akcept.people.fields import Permit
from akcept.people.models import DutyException
from akcept.people.store import chain


@transaction.atomic
def allow(*, permit: Permit, by: Actor, at: datetime) -> UUID:
    """Except somebody from a rule for some days; refuses it without a reason, and from a rule that has no exceptions."""
    _check(permit)
    person = chain.locked_insider(permit.person_id, field="rule")
    made = DutyException.objects.create(
        person=person,
        rule=permit.rule.value,
        entity_id=permit.entity_id,
        starts_on=permit.starts_on,
        ends_on=permit.ends_on,
        reason=permit.reason.strip(),
        approved_by_id=by.id,
    )
    data: dict[str, JSON] = {"exception": made.id, "rule": made.rule, "entity": made.entity_id}
    data |= {"from": made.starts_on, "to": made.ends_on, "reason": chain.private(made.reason)}
    chain.append(person, "EXCEPTION_ALLOWED", data, by, at)
    return made.id


@transaction.atomic
def end(*, exception_id: UUID, by: Actor, at: datetime) -> None:
    """End an exception at once."""
    row = DutyException.objects.filter(id=exception_id, cancelled_at=None).first()
    if row is None:
        raise NotFound
    person = chain.locked(row.person_id)
    row.cancelled_at = at
    row.save(update_fields=["cancelled_at"])
    chain.append(person, "EXCEPTION_ENDED", {"exception": row.id, "rule": row.rule}, by, at)


def _check(permit: Permit) -> None:
    errors: dict[str, str] = {}
    if not duties.BY_CODE[permit.rule].has_exceptions:
        errors["rule"] = "NO_EXCEPTIONS"
    if permit.ends_on < permit.starts_on:
        errors["ends_on"] = "ENDS_BEFORE_START"
    try:
        if not text.clean_text(permit.reason, max_length=300):
            errors["reason"] = "REQUIRED"
    except ValueError as error:
        errors["reason"] = str(error)
    if errors:
        raise InvalidInput(errors)
