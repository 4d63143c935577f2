"""Secrets that stand for a person: keys to the API and the address of a calendar feed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from akcept.people.codes import TokenScope
from akcept.people.models import ApiToken, Person

SIGN = "akc_"
PREFIX_LENGTH = 12


@dataclass(frozen=True, slots=True)
class TokenCard:
    """A key as its owner sees it; the secret is shown once, when it is made."""

    id: UUID
    person_id: UUID
    name: str
    prefix: str
    scopes: frozenset[TokenScope]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


def find(*, secret: str, at: datetime) -> TokenCard | None:
    """Return the key that secret opens, or None: unknown, expired, revoked, or of somebody deactivated."""
    candidates = ApiToken.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=at),
        prefix=secret[:PREFIX_LENGTH],
        revoked_at=None,
        person__is_active=True,
    )
    wanted = digest(secret)
    return next((card(row) for row in candidates if hmac.compare_digest(row.digest, wanted)), None)


def tokens_of(*, person_id: UUID) -> tuple[TokenCard, ...]:
    """Return the keys of a person, newest first, revoked ones too."""
    rows = ApiToken.objects.filter(person_id=person_id).order_by("-created_at", "-id")
    return tuple(card(row) for row in rows)


def feed_owner(*, secret: str) -> UUID | None:
    """Return whose calendar feed that address is, or None."""
    rows = Person.objects.filter(feed_token_hash=digest(secret), is_active=True)
    return rows.values_list("id", flat=True).first()


def new_secret() -> str:
    """Return a fresh secret of 256 random bits."""
    return SIGN + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return what is kept of a secret; it is random enough to need no salt."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def card(row: ApiToken) -> TokenCard:
    """Return a row as a frozen value."""
    return TokenCard(
        id=row.id,
        person_id=row.person_id,
        name=row.name,
        prefix=row.prefix,
        scopes=frozenset(TokenScope(scope) for scope in row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
