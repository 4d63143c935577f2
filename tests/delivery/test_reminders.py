from __future__ import annotations

from datetime import date, timedelta

import pytest

from akcept.cases import services
from akcept.cases.models import Task
from akcept.delivery.channels.memory import Memory
from akcept.delivery.models import Notice
from akcept.delivery.reminders import remind
from akcept.people import services as people
from akcept.people.fields import Absence
from delivery.telling import another, forget, mailed, send_all, tell, told
from troupe import AT, SYSTEM, TODAY, Cast, send

# The cast works in Moscow; AT is Friday noon there.
MONDAY_NOON = AT + timedelta(days=3)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_holds_a_task_is_reminded_of_it_on_the_next_working_day(
    cast: Cast, memory: Memory
) -> None:
    sent = send(cast)
    forget()
    assert remind(at=AT + 23 * HOUR) == 0
    assert remind(at=AT + 25 * HOUR) == 0, "a Saturday"
    assert remind(at=MONDAY_NOON) == 1
    assert told(cast.boris) == mailed(cast.boris) == ["REMINDER"]
    assert told(cast.vera) == told(cast.anna) == []
    send_all(at=MONDAY_NOON)
    (letter,) = memory.letters
    assert letter.heading == f"Reminder: Approval of invoice {sent.number}"


def test_who_is_reminded_of_several_gets_one_letter_of_what_still_waits(
    cast: Cast, memory: Memory
) -> None:
    done, *left = [another(cast, number) for number in (1, 2, 3)]
    forget()
    assert remind(at=MONDAY_NOON) == 3
    services.approve(case_id=done.case_id, by=cast.asks("boris"), revision=1, at=MONDAY_NOON)
    send_all(at=MONDAY_NOON)
    (letter,) = memory.letters
    assert letter.heading == "Reminder: 2 tasks wait"
    waiting = {f"Approval of invoice {sent.number}" for sent in left}
    assert {fact.label for fact in letter.facts} == waiting
    assert len(told(cast.boris)) == 3, "the bell tells of each"


def test_nobody_is_reminded_at_night(cast: Cast) -> None:
    send(cast)
    assert remind(at=MONDAY_NOON + 10 * HOUR) == 0


def test_reminders_come_again_until_the_task_is_done(cast: Cast) -> None:
    sent = send(cast)
    assert remind(at=MONDAY_NOON) == 1
    assert remind(at=MONDAY_NOON + HOUR) == 0
    assert remind(at=MONDAY_NOON + 24 * HOUR) == 1
    services.approve(
        case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=MONDAY_NOON + 25 * HOUR
    )
    assert remind(at=MONDAY_NOON + 27 * HOUR) == 0
    assert told(cast.boris) == ["REMINDER", "REMINDER"]
    # The bell counts the task once, however often it was brought to mind.
    assert Notice.objects.filter(person_id=cast.boris.id, read_at=None).count() == 1


def test_a_slot_is_reminded_of_once_whoever_asks(cast: Cast) -> None:
    send(cast)
    before = Task.objects.get().told_at
    assert remind(at=MONDAY_NOON) == 1
    Task.objects.update(told_at=before)
    remind(at=MONDAY_NOON)
    assert told(cast.boris) == ["REMINDER"]


def test_a_deadline_is_told_of_at_half_at_four_fifths_and_when_it_comes(cast: Cast) -> None:
    sent = send(cast)
    services.return_for_rework(
        case_id=sent.case_id, by=cast.asks("boris"), revision=1, reasons=("no contract",),
        correct_by=AT + HOUR, at=AT,
    )  # fmt: skip
    tell()
    marks = {29: 0, 30: 1, 47: 0, 48: 1, 59: 0, 60: 1, 61: 0}
    for minute, reminded in marks.items():
        assert remind(at=AT + minute * timedelta(minutes=1)) == reminded, minute
    assert told(cast.anna) == ["RETURNED", "REMINDER", "REMINDER", "REMINDER"]


def test_a_held_document_waits_in_peace(cast: Cast) -> None:
    sent = send(cast)
    services.hold(
        case_id=sent.case_id, by=cast.asks("boris"), reason="asking the supplier",
        until=TODAY + timedelta(days=9), at=AT,
    )  # fmt: skip
    assert remind(at=MONDAY_NOON) == 0


def test_a_deputy_is_reminded_too_while_deputising_but_never_of_their_own_document(
    cast: Cast, memory: Memory
) -> None:
    for deputy in (cast.dana, cast.anna):
        absence = Absence(
            absentee_id=cast.boris.id, deputy_id=deputy.id,
            starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 23),
        )  # fmt: skip
        people.set_deputy(absence=absence, by=SYSTEM, at=AT)
    send(cast)
    forget()
    assert remind(at=MONDAY_NOON) == 1
    assert told(cast.dana) == mailed(cast.dana) == ["REMINDER"]
    assert told(cast.anna) == []
    assert remind(at=MONDAY_NOON + 24 * HOUR) == 1
    assert told(cast.dana) == ["REMINDER"]
    assert told(cast.boris) == ["REMINDER", "REMINDER"]
    send_all(at=MONDAY_NOON)
    assert {letter.address for letter in memory.letters} == {
        "boris@example.com",
        "dana@example.com",
    }
