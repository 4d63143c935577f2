"""What people say to each other about a case, and the questions whose answer lets a deadline wait.

A question never stalls a case: it only pauses its asker's own deadline, for a limited time, and the asker may decide
at any moment without the answer. It ends with the task it pauses.
"""

from __future__ import annotations

from datetime import datetime

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine import refusals as no
from akcept.engine.case import Case, Question
from akcept.engine.events import Events
from akcept.engine.facts import Facts
from akcept.engine.standing import is_warden, seat_of, stands_for
from akcept.engine.tasks import seat_key

LONGEST = 10_000
MOST_MENTIONED = 20
MOST_FILES = 10


def comment(case: Case, command: do.Comment, facts: Facts, at: datetime) -> Events:
    """Say something; a reply of the one who was asked is the answer."""
    _check_text(command.text)
    _check_named(case, command, facts)
    quoted = facts.said if command.reply_to is not None else None
    if command.reply_to is not None and quoted is None:
        raise no.NotFound
    guest = _thread(case, command, facts)
    if quoted is not None and quoted.guest != guest:
        raise no.NotFound
    question = _answered(case, command.reply_to, facts)
    seat = seat_of(case, facts) if command.asks else None
    return (
        ev.Commented(
            text=command.text,
            mentions=command.mentions,
            reply_to=command.reply_to,
            answers=question.id if question else None,
            files=_files(case, command.files),
            asks=command.asks,
            pauses=seat_key(case, seat) if seat else "",
            guest=guest,
            on_behalf_of=question.person if question and question.person != facts.actor else None,
        ),
    )


def edit_comment(case: Case, command: do.EditComment, facts: Facts, at: datetime) -> Events:
    """Replace the text of a message; the guards have looked whose it is and since when."""
    _check_text(command.text)
    _check_mentions(case, command.mentions, facts)
    return (ev.CommentEdited(command.message, command.text, command.mentions),)


def withdraw_question(
    case: Case, command: do.WithdrawQuestion, facts: Facts, at: datetime
) -> Events:
    question = next((row for row in case.questions if row.id == command.question), None)
    if question is None:
        raise no.QuestionClosed
    if question.by != facts.actor:
        raise no.NotAllowed
    return (ev.QuestionWithdrawn(question.id, question.person),)


def paused(case: Case) -> frozenset[str]:
    """Return the keys of the tasks whose deadline waits for an answer."""
    return frozenset(row.pauses for row in case.questions if row.pauses)


def still_asked(case: Case) -> tuple[Question, ...]:
    """Return the questions that have not ended with the task they pause."""
    keys = {seat_key(case, seat) for seat in case.open_seats}
    return tuple(row for row in case.questions if not row.pauses or row.pauses in keys)


def _check_text(text: str) -> None:
    if not text.strip():
        raise no.InvalidInput({"text": "REQUIRED"})
    if len(text) > LONGEST:
        raise no.InvalidInput({"text": "TOO_LONG"})


def _check_named(case: Case, command: do.Comment, facts: Facts) -> None:
    """Refuse to name people who do not see the case, and to be asked by oneself or twice."""
    if command.asks and command.asks == facts.actor:
        raise no.InvalidInput({"asks": "NOT_ONESELF"})
    if any((row.by, row.person) == (facts.actor, command.asks) for row in case.questions):
        raise no.InvalidInput({"asks": "ASKED_ALREADY"})
    if len(command.files) > MOST_FILES:
        raise no.InvalidInput({"files": "TOO_MANY"})
    named = (*command.mentions, command.asks) if command.asks else command.mentions
    _check_mentions(case, named, facts)


def _check_mentions(case: Case, named: tuple[str | None, ...], facts: Facts) -> None:
    if len(named) > MOST_MENTIONED:
        raise no.InvalidInput({"text": "TOO_MANY_MENTIONED"})
    seeing = {facts.actor, *facts.readers, *case.observers}
    if others := tuple(person for person in named if person and person not in seeing):
        raise no.NotReaders(others)


def _thread(case: Case, command: do.Comment, facts: Facts) -> str | None:
    """Return in whose thread it is said; people from outside speak in their own and name nobody."""
    if facts.is_outside:
        if command.mentions or command.asks or command.files:
            raise no.NotAllowed
        return facts.actor
    if command.guest is None:
        return None
    if not any(row.is_outside and row.holder == command.guest for row in case.seats):
        raise no.NotFound
    if command.asks or command.mentions:
        raise no.InvalidInput({"asks": "NOT_OUTSIDE"})
    is_own = facts.actor in case.authors or stands_for(case.initiator, facts)
    if not (is_own or seat_of(case, facts) or is_warden(case, facts)):
        raise no.NotAllowed
    return command.guest


def _answered(case: Case, reply_to: int | None, facts: Facts) -> Question | None:
    found = (row for row in case.questions if row.id == reply_to)
    return next((row for row in found if stands_for(row.person, facts)), None)


def _files(case: Case, digests: tuple[str, ...]) -> tuple[int, ...]:
    newest = {row.sha256: row.id for row in case.attachments}
    if set(digests) - newest.keys():
        raise no.InvalidInput({"files": "FILE_UNKNOWN"})
    return tuple(newest[digest] for digest in digests)
