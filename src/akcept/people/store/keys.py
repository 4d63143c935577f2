"""The only writer of API tokens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from akcept.engine.refusals import InvalidInput, NotFound
from akcept.journal.canonical import JSON
from akcept.journal.store import Actor
from akcept.kit import text
from akcept.people import tokens
from akcept.people.codes import TokenScope
from akcept.people.models import ApiToken
from akcept.people.store import chain

# How exact "last used" is; a write for every call of the API would be worth nothing.
USE_NOTED_EVERY = timedelta(minutes=5)


@transaction.atomic
def make(
    *,
    person_id: UUID,
    name: str,
    scopes: Collection[TokenScope],
    expires_at: datetime | None,
    by: Actor,
    at: datetime,
) -> tuple[UUID, str]:
    """Make a key and return its id and the secret, which is never shown again."""
    if not scopes:
        raise InvalidInput({"scopes": "REQUIRED"})
    if expires_at is not None and expires_at <= at:
        raise InvalidInput({"expires_at": "ALREADY_OVER"})
    try:
        title = text.clean_text(name, max_length=100)
    except ValueError as error:
        raise InvalidInput({"name": str(error)}) from None
    person = chain.locked(person_id)
    secret = tokens.new_secret()
    granted = sorted(scope.value for scope in scopes)
    row = ApiToken.objects.create(
        person=person,
        name=title,
        prefix=secret[: tokens.PREFIX_LENGTH],
        digest=tokens.digest(secret),
        scopes=granted,
        created_at=at,
        expires_at=expires_at,
    )
    data: dict[str, JSON] = {"token": row.id, "name": chain.private(title)}
    data |= {"scopes": granted, "expires_at": expires_at}
    chain.append(person, "TOKEN_MADE", data, by, at)
    return row.id, secret


@transaction.atomic
def revoke(*, token_id: UUID, person_id: UUID, by: Actor, at: datetime) -> None:
    """Stop a key of that person; NotFound for any other."""
    row = ApiToken.objects.filter(id=token_id, person_id=person_id, revoked_at=None).first()
    if row is None:
        raise NotFound
    person = chain.locked(person_id)
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    chain.append(person, "TOKEN_REVOKED", {"token": row.id}, by, at)


def note_use(*, token_id: UUID, at: datetime) -> None:
    """Remember when a key was last used, to a few minutes; no entry, as nothing changed."""
    unnoted = Q(last_used_at=None) | Q(last_used_at__lt=at - USE_NOTED_EVERY)
    ApiToken.objects.filter(unnoted, id=token_id).update(last_used_at=at)
