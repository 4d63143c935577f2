"""Approving over HTTP: the product's page against a bare Django view, both behind the same server, in turn."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from socket import create_connection, socket
from typing import NamedTuple
from uuid import uuid4

import psycopg
from django.conf import settings
from django.core.management import call_command

from akcept.project import servers
from bench import floor, life, places
from bench.browser import Browser

PASSWORD = "correct horse battery staple"  # noqa: S105
BARE = "akcept_bench_bare"
Form = tuple[str, dict[str, object]]


class Rates(NamedTuple):
    """Approvals per second by some connections."""

    connections: int
    ours: float
    bare: float
    ratio: float


class Site(NamedTuple):
    """A server: how many approvals its database holds, fresh forms to send, and people logged in."""

    port: int
    log_in: Callable[[int], Browser]
    forms: Callable[[int], list[Form]]
    approved: Callable[[], int]


def rates(name: str, *, connections: Sequence[int], rounds: int, each: int) -> list[Rates]:
    """Measure in turn; every approval is counted in the database afterwards."""
    call_command("collectstatic", interactive=False, verbosity=0)
    with ExitStack() as stack:
        everywhere = stack.enter_context(places.workers(name))
        ours = stack.enter_context(_ours(name, everywhere))
        bare = stack.enter_context(_bare())
        return [_compare(ours, bare, count, rounds, each) for count in connections]


def _compare(ours: Site, bare: Site, count: int, rounds: int, each: int) -> Rates:
    with ExitStack() as stack:
        people = {
            site: [stack.enter_context(closing(site.log_in(site.port))) for _ in range(count)]
            for site in (ours, bare)
        }
        rows = []
        for _ in range(rounds + 1):
            fast, base = (_burst(site, people[site], each) for site in (ours, bare))
            rows.append((fast, base, fast / base))
    # The first round only warms both up.
    return Rates(count, *places.medians(rows[1:]))


def _burst(site: Site, people: Sequence[Browser], each: int) -> float:
    before, forms = site.approved(), [site.forms(each) for _ in people]
    with ThreadPoolExecutor(len(people)) as pool:
        started = time.perf_counter()
        list(pool.map(_send, people, forms))
        elapsed = time.perf_counter() - started
    sent = each * len(people)
    if site.approved() != before + sent:
        raise AssertionError(f"{sent} were sent, {site.approved() - before} are in the database")
    return sent / elapsed


def _send(person: Browser, forms: Sequence[Form]) -> None:
    for path, form in forms:
        answer = person.post(path, form)
        if answer.status != 302:
            raise AssertionError(answer)


@contextmanager
def _ours(name: str, everywhere: Callable[..., list[list[tuple[str, int]]]]) -> Iterator[Site]:
    def forms(count: int) -> list[Form]:
        (sent,) = everywhere(life.waiting, count)
        return [
            (f"/cases/{case_id}/act/approve/", {"key": uuid4(), "revision": revision})
            for case_id, revision in sent
        ]

    def log_in(port: int) -> Browser:
        return logged_in(port, "/accounts/login/", login="boris@example.com")

    counting = "SELECT count(*) FROM journal_entry WHERE kind = 'APPROVED'"
    with (
        serving(servers.everything, name) as served,
        _counter(name, counting) as approved,
    ):
        yield Site(served.port, log_in, forms, approved)


@contextmanager
def _bare() -> Iterator[Site]:
    places.make(BARE)
    environment = places.environment(BARE)
    subprocess.run([sys.executable, "-m", "bench.bare"], env=environment, check=True)
    counting = "SELECT count(*) FROM floor_audit WHERE kind = 'approve'"
    with (
        psycopg.connect(places.url_of(BARE), autocommit=True) as connection,
        serving(_bare_server, BARE) as served,
        _counter(BARE, counting) as approved,
    ):

        def forms(count: int) -> list[Form]:
            return [(f"/cases/{floor.create(connection)}/approve/", {}) for _ in range(count)]

        yield Site(served.port, lambda port: logged_in(port, "/login/"), forms, approved)
    places.drop(BARE)


def _bare_server(port: int) -> list[str]:
    return servers.serving("bench.bare:application", port, *servers.wsgi())


@contextmanager
def _counter(name: str, statement: str) -> Iterator[Callable[[], int]]:
    with psycopg.connect(places.url_of(name), autocommit=True) as connection:
        yield lambda: int(connection.execute(statement).fetchone()[0])  # type: ignore[index]


class Served(NamedTuple):
    """A server that runs, and what ends it."""

    port: int
    stop: Callable[[], None]


@contextmanager
def serving(server: Callable[[int], list[str]], name: str) -> Iterator[Served]:
    """Serve an application as `akcept serve` does."""
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    command = server(port)
    with (settings.AKCEPT_HOME / "server.log").open("ab") as told:
        running = subprocess.Popen(  # noqa: S603
            command, env=places.environment(name), stdout=told, stderr=told
        )

    def stop() -> None:
        running.terminate()
        running.wait()

    try:
        _until_open(port)
        yield Served(port, stop)
    finally:
        stop()


def _until_open(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            return create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def logged_in(port: int, path: str, **form: object) -> Browser:
    """Return a browser in which somebody has logged in."""
    browser = Browser(port)
    browser.get(path)
    answer = browser.post(path, {"password": PASSWORD, **form})
    if answer.status != 302:
        raise AssertionError(answer)
    browser.get(answer.head.split("ocation: ")[1].split()[0])
    return browser
