"""Two people at once: one wins, the other is told by whom. A repeated request changes nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from akcept.cases import queries, services, store, verifying
from akcept.cases.cards import Outcome
from akcept.cases.models import Case, FeedItem, Task
from akcept.cases.services import CardInput
from akcept.cases.store import Request
from akcept.engine import commands as do
from akcept.engine.case import State
from akcept.engine.refusals import AlreadyDecided, KeyReused, Refusal, StaleRevision
from akcept.engine.values import Private
from akcept.journal.models import Dispatch, Entry
from akcept.kit import sql
from akcept.people import services as people
from akcept.people.fields import Absence
from together import at_once
from troupe import AT, SYSTEM, TODAY, Cast, approved, keep_pdf, send

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "SELECT 1 FROM pg_locks WHERE NOT granted"


def _away(cast: Cast) -> None:
    """Let Dana deputise for Boris."""
    absence = Absence(cast.boris.id, cast.dana.id, TODAY, date(2026, 11, 30))
    people.set_deputy(absence=absence, by=SYSTEM, at=AT)


def _approve(cast: Cast, name: str, case_id: UUID) -> Callable[[], Outcome]:
    by = cast.asks(name)
    return lambda: services.approve(case_id=case_id, by=by, revision=1, at=AT)


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told_by_whom(cast: Cast) -> None:
    _away(cast)
    sent = send(cast)
    answers = at_once([_approve(cast, "boris", sent.case_id), _approve(cast, "dana", sent.case_id)])
    (won,) = [answer for answer in answers if isinstance(answer, Outcome)]
    (told,) = [answer for answer in answers if isinstance(answer, Refusal)]
    assert isinstance(told, AlreadyDecided)
    assert told.by in {str(cast.boris.id), str(cast.dana.id)}
    assert Entry.objects.filter(chain_id=won.case_id, kind="APPROVED").count() == 1
    assert verifying.differences(won.case_id) == ()


def test_whoever_is_overtaken_decides_anew(cast: Cast) -> None:
    sent = send(cast)
    said = do.Comment(Private("A moment"))
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            request = Request(cast.asks("anna").actor, AT)
            store.perform_within(case_id=sent.case_id, command=said, request=request)
            deciding = pool.submit(at_once, [_approve(cast, "boris", sent.case_id)])
            _until_somebody_waits()
        (done,) = deciding.result()
    assert isinstance(done, Outcome)
    kinds = Entry.objects.filter(chain_id=sent.case_id).order_by("number")
    assert list(kinds.values_list("kind", flat=True))[-2:] == ["COMMENTED", "APPROVED"]
    assert verifying.differences(sent.case_id) == ()


def _until_somebody_waits() -> None:
    """Come back when a session of PostgreSQL waits for a lock; on SQLite whoever comes later waits anyway."""
    until = time.monotonic() + 30
    while sql.is_postgresql() and not sql.rows(WAITING):
        assert time.monotonic() < until, "nobody waits"


def test_of_two_payers_one_pays(cast: Cast) -> None:
    cleared = approved(cast)

    def pay(name: str) -> Callable[[], Outcome]:
        by = cast.asks(name)
        return lambda: services.pay(
            case_id=cleared.case_id, by=by, revision=1, minor=12_000_000, on=TODAY, at=AT
        )

    answers = at_once([pay("clara"), pay("gleb")])
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyDecided", "Outcome"]
    assert Case.objects.get(id=cleared.case_id).executed_minor == 12_000_000


def test_eight_presses_of_the_same_button_are_one_decision(cast: Cast) -> None:
    sent = send(cast)
    boris = cast.asks("boris")

    def press() -> Outcome:
        return services.approve(case_id=sent.case_id, by=boris, revision=1, at=AT, key="form-1")

    answers = at_once([press] * 8)
    assert {answer for answer in answers if isinstance(answer, Outcome)} == set(answers)
    assert len(set(answers)) == 1
    assert Entry.objects.filter(chain_id=sent.case_id, kind="APPROVED").count() == 1


def test_a_repeated_creation_is_one_case(cast: Cast) -> None:
    content = CardInput(cast.card(), planned=((TODAY, 12_000_000),), files=(keep_pdf(),))
    asked: dict[str, Any] = {"by": cast.asks("anna"), "doctype": "INVOICE", "content": content}
    first = services.create(**asked, submit=True, at=AT, key="once")
    again = services.create(**asked, submit=True, at=AT, key="once")
    assert again.case_id == first.case_id
    assert Case.objects.count() == 1


def test_a_key_used_for_something_else_is_refused(cast: Cast) -> None:
    sent = send(cast)
    boris = cast.asks("boris")
    services.approve(case_id=sent.case_id, by=boris, revision=1, at=AT, key="k")
    with pytest.raises(KeyReused):
        services.reject(case_id=sent.case_id, by=boris, revision=1, reason="No", at=AT, key="k")


def test_a_refusal_leaves_nothing_behind(cast: Cast) -> None:
    sent = send(cast)
    counted = (Entry, Dispatch, FeedItem, Task)
    before = [model.objects.count() for model in counted]
    with pytest.raises(StaleRevision):
        services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=7, at=AT)
    assert [model.objects.count() for model in counted] == before
    assert Case.objects.get(id=sent.case_id).state == State.IN_APPROVAL


def test_a_deputy_acts_for_the_absentee_and_the_record_says_so(cast: Cast) -> None:
    _away(cast)
    sent = send(cast)
    (task,) = queries.inbox(by=cast.asks("dana"), at=AT).tasks
    assert task.acting_for is not None
    assert task.acting_for.name == "Boris Borisov"
    services.approve(case_id=sent.case_id, by=cast.asks("dana"), revision=1, at=AT)
    *_, last = queries.history(by=cast.asks("anna"), case_id=sent.case_id, at=AT)
    assert last.actor is not None
    assert last.acting_for is not None
    assert (last.actor.name, last.acting_for.name) == ("Dana Danina", "Boris Borisov")
