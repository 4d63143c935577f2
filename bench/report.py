"""Runs the measurements and prints them beside their targets."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bench import counting, floor, hierarchy, life, lists, live, places, routing, web

COMPANY, LIFE = "akcept_bench", "akcept_bench_life"
ROUTED = "akcept_bench_routed"


class Line(NamedTuple):
    """One row of the table; without a target it is for information."""

    what: str
    measured: str
    target: str = ""
    is_met: bool | None = None


class Size(NamedTuple):
    """How much is measured."""

    rounds: int
    lives: int
    clients: tuple[int, ...]
    web_rounds: int
    approvals: int
    connections: tuple[int, ...]
    cases: tuple[int, ...]
    looks: int
    pages: int
    events: int


FULL = Size(25, 3, (1, 2), 15, 25, (1, 4), (1_000, 100_000, 1_000_000), 25, 500, 10)
QUICK = Size(1, 1, (1,), 1, 2, (1,), (20, 100), 1, 20, 2)
VERDICTS = {True: "met", False: "NOT MET", None: ""}


def main(arguments: Sequence[str]) -> int:
    """Measure everything, printing each row as it is known."""
    size = QUICK if "--quick" in arguments else FULL
    chosen = [name for name in arguments if not name.startswith("-")] or list(PARTS)
    places.make(COMPANY)
    with places.workers(COMPANY) as everywhere:
        everywhere(life.found)
    places.make(LIFE, like=COMPANY)
    _say(Line("what", "measured", "target"))
    for name in chosen:
        for line in PARTS[name](size):
            _say(line)
    for name in (LIFE, COMPANY):
        places.drop(name)
    return 0


def _service(size: Size) -> Iterator[Line]:
    """Compare the service layer with the floor, in turn, medians of the rounds."""
    for clients in size.clients:
        with places.workers(LIFE, clients) as everywhere:
            everywhere(life.seconds, 2)
            rows = []
            for _ in range(size.rounds):
                ours = (
                    clients
                    * size.lives
                    * floor.TRANSITIONS
                    / max(everywhere(life.seconds, size.lives))
                )
                times = size.lives * 3
                base = clients * times * floor.TRANSITIONS / max(everywhere(floor.seconds, times))
                rows.append((ours, base, ours / base))
        ours, base, ratio = places.medians(rows)
        yield Line(
            f"decisions, service layer, {clients} client(s)",
            f"{ours:.0f}/s of {base:.0f}/s = {ratio:.2f}",
            ">= 0.33 of the floor",
            ratio >= 0.33,
        )


def _decisions(size: Size) -> Iterator[Line]:
    """Count statements, commits and bytes of every kind of decision."""
    with places.workers(LIFE) as everywhere:
        (costs,) = everywhere(counting.costs)
        (wal,) = everywhere(counting.wal_bytes, size.lives)
    worst = {cost.kind: cost for cost in sorted(costs, key=lambda cost: cost.statements)}
    for cost in worst.values():
        is_met = cost.statements <= 10 and cost.commits == 1
        measured = f"{cost.statements} statements, {cost.commits} commit"
        yield Line(f"{cost.kind}", measured, "<= 10 and 1 commit", is_met)
    yield Line("write-ahead log of a decision", f"{wal:,.0f} bytes")


def _web(size: Size) -> Iterator[Line]:
    """Compare approving on the page with a bare Django view."""
    for row in web.rates(
        LIFE, connections=size.connections, rounds=size.web_rounds, each=size.approvals
    ):
        yield Line(
            f"approve over HTTP, {row.connections} connection(s)",
            f"{row.ours:.0f}/s of {row.bare:.0f}/s = {row.ratio:.2f}",
            ">= 0.7 of bare Django",
            row.ratio >= 0.7,
        )


def _lists(size: Size) -> Iterator[Line]:
    """Look at the same lists in databases of different sizes."""
    for row in lists.compare(COMPANY, sizes=size.cases, looks=size.looks):
        times = ", ".join(f"{ms:.1f}" for ms in row.times)
        ratio = row.times[-1] / row.times[0]
        yield Line(row.what, f"{times} ms = x{ratio:.2f}", "<= x1.5 of the smallest", ratio <= 1.5)


def _routing(size: Size) -> Iterator[Line]:
    """Choose among many routes, and climb a long line of managers; in databases that no other part has to share."""
    places.make(ROUTED, like=COMPANY)
    with places.workers(ROUTED) as everywhere:
        everywhere(routing.fill)
        (chosen,) = everywhere(routing.choose_often, size.looks * 8)
    places.make(ROUTED, like=COMPANY)
    with places.workers(ROUTED) as everywhere:
        (few,) = everywhere(hierarchy.statements)
        everywhere(hierarchy.fill)
        (sent,) = everywhere(hierarchy.send_often, size.looks)
    places.drop(ROUTED)
    yield Line(
        f"routing, {routing.ROUTES} routes x {routing.CONDITIONS} conditions",
        f"{chosen.milliseconds:.2f} ms, {chosen.statements} statement(s)",
        "< 5 ms and 1 statement",
        chosen.milliseconds < 5 and chosen.statements == 1,
    )
    yield Line(
        f"{hierarchy.LEVELS} levels above, {hierarchy.PEOPLE} people",
        f"{sent.milliseconds:.0f} ms, {sent.statements} statements",
        f"{few} statements, as among few",
        sent.statements == few,
    )


def _live(size: Size) -> Iterator[Line]:
    """Let many pages hear of what one person does."""
    heard = live.hear(LIFE, pages=size.pages, events=size.events)
    delays = f"median {heard.median:.0f} ms, 19 of 20 in {heard.slowest_twentieth:.0f} ms"
    yield Line(f"live, {heard.pages} open pages", delays, "median < 300 ms", heard.median < 300)
    sessions = f"{heard.sessions_few}, then {heard.sessions_all}"
    is_flat = heard.sessions_all <= heard.sessions_few + live.SPARE_SESSIONS
    yield Line("database sessions, a 50th and all of them", sessions, "not by page", is_flat)
    is_soon = heard.stop_seconds < live.STOP_SECONDS
    yield Line("stop with all of them open", f"{heard.stop_seconds:.1f} s", "< 6 s", is_soon)


PARTS = {
    "service": _service,
    "decisions": _decisions,
    "http": _web,
    "routing": _routing,
    "live": _live,
    "lists": _lists,
}


def _say(line: Line) -> None:
    """Print one row."""
    text = f"{line.what:<44} {line.measured:<38} {line.target:<24} {VERDICTS[line.is_met]}"
    sys.stdout.write(text.rstrip() + "\n")
    sys.stdout.flush()
