"""What typed words may mean, and the condition that a case holds them.

Every case lies in `SearchWord` under each of its words, folded and in Latin letters. What was typed is looked up in
the words that are known at all, by their beginning, as typed and as the same keys would have written in the other
layout; only what is known in neither is compared by trigrams. So a slip costs a look into the dictionary, not into
the cases, and one condition for each typed word is left for the database to plan.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import and_, or_

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value

from akcept.cases.models import KnownWord, SearchWord, WordTrigram
from akcept.cases.pages import Way
from akcept.engine.case import Case
from akcept.kit import sql, text
from akcept.kit.once import once

MOST_TYPED = 8
# Who has typed two letters means more words than one statement should name.
MOST_MEANT = 40
# Rarer than this, the cases of a word are gathered; otherwise cases are walked from the newest.
RARE = 2_000
CLOSE_TO_BEST = 0.8
# «№» is folded to "no".
NUMBER = re.compile(r"(?:(?:invoice|contract|счет|договор)\s*)?(?:no\.?|#|n)?\s*(\d{1,18})")
AMOUNT = re.compile(r"(\d{1,3}(?:[ \u00a0\u202f,.']\d{3})+|\d{1,16})(?:[.,](\d{1,3}))?")
CURRENCY = re.compile(r"\s*(?:₽|€|\$|£|руб\.?|р\.|[a-z]{3})\s*")


@dataclass(frozen=True, slots=True)
class Meant:
    """A typed word: the known ones it may stand for, none where they are too many to be named."""

    typed: str
    words: tuple[str, ...]
    is_rare: bool

    def of(self, rows: QuerySet[SearchWord]) -> QuerySet[SearchWord]:
        """Narrow rows to this word."""
        if self.words:
            return rows.filter(word__in=self.words)
        return rows.filter(word__startswith=self.typed)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed, understood: a number or an amount as such, and its words in one or both layouts."""

    number: str = ""
    amount: str = ""
    readings: tuple[tuple[Meant, ...], ...] = ()

    @property
    def marks(self) -> list[tuple[Way, str]]:
        """Return the marks of the cases that are exactly this, the likeliest first."""
        ways = ((Way.NUMBER, self.number), (Way.AMOUNT, self.amount))
        return [(way, mark) for way, mark in ways if mark]


def marks(case: Case) -> set[str]:
    """Return what a case is found under beside its words: its number and its amount as a whole."""
    found = {number_mark(case.number)}
    if case.amount is not None:
        found.add(amount_mark(case.amount.decimal))
    return found


def number_mark(number: int) -> str:
    """Return the mark of a document's own number."""
    return f"#{number}"


def amount_mark(amount: Decimal) -> str:
    """Return the mark of an amount, however many digits its currency has after the point."""
    plain = f"{amount:f}"
    return "=" + (plain.rstrip("0").rstrip(".") if "." in plain else plain)


def condition(typed: str, *, in_files: bool = True) -> Q:
    """Return the condition that a case is what was typed, or holds words that begin like it."""
    wanted = understood(typed)
    having = [holds(reading, in_files=in_files) for reading in wanted.readings]
    if wanted.marks:
        having.append(is_exactly([mark for _, mark in wanted.marks]))
    return reduce(or_, having, Q(pk__in=[]))


def is_exactly(wanted: Sequence[str]) -> Q:
    """Return the condition that a case has one of these marks."""
    return Q(id__in=SearchWord.objects.filter(word__in=wanted).values("case_id"))


def in_text(typed: str) -> Q:
    """Return the condition that a file of a case holds words that begin as typed."""
    having = [holds(reading, only_files=True) for reading in understood(typed).readings]
    return reduce(or_, having, Q(pk__in=[]))


def holds(reading: Iterable[Meant], *, in_files: bool = True, only_files: bool = False) -> Q:
    """Return the condition that a case holds every word of a reading."""
    rows = SearchWord.objects.all()
    if only_files or not in_files:
        rows = rows.filter(in_file=only_files)
    return reduce(and_, (_holds(meant, rows) for meant in reading))


