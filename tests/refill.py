"""The rows of a database kept aside, to be put back after a test that has committed others, or added for the next.

Through Django's own flush and fixtures the same takes half a second for each test.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection, transaction

from akcept.journal import triggers
from akcept.kit import sql


@dataclass(frozen=True, slots=True)
class Table:
    """One table with all it holds."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def keep() -> list[Table]:
    """Read what all tables hold."""
    kept = []
    with connection.cursor() as cursor:
        for name in _names():
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608
            columns = tuple(str(column[0]) for column in cursor.description)
            kept.append(Table(name, columns, [tuple(map(_plain, row)) for row in cursor]))
    return kept


def _plain(value: object) -> object:
    # The one kind that SQLite gives and does not take.
    return value.isoformat() if connection.vendor == "sqlite" and isinstance(value, time) else value


def put_back(kept: list[Table]) -> None:
    """Let the tables hold what was kept and nothing else, and the cache nothing; numbering goes on after it."""
    with connection.constraint_checks_disabled(), transaction.atomic(), triggers.lifted():
        _empty(_names())
        _add(kept)
        _number_on()
    # How often somebody asked is no table of ours, and no business of the next test.
    cache.clear()


def added(since: list[Table]) -> list[Table]:
    """Return the tables that hold something else than before."""
    before = {table.name: table.rows for table in since}
    return [table for table in keep() if table.rows != before[table.name]]


def add(since: list[Table], more: list[Table]) -> None:
    """Let tables that are as they were hold what they held later."""
    was_empty = {table.name for table in since if not table.rows}
    with transaction.atomic():
        _empty(table.name for table in more if table.name not in was_empty)
        _add(more)
        if connection.vendor == "postgresql":
            _number_on()


def _empty(names: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608


def _add(kept: list[Table]) -> None:
    batch = sql.Batch()
    for table in kept:
        batch.insert(table.name, table.columns, table.rows)
    batch.run()


def _number_on() -> None:
    if connection.vendor == "sqlite":
        sql.execute("UPDATE sqlite_sequence SET seq = 0")
        return
    # Rows written with their keys leave the sequences behind.
    resets = connection.ops.sequence_reset_sql(no_style(), apps.get_models())
    with connection.cursor() as cursor:
        cursor.execute(";".join(statement.rstrip(";") for statement in resets))


def _names() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True, include_views=False)
