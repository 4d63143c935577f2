"""Messages that name somebody and were not read, and questions that wait for their answer: a tab of the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, UUIDField

from akcept.cases import access, naming
from akcept.cases.cards import CaseRow, PersonChip
from akcept.cases.listing import rows_of
from akcept.cases.models import Case, Mention, Message
from akcept.journal import queries as journal
from akcept.people import standing
from akcept.people.askers import Asker

EXCERPT = 300


@dataclass(frozen=True, slots=True)
class MentionCard:
    """A message that names the reader, or asks them or whom they act for (`acting_for`) something.

    `number` is that of its entry; `text` its beginning, None where a retention rule has removed it.
    """

    id: int
    case: CaseRow
    number: int
    is_question: bool
    by: PersonChip
    at: datetime
    text: str | None
    acting_for: PersonChip | None = None


@dataclass(frozen=True, slots=True)
class MentionPage:
    """Mentions, questions first, then newest first; `older` is the key for the next page, None on the last."""

    items: tuple[MentionCard, ...]
    older: int | None


def mentions(*, by: Asker, at: datetime, before: int | None = None, limit: int = 50) -> MentionPage:
    """Return unread mentions of a person and unanswered questions to them and whom they act for."""
    seen = Case.objects.filter(access.visible(by=by, at=at))
    found = open_mentions(by=by, at=at).filter(case__in=seen).order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    said = Message.objects.filter(case=OuterRef("case"), number=OuterRef("number"))
    rows = list(
        found.annotate(
            who=Subquery(said.values("by"), output_field=UUIDField()),
            said_at=Subquery(said.values("at")),
            edited=Subquery(said.values("edited")),
        )[: limit + 1]
    )
    cards = sorted(_cards(rows[:limit], by, at), key=lambda card: not card.is_question)
    return MentionPage(tuple(cards), rows[limit - 1].id if len(rows) > limit else None)


def open_mentions(*, by: Asker, at: datetime) -> QuerySet[Mention]:
    """Return the rows of unread mentions of a person and unanswered questions to them and whom they act for."""
    acting = standing.deputised_by(person_id=by.id, at=at)
    mine = Q(person=by.id)
    if acting:
        mine |= access.theirs(by=by.id, acting_for=acting) & Q(is_question=True)
    return Mention.objects.filter(mine, is_open=True)


def _cards(rows: Sequence[Any], by: Asker, at: datetime) -> list[MentionCard]:
    cases = rows_of([row.case_id for row in rows], at, reader=by.id)
    texts = journal.entries_of(refs=[(row.case_id, row.edited or row.number) for row in rows])
    chips = naming.chips(person for row in rows for person in (row.who, row.person_id))
    return [
        MentionCard(
            id=row.id,
            case=cases[row.case_id],
            number=row.number,
            is_question=row.is_question,
            by=chips[str(row.who)],
            at=row.said_at,
            text=_excerpt(texts[row.case_id, row.edited or row.number].data.get("text")),
            acting_for=chips[str(row.person_id)] if row.person_id != by.id else None,
        )
        for row in rows
    ]


def _excerpt(text: object) -> str | None:
    return text[:EXCERPT] if isinstance(text, str) else None
