"""The browsers that take pushes for a person: added and removed by themselves and on record, forgotten when gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction

from akcept.delivery import webpush
from akcept.delivery.models import Subscription
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.kit import text
from akcept.people.askers import Asker
from akcept.people.store import chain

LONGEST_ADDRESS = 2000
MOST = 10


@dataclass(frozen=True, slots=True)
class SubscriptionCard:
    """A browser as its owner knows it; where it is reached stays secret."""

    id: UUID
    name: str
    created_at: datetime


def application_key() -> str:
    """Return the public key by which browsers know this installation."""
    return webpush.text(webpush.point(webpush.private_key(settings.AKCEPT_PUSH_KEY)))


def of(by: Asker) -> tuple[SubscriptionCard, ...]:
    """Return one's own browsers, the newest first."""
    rows = Subscription.objects.filter(person_id=by.id).order_by("-created_at", "id")
    return tuple(SubscriptionCard(row.id, row.name, row.created_at) for row in rows)


@transaction.atomic
def subscribe(
    *, by: Asker, endpoint: str, public_key: str, auth_secret: str, name: str, at: datetime
) -> UUID:
    """Let a browser take pushes, whoever used it before; refuses what no browser would give."""
    _check(endpoint, public_key, auth_secret)
    person = chain.locked(by.id)
    known = sha256(endpoint.encode()).hexdigest()
    # A browser that now somebody else uses no longer hears of the one before.
    Subscription.objects.filter(endpoint_hash=known).delete()
    old = Subscription.objects.filter(person_id=by.id).order_by("-created_at")
    Subscription.objects.filter(id__in=[row.id for row in old[MOST - 1 :]]).delete()
    row = Subscription(
        person_id=by.id,
        endpoint=endpoint,
        endpoint_hash=known,
        public_key=public_key,
        auth_secret=auth_secret,
        name=text.clean_text(name or "?", max_length=100),
        created_at=at,
    )
    row.save(force_insert=True)
    chain.append(person, "PUSH_SUBSCRIBED", {"browser": row.name}, by.actor, at)
    return row.id


@transaction.atomic
def unsubscribe(*, by: Asker, subscription_id: UUID, at: datetime) -> None:
    """Let a browser take no more pushes; NotFound for one of somebody else."""
    person = chain.locked(by.id)
    row = Subscription.objects.filter(id=subscription_id, person_id=by.id).first()
    if row is None:
        raise NotFound
    row.delete()
    chain.append(person, "PUSH_UNSUBSCRIBED", {"browser": row.name}, by.actor, at)


def reached(person_id: UUID) -> tuple[Subscription, ...]:
    """Return where a person is reached by push."""
    return tuple(Subscription.objects.filter(person_id=person_id).order_by("created_at", "id"))


def forget(*, subscription_id: UUID) -> None:
    """Drop a browser of which its push service says that it is gone."""
    Subscription.objects.filter(id=subscription_id).delete()


def _check(endpoint: str, public_key: str, auth_secret: str) -> None:
    errors: dict[str, str] = {}
    parts: Mapping[str, str] = {}
    try:
        split = urlsplit(endpoint)
        parts = {"scheme": split.scheme, "host": split.hostname or ""}
    except ValueError:
        errors["endpoint"] = "WRONG_SHAPE"
    trusted = parts.get("host") in settings.AKCEPT_PRIVATE_HOSTS
    is_safe = parts.get("scheme") == "https" or (trusted and parts.get("scheme") == "http")
    if not (is_safe and parts.get("host")) or len(endpoint) > LONGEST_ADDRESS:
        errors["endpoint"] = "WRONG_SHAPE"
    if not webpush.is_browser_key(public_key, auth_secret):
        errors["public_key"] = "WRONG_SHAPE"
    if errors:
        raise InvalidInput(errors)
