"""Several people talk at the same moment: nothing said is lost, and a question has one answer and one end."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

import pytest

from akcept.cases import queries, verifying
from akcept.cases.cards import Outcome
from akcept.cases.discussion import writing
from akcept.cases.discussion.writing import Words
from akcept.cases.models import Mention, Message
from akcept.engine.refusals import InvalidInput, QuestionClosed
from akcept.journal.models import Entry
from akcept.people import services as people
from akcept.people.fields import Absence
from together import at_once
from troupe import AT, SYSTEM, TODAY, Cast, send

pytestmark = pytest.mark.django_db(transaction=True)


def says(cast: Cast, name: str, case_id: UUID, words: Words) -> Callable[[], Outcome]:
    by = cast.asks(name)
    return lambda: writing.say(case_id=case_id, by=by, words=words, at=AT)


def bodies(case_id: UUID, kind: str) -> list[dict[str, object]]:
    """Return what the entries of a kind say, oldest first."""
    rows = Entry.objects.filter(chain_id=case_id, kind=kind).order_by("number")
    return [json.loads(row.body)["data"] for row in rows]


def test_what_several_say_at_once_is_all_there(cast: Cast) -> None:
    case_id = send(cast).case_id
    names = ("anna", "boris", "vera", "gleb")
    answers = at_once([says(cast, name, case_id, Words(f"I am {name}")) for name in names])
    assert {type(answer) for answer in answers} == {Outcome}
    assert Message.objects.filter(case=case_id).count() == len(names)
    assert len(bodies(case_id, "COMMENTED")) == len(names)
    assert verifying.differences(case_id) == ()


def test_of_two_wordings_of_one_message_the_later_stays_and_both_are_on_record(cast: Cast) -> None:
    case_id, anna = send(cast).case_id, cast.asks("anna")
    said = writing.say(case_id=case_id, by=anna, words=Words("Hapy"), at=AT)

    def edits(text: str) -> Callable[[], Outcome]:
        return lambda: writing.edit(
            case_id=case_id, by=anna, message=said.entry, words=Words(text), at=AT
        )

    first, second = at_once([edits("Happy"), edits("Merry")])
    assert isinstance(first, Outcome)
    assert isinstance(second, Outcome)
    assert first.entry != second.entry
    assert len(bodies(case_id, "COMMENT_EDITED")) == 2
    assert verifying.differences(case_id) == ()


def test_a_question_answered_by_two_at_once_has_one_answer_and_two_messages(cast: Cast) -> None:
    absence = Absence(cast.anna.id, cast.dana.id, TODAY, TODAY)
    people.set_deputy(absence=absence, by=SYSTEM, at=AT)
    case_id = send(cast).case_id
    asks = Words("Which contract?", asks=cast.anna.id)
    asked = writing.say(case_id=case_id, by=cast.asks("boris"), words=asks, at=AT)
    answer = Words("The one of May", reply_to=asked.entry)
    done = at_once([says(cast, name, case_id, answer) for name in ("anna", "dana")])
    assert {type(one) for one in done} == {Outcome}
    replies = [said.get("answers") for said in bodies(case_id, "COMMENTED")]
    assert [one for one in replies if one] == [asked.entry]
    assert not Mention.objects.filter(case=case_id, is_open=True).exists()
    assert verifying.differences(case_id) == ()


def test_a_question_taken_back_while_it_is_answered_ends_once(cast: Cast) -> None:
    case_id, boris = send(cast).case_id, cast.asks("boris")
    asks = Words("Which contract?", asks=cast.anna.id)
    asked = writing.say(case_id=case_id, by=boris, words=asks, at=AT)
    answered, taken_back = at_once(
        [
            says(cast, "anna", case_id, Words("The one of May", reply_to=asked.entry)),
            lambda: writing.withdraw_question(
                case_id=case_id, by=boris, question=asked.entry, at=AT
            ),
        ]
    )
    # An answer that comes too late is a message like any other.
    assert isinstance(answered, Outcome)
    answers = [said for said in bodies(case_id, "COMMENTED") if said.get("answers")]
    assert len(answers) == isinstance(taken_back, QuestionClosed)
    assert queries.inbox_counts(by=cast.asks("anna"), at=AT).mentions == 0
    assert verifying.differences(case_id) == ()


def test_nobody_is_asked_twice_by_two_presses(cast: Cast) -> None:
    case_id = send(cast).case_id
    asks = Words("Which contract?", asks=cast.anna.id)
    answers = at_once([says(cast, "boris", case_id, asks)] * 2)
    (refused,) = [answer for answer in answers if isinstance(answer, InvalidInput)]
    assert refused.errors == {"asks": "ASKED_ALREADY"}
    assert Message.objects.filter(case=case_id).count() == 1
