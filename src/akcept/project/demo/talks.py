"""What waits for an answer when the demo begins: questions to those who sent a document, and names called in replies."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from akcept.cases import queries
from akcept.cases.discussion import writing
from akcept.cases.discussion.writing import Words
from akcept.engine.tasks import TaskKind
from akcept.project.demo.world import HIRES, TALK, World

# Whose newest tasks are talked about, from how long before the end of the story; one talk is over before the next.
ASKING = ("boris", "helen", "andrey")
EACH = 2
BACK, APART = timedelta(minutes=50), timedelta(minutes=8)
ANSWERS_AFTER = timedelta(minutes=5)


def begin(world: World) -> None:
    """Let who decides ask who sent it: every first question is answered by name, every second one still waits."""
    at = world.timeline.until - BACK
    for name in ASKING:
        by = world.company.askers[name]
        page = queries.inbox(by=by, at=at, kind=TaskKind.APPROVE)
        own = [task for task in page.tasks if task.acting_for is None]
        for place, task in enumerate(own[:EACH]):
            _ask(world, name, task.case.id, task.case.initiator.id, place, at)
            at += APART


def _ask(world: World, name: str, case_id: UUID, initiator: UUID, place: int, at: datetime) -> None:
    people = world.company.people
    who = next(key for key, person in people.items() if person == initiator)
    talk = TALK["questions"][(place + ASKING.index(name)) % len(TALK["questions"])]
    question = Words(talk["ask"][HIRES[name].language], asks=initiator)
    asked = writing.say(case_id=case_id, by=world.company.askers[name], words=question, at=at)
    if place % 2 == 0:
        reply = f"@{HIRES[name].name}, {talk['reply'][HIRES[who].language]}"
        words = Words(reply, reply_to=asked.entry)
        writing.say(
            case_id=case_id, by=world.company.askers[who], words=words, at=at + ANSWERS_AFTER
        )
