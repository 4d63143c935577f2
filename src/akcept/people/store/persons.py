"""The only writer of people themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from akcept.engine.refusals import InvalidInput, NotAllowed
from akcept.journal.canonical import JSON
from akcept.journal.store import Actor
from akcept.people import fields, names, standing, tokens
from akcept.people.codes import PersonKind, Right
from akcept.people.fields import PersonFields, Value
from akcept.people.models import Department, Person
from akcept.people.store import chain, roles

PRIVATE = frozenset({"name", "email", "position"})
SEARCHED = frozenset({"name", "email", "position"})


@transaction.atomic
def create(*, person: PersonFields, by: Actor, at: datetime) -> UUID:
    """Add a person without a log-in; refuses fields that cannot be accepted and an e-mail in use."""
    columns = fields.checked(asdict(person))
    row = Person(**columns)
    _check_places(row, columns)
    row.search_text = names.search_text(row.name, row.email, row.position)
    row.set_unusable_password()
    row.save(force_insert=True)
    data = {name: _recorded(name, value) for name, value in columns.items()}
    chain.append(row, "PERSON_CREATED", data, by, at)
    return row.id


@transaction.atomic
def change(*, person_id: UUID, changes: Mapping[str, object], by: Actor, at: datetime) -> None:
    """Change some fields.

    Refuses what cannot be accepted, an e-mail in use, a loop in the reporting line, somebody from outside above
    anybody, and to put outside whoever holds something.
    """
    new = fields.checked(changes)
    row = chain.locked(person_id)
    different = {name: value for name, value in new.items() if getattr(row, name) != value}
    if not different:
        return
    if different.get("kind") == PersonKind.EXTERNAL and _holds(row, at):
        raise InvalidInput({"kind": "HOLDS_MORE"})
    data: dict[str, JSON] = {
        name: [_recorded(name, getattr(row, name)), _recorded(name, value)]
        for name, value in different.items()
    }
    for name, value in different.items():
        setattr(row, name, value)
    _check_places(row, different)
    row.search_text = names.search_text(row.name, row.email, row.position)
    if different.get("kind") == PersonKind.EXTERNAL:
        row.set_unusable_password()
    row.save(update_fields=[*different, "search_text", "password"])
    chain.append(row, "PERSON_CHANGED", {"changes": data}, by, at)


@transaction.atomic
def set_password(*, person_id: UUID, password: str, by: Actor, at: datetime) -> None:
    """Let a person log in with a new password; refuses a weak one and somebody without an e-mail."""
    row = chain.locked(person_id)
    if row.kind == PersonKind.EXTERNAL:
        # They decide by a link alone, whatever letter they had somebody send.
        raise NotAllowed
    if row.email is None:
        raise InvalidInput({"email": "REQUIRED"})
    _refuse_weak(password, row)
    row.set_password(password)
    row.save(update_fields=["password"])
    chain.append(row, "PASSWORD_SET", {}, by, at)


def check_password(*, password: str, of: PersonFields) -> None:
    """Refuse a password that is too weak for somebody who is not there yet."""
    _refuse_weak(password, Person(name=of.name, email=of.email))


def _refuse_weak(password: str, row: Person) -> None:
    try:
        password_validation.validate_password(password, row)
    except ValidationError:
        raise InvalidInput({"password": "PASSWORD_WEAK"}) from None


@transaction.atomic
def set_active(*, person_id: UUID, is_active: bool, by: Actor, at: datetime) -> None:
    """Switch a person off or on; refuses to leave nobody who administers.

    What the person holds open is re-homed by whoever calls this.
    """
    row = chain.locked(person_id)
    if row.is_active == is_active:
        return
    administers = standing.rights_of(person_id=person_id, at=at).has(Right.ADMINISTER)
    row.is_active = is_active
    row.save(update_fields=["is_active"])
    if administers:
        roles.keep_an_administrator(at=at)
    chain.append(row, "PERSON_REACTIVATED" if is_active else "PERSON_DEACTIVATED", {}, by, at)


@transaction.atomic
def make_feed_token(*, person_id: UUID, by: Actor, at: datetime) -> str:
    """Give a person's calendar feed a new secret address; the old one stops working."""
    row = chain.locked(person_id)
    secret = tokens.new_secret()
    row.feed_token_hash = tokens.digest(secret)
    row.save(update_fields=["feed_token_hash"])
    chain.append(row, "FEED_TOKEN_MADE", {}, by, at)
    return secret


def _check_places(row: Person, changed: Mapping[str, Value]) -> None:
    unit, peer = changed.get("department_id"), changed.get("peer_id")
    same_email = Person.objects.filter(email=row.email).exclude(id=row.id)
    errors: dict[str, str] = {}
    if changed.get("email") and same_email.exists():
        errors["email"] = "EMAIL_IN_USE"
    if isinstance(unit, UUID) and not Department.objects.filter(id=unit).exists():
        errors["department_id"] = "UNKNOWN_ID"
    if isinstance(peer, UUID) and not Person.objects.filter(id=peer).exclude(id=row.id).exists():
        errors["peer_id"] = "UNKNOWN_ID"
    if changed.get("manager_id"):
        errors |= _manager_errors(row)
    errors |= {
        field: "FROM_OUTSIDE"
        for field in ("manager_id", "peer_id")
        if field not in errors and field in changed and chain.is_outsider(getattr(row, field))
    }
    if errors:
        raise InvalidInput(errors)


def _holds(row: Person, at: datetime) -> bool:
    """Say whether somebody has what only people of the company have."""
    running = Q(cancelled_at=None, ends_on__gte=at.date())
    held: list[QuerySet[Any]] = [
        row.grants.filter(revoked_at=None),
        row.limits.all(),
        row.deputies.filter(running),
        row.deputises.filter(running),
        row.duty_exceptions.filter(running),
        row.reports.filter(is_active=True),
        row.peer_of.filter(is_active=True),
        row.heads.all(),
    ]
    return any(one.exists() for one in held)


def _manager_errors(row: Person) -> dict[str, str]:
    managers = dict(Person.objects.values_list("id", "manager_id"))
    if row.manager_id not in managers:
        return {"manager_id": "UNKNOWN_ID"}
    above: UUID | None = row.manager_id
    visited = set[UUID]()
    while above is not None and above not in visited:
        if above == row.id:
            return {"manager_id": "REPORTING_LOOP"}
        visited.add(above)
        above = managers.get(above)
    return {}


def _recorded(name: str, value: Value) -> JSON:
    return chain.private(str(value)) if name in PRIVATE and value else value
