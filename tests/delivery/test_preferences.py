from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from akcept.cases import services
from akcept.delivery import preferences
from akcept.delivery.channels.memory import Memory
from akcept.delivery.models import Delivery, Notice
from akcept.delivery.queries import unread
from akcept.delivery.topics import Topic
from akcept.delivery.wishes import CELLS, OFFERED, Way, When, Wishes
from akcept.engine.refusals import InvalidInput
from akcept.journal.models import Entry
from delivery.telling import LATER, forget, mailed, send_all, tell, told
from troupe import AT, Cast, send

MOSCOW = ZoneInfo("Europe/Moscow")
NIGHT = Wishes(quiet_from=time(22), quiet_until=time(7))
MINUTE = timedelta(minutes=1)

transactional = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("hour", "goes"),
    [(21, (20, 21)), (22, (21, 7)), (23, (21, 7)), (3, (20, 7)), (7, (20, 7)), (12, (20, 12))],
)
def test_quiet_hours_go_over_midnight(hour: int, goes: tuple[int, int]) -> None:
    at = datetime(2026, 11, 20, hour, tzinfo=MOSCOW)
    day, then = goes
    expected = datetime(2026, 11, day, then, tzinfo=MOSCOW)
    assert NIGHT.not_before(Topic.TASK, at, MOSCOW) == expected


def test_what_is_urgent_keeps_no_quiet_hours() -> None:
    at = datetime(2026, 11, 20, 23, tzinfo=MOSCOW)
    assert NIGHT.not_before(Topic.REMINDER, at, MOSCOW) == at


def test_some_things_cannot_be_switched_off() -> None:
    fixed = {name for name, cell in CELLS.items() if len(OFFERED[cell]) == 1}
    assert fixed == {"TASKS.APP", "URGENT.APP", "URGENT.MAIL", "ENDED.APP"}
    assert When.OFF not in OFFERED[CELLS["TASKS.MAIL"]]


@transactional
@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"URGENT.MAIL": "OFF"}, {"URGENT.MAIL": "NOT_A_CHOICE"}),
        ({"TASKS.MAIL": "OFF"}, {"TASKS.MAIL": "NOT_A_CHOICE"}),
        ({"TASKS.FAX": "OFF"}, {"TASKS.FAX": "UNKNOWN_FIELD"}),
        ({"digest_at": None}, {"digest_at": "REQUIRED"}),
        ({"push_amounts": "yes"}, {"push_amounts": "NOT_A_FLAG"}),
        (
            {"quiet_from": time(22)},
            {"quiet_from": "BOTH_OR_NEITHER", "quiet_until": "BOTH_OR_NEITHER"},
        ),
    ],
)
def test_what_is_not_offered_is_refused(
    cast: Cast, changes: dict[str, object], errors: dict[str, str]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        preferences.change(by=cast.asks("anna"), changes=changes, at=AT)
    assert refused.value.errors == errors
    assert preferences.of(cast.anna.id) == Wishes()


@transactional
def test_a_change_is_on_record_with_what_was_before(cast: Cast) -> None:
    changes = {"WATCHED.MAIL": "OFF", "digest_at": time(9)}
    wishes = preferences.change(by=cast.asks("anna"), changes=changes, at=AT)
    assert preferences.of(cast.anna.id) == wishes
    preferences.change(by=cast.asks("anna"), changes=changes, at=AT)
    (entry,) = Entry.objects.filter(kind=preferences.CHANGED)
    assert (entry.chain_id, entry.actor_id) == (cast.anna.id, cast.anna.id)
    assert '"WATCHED.MAIL":["DIGEST","OFF"]' in entry.body
    assert '"digest_at":["08:30","09:00"]' in entry.body


@transactional
def test_who_wants_tasks_once_a_day_gets_no_letter_at_once(cast: Cast) -> None:
    preferences.change(by=cast.asks("boris"), changes={"TASKS.MAIL": "DIGEST"}, at=AT)
    send(cast)
    tell()
    assert (told(cast.boris), mailed(cast.boris)) == (["TASK"], [])


@transactional
def test_what_does_not_ring_stands_in_the_list_all_the_same(cast: Cast) -> None:
    preferences.change(by=cast.asks("anna"), changes={"APPROVED.APP": "OFF"}, at=AT)
    sent = send(cast)
    services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=AT)
    tell()
    assert told(cast.anna) == ["APPROVED"]
    assert unread(by=cast.asks("anna")) == 0
    assert Notice.objects.get(person_id=cast.anna.id).awaits_digest


@transactional
def test_letters_keep_quiet_hours(cast: Cast, memory: Memory) -> None:
    changes = {"quiet_from": time(11), "quiet_until": time(14)}
    preferences.change(by=cast.asks("boris"), changes=changes, at=AT)
    send(cast)
    tell()
    send_all()
    assert memory.letters == []
    send_all(at=datetime(2026, 11, 20, 14, tzinfo=MOSCOW))
    assert len(memory.letters) == 1


@transactional
def test_what_follows_about_a_document_within_ten_minutes_comes_in_one_letter(
    cast: Cast, memory: Memory
) -> None:
    preferences.change(by=cast.asks("anna"), changes={"WATCHED.MAIL": "AT_ONCE"}, at=AT)
    sent = send(cast)
    forget()
    for minute, text in enumerate(("first", "second", "third")):
        services.comment(
            case_id=sent.case_id, by=cast.asks("boris"), text=text, at=AT + minute * MINUTE
        )
        tell(at=LATER + minute * MINUTE)
        send_all(at=LATER + minute * MINUTE)
    assert len(memory.letters) == 1
    send_all(at=LATER + 10 * MINUTE)
    _, letter = memory.letters
    assert [line for line in letter.lines if "Comment" in line] == [
        "Comment: second",
        "Comment: third",
    ]
    assert sorted(row.state for row in Delivery.objects.all()) == ["BUNDLED", "SENT", "SENT"]


@transactional
def test_a_task_waits_for_no_company_and_takes_along_what_waits(cast: Cast, memory: Memory) -> None:
    preferences.change(by=cast.asks("anna"), changes={"WATCHED.MAIL": "AT_ONCE"}, at=AT)
    sent = send(cast)
    forget()
    for text in ("first", "second"):
        services.comment(case_id=sent.case_id, by=cast.asks("boris"), text=text, at=AT)
        tell()
        send_all()
    services.return_for_rework(
        case_id=sent.case_id, by=cast.asks("boris"), revision=1, reasons=("no contract",), at=AT
    )
    tell()
    send_all()
    letter = memory.letters[-1]
    assert letter.heading == f"Correct invoice {sent.number}"
    assert "Comment: second" in letter.lines
    assert "Reason: no contract" in letter.lines


def test_every_line_has_a_choice_for_every_way() -> None:
    assert len(OFFERED) == 5 * len(Way)
