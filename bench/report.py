"""Runs the measurements in turn and prints them."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import floor, life
from troupe import assemble

ROUNDS = 7
LIVES = 30


def main(arguments: list[str]) -> int:
    """Measure everything and print it."""
    call_command("migrate", verbosity=0)
    staff = life.Staff.of(assemble())
    floor.make_tables()
    service_layer(staff)
    statements(staff)
    return 0


def rate(work: Callable[[], object], transitions: int, times: int) -> float:
    """Return transitions per second of some repetitions."""
    started = time.perf_counter()
    for _ in range(times):
        work()
    return transitions * times / (time.perf_counter() - started)


def service_layer(staff: life.Staff) -> None:
    """Compare the service layer with the floor, interleaved, medians."""
    with floor.connect() as raw:
        pairs = []
        for _ in range(ROUNDS):
            ours = rate(lambda: life.live(staff), floor.TRANSITIONS, LIVES)
            base = rate(lambda: floor.live(raw), floor.TRANSITIONS, LIVES * 3)
            pairs.append((ours, base, ours / base))
    ours, base, ratio = (statistics.median(column) for column in zip(*pairs, strict=True))
    say(f"service layer  {ours:8.0f}/s   floor {base:8.0f}/s   ratio {ratio:.2f}")


def statements(staff: life.Staff) -> None:
    """Count the SQL of one approval, BEGIN and COMMIT left out."""
    case = life.start(staff)
    with CaptureQueriesContext(connection) as captured:
        life.approve(staff, "boris", case)
    told = [row["sql"] for row in captured if row["sql"] not in {"BEGIN", "COMMIT"}]
    say(f"statements per approval  {len(told)}   commits 1")


def say(line: str) -> None:
    """Print one line of the report."""
    sys.stdout.write(f"{line}\n")
