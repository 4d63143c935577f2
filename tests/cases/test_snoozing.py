"""Tasks set aside: out of sight for who did it, for nobody else, until their moment comes and they are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from akcept.cases import queries, services, snoozing
from akcept.cases.snoozing import Choice
from akcept.delivery import queries as delivery
from akcept.delivery import waking
from akcept.engine.refusals import InvalidInput, NotFound
from troupe import AT, TODAY, Cast, send

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def waiting(cast: Cast, at: datetime) -> list[UUID]:
    return [task.id for task in queries.inbox(by=cast.asks("boris"), at=at).tasks]


def aside(cast: Cast, until: datetime) -> UUID:
    send(cast)
    (task,) = waiting(cast, AT)
    snoozing.snooze(by=cast.asks("boris"), task_id=task, until=until, at=AT)
    return task


def test_it_is_out_of_sight_until_its_moment_and_back_by_itself(cast: Cast) -> None:
    task, boris = aside(cast, AT + HOUR), cast.asks("boris")
    assert waiting(cast, AT) == []
    assert queries.inbox_counts(by=boris, at=AT).tasks == {}
    (card,) = queries.snoozed(by=boris, at=AT)
    assert (card.id, card.snoozed_until) == (task, AT + HOUR)
    assert waiting(cast, AT + HOUR) == [task]
    assert queries.inbox_counts(by=boris, at=AT + HOUR).snoozed == 0


def test_who_set_it_aside_is_told_once_when_it_is_back(cast: Cast) -> None:
    aside(cast, AT + HOUR)
    before = delivery.unread(by=cast.asks("boris"))
    assert [waking.wake(at=at) for at in (AT, AT + HOUR, AT + HOUR)] == [0, 1, 0]
    assert delivery.unread(by=cast.asks("boris")) == before + 1


def test_nobody_is_told_of_what_was_decided_meanwhile(cast: Cast) -> None:
    aside(cast, AT + HOUR)
    (card,) = queries.snoozed(by=cast.asks("boris"), at=AT)
    services.approve(case_id=card.case.id, by=cast.asks("boris"), revision=1, at=AT)
    assert waking.wake(at=AT + HOUR) == 0


def test_past_the_planned_date_it_has_to_be_meant(cast: Cast) -> None:
    send(cast)
    (task,) = waiting(cast, AT)
    boris, later = cast.asks("boris"), AT + timedelta(days=3)
    with pytest.raises(InvalidInput) as refused:
        snoozing.snooze(by=boris, task_id=task, until=later, at=AT)
    assert refused.value.errors == {"until": "PAST_PLANNED"}
    assert waiting(cast, AT) == [task]
    snoozing.snooze(by=boris, task_id=task, until=later, at=AT, anyway=True)
    assert waiting(cast, AT) == []


@pytest.mark.parametrize("until", [AT, AT - HOUR, AT + timedelta(days=400)])
def test_a_moment_that_is_over_or_far_away_is_refused(cast: Cast, until: datetime) -> None:
    send(cast)
    (task,) = waiting(cast, AT)
    with pytest.raises(InvalidInput):
        snoozing.snooze(by=cast.asks("boris"), task_id=task, until=until, at=AT, anyway=True)


def test_a_task_of_somebody_else_does_not_exist(cast: Cast) -> None:
    send(cast)
    (task,) = waiting(cast, AT)
    for act in (snoozing.wake, lambda **said: snoozing.snooze(until=AT + HOUR, **said)):
        with pytest.raises(NotFound):
            act(by=cast.asks("oleg"), task_id=task, at=AT)


def test_the_morning_is_nine_where_the_person_is_and_weekends_are_passed_over(cast: Cast) -> None:
    send(cast)
    (task,) = waiting(cast, AT)

    def moment(choice: Choice) -> datetime:
        found = snoozing.moment(choice=choice, by=cast.asks("boris"), task_id=task, at=AT, on=TODAY)
        return found.astimezone(UTC)

    assert moment(Choice.HOUR) == AT + HOUR
    assert moment(Choice.TOMORROW) == datetime(2026, 11, 21, 6, tzinfo=UTC)
    assert moment(Choice.WORKDAY) == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert moment(Choice.DAY) == datetime(2026, 11, 20, 6, tzinfo=UTC)
