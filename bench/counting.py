"""What one decision costs the database: its statements, its commits, its bytes of write-ahead log."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.db import connection
from django.test.utils import CaptureQueriesContext

from akcept.cases.cards import Outcome
from bench import life

TRANSACTION = {"BEGIN", "COMMIT"}
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
    with CaptureQueriesContext(connection) as captured:
        case = life.start(staff)
    found = [_cost("create and submit", captured)]
    for kind, step in STEPS:
        with CaptureQueriesContext(connection) as captured:
            case = step(staff, case)
        found.append(_cost(kind, captured))
    return found


def wal_bytes(lives: int) -> float:
    """Return the bytes of write-ahead log for one transition, while nobody else writes."""
    before = _position()
    life.seconds(lives)
    return (_position() - before) / lives / life.floor.TRANSITIONS


def _position() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint")
        return int(cursor.fetchone()[0])


def _cost(kind: str, captured: CaptureQueriesContext) -> Cost:
    told = [row["sql"] for row in captured]
    return Cost(kind, sum(sql not in TRANSACTION for sql in told), told.count("COMMIT"))
