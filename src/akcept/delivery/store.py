"""The only writer of notices and letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from akcept.delivery.models import Delivery, Notice
from akcept.delivery.registry import MAIL
from akcept.delivery.retry import next_try
from akcept.delivery.topics import BY_DIGEST, BY_MAIL, TO_GUESTS, Topic
from akcept.kit import sql
from akcept.people.codes import PersonKind
from akcept.people.models import Person

DIGEST = "DIGEST"
# What moves in one catch-up arrives within minutes; then the letter goes.
DIGEST_GATHERS = timedelta(minutes=15)
DIGEST_AT = time(8, 30)
LONGEST_ERROR = 500


@dataclass(frozen=True, slots=True)
class Telling:
    """A notice to write, with its letter if its topic has one."""

    person_id: UUID
    chain_id: UUID
    number: int
    cause: str
    topic: Topic
    task_kind: str
    happened_at: datetime


def tell(*, tellings: Sequence[Telling], at: datetime, by_mail: bool = True) -> None:
    """Write notices and letters, each once however often it is asked for; in the caller's transaction."""
    sql.require_transaction()
    people = _reachable({telling.person_id for telling in tellings})
    wanted = [telling for telling in tellings if telling.person_id in people]
    inside, guests = _apart(wanted, people)
    Notice.objects.bulk_create([_notice(row) for row in inside], ignore_conflicts=True)
    sql.give_hint()
    if not by_mail:
        return
    mailed = [row for row in inside if people[row.person_id].email]
    letters = [_letter(row, at) for row in mailed if row.topic in BY_MAIL]
    letters += [_letter(row, at) for row in guests]
    gathered = {row.person_id for row in mailed if row.topic in BY_DIGEST}
    letters += [digest_letter(people[person], at) for person in sorted(gathered)]
    Delivery.objects.bulk_create(letters, ignore_conflicts=True)


def digest_letter(person: Person, at: datetime) -> Delivery:
    """Return today's digest of a person, or tomorrow's if today's has already been taken up."""
    zone = ZoneInfo(person.time_zone)
    today = at.astimezone(zone).date()
    taken = Delivery.objects.filter(
        ~Q(state="WAITING") | Q(attempts__gt=0), person_id=person.id, cause=_digest_cause(today)
    )
    if not taken.exists():
        return _digest(person, today, at, at + DIGEST_GATHERS)
    tomorrow = today + timedelta(days=1)
    morning = datetime.combine(tomorrow, DIGEST_AT, tzinfo=zone)
    return _digest(person, tomorrow, at, morning)


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


def gather(*, digest: Delivery) -> list[Notice]:
    """Put everything that waits for a digest into this one; a repeat finds the same."""
    loose = Notice.objects.filter(
        person_id=digest.person_id, topic__in=BY_DIGEST, digest=None, read_at=None
    )
    loose.update(digest=digest)
    return list(Notice.objects.filter(digest=digest).order_by("id"))


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
    return unread.update(read_at=at)


def mark_old_read(*, before: datetime, at: datetime) -> int:
    """Mark what everybody was told of things long ago as read."""
    return Notice.objects.filter(happened_at__lt=before, read_at=None).update(read_at=at)


def mark_case_read(*, person_id: UUID, case_id: UUID, at: datetime) -> int:
    """Mark what a person was told of one case as read."""
    unread = Notice.objects.filter(person_id=person_id, chain_id=case_id, read_at=None)
    return unread.update(read_at=at)


def _reachable(ids: set[UUID]) -> dict[UUID, Person]:
    return {person.id: person for person in Person.objects.filter(id__in=ids, is_active=True)}


def _apart(
    tellings: Sequence[Telling], people: dict[UUID, Person]
) -> tuple[list[Telling], list[Telling]]:
    """Part those of the company from those from outside, who get letters about what they decide and no more."""
    guests = {key for key, person in people.items() if person.kind == PersonKind.EXTERNAL}
    inside = [row for row in tellings if row.person_id not in guests]
    asked = [row for row in tellings if row.person_id in guests and row.topic in TO_GUESTS]
    return inside, asked


def _waiting(row: Delivery) -> QuerySet[Delivery]:
    return Delivery.objects.filter(id=row.id, state="WAITING")


def _notice(row: Telling) -> Notice:
    return Notice(
        person_id=row.person_id,
        chain_id=row.chain_id,
        number=row.number,
        cause=row.cause,
        topic=row.topic,
        task_kind=row.task_kind,
        happened_at=row.happened_at,
    )


def _letter(row: Telling, at: datetime) -> Delivery:
    return Delivery(
        person_id=row.person_id,
        chain_id=row.chain_id,
        number=row.number,
        cause=row.cause,
        channel=MAIL,
        topic=row.topic,
        task_kind=row.task_kind,
        created_at=at,
        next_try_at=at,
    )


def _digest(person: Person, day: date, at: datetime, not_before: datetime) -> Delivery:
    return Delivery(
        person_id=person.id,
        chain_id=person.id,
        number=0,
        cause=_digest_cause(day),
        channel=MAIL,
        topic=DIGEST,
        created_at=at,
        next_try_at=not_before,
    )


def _digest_cause(day: date) -> str:
    return f"{DIGEST} {day.isoformat()}"
