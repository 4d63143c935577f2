"""Messages and questions: who may say what, whose deadline waits, and what ends a question."""

from __future__ import annotations

from datetime import timedelta

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine.facts import Said
from akcept.engine.talking import LONGEST, MOST_FILES, MOST_MENTIONED, paused
from akcept.engine.values import Private
from engine.world import CAST, NOON, Story, World

WHY = Private("Why?")


def asked() -> Story:
    """Let Boris, whose turn it is, ask Anna."""
    story = Story().submit()
    story.does("boris", do.Comment(WHY, asks="anna"))
    return story


def reply(story: Story, actor: str, number: int) -> None:
    story.world.said = Said("boris", story.world.at)
    story.does(actor, do.Comment(Private("So"), reply_to=number))


def test_a_question_of_whose_turn_it_is_pauses_their_task() -> None:
    story = asked()
    assert paused(story.case) == {story.tasks[0].key}
    question = story.case.questions[0]
    assert (question.by, question.person, question.id) == ("boris", "anna", story.case.entries)
    reply(story, "vera", question.id)
    assert story.case.questions == (question,), "only who is asked answers"
    reply(story, "anna", question.id)
    assert story.case.questions == ()


def test_a_deputy_answers_for_who_is_asked() -> None:
    story = asked()
    story.world.deputies = {"dana": frozenset({"anna"})}
    reply(story, "dana", story.case.questions[0].id)
    assert story.case.questions == ()


def test_a_question_of_somebody_else_pauses_nothing_and_outlives_decisions() -> None:
    story = Story().submit()
    story.does("oleg", do.Comment(WHY, asks="anna"))
    assert paused(story.case) == frozenset()
    assert story.approve("boris", "vera").case.questions


def test_the_asker_decides_without_the_answer_and_the_question_ends() -> None:
    assert asked().approve("boris").case.questions == ()


def test_only_the_asker_withdraws_a_question() -> None:
    story = asked()
    number = story.case.questions[0].id
    assert story.code("anna", do.WithdrawQuestion(number)) == "QUESTION_CLOSED"
    assert story.code("boris", do.WithdrawQuestion(number + 1)) == "QUESTION_CLOSED"
    story.does("vera", do.Comment(WHY, asks="anna"))
    assert story.code("vera", do.WithdrawQuestion(number)) == "NOT_ALLOWED"
    story.does("boris", do.WithdrawQuestion(number))
    assert [row.by for row in story.case.questions] == ["vera"]


def test_what_a_message_may_not_be() -> None:
    story = asked()
    refused = {
        do.Comment(Private(" ")): "INVALID_INPUT",
        do.Comment(Private("x" * (LONGEST + 1))): "INVALID_INPUT",
        do.Comment(WHY, asks="boris"): "INVALID_INPUT",
        do.Comment(WHY, asks="anna"): "INVALID_INPUT",
        do.Comment(WHY, mentions=("zoya",)): "NOT_READERS",
        do.Comment(WHY, mentions=CAST * (MOST_MENTIONED // len(CAST) + 1)): "INVALID_INPUT",
        do.Comment(WHY, files=("a",) * (MOST_FILES + 1)): "INVALID_INPUT",
        do.Comment(WHY, files=("a",)): "INVALID_INPUT",
        do.Comment(WHY, reply_to=99): "NOT_FOUND",
        do.Comment(WHY, guest="lena"): "NOT_FOUND",
    }
    assert {command: story.code("boris", command) for command in refused} == refused


def test_a_message_names_files_of_the_case() -> None:
    story = Story().submit()
    story.does("anna", do.Attach("ACT", "b" * 64, Private("act.pdf")))
    (said,) = story.does("anna", do.Comment(WHY, files=("b" * 64,)))
    assert isinstance(said, ev.Commented)
    assert said.files == (1,)


def test_with_somebody_from_outside_speak_the_initiator_and_whose_turn_it_is() -> None:
    story = Story().submit()
    story.does("boris", do.AskOutside("lena"))
    (said,) = story.does("anna", do.Comment(WHY, guest="lena"))
    assert isinstance(said, ev.Commented)
    assert said.guest == "lena"
    assert story.code("boris", do.Comment(WHY, guest="lena")) is None
    assert story.code("oleg", do.Comment(WHY, guest="lena")) == "NOT_ALLOWED"
    assert story.code("anna", do.Comment(WHY, guest="lena", asks="boris")) == "INVALID_INPUT"
    story.world.said = Said("anna", NOON)
    assert story.code("anna", do.Comment(WHY, guest="lena", reply_to=3)) == "NOT_FOUND"


def test_a_message_is_mended_by_its_author_for_five_minutes() -> None:
    story = Story(World(said=Said("anna", NOON)))
    edit = do.EditComment(2, Private("Better"))
    story.passes(minutes=5)
    story.does("anna", edit)
    assert story.code("boris", edit) == "NOT_ALLOWED"
    story.passes(minutes=1)
    assert story.code("anna", edit) == "EDIT_OVER"
    assert story.world.at - NOON == timedelta(minutes=6)
    story.world.said = None
    assert story.code("anna", edit) == "NOT_FOUND"
