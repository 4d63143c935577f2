"""What people say on a case: whom it reaches, what it asks, who has read it, and what stays on record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from akcept.cases import queries, services, verifying
from akcept.cases.discussion import mentions, writing
from akcept.cases.discussion.writing import Words
from akcept.cases.models import Task
from akcept.engine.refusals import EditOver, NotReaders, Refusal
from akcept.engine.routes import Stage
from cases.test_stages import through
from troupe import AT, Cast, send

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def test_a_mention_waits_in_the_inbox_until_it_is_read(cast: Cast) -> None:
    case_id = send(cast).case_id
    text = "@Boris Borisov, is it the old price?"
    said = writing.say(case_id=case_id, by=cast.asks("anna"), words=Words(text), at=AT)
    boris = cast.asks("boris")
    (card,) = mentions.mentions(by=boris, at=AT).items
    assert (card.number, card.text, card.by.name) == (said.entry, text, "Anna Annina")
    assert queries.inbox_counts(by=boris, at=AT).mentions == 1
    assert writing.mark_read(case_id=case_id, by=boris, upto=said.entry, at=AT)
    assert not writing.mark_read(case_id=case_id, by=boris, upto=said.entry, at=AT)
    assert queries.inbox_counts(by=boris, at=AT).mentions == 0


def test_who_does_not_see_the_case_is_named_only_as_an_observer(cast: Cast) -> None:
    case_id = send(cast).case_id
    words, anna = Words("@Oleg Olegov knows"), cast.asks("anna")
    with pytest.raises(NotReaders) as refused:
        writing.say(case_id=case_id, by=anna, words=words, at=AT)
    assert refused.value.people == (str(cast.oleg.id),)
    for _ in range(2):
        writing.say(case_id=case_id, by=anna, words=words, at=AT, add_observers=True, key="k")
    assert queries.inbox_counts(by=cast.asks("oleg"), at=AT).mentions == 1
    assert verifying.differences(case_id) == ()


def test_a_question_pauses_the_deadline_until_it_is_answered(cast: Cast) -> None:
    through(Stage("ONE", people=(str(cast.boris.id),), hours=4))
    case_id = send(cast).case_id
    due_at = Task.objects.get(case=case_id).due_at
    assert due_at == AT + 4 * HOUR
    boris, anna = cast.asks("boris"), cast.asks("anna")
    asked = writing.say(
        case_id=case_id, by=boris, words=Words("Which contract?", asks=anna.id), at=AT + HOUR
    )
    # Three hours are left after at most two working days: Tuesday 13:00 and three more.
    assert Task.objects.get(case=case_id).due_at == AT + timedelta(days=4) + 4 * HOUR
    (card,) = mentions.mentions(by=anna, at=AT).items
    assert card.is_question
    answer = Words("The one of May", reply_to=asked.entry)
    writing.say(case_id=case_id, by=anna, words=answer, at=AT + 2 * HOUR)
    assert Task.objects.get(case=case_id).due_at == AT + 5 * HOUR
    assert queries.inbox_counts(by=anna, at=AT).mentions == 0
    assert verifying.differences(case_id) == ()


def test_who_asks_decides_whenever_they_want(cast: Cast) -> None:
    through(Stage("ONE", people=(str(cast.boris.id),), hours=4))
    case_id = send(cast).case_id
    words = Words("Which contract?", asks=cast.anna.id)
    writing.say(case_id=case_id, by=cast.asks("boris"), words=words, at=AT)
    done = services.approve(case_id=case_id, by=cast.asks("boris"), revision=1, at=AT)
    assert queries.inbox_counts(by=cast.asks("anna"), at=AT).mentions == 0
    services.undo(case_id=case_id, by=cast.asks("boris"), entry=done.entry, at=AT)
    assert queries.inbox_counts(by=cast.asks("anna"), at=AT).mentions == 1
    assert verifying.differences(case_id) == ()


def test_a_message_is_edited_for_five_minutes_by_its_author(cast: Cast) -> None:
    case_id = send(cast).case_id
    anna = cast.asks("anna")
    said = writing.say(case_id=case_id, by=anna, words=Words("Hapy"), at=AT)
    with pytest.raises(Refusal):
        writing.edit(
            case_id=case_id, by=cast.asks("boris"), message=said.entry, words=Words("No"), at=AT
        )
    later = AT + timedelta(minutes=5)
    writing.edit(case_id=case_id, by=anna, message=said.entry, words=Words("Happy"), at=later)
    with pytest.raises(EditOver):
        writing.edit(
            case_id=case_id, by=anna, message=said.entry, words=Words("No"), at=later + HOUR
        )
    assert verifying.differences(case_id) == ()
