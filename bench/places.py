"""Databases of the run, each with processes of its own that have Django set up on it.

Nothing here imports the product: a process has to be told its database first.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar
from urllib.parse import urlsplit

import django
import psycopg
from psycopg import sql

Result = TypeVar("Result")


def url_of(name: str) -> str:
    """Return the address of a database beside the one of the run."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def make(name: str, *, like: str = "template1") -> None:
    """Make a database anew, as a copy of another one."""
    drop(name)
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(like)))


def drop(name: str) -> None:
    """Remove a database of the run."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement.format(sql.Identifier(name)))


def product(home: str) -> dict[str, str]:
    """Return the environment in which the product stands as in earnest, with a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AKCEPT_")}
    settings = {"DJANGO_SETTINGS_MODULE": "akcept.project.settings"}
    return kept | settings | {"AKCEPT_HOME": home, "AKCEPT_DEMO": "0"}


def settle(environment: dict[str, str]) -> None:
    """Set Django up in this process."""
    os.environ.update(environment)
    django.setup()


def environment(name: str) -> dict[str, str]:
    """Return the environment of a process on a database."""
    return {**os.environ, "DATABASE_URL": url_of(name)}


@contextmanager
def workers(name: str, count: int = 1) -> Iterator[Callable[..., list[Result]]]:
    """Give a function that runs another one in each of the processes at once and returns what they return."""
    pools = [
        ProcessPoolExecutor(1, get_context("spawn"), settle, (environment(name),))
        for _ in range(count)
    ]

    def everywhere(work: Callable[..., Result], *arguments: object) -> list[Result]:
        futures = [pool.submit(work, *arguments) for pool in pools]
        return [future.result() for future in futures]

    try:
        yield everywhere
    finally:
        for pool in pools:
            pool.shutdown()


def medians(rows: Sequence[Sequence[float]]) -> list[float]:
    """Return the median of each column."""
    return [sorted(column)[len(rows) // 2] for column in zip(*rows, strict=True)]