@once
def understood(typed: str) -> Wanted:
    """Find out what was typed, with four questions at most."""
    plain = text.fold(typed)
    readings = dict.fromkeys(
        tuple(text.words(said)[:MOST_TYPED]) for said in (typed, text.other_layout(typed))
    )
    number, amount = NUMBER.fullmatch(plain), _amount(plain)
    return Wanted(
        number=number_mark(int(number[1])) if number else "",
        amount=amount_mark(amount) if amount else "",
        readings=_readings([reading for reading in readings if reading]),
    )


def _amount(plain: str) -> Decimal | None:
    found = AMOUNT.fullmatch(CURRENCY.sub("", plain))
    if found is None:
        return None
    whole = re.sub(r"\D", "", found[1])
    return Decimal(f"{whole}.{found[2] or 0}")


def _readings(typed: Sequence[tuple[str, ...]]) -> tuple[tuple[Meant, ...], ...]:
    """Return the readings of which every word is known; failing that, those in which slips are likely."""
    known = _known({word for reading in typed for word in reading})
    certain = [reading for reading in typed if all(known[word] for word in reading)]
    if not certain:
        slips = {word for reading in typed for word in reading if not known[word]}
        known.update(_like(slips))
        certain = [reading for reading in typed if all(known[word] for word in reading)]
    named = {
        word: tuple(known[word])
        for word in sorted({word for reading in certain for word in reading})
        if len(known[word]) <= MOST_MEANT
    }
    rare = _rare(named)
    return tuple(
        tuple(Meant(word, named.get(word, ()), word in rare) for word in reading)
        for reading in certain
    )


def _rare(named: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return which of the words typed stand in few cases, whatever they stand for."""
    counts = sql.tally(
        *(
            SearchWord.objects.filter(word__in=words)
            .annotate(typed=Value(typed, output_field=CharField()))
            .values_list("typed")[: RARE + 1]
            for typed, words in named.items()
        )
    )
    return {typed for typed in named if counts.get(typed, 0) <= RARE}


def _known(typed: Iterable[str]) -> dict[str, list[str]]:
    """Return the known words that begin as typed: a few more than are ever named."""
    parts = [
        KnownWord.objects.filter(sql.begins("word", word))
        .annotate(typed=Value(word, output_field=CharField()))
        .order_by("word")
        .values_list("typed", "word")[: MOST_MEANT + 1]
        for word in sorted(typed)
    ]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word, meant in sql.together(*parts):
        found[word].append(meant)
    return found


def _like(slips: Iterable[str]) -> dict[str, list[str]]:
    """Return the known words most like each of these; a number is never meant otherwise than typed."""
    wanted = {
        word: text.trigrams(word, is_whole=False)
        for word in slips
        if len(word) >= text.SHORTEST_SLIP and word.isalpha()
    }
    parts = [
        WordTrigram.objects.filter(trigram__in=trigrams)
        .annotate(typed=Value(word, output_field=CharField()))
        .values("typed", "word_id")
        .annotate(shared=Count("id"))
        .order_by("-shared", "word_id")
        .values_list("typed", "word_id", "shared")[:MOST_MEANT]
        for word, trigrams in sorted(wanted.items())
    ]
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for word, meant, shared in sql.together(*parts):
        if shared >= text.LIKE_ENOUGH * len(wanted[word]) and text.is_slip(word, meant):
            found[word].append((shared, meant))
    return {word: _closest(meant) for word, meant in found.items()}


def _closest(found: Sequence[tuple[int, str]]) -> list[str]:
    best = max(shared for shared, _ in found)
    return [word for shared, word in found if shared >= CLOSE_TO_BEST * best]


def _holds(meant: Meant, rows: QuerySet[SearchWord]) -> Q:
    hits = meant.of(rows)
    if meant.is_rare:
        return Q(id__in=hits.values("case_id"))
    return Q(Exists(hits.filter(case=OuterRef("pk"))))
