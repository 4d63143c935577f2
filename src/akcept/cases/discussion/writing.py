"""Saying something on a case, saying it better, asking and no longer asking, and noting what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from akcept.cases import access, inputs, store
from akcept.cases.cards import Outcome
from akcept.cases.inputs import NewFile
from akcept.cases.models import Mention, Message, Participation
from akcept.cases.services.performing import asked, attached, outcome, perform
from akcept.engine import commands as do
from akcept.engine.refusals import InvalidInput
from akcept.engine.talking import LONGEST
from akcept.engine.values import Private
from akcept.kit import sql, text
from akcept.people.askers import Asker
from akcept.people.codes import PersonKind
from akcept.people.models import Person

# A name follows at once: a letter, and all that a name may hold; which of it is one, the people tell.
CALLED = re.compile(r"(?<!\w)@(\w[^\n@]{0,99})")
MOST_CALLED = 50


@dataclass(frozen=True, slots=True)
class Words:
    """What is said: the text, whom it names beside those called in it by @name, what it quotes, its files.

    `asks`: who is to answer; `guest`: said to that one person from outside.
    """

    text: str
    mentions: tuple[UUID, ...] = ()
    reply_to: int | None = None
    files: tuple[NewFile, ...] = ()
    asks: UUID | None = None
    guest: UUID | None = None


def say(
    *,
    case_id: UUID,
    by: Asker,
    words: Words,
    at: datetime,
    add_observers: bool = False,
    key: str | None = None,
) -> Outcome:
    """Say something to everybody who takes part; with `add_observers` those named who do not see the case will.

    Refuses to name others, a text without words or too long, and a quotation of nothing.
    """
    said = _cleaned(words.text)
    named = () if words.guest else _named(case_id, said, words.mentions)
    if words.files:
        inputs.check_files_of(case_id=case_id, files=words.files, by=by, at=at)
    joining = [*named, *([words.asks] if words.asks else [])] if add_observers else []
    comment = do.Comment(
        text=Private(said),
        mentions=tuple(str(person) for person in named if person != words.asks),
        reply_to=words.reply_to,
        files=tuple(file.sha256 for file in words.files),
        asks=str(words.asks) if words.asks else None,
        guest=str(words.guest) if words.guest else None,
    )
    commands = [*_observers(case_id, joining, at), *attached(words.files), comment]
    return _perform(case_id, by, commands, at, key)


def edit(
    *,
    case_id: UUID,
    by: Asker,
    message: int,
    words: Words,
    at: datetime,
    add_observers: bool = False,
    key: str | None = None,
) -> Outcome:
    """Say one's own message in other words; refuses when it was written too long ago, or by somebody else."""
    said = _cleaned(words.text)
    named = _named(case_id, said, words.mentions)
    command = do.EditComment(message, Private(said), tuple(map(str, named)))
    joining = _observers(case_id, named if add_observers else (), at)
    return _perform(case_id, by, [*joining, command], at, key)


def withdraw_question(
    *, case_id: UUID, by: Asker, question: int, at: datetime, key: str | None = None
) -> Outcome:
    """Wait no longer for the answer to one's own question."""
    return perform(case_id, by, [do.WithdrawQuestion(question)], at, key)


def mark_read(*, case_id: UUID, by: Asker, upto: int, at: datetime) -> bool:
    """Note that a person has read the discussion up to a message, and say whether that was news."""
    access.check(case_id=case_id, person_id=by.id, at=at)
    reached = Message.objects.filter(case=case_id, number__lte=upto).order_by("-number")
    newest = reached.values_list("number", flat=True).first()
    if newest is None:
        return False
    with transaction.atomic():
        moved = sql.execute(
            "INSERT INTO cases_readmark (case_id, person_id, number, at) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (case_id, person_id) DO UPDATE SET number = excluded.number,"
            " at = excluded.at WHERE cases_readmark.number < excluded.number",
            [case_id, by.id, newest, at],
        )
        if moved:
            named = Mention.objects.filter(case=case_id, person=by.id, number__lte=newest)
            named.filter(is_question=False, is_open=True).update(is_open=False)
    return moved > 0


def _perform(
    case_id: UUID, by: Asker, commands: Sequence[do.Command], at: datetime, key: str | None
) -> Outcome:
    """Do it; who joins is no part of the request, since at a repeat of it they have joined."""
    request = asked(by, at, key, (str(case_id), commands[-1]))
    return outcome(store.perform(case_id=case_id, commands=commands, request=request))


def _cleaned(said: str) -> str:
    """Return the text as it is kept, or refuse it; lines and what hides no letters stay."""
    try:
        return text.clean_text(said, max_length=LONGEST, multiline=True)
    except ValueError as error:
        raise InvalidInput({"text": str(error)}) from error


def _observers(case_id: UUID, people: Iterable[UUID], at: datetime) -> list[do.Command]:
    wanted = list(dict.fromkeys(people))
    seeing = access.readers(case_id=case_id, people=wanted, at=at)
    return [do.AddObserver(str(person)) for person in wanted if person not in seeing]


def _named(case_id: UUID, said: str, chosen: Sequence[UUID]) -> tuple[UUID, ...]:
    """Return whom a text calls by @name; of several of one name those who take part, or all of them.

    Those `chosen` from a list count as long as the text still calls them.
    """
    called = [match.group(1) for match in CALLED.finditer(said)][:MOST_CALLED]
    if not called:
        return ()
    firsts = Q(pk__in=chosen)
    for rest in called:
        firsts |= Q(name__startswith=rest.split()[0])
    inside = Person.objects.filter(firsts, is_active=True, kind=PersonKind.INTERNAL)
    people = list(inside.order_by("name", "id").values_list("id", "name"))
    found: dict[UUID, None] = {}
    for rest in called:
        names = [name for _, name in people if _calls(rest, name)]
        if names:
            longest = max(names, key=len)
            same = [key for key, name in people if name == longest]
            found |= dict.fromkeys(_meant(case_id, same, chosen))
    return tuple(found)


def _calls(rest: str, name: str) -> bool:
    after = rest[len(name) : len(name) + 1]
    return rest.startswith(name) and not (after.isalnum() or after == "_")


def _meant(case_id: UUID, same: list[UUID], chosen: Sequence[UUID]) -> list[UUID]:
    if len(same) < 2:
        return same
    if picked := [key for key in same if key in chosen]:
        return picked
    part = Participation.objects.filter(case=case_id, person__in=same)
    return list(part.values_list("person_id", flat=True)) or same
