"""Sending a document up the levels of a large company: milliseconds and statements, beside those of a small one."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from django.db import connection
from django.test.utils import CaptureQueriesContext

from akcept.cases import store
from akcept.people.askers import asker_of
from akcept.people.models import Person
from bench import life

LEVELS, PEOPLE = 12, 10_000
LOWEST = "Who asks"


class Sent(NamedTuple):
    """What a submission took."""

    milliseconds: float
    statements: int


def statements() -> int:
    """Count the statements of a submission by the cast, who are few; the first one only fills what is kept."""
    return _counted(life.staff())


def fill() -> None:
    """Put a line of managers above one person, and everybody else somewhere below it."""
    line = [Person(name=f"Manager {level}") for level in range(LEVELS)]
    for above, below in itertools.pairwise(line):
        below.manager = above
    Person.objects.bulk_create([*line, Person(name=LOWEST, manager=line[-1])])
    others = PEOPLE - Person.objects.count()
    Person.objects.bulk_create(
        Person(name=f"Person {n}", manager=line[n % LEVELS]) for n in range(others)
    )


def send_often(times: int) -> Sent:
    """Submit documents of the person at the lower end, all of whose managers are asked."""
    lowest = asker_of(Person.objects.get(name=LOWEST))
    staff = replace(life.staff(), askers={"anna": lowest})
    asked = len(store.read(life.start(staff).case_id).case.seats)
    if asked != LEVELS:
        raise AssertionError(asked)
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        life.start(staff)
        taken.append((time.perf_counter() - started) * 1000)
    return Sent(median(taken), _counted(staff))


def _counted(staff: life.Staff) -> int:
    life.start(staff)
    with CaptureQueriesContext(connection) as captured:
        life.start(staff)
    return len(captured)
