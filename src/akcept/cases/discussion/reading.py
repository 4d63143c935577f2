"""The discussion of a case as one reader sees it: who said what, quoted what, asked whom, and who has read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from akcept.cases import access, reading
from akcept.cases.cards import CaseCard, HistoryCard, PersonChip
from akcept.cases.models import Participation, ReadMark
from akcept.engine.guards import EDITABLE_FOR
from akcept.people import queries as people
from akcept.people.askers import Asker
from akcept.people.codes import PersonKind
from akcept.people.names import fits

OFFERED = 8
KINDS = frozenset({"COMMENTED", "COMMENT_EDITED", "QUESTION_WITHDRAWN"})


@dataclass(frozen=True, slots=True)
class Quote:
    """The message that another one replies to."""

    number: int
    by: PersonChip | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked by a message, and what became of it; `is_open`: the answer is still awaited."""

    person: PersonChip
    is_open: bool
    answer: int | None
    may_withdraw: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class MessageCard:
    """Something said, numbered as its entry. `text` is None where a retention rule has removed it.

    `earlier`: what it said before it was edited; `files` number files of the case; `seen_by` have read up to here.
    """

    number: int
    by: PersonChip | None
    acting_for: PersonChip | None
    at: datetime
    text: str | None
    edited_at: datetime | None
    earlier: tuple[str | None, ...]
    mentions: tuple[PersonChip, ...]
    quote: Quote | None
    files: tuple[int, ...]
    asked: Asked | None
    answers: int | None
    guest: PersonChip | None
    is_mine: bool
    is_new: bool
    may_edit: bool
    seen_by: tuple[PersonChip, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """The messages of a case, oldest first; `upto` is the last of them, `read` the last that the reader has read."""

    messages: tuple[MessageCard, ...]
    upto: int
    read: int


def thread(*, card: CaseCard, by: Asker, at: datetime) -> Thread:
    """Return the discussion of a card that the reader has before them, in one query more."""
    marks = list(_marks(card.row.id))
    read = next((row.number for row in marks if row.person_id == by.id), 0)
    told = _Told(card, by, at, read)
    messages = [entry for entry in card.history if entry.kind == "COMMENTED"]
    seen = _seen([entry.number for entry in messages], [m for m in marks if m.person_id != by.id])
    return Thread(
        tuple(told.message(entry, seen.get(entry.number, ())) for entry in messages),
        upto=messages[-1].number if messages else 0,
        read=read,
    )


def discussion(*, case_id: UUID, by: Asker, at: datetime) -> Thread:
    """Return the discussion of a case; what a person may not see does not exist."""
    return thread(card=reading.case_card(by=by, case_id=case_id, at=at), by=by, at=at)


def may_be_named(
    *, case_id: UUID, by: Asker, search: str, at: datetime
) -> tuple[tuple[PersonChip, bool], ...]:
    """Offer people by the beginning of a name: first who takes part (True), then anybody of the company."""
    access.check(case_id=case_id, person_id=by.id, at=at)
    part = Participation.objects.filter(case=case_id, person__is_active=True)
    inside = part.filter(person__kind=PersonKind.INTERNAL).exclude(person=by.id)
    taking = [
        PersonChip(*row)
        for row in inside.order_by("person__name", "person_id").values_list(
            "person_id", "person__name", "person__position"
        )
    ]
    offered = [chip for chip in taking if fits(chip.name, search)][:OFFERED]
    known = {by.id, *(chip.id for chip in taking)}
    others = people.directory(search=search, only_inside=True) if len(search.strip()) > 1 else ()
    more = [PersonChip(row.id, row.name, row.position) for row in others if row.id not in known]
    return tuple([(chip, True) for chip in offered] + [(chip, False) for chip in more])[:OFFERED]


def _marks(case_id: UUID) -> QuerySet[ReadMark]:
    marks = ReadMark.objects.filter(case=case_id, person__kind=PersonKind.INTERNAL)
    return marks.select_related("person").order_by("person__name", "person_id")


def _seen(
    numbers: Sequence[int], marks: Sequence[ReadMark]
) -> Mapping[int, tuple[PersonChip, ...]]:
    """Return for each message whose reading ends with it."""
    found: dict[int, tuple[PersonChip, ...]] = {}
    for mark in marks:
        last = max((number for number in numbers if number <= mark.number), default=0)
        chip = PersonChip(mark.person_id, mark.person.name, mark.person.position)
        found[last] = (*found.get(last, ()), chip)
    return found


@dataclass
class _Told:
    """The entries of a case put together into messages."""

    card: CaseCard
    by: Asker
    at: datetime
    read: int
    said: dict[int, HistoryCard] = field(default_factory=dict)
    edits: dict[int, list[HistoryCard]] = field(default_factory=dict)
    answers: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.card.history:
            if entry.kind == "COMMENTED":
                self.said[entry.number] = entry
                if (answered := _number(entry, "answers")) is not None:
                    self.answers[answered] = entry.number
            elif entry.kind == "COMMENT_EDITED":
                self.edits.setdefault(_number(entry, "message") or 0, []).append(entry)

    def message(self, entry: HistoryCard, seen_by: tuple[PersonChip, ...]) -> MessageCard:
        """Return one message."""
        is_mine = entry.actor is not None and entry.actor.id == self.by.id
        versions = [entry, *self.edits.get(entry.number, ())]
        named = [who for one in versions for who in _ids(one, "mentions")]
        return MessageCard(
            number=entry.number,
            by=entry.actor,
            acting_for=entry.acting_for,
            at=entry.at,
            text=_text(versions[-1]),
            edited_at=versions[-1].at if len(versions) > 1 else None,
            earlier=tuple(_text(one) for one in versions[:-1]),
            mentions=tuple(self._chip(who) for who in dict.fromkeys(named)),
            quote=self._quote(_number(entry, "reply_to")),
            files=tuple(int(str(number)) for number in _list(entry, "files")),
            asked=self._asked(entry),
            answers=_number(entry, "answers"),
            guest=self._maybe(entry, "guest"),
            is_mine=is_mine,
            is_new=not is_mine and entry.number > self.read,
            may_edit=is_mine and self.at <= entry.at + EDITABLE_FOR,
            # Who has written has read as far.
            seen_by=tuple(one for one in seen_by if not entry.actor or one.id != entry.actor.id),
        )

    def _quote(self, number: int | None) -> Quote | None:
        entry = self.said.get(number) if number is not None else None
        if entry is None:
            return None
        last = [entry, *self.edits.get(entry.number, ())][-1]
        return Quote(entry.number, entry.actor, _text(last))

    def _asked(self, entry: HistoryCard) -> Asked | None:
        person = self._maybe(entry, "asks")
        if person is None:
            return None
        is_open = any(row.number == entry.number for row in self.card.questions)
        return Asked(
            person=person,
            is_open=is_open,
            answer=self.answers.get(entry.number),
            may_withdraw=is_open and entry.actor is not None and entry.actor.id == self.by.id,
            is_mine=person.id == self.by.id,
        )

    def _maybe(self, entry: HistoryCard, code: str) -> PersonChip | None:
        value = entry.data.get(code)
        return self._chip(str(value)) if value else None

    def _chip(self, person: str) -> PersonChip:
        names = next(iter(self.card.history)).names
        return PersonChip(UUID(person), names.get(person, ""))


def _text(entry: HistoryCard) -> str | None:
    value = entry.data.get("text")
    return value if isinstance(value, str) else None


def _number(entry: HistoryCard, code: str) -> int | None:
    value = entry.data.get(code)
    return value if isinstance(value, int) else None


def _list(entry: HistoryCard, code: str) -> Sequence[object]:
    value = entry.data.get(code)
    return value if isinstance(value, (list, tuple)) else ()


def _ids(entry: HistoryCard, code: str) -> list[str]:
    return [str(value) for value in _list(entry, code)]
