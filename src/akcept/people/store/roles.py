"""The only writer of roles, of who holds them, and of limits."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from akcept.company import store as company
from akcept.engine.refusals import DutiesInConflict, InvalidInput, LastAdministrator, NotFound
from akcept.journal.canonical import JSON
from akcept.journal.store import Actor, Record
from akcept.kit import codes, text
from akcept.people import duties, rights
from akcept.people.codes import Right
from akcept.people.fields import Limit
from akcept.people.models import ApprovalLimit, DutyException, Role, RoleGrant
from akcept.people.store import chain

LARGEST_LIMIT = 10**15
CODE = re.compile(r"[A-Z][A-Z_]{1,39}")


@transaction.atomic
def grant(
    *,
    person_id: UUID,
    role: str,
    entity_id: UUID | None,
    department_id: UUID | None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Give a person a role by its code; what they hold already is left as it is.

    Refuses somebody from outside, and two duties in one hand that a rule keeps apart, unless an exception is in force.
    """
    row = Role.objects.filter(code=role).first()
    if row is None:
        raise InvalidInput({"role": "UNKNOWN_ROLE"})
    person = chain.locked_insider(person_id, field="role")
    where = {"entity_id": entity_id, "department_id": department_id}
    held = RoleGrant.objects.filter(person=person, role=row, revoked_at=None, **where).first()
    if held:
        return held.id
    made = RoleGrant.objects.create(person=person, role=row, granted_at=at, **where)
    _keep_duties_apart([person.id], at)
    data: dict[str, JSON] = {"grant": made.id, "role": role}
    chain.append(person, "ROLE_GRANTED", data | where, by, at)
    return made.id


@transaction.atomic
def revoke(*, grant_id: UUID, by: Actor, at: datetime) -> None:
    """Take a role back; refuses to leave nobody who administers."""
    found = RoleGrant.objects.select_related("role").filter(id=grant_id, revoked_at=None).first()
    if found is None:
        raise NotFound
    person = chain.locked(found.person_id)
    found.revoked_at = at
    found.save(update_fields=["revoked_at"])
    if Right.ADMINISTER in found.role.rights:
        keep_an_administrator(at=at)
    data: dict[str, JSON] = {"grant": found.id, "role": found.role.code}
    chain.append(person, "ROLE_REVOKED", data, by, at)


def keep_an_administrator(*, at: datetime) -> None:
    """Refuse what has just left the company without anybody who administers everything."""
    company.lock_settings()
    if not rights.holders(right=Right.ADMINISTER, at=at):
        raise LastAdministrator


@transaction.atomic
def add_role(
    *, code: str, name_en: str, name_ru: str, may: Collection[Right], by: Actor, at: datetime
) -> None:
    """Add a role; refuses a code that another has."""
    company.lock_settings()
    if Role.objects.filter(code=code).exists():
        raise InvalidInput({"code": "TAKEN"})
    save_role(code=code, name_en=name_en, name_ru=name_ru, may=may, by=by, at=at)


@transaction.atomic
def save_role(
    *, code: str, name_en: str, name_ru: str, may: Collection[Right], by: Actor, at: datetime
) -> None:
    """Add a role or change the one of that code.

    Refuses to leave nobody who administers, and duties in the hand of a holder that a rule keeps apart.
    """
    if not CODE.fullmatch(code):
        raise InvalidInput({"code": "CODE_WRONG"})
    new = {"name_en": _name("name_en", name_en), "name_ru": _name("name_ru", name_ru)}
    held = sorted(right.value for right in may)
    company.lock_settings()
    row = Role.objects.filter(code=code).first() or Role(code=code)
    gives_up = Right.ADMINISTER in row.rights and Right.ADMINISTER not in may
    data: dict[str, JSON] = {"role": code, "rights": [sorted(row.rights), held]}
    data |= {name: [getattr(row, name), value] for name, value in new.items()}
    row.name_en, row.name_ru, row.rights = new["name_en"], new["name_ru"], held
    row.save()
    if gives_up:
        keep_an_administrator(at=at)
    holders = RoleGrant.objects.filter(role=row, revoked_at=None)
    _keep_duties_apart(holders.values_list("person_id", flat=True), at)
    company.record_settings(records=[Record("ROLE_CHANGED", data)], by=by, at=at)


@transaction.atomic
def set_limits(*, person_id: UUID, limits: Sequence[Limit], by: Actor, at: datetime) -> None:
    """Replace all limits of a person; none at all means no limit is stated; refuses somebody from outside."""
    _check_limits(limits)
    person = chain.locked_insider(person_id, field="amount")
    old = [
        Limit(row.amount_minor, row.currency, row.doctype)
        for row in ApprovalLimit.objects.filter(person=person).order_by("doctype", "currency")
    ]
    new = sorted(limits, key=lambda limit: (limit.doctype, limit.currency))
    if old == new:
        return
    ApprovalLimit.objects.filter(person=person).delete()
    ApprovalLimit.objects.bulk_create(
        ApprovalLimit(
            person=person,
            currency=limit.currency,
            amount_minor=limit.amount_minor,
            doctype=limit.doctype,
        )
        for limit in new
    )
    chain.append(person, "LIMITS_SET", {"limits": [_plain(old), _plain(new)]}, by, at)


def _keep_duties_apart(people: Iterable[UUID], at: datetime) -> None:
    """Refuse what has just given somebody two duties that do not go together."""
    held = rights.grants_of(person_ids=people, at=at)
    excepted = DutyException.objects.filter(
        person_id__in=held,
        cancelled_at=None,
        starts_on__lte=at.date(),
        ends_on__gte=at.date(),
    )
    allowed = set(excepted.values_list("person_id", "rule", "entity_id"))
    for person, grants in held.items():
        for clash in duties.clashes(grants):
            payers = {None, clash.first.entity_id or clash.second.entity_id}
            if clash.rule.is_hard and not any((person, clash.rule.code, one) in allowed for one in payers):  # fmt: skip
                raise DutiesInConflict(clash.rule.code.value)


def _check_limits(limits: Sequence[Limit]) -> None:
    if len({(limit.doctype, limit.currency) for limit in limits}) != len(limits):
        raise InvalidInput({"doctype": "LIMIT_TWICE"})
    if any(limit.currency not in codes.currencies() for limit in limits):
        raise InvalidInput({"currency": "UNKNOWN_CURRENCY"})
    if any(not 0 <= limit.amount_minor <= LARGEST_LIMIT for limit in limits):
        raise InvalidInput({"amount": "OUT_OF_RANGE"})


def _plain(limits: Sequence[Limit]) -> list[JSON]:
    return [[limit.doctype, limit.amount_minor, limit.currency] for limit in limits]


def _name(field: str, name: str) -> str:
    try:
        return text.clean_text(name, max_length=100)
    except ValueError as error:
        raise InvalidInput({field: str(error)}) from None
