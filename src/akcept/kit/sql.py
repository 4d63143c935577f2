"""Raw SQL that means the same on SQLite and PostgreSQL: values, rows in one INSERT, row locks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, Q, QuerySet

# Where PostgreSQL passes hints on.
CHANNEL = "akcept"
# SQLite binds 32,766 values per statement at most, PostgreSQL 65,535.
MOST_VALUES = 32_000
Found = TypeVar("Found", bound=Model)
ID_LENGTH = len(str(UUID(int=0)))
Statement = tuple[str, Sequence[Any]]


class Question(NamedTuple):
    """A SELECT of columns of text, so many of them; in no order, for it may be asked together with others."""

    text: str
    width: int
    values: Sequence[object] = ()


@cache
def is_postgresql() -> bool:
    """Tell which of the two databases the process has; a decision would ask Django's connection ten times."""
    return connection.vendor == "postgresql"


def params(values: Iterable[object]) -> list[Any]:
    """Return values as the driver of this database stores what Django's fields would store."""
    # PostgreSQL knows ids, moments and dates itself.
    if is_postgresql():
        return list(values)
    return [_param(value) for value in values]


def _param(value: object) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def execute(statement: str, values: Iterable[object] = ()) -> int:
    """Run one statement with %s placeholders and return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params(values))
        return int(cursor.rowcount)


def rows(statement: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
    """Run one statement and return all its rows, as the driver gives them."""
    return _fetched(statement, params(values))


def loaded(model: type[Found], condition: str, values: Iterable[object]) -> list[Found]:
    """Return the rows for which a condition holds, for what every request asks: nothing is compiled for it anew."""
    line = connections[DEFAULT_DB_ALIAS]
    names, select, converters = _reading(model, line.vendor)
    instances = []
    for row in rows(f"{select} WHERE {condition}", values):
        read = list(row)
        for place, (steps, column) in converters.items():
            for step in steps:
                read[place] = step(read[place], column, line)
        instances.append(model.from_db(DEFAULT_DB_ALIAS, names, read))
    return instances


@cache
def _reading(model: type[Model], _vendor: str) -> tuple[list[str], str, Mapping[int, Any]]:
    """Return the fields of a model, the statement that reads them, and how this database's values become theirs."""
    fields, table = model._meta.concrete_fields, model._meta.db_table
    compiler = model._default_manager.all().query.get_compiler(DEFAULT_DB_ALIAS)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    converters = compiler.get_converters([field.get_col(table) for field in fields])
    return [field.attname for field in fields], f'SELECT {columns} FROM "{table}"', converters  # noqa: S608


def together(*parts: QuerySet[Any, tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return the rows of several querysets of the same columns, each with a limit of its own, in one statement.

    As the driver gives them, and in no order: a row says itself which part it belongs to.
    """
    statement, values = _united(parts)
    return _fetched(statement, values) if statement else []


def at_once(*questions: Question) -> list[list[tuple[Any, ...]]]:
    """Return the rows of each of several questions, in one statement."""
    statement = _one_of(tuple((asked.text, asked.width) for asked in questions))
    found: list[list[tuple[Any, ...]]] = [[] for _ in questions]
    for place, *row in rows(statement, [value for asked in questions for value in asked.values]):
        found[int(place)].append(tuple(row[: questions[int(place)].width]))
    return found


@lru_cache(maxsize=16)
def _one_of(questions: tuple[tuple[str, int], ...]) -> str:
    widest = max(width for _, width in questions)
    return " UNION ALL ".join(
        f"SELECT '{place}', part{place}.*{', NULL' * (widest - width)} FROM ({text}) AS part{place}"  # noqa: S608
        for place, (text, width) in enumerate(questions)
    )


def begins(column: str, start: str) -> Q:
    """Return the condition that a text begins with folded letters, so that its index is used."""
    if is_postgresql():
        # Django's second index of a text key is made for LIKE, whatever the database's language.
        return Q(**{f"{column}__startswith": start})
    return Q(**{f"{column}__gte": start, f"{column}__lt": f"{start}\U0010ffff"})


def tally(*parts: QuerySet[Any, tuple[str]]) -> dict[str, int]:
    """Count the values that querysets of one column give, each with a limit of its own, in one statement."""
    united, values = _united(parts)
    counting = f"WITH found(name) AS ({united}) SELECT name, COUNT(*) FROM found GROUP BY name"  # noqa: S608
    return dict(_fetched(counting, values)) if united else {}


def _united(parts: Iterable[QuerySet[Any, Any]]) -> tuple[str, list[Any]]:
    texts: list[str] = []
    values: list[Any] = []
    for part in parts:
        with suppress(EmptyResultSet):
            text, bound = part.query.sql_with_params()
            # SQLite takes a limit only inside of a part.
            texts.append(f"SELECT * FROM ({text}) AS part{len(texts)}")  # noqa: S608
            values += bound
    return " UNION ALL ".join(texts), values


def _fetched(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def stream(statement: str, values: Iterable[object] = ()) -> Iterator[tuple[Any, ...]]:
    """Run one SELECT and give its rows as they come, all from one snapshot, in constant memory.

    PostgreSQL needs a transaction around it, or it would keep the whole answer aside first.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, params(values))
        while part := cursor.fetchmany(2_000):
            yield from part


def stands_alone() -> bool:
    """Tell whether a batch sent now is a transaction by itself: where it is one statement and none is open."""
    return is_postgresql() and not connection.in_atomic_block


class Batch:
    """Writes of one transaction, sent together: on PostgreSQL in one round trip, on SQLite, which has none, in turn.

    All of them see the tables as they were before the batch, so no two of them may touch the same row.
    """

    def __init__(self) -> None:
        self._statements: list[Statement] = []

    def insert(
        self,
        table: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[object]],
        *,
        on_conflict: str = "",
        returning: str = "",
    ) -> None:
        """Add rows of one table; `on_conflict` is the whole clause, for rows that may be there already.

        `returning` is for what a row sets off, such as a hint: nobody reads the answer.
        """
        step = MOST_VALUES // len(columns)
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            statement = _insertion(table, tuple(columns), len(part)) + on_conflict + returning
            self.add(statement, [value for row in part for value in row])

    def insert_each(
        self, table: str, same: tuple[str, object], column: str, values: list[str]
    ) -> None:
        """Add a row for each text, the column `same` alike in all; rows that are there already stay."""
        name, value = same
        if is_postgresql():
            # A list is one value to bind, however long it is.
            rows, bound = "SELECT %s, unnest(%s::text[])", [value, values]
        else:
            rows = f"VALUES {', '.join(['(%s, %s)'] * len(values))}"
            bound = [bind for text in values for bind in (value, text)]
        into = f'INSERT INTO "{table}" ("{name}", "{column}")'
        self.add(f"{into} {rows} ON CONFLICT DO NOTHING", bound)

    def add(self, statement: str, values: Sequence[object]) -> None:
        """Add one statement of another shape."""
        self._statements.append((statement, values))

    def run(self) -> int:
        """Send everything that was added and return how many rows the last statement touched."""
        statements, self._statements = self._statements, []
        if is_postgresql():
            statements = _joined(statements)
        touched = 0
        # What one statement cannot bind is all or nothing, too.
        with transaction.atomic(savepoint=False) if len(statements) > 1 else nullcontext():
            for statement, values in statements:
                touched = _write(statement, values)
        return touched


