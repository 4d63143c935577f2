"""What follows from a telling: a notice, and a letter for each way its reader wants it to come at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from akcept.delivery import preferences
from akcept.delivery.models import Delivery, Notice, Subscription
from akcept.delivery.registry import MAIL, PUSH
from akcept.delivery.topics import TO_GUESTS, Topic
from akcept.delivery.wishes import DEFAULT, Way, When, Wishes
from akcept.people.codes import PersonKind
from akcept.people.models import Person

# So much about one document comes in one letter.
BUNDLED = timedelta(minutes=10)
WAYS = {Way.MAIL: MAIL, Way.PUSH: PUSH}
Place = tuple[UUID, UUID, str]


@dataclass(frozen=True, slots=True)
class Telling:
    """What one person is told of one chain; `task_kind` if they have to do something."""

    person_id: UUID
    chain_id: UUID
    number: int
    cause: str
    topic: Topic
    task_kind: str
    happened_at: datetime


class Postman:
    """Knows whom some tellings reach and how, with as many queries for ten people as for one."""

    def __init__(self, tellings: Sequence[Telling], at: datetime) -> None:
        asked = {telling.person_id for telling in tellings}
        found = Person.objects.filter(id__in=asked, is_active=True)
        self._people = {person.id: person for person in found}
        guests = {one.id for one in self._people.values() if one.kind == PersonKind.EXTERNAL}
        reached = [row for row in tellings if row.person_id in self._people]
        self._inside = [row for row in reached if row.person_id not in guests]
        # Those from outside get letters about what they decide and no more.
        self._asked = [row for row in reached if row.person_id in guests and row.topic in TO_GUESTS]
        self._wishes = preferences.of_people(asked)
        self._at = at

    def notices(self, *, in_app_alone: bool) -> Iterator[Notice]:
        """Give the notices; what does not ring has been read when it comes."""
        for row in self._inside:
            wishes = self._wishes.get(row.person_id, DEFAULT)
            rings = wishes.how(row.topic, Way.APP) is not When.OFF
            waits = wishes.how(row.topic, Way.MAIL) is When.DIGEST and not in_app_alone
            yield Notice(
                person_id=row.person_id,
                chain_id=row.chain_id,
                number=row.number,
                cause=row.cause,
                topic=row.topic,
                task_kind=row.task_kind,
                happened_at=row.happened_at,
                read_at=None if rings else row.happened_at,
                awaits_digest=waits and bool(self._people[row.person_id].email),
            )

    def letters(self) -> Iterator[Delivery]:
        """Give the letters: what disturbs follows what disturbed ten minutes later at the earliest."""
        lately = self._lately()
        pushable = self._pushable()
        for row in self._asked:
            yield _letter(row, MAIL, self._at, self._at)
        for row in self._inside:
            person = self._people[row.person_id]
            wishes = self._wishes.get(person.id, DEFAULT)
            for way, channel in WAYS.items():
                reaches = person.email if way is Way.MAIL else person.id in pushable
                if reaches and wishes.how(row.topic, way) is When.AT_ONCE:
                    last = lately.get((row.person_id, row.chain_id, channel))
                    when = _when(row, person, wishes, last, self._at)
                    yield _letter(row, channel, self._at, when)

    def _lately(self) -> Mapping[Place, datetime]:
        """Return when the last letters about the same documents were to go."""
        recent = Delivery.objects.filter(
            person_id__in=[row.person_id for row in self._inside],
            chain_id__in={row.chain_id for row in self._inside},
            created_at__gt=self._at - BUNDLED,
            state__in=("WAITING", "SENT"),
        ).order_by("created_at")
        rows = recent.values_list("person_id", "chain_id", "channel", "created_at")
        first: dict[Place, datetime] = {}
        for person, chain, channel, created in rows:
            first.setdefault((person, chain, channel), created)
        return first

    def _pushable(self) -> set[UUID]:
        asked = [row.person_id for row in self._inside]
        rows = Subscription.objects.filter(person_id__in=asked)
        return set(rows.values_list("person_id", flat=True))


def _when(
    row: Telling, person: Person, wishes: Wishes, last: datetime | None, at: datetime
) -> datetime:
    # What has to be done is never kept back for company.
    sociable = last is not None and not row.task_kind
    ready = max(at, last + BUNDLED) if last is not None and sociable else at
    return wishes.not_before(row.topic, ready, ZoneInfo(person.time_zone))


def _letter(row: Telling, channel: str, at: datetime, when: datetime) -> Delivery:
    return Delivery(
        person_id=row.person_id,
        chain_id=row.chain_id,
        number=row.number,
        cause=row.cause,
        channel=channel,
        topic=row.topic,
        task_kind=row.task_kind,
        created_at=at,
        next_try_at=when,
    )
