"""What one decision costs the database: its statements, its commits, its bytes of write-ahead log."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from django.db import connection
from django.test.utils import CaptureQueriesContext

from akcept.cases.cards import Outcome
from bench import life

TRANSACTION = {"BEGIN", "COMMIT"}
# The next of the numbers that a transaction takes when it writes; nobody else writes meanwhile.
WRITTEN = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
STEPS: tuple[tuple[str, Callable[[life.Staff, Outcome], Outcome]], ...] = (
    ("approve", lambda staff, case: life.approve(staff, "boris", case)),
    ("approve", lambda staff, case: life.approve(staff, "vera", case)),
    ("return", life.give_back),
    ("correct and resubmit", life.correct),
    ("approve", lambda staff, case: life.approve(staff, "boris", case)),
    ("approve", lambda staff, case: life.approve(staff, "vera", case)),
    ("approve", lambda staff, case: life.approve(staff, "gleb", case)),
    ("pay", life.pay),
)


class Cost(NamedTuple):
    """What one decision took; BEGIN and COMMIT are not among the statements."""

    kind: str
    statements: int
    commits: int


def costs() -> list[Cost]:
    """Count every step of one life; the first life of a process only fills what is kept for the next."""
    life.live(life.staff())
    staff = life.staff()
    case, cost = _counted("create and submit", lambda: life.start(staff))
    found = [cost]
    for kind, step in STEPS:
        case, cost = _counted(kind, partial(step, staff, case))
        found.append(cost)
    return found


def wal_bytes(lives: int) -> float:
    """Return the bytes of write-ahead log for one transition, while nobody else writes."""
    before = _position()
    life.seconds(lives)
    return (_position() - before) / lives / life.floor.TRANSITIONS


def _position() -> int:
    return _asked("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint")


def _counted(kind: str, step: Callable[[], Outcome]) -> tuple[Outcome, Cost]:
    before = _asked(WRITTEN)
    with CaptureQueriesContext(connection) as captured:
        case = step()
    told = [row["sql"] for row in captured]
    statements = sum(sql not in TRANSACTION for sql in told)
    return case, Cost(kind, statements, _asked(WRITTEN) - before)


def _asked(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])
