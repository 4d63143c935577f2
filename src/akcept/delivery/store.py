"""The only writer of notices and letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from akcept.delivery.models import Delivery, Notice
from akcept.delivery.posting import Postman, Telling
from akcept.delivery.registry import MAIL
from akcept.delivery.retry import next_try
from akcept.delivery.topics import PASSES
from akcept.kit import sql

DIGEST = "DIGEST"
LONGEST_ERROR = 500


def tell(*, tellings: Sequence[Telling], at: datetime, by_mail: bool = True) -> None:
    """Write notices and letters, each once however often it is asked for; in the caller's transaction."""
    sql.require_transaction()
    postman = Postman(tellings, at)
    notices = postman.notices(in_app_alone=not by_mail)
    Notice.objects.bulk_create(list(notices), ignore_conflicts=True)
    sql.give_hint()
    if by_mail:
        Delivery.objects.bulk_create(list(postman.letters()), ignore_conflicts=True)


def post_digests(*, people: Iterable[tuple[UUID, date]], at: datetime) -> None:
    """Let the digest of a day go to people, each once however often it is asked for."""
    letters = [
        Delivery(
            person_id=person,
            chain_id=person,
            number=0,
            cause=digest_cause(day),
            channel=MAIL,
            topic=DIGEST,
            created_at=at,
            next_try_at=at,
        )
        for person, day in people
    ]
    Delivery.objects.bulk_create(letters, ignore_conflicts=True)


def awaited() -> set[UUID]:
    """Return whom news wait for until their digest."""
    return set(Notice.objects.filter(awaits_digest=True).values_list("person_id", flat=True))


def digest_cause(day: date) -> str:
    """Name the digest of a day."""
    return f"{DIGEST} {day.isoformat()}"


def claim(*, at: datetime, lease: timedelta) -> Delivery | None:
    """Take the letter that has waited longest for the length of a lease."""
    # Asking first takes no write lock, and most of the time there is nothing.
    if not Delivery.objects.filter(state="WAITING", next_try_at__lte=at).exists():
        return None
    taken = sql.rows(
        "WITH due AS MATERIALIZED (SELECT id FROM delivery_delivery WHERE state = 'WAITING' "  # noqa: S608
        "AND next_try_at <= %s AND (lease_until IS NULL OR lease_until <= %s) "
        f"ORDER BY next_try_at, id LIMIT 1{sql.lock_suffix(skip_locked=True)}) "
        "UPDATE delivery_delivery SET lease_until = %s, attempts = attempts + 1 "
        "WHERE id IN (SELECT id FROM due) RETURNING id",
        [at, at, at + lease],
    )
    return Delivery.objects.get(id=taken[0][0]) if taken else None


@transaction.atomic
def gather(*, digest: Delivery) -> list[Notice]:
    """Put everything that waits for a digest into this one; a repeat finds the same.

    What was read meanwhile waits no more.
    """
    loose = Notice.objects.filter(person_id=digest.person_id, awaits_digest=True)
    loose.update(digest=digest, awaits_digest=False)
    return list(Notice.objects.filter(digest=digest).order_by("id"))


def gather_bundle(*, row: Delivery) -> list[Delivery]:
    """Let a letter carry what waits about the same document on the same way; a repeat carries the same."""
    waiting = Delivery.objects.filter(
        person_id=row.person_id, chain_id=row.chain_id, channel=row.channel, state="WAITING"
    )
    # What is being sent by somebody else goes by itself.
    free = waiting.filter(attempts=0, lease_until=None).exclude(id=row.id)
    free.update(state="BUNDLED", bundle=row)
    return [row, *Delivery.objects.filter(bundle=row).order_by("number", "id")]


def gather_reminders(*, row: Delivery) -> list[Delivery]:
    """Let a reminder carry all others that wait for the same reader on the same way; a repeat carries the same."""
    waiting = Delivery.objects.filter(
        person_id=row.person_id, channel=row.channel, topic=row.topic, state="WAITING"
    )
    free = waiting.filter(attempts=0, lease_until=None).exclude(id=row.id)
    free.update(state="BUNDLED", bundle=row)
    carried = Delivery.objects.filter(bundle=row, topic=row.topic)
    return [row, *carried.order_by("number", "id")]


def sent(*, row: Delivery, at: datetime) -> None:
    """Note that a letter has gone."""
    _waiting(row).update(state="SENT", sent_at=at, lease_until=None, error="")


def cancelled(*, row: Delivery) -> None:
    """Close a letter that nobody needs any more."""
    _waiting(row).update(state="CANCELLED", lease_until=None)


def failed(*, row: Delivery, at: datetime, error: str, permanent: bool) -> bool:
    """Note a failed attempt, and tell whether the letter was given up."""
    wait = next_try(row.attempts, permanent=permanent)
    said = error.replace("\0", "")[:LONGEST_ERROR]
    if wait is None:
        _waiting(row).update(state="GAVE_UP", gave_up_at=at, lease_until=None, error=said)
    else:
        _waiting(row).update(next_try_at=at + wait, lease_until=None, error=said)
    return wait is None


def mark_read(*, person_id: UUID, ids: Iterable[int] | None, at: datetime) -> int:
    """Mark a person's notices as read, all of them when no ids are given; return how many were new."""
    unread = Notice.objects.filter(person_id=person_id, read_at=None)
    if ids is not None:
        unread = unread.filter(id__in=list(ids))
    return unread.update(read_at=at, awaits_digest=False)


def mark_repeated_read(*, tellings: Sequence[Telling], at: datetime) -> None:
    """Mark as read what these tell once more, so that the bell counts a task once."""
    for telling in tellings:
        Notice.objects.filter(
            person_id=telling.person_id,
            chain_id=telling.chain_id,
            task_kind=telling.task_kind,
            topic__in=PASSES,
            read_at=None,
        ).update(read_at=at, awaits_digest=False)


def mark_old_read(*, before: datetime, at: datetime) -> int:
    """Mark what everybody was told of things long ago as read."""
    return Notice.objects.filter(happened_at__lt=before, read_at=None).update(read_at=at)


def mark_read_about(
    *, person_id: UUID, chain_id: UUID, at: datetime, before: int | None = None
) -> int:
    """Mark what a person was told of one chain as read, all of it or what happened before an entry."""
    unread = Notice.objects.filter(person_id=person_id, chain_id=chain_id, read_at=None)
    if before is not None:
        unread = unread.filter(number__lt=before)
    return unread.update(read_at=at, awaits_digest=False)


def _waiting(row: Delivery) -> QuerySet[Delivery]:
    return Delivery.objects.filter(id=row.id, state="WAITING")
