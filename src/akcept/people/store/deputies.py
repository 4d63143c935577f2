"""The only writer of deputies."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from akcept.engine.money import Money
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.journal.canonical import JSON
from akcept.journal.store import Actor
from akcept.kit import codes, text
from akcept.people.fields import Absence
from akcept.people.models import Deputy, Person
from akcept.people.store import chain

MOST_DEPUTIES = 20


@transaction.atomic
def set_deputy(*, absence: Absence, by: Actor, at: datetime) -> UUID:
    """Let somebody act for somebody else.

    Refuses oneself, people from outside, days the wrong way round, a limit without its order.
    """
    errors = _problems(absence)
    active = Person.objects.filter(is_active=True)
    if absence.deputy_id and not active.filter(id=absence.deputy_id).exists():
        errors["deputy_id"] = "UNKNOWN_ID"
    if chain.is_outsider(absence.deputy_id):
        errors["deputy_id"] = "FROM_OUTSIDE"
    if errors:
        raise InvalidInput(errors)
    person = chain.locked_insider(absence.absentee_id, field="deputy_id")
    made = Deputy.objects.create(
        absentee_id=absence.absentee_id,
        deputy_id=absence.deputy_id,
        starts_on=absence.starts_on,
        ends_on=absence.ends_on,
        position=_position(absence),
        entity_id=absence.entity_id,
        doctype=absence.doctype,
        limit_minor=absence.limit.minor if absence.limit else None,
        limit_currency=absence.limit.currency if absence.limit else "",
        order_number=absence.order_number,
        order_date=absence.order_date,
        reason=absence.reason,
    )
    chain.append(person, "DEPUTY_SET", _recorded(made), by, at)
    return made.id


@transaction.atomic
def cancel_deputy(*, deputyship_id: UUID, by: Actor, at: datetime) -> None:
    """End a deputyship at once."""
    row = Deputy.objects.filter(id=deputyship_id, cancelled_at=None).first()
    if row is None:
        raise NotFound
    person = chain.locked(row.absentee_id)
    row.cancelled_at = at
    row.save(update_fields=["cancelled_at"])
    chain.append(person, "DEPUTY_CANCELLED", {"deputyship": row.id}, by, at)


def _problems(absence: Absence) -> dict[str, str]:
    errors: dict[str, str] = {}
    if absence.deputy_id is None and absence.limit:
        errors["deputy_id"] = "REQUIRED"
    if absence.deputy_id == absence.absentee_id:
        errors["deputy_id"] = "OWN_DEPUTY"
    if absence.ends_on < absence.starts_on:
        errors["ends_on"] = "ENDS_BEFORE_START"
    _check_text(errors, "order_number", absence.order_number, 60)
    _check_text(errors, "reason", absence.reason, 300)
    if len(absence.doctype) > 40:
        errors["doctype"] = "NOT_A_CHOICE"
    if absence.position is not None and not 1 <= absence.position <= MOST_DEPUTIES:
        errors["position"] = "OUT_OF_RANGE"
    if absence.limit:
        errors |= _limit_problems(absence, absence.limit)
    return errors


def _limit_problems(absence: Absence, limit: Money) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not absence.order_number:
        errors["order_number"] = "REQUIRED"
    if absence.order_date is None:
        errors["order_date"] = "REQUIRED"
    if limit.currency not in codes.currencies():
        errors["limit"] = "UNKNOWN_CURRENCY"
    elif limit.minor < 0:
        errors["limit"] = "OUT_OF_RANGE"
    return errors


def _check_text(errors: dict[str, str], field: str, value: str, max_length: int) -> None:
    try:
        text.clean_text(value, max_length=max_length)
    except ValueError as error:
        errors[field] = str(error)


def _position(absence: Absence) -> int:
    """Return the place asked for, else the one after those whose days overlap."""
    if absence.position is not None:
        return absence.position
    overlapping = Deputy.objects.filter(
        absentee_id=absence.absentee_id,
        cancelled_at=None,
        starts_on__lte=absence.ends_on,
        ends_on__gte=absence.starts_on,
    )
    last: int = overlapping.aggregate(last=Max("position"))["last"] or 0
    return min(last + 1, MOST_DEPUTIES)


def _recorded(row: Deputy) -> dict[str, JSON]:
    return {
        "deputyship": row.id,
        "deputy": row.deputy_id,
        "from": row.starts_on,
        "to": row.ends_on,
        "position": row.position,
        "entity": row.entity_id,
        "doctype": row.doctype,
        "limit_minor": row.limit_minor,
        "limit_currency": row.limit_currency,
        "order_number": row.order_number,
        "order_date": row.order_date,
        "reason": chain.private(row.reason),
    }
