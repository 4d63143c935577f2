"""Inbox, feed and registry in databases of different sizes, looked at in turn."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from typing import NamedTuple
from uuid import UUID

from akcept.cases import queries
from akcept.cases.filters import RegistryFilter
from akcept.cases.models import Case
from akcept.engine.case import State
from akcept.people.askers import Asker, asker_of
from akcept.people.models import Person
from bench import crowd, life, places

WARM = 3


class Row(NamedTuple):
    """One list: the median milliseconds in each database, from the smallest to the largest."""

    what: str
    times: list[float]


def _registry(by: str, filters: RegistryFilter, *, deep: bool = False) -> None:
    after = str(_middle()) if deep else None
    page = queries.registry(by=_asker(by), filters=filters, at=life.now(), after=after)
    if not page.rows:
        raise AssertionError(filters)


def _middle() -> UUID:
    """Return a case in the middle of time, by whose id a deep page is asked for."""
    ends = Case.objects.order_by("id"), Case.objects.order_by("-id")
    oldest, newest = (end.values_list("id", flat=True)[0].int for end in ends)
    return UUID(int=(oldest + newest) // 2)


@cache
def _asker(name: str) -> Asker:
    return asker_of(Person.objects.get(email=f"{name}@example.com"))


ALL, OPEN = RegistryFilter(), RegistryFilter(states=(State.IN_APPROVAL,))
WORD = RegistryFilter(text="ромаш")
LOOKS: Mapping[str, Callable[[], object]] = {
    "inbox": lambda: queries.inbox(by=_asker(crowd.EIGHT[1]), at=life.now(), limit=25),
    "inbox counts": lambda: queries.inbox_counts(by=_asker(crowd.EIGHT[1]), at=life.now()),
    "feed": lambda: queries.feed(by=_asker(crowd.EIGHT[1]), at=life.now()),
    "registry, accountant": lambda: _registry("clara", ALL),
    "registry, accountant, deep": lambda: _registry("clara", ALL, deep=True),
    "registry, accountant, by state": lambda: _registry("clara", OPEN),
    "registry, initiator": lambda: _registry(crowd.EIGHT[0], ALL),
    "registry, initiator, deep": lambda: _registry(crowd.EIGHT[0], ALL, deep=True),
    "registry, initiator, by state": lambda: _registry(crowd.EIGHT[0], OPEN),
    "search a word, accountant": lambda: _registry("clara", WORD),
    "search a word, initiator": lambda: _registry(crowd.EIGHT[0], WORD),
}


def look(what: str) -> float:
    """Return the milliseconds that a list takes in this process."""
    started = time.perf_counter()
    LOOKS[what]()
    return (time.perf_counter() - started) * 1000


def compare(name: str, *, sizes: Sequence[int], looks: int) -> Iterator[Row]:
    """Fill a database for each size, and look at every list in each of them in turn."""
    with ExitStack() as stack:
        databases: dict[int, Callable[..., list[float]]] = {}
        for size in sizes:
            made = f"{name}_{size}"
            places.make(made, like=name)
            stack.callback(places.drop, made)
            databases[size] = stack.enter_context(places.workers(made))
            databases[size](crowd.fill, size)
        for what in LOOKS:
            with_it = [
                everywhere
                for size, everywhere in databases.items()
                if size <= crowd.MOST_WITH_WORDS or not what.startswith("search")
            ]
            rounds = [
                [everywhere(look, what)[0] for everywhere in with_it] for _ in range(looks + WARM)
            ]
            yield Row(what, places.medians(rounds[WARM:]))