# What a decision adds has few shapes.
@lru_cache(maxsize=256)
def _insertion(table: str, columns: tuple[str, ...], count: int) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    one = f"({', '.join(['%s'] * len(columns))})"
    return f'INSERT INTO "{table}" ({names}) VALUES {", ".join([one] * count)}'  # noqa: S608


def _joined(statements: list[Statement]) -> list[Statement]:
    """Make one statement of several, unless they have more values than it may bind."""
    values = [value for _, part in statements for value in part]
    if len(statements) < 2 or len(values) > MOST_VALUES:
        return statements
    *first, last = (text for text, _ in statements)
    steps = ", ".join(f"step{place} AS ({text})" for place, text in enumerate(first))
    return [(f"WITH {steps} {last}", values)]


def _write(statement: str, told: Sequence[Any]) -> int:
    """Run a statement of any length and return how many rows it touched."""
    line, values = connections[DEFAULT_DB_ALIAS], params(told)
    if not is_postgresql() or line.queries_logged:
        return _touched(line.cursor(), statement, values)
    # psycopg would take a statement with more than fifty values apart anew each time.
    line.ensure_connection()
    raw: Any = psycopg.RawCursor(line.connection)
    return _touched(line.make_cursor(raw), _numbered(statement), values)


def _touched(opened: CursorWrapper, statement: str, values: Sequence[Any]) -> int:
    with opened as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


@lru_cache(maxsize=256)
def _numbered(statement: str) -> str:
    """Return a statement with its placeholders as PostgreSQL itself writes them."""
    first, *rest = statement.split("%s")
    return first + "".join(f"${place}{text}" for place, text in enumerate(rest, 1))


def lock_suffix(*, skip_locked: bool = False) -> str:
    """Return the row lock to end a SELECT with; SQLite locks the whole file at BEGIN IMMEDIATE."""
    if not is_postgresql():
        return ""
    return " FOR UPDATE SKIP LOCKED" if skip_locked else " FOR UPDATE"


def hint() -> str:
    """Return the end of an INSERT by which whoever listens looks at once when it is committed; SQLite has none.

    A hint may be lost: whoever waits for one looks by themselves, too.
    """
    return f" RETURNING pg_notify('{CHANNEL}', '')" if is_postgresql() else ""


def give_hint() -> None:
    """Give the hint without an INSERT of raw SQL, in the caller's transaction."""
    if is_postgresql():
        execute("SELECT pg_notify(%s, '')", [CHANNEL])


def as_uuid(value: object) -> UUID:
    """Return the UUID read from a raw row: SQLite gives 32 hex characters."""
    return value if isinstance(value, UUID) else UUID(str(value))


def as_id(value: str) -> str:
    """Return an id that a row gives as text as the rules write it: SQLite gives it without its dashes."""
    return value if len(value) == ID_LENGTH else str(UUID(value))


def as_moment(value: datetime) -> datetime:
    """Return the UTC moment read from a raw row: SQLite gives it without its zone."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def require_transaction() -> None:
    """Refuse to write outside a transaction; a programming error, not to be caught."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("This writes only inside a transaction.")
