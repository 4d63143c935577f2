"""What a search gives back: cases, the surest first, and the words that were probably meant."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import IntegerField, Value

from akcept.cases import access, search
from akcept.cases.listing import rows_of
from akcept.cases.models import Case
from akcept.cases.pages import FoundCase, Way
from akcept.kit import sql
from akcept.people.askers import Asker


def find(*, by: Asker, text: str, at: datetime, limit: int = 10) -> tuple[FoundCase, ...]:
    """Find cases as people type them: the number first, then the amount, words of the card, text of files.

    Words count by their beginning, in either script and keyboard layout, and with a slip where nothing else fits.
    """
    wanted = search.understood(text)
    visible = Case.objects.filter(access.visible(by=by, at=at))
    ways = [(way, search.is_exactly([mark])) for way, mark in wanted.marks]
    for reading in wanted.readings:
        ways.append((Way.WORDS, search.holds(reading, in_files=False)))
        ways.append((Way.FILE, search.holds(reading)))
    hits = sql.together(
        *(
            visible.filter(holds)
            .annotate(way=Value(int(way), output_field=IntegerField()))
            .order_by("-id")
            .values_list("way", "id")[:limit]
            for way, holds in ways
        )
    )
    best: dict[UUID, int] = {}
    for way, key in sorted(hits):
        best.setdefault(sql.as_uuid(key), way)
    shown = sorted(best, key=lambda key: (best[key], -key.int))[:limit]
    return tuple(
        FoundCase(row, Way(best[key])) for key, row in rows_of(shown, at, reader=by.id).items()
    )


def meant(*, text: str) -> tuple[str, ...]:
    """Return what typed words were probably meant to be, where they are known only with a slip.

    It may come from a case that the reader does not see: to be looked for, never to be shown.
    """
    return tuple(
        " ".join(word.words[0] for word in reading)
        for reading in search.understood(text).readings
        if all(word.words and word.words[0][: len(word.typed)] != word.typed for word in reading)
    )
