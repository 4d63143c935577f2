"""The letter of the morning: what waits and what happened since, at the hour its reader chose, on working days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import pgettext

from akcept.cases import lists, reminders
from akcept.cases.cards import TaskCard
from akcept.company import calendars, queries
from akcept.delivery import chronicle, passing, preferences, store, words
from akcept.delivery.channels.contract import Fact, Letter
from akcept.delivery.describing import about, case_url, url_of
from akcept.delivery.models import Delivery, Notice
from akcept.delivery.topics import Topic
from akcept.delivery.wishes import DEFAULT, Wishes
from akcept.doctypes import queries as doctypes
from akcept.engine.calendars import WorkingCalendar
from akcept.people import deputies
from akcept.people.askers import asker_of
from akcept.people.codes import PersonKind
from akcept.people.models import Person
from akcept.wording import dates, documents, money, tasks
from akcept.wording.entries import sentence

# A worker that was down longer lets the digest wait for the next morning.
STILL_MORNING = timedelta(hours=4)
SHOWN = 30


def post(*, at: datetime) -> int:
    """Send everybody their digest whose hour has come and who has something in it; return how many are due."""
    asked = _concerned(at)
    wishes = preferences.of_people(asked)
    fallback = _company_calendar()

    @cache
    def calendar(code: str) -> WorkingCalendar:
        return calendars.working_calendar(code=code, around=at.date())

    people = Person.objects.filter(
        id__in=asked, is_active=True, kind=PersonKind.INTERNAL, email__isnull=False
    )
    due = [
        (person.id, day)
        for person in people
        if (day := _morning(person, wishes.get(person.id, DEFAULT), at))
        and calendar(person.working_calendar or fallback).is_working(day)
    ]
    store.post_digests(people=due, at=at)
    return len(due)


def _concerned(at: datetime) -> set[UUID]:
    holders = reminders.holders()
    acting = deputies.deputies_of(person_ids=holders, at=at)
    return holders | {row.deputy_id for row in acting if row.deputy_id} | store.awaited()


def _company_calendar() -> str:
    first = next(iter(queries.entities()), None)
    return first.fields.working_calendar if first else ""


def _morning(person: Person, wishes: Wishes, at: datetime) -> date | None:
    """Return the person's day if the hour of their digest has come and is not long past."""
    zone = ZoneInfo(person.time_zone)
    today = at.astimezone(zone).date()
    begins = datetime.combine(today, wishes.digest_at, zone)
    return today if begins <= at < begins + STILL_MORNING else None


def compose(*, row: Delivery, person: Person, id: str, at: datetime) -> Letter | None:
    """Word a digest; None when there is nothing to say."""
    by = asker_of(person)
    waiting = lists.inbox(by=by, at=at, limit=SHOWN).tasks
    counts = lists.inbox_counts(by=by, at=at).tasks
    notices = store.gather(digest=row)
    if not waiting and not notices:
        return None
    late = Counter(task.kind for task in waiting if _is_late(task, at))
    told = [
        *(_count(tasks.kind_words(kind), count, late[kind]) for kind, count in counts.items()),
        *(_count(words.topic(topic), count, 0) for topic, count in _topics(notices).items()),
    ]
    heading = " · ".join(told)
    return Letter(
        id=id,
        address=person.email or "",
        language=person.language,
        subject=heading,
        heading=heading,
        lines=(),
        facts=(*(task_fact(task, at) for task in waiting), *_news(notices)),
        button=pgettext("letter", "Open my tasks"),
        url=f"{settings.AKCEPT_BASE_URL}/tasks/",
        footer=pgettext(
            "letter", "One letter in the morning of a working day. Its hour is set in your profile."
        ),
    )


def _count(name: str, count: int, late: int) -> str:
    if not late:
        return f"{name} {count}"
    said = {"name": name, "count": count, "late": late}
    return pgettext("letter", "%(name)s %(count)d (%(late)d overdue)") % said


def _topics(notices: Iterable[Notice]) -> Counter[str]:
    return Counter(notice.topic for notice in notices)


def _is_late(task: TaskCard, at: datetime) -> bool:
    return task.case.is_overdue or (task.due_at is not None and task.due_at < at)


def task_fact(task: TaskCard, at: datetime) -> Fact:
    """Say in a line of a list what waits, until when, and where it is."""
    case = task.case
    said = [case.counterparty or case.title]
    if case.amount:
        said.append(money.amount(case.amount))
    if task.due_at:
        said.append(pgettext("letter", "by %(when)s") % {"when": dates.exact(task.due_at)})
    if _is_late(task, at):
        said.append(pgettext("letter", "overdue"))
    label = tasks.title(task.kind, case.type, case.number)
    return Fact(label, " · ".join(filter(None, said)), case_url(case.id))


def _news(notices: Iterable[Notice]) -> Iterator[Fact]:
    for notice in notices:
        if notice.topic == Topic.INTAKE:
            (told,) = passing.passed(places=[(notice.chain_id, notice.number)])
            yield Fact(told.title, told.sentence, passing.item_url(notice.chain_id))
            continue
        story = chronicle.read(case_id=notice.chain_id)
        case, entry = story.case(), story.entries[notice.number - 1]
        card = chronicle.history_cards([entry])[notice.chain_id, notice.number]
        label = documents.label(doctypes.type_card(code=case.doctype), case.number)
        said = (" · ".join(about(case)), sentence(card, currency=case.currency))
        yield Fact(label, "\n".join(filter(None, said)), url_of(notice))
