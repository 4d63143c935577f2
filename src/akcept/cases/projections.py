"""The rows beside the fold, written by `store` in the transaction of the command: tasks, feed, dates, payments, search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from akcept.cases import rows
from akcept.engine import events as ev
from akcept.engine.case import Case
from akcept.engine.tasks import TaskKind, tasks
from akcept.journal.store import Head
from akcept.kit import ids, sql, text

# Steps of another event of the same command; they would only repeat it in a feed.
UNFED = (ev.RemarkSettled, ev.Cleared)
TASK_COLUMNS = (
    "id", "case_id", "key", "person_id", "kind", "opened_at", "due_at", "told_at",
    "closed_at", "closed_by",
)  # fmt: skip
TASK_CONFLICT = (
    " ON CONFLICT (case_id, key) DO UPDATE SET"
    " closed_at = excluded.closed_at, closed_by = excluded.closed_by"
)
ATTACHMENT_COLUMNS = (
    "case_id", "number", "purpose", "blob_id", "name", "version", "replaces", "by_id", "at",
)  # fmt: skip


class Lost(Exception):
    """Another writer was there between reading and saving; the locks make it a programming error."""


def insert(case: Case, head: Head, at: datetime) -> None:
    """Write the row of a new case."""
    values = rows.columns(case) | {
        "id": UUID(case.id),
        "fold": rows.pack(case),
        "head_number": head.number,
        "head_hash": head.hash,
        "created_at": at,
        "ended_at": None,
    }
    sql.insert_rows("cases_case", list(values), [list(values.values())])


def update(before: Case, case: Case, head: Head, read_at: int, at: datetime) -> None:
    """Save a case where it is still the one that was read."""
    old, new = rows.columns(before), rows.columns(case)
    values: dict[str, object] = {key: value for key, value in new.items() if old[key] != value}
    values |= {"fold": rows.pack(case), "head_number": head.number, "head_hash": head.hash}
    if case.state != before.state:
        values["ended_at"] = rows.ended_at(case, at)
    columns = ", ".join(f'"{name}" = %s' for name in values)
    statement = f"UPDATE cases_case SET {columns} WHERE id = %s AND head_number = %s"  # noqa: S608
    if sql.execute(statement, [*values.values(), UUID(case.id), read_at]) != 1:
        raise Lost(case.id)


def write_sides(
    before: Case | None,
    case: Case,
    events: Sequence[ev.Event],
    first: int,
    by: UUID | None,
    at: datetime,
) -> None:
    """Write everything beside the row of the case; only what the command changed."""
    _tasks(before, case, by, at)
    _participants(before, case, by)
    _feed(case, events, first, at)
    _attachments(case, events, by, at)
    if before is None or rows.planned(before) != rows.planned(case):
        _planned(case)
    if before is not None and before.payments != case.payments:
        _payments(case)
    if before is None or any(isinstance(event, ev.Revised) for event in events):
        index(case)


def _tasks(before: Case | None, case: Case, by: UUID | None, at: datetime) -> None:
    old = {task.key: task for task in tasks(before)} if before else {}
    new = {task.key: task for task in tasks(case)}
    changed: list[tuple[object, ...]] = []
    for key, task in (old | new).items():
        if key in old and key in new:
            continue
        closed = (at, by) if key in old else (None, None)
        due_at = case.correct_by if task.kind is TaskKind.CORRECT else None
        person = UUID(task.holder)
        changed.append(
            (ids.new_id(), UUID(case.id), key, person, str(task.kind), at, due_at, at, *closed)
        )
    sql.insert_rows("cases_task", TASK_COLUMNS, changed, on_conflict=TASK_CONFLICT)


def _participants(before: Case | None, case: Case, by: UUID | None) -> None:
    known = rows.people(before) if before else set()
    coming = {UUID(person) for person in rows.people(case) - known}
    if by is not None and str(by) not in known:
        coming.add(by)
    sql.insert_rows(
        "cases_participation",
        ("case_id", "person_id", "follows"),
        [(UUID(case.id), person, True) for person in sorted(coming)],
        on_conflict=" ON CONFLICT (case_id, person_id) DO UPDATE SET follows = excluded.follows",
    )


def let_see(case_id: UUID, people: Sequence[UUID]) -> None:
    """Let people see a case who do not take part in it: the managers of its initiator."""
    sql.insert_rows(
        "cases_participation",
        ("case_id", "person_id", "follows"),
        [(case_id, person, False) for person in people],
        on_conflict=" ON CONFLICT (case_id, person_id) DO NOTHING",
    )


def _feed(case: Case, events: Sequence[ev.Event], first: int, at: datetime) -> None:
    """One row for everybody who follows the case and each event, without reading them first."""
    told = [
        (first + place, event.KIND)
        for place, event in enumerate(events)
        if not isinstance(event, UNFED)
    ]
    if not told:
        return
    listed = " UNION ALL ".join(["SELECT %s AS number, %s AS kind"] * len(told))
    sql.execute(
        "INSERT INTO cases_feeditem (person_id, case_id, number, kind, at)"  # noqa: S608
        " SELECT p.person_id, p.case_id, n.number, n.kind, %s"
        f" FROM cases_participation p CROSS JOIN ({listed}) n"
        " WHERE p.case_id = %s AND p.follows",
        [at, *(value for pair in told for value in pair), UUID(case.id)],
    )


def _attachments(case: Case, events: Sequence[ev.Event], by: UUID | None, at: datetime) -> None:
    added = [event for event in events if isinstance(event, ev.FileAttached)]
    sql.insert_rows(
        "cases_attachment",
        ATTACHMENT_COLUMNS,
        [
            (
                UUID(case.id), event.id, event.purpose, event.sha256, event.name, event.version,
                event.replaces, by, at,
            )
            for event in added
        ],
    )  # fmt: skip


def _planned(case: Case) -> None:
    sql.execute("DELETE FROM cases_plannedpayment WHERE case_id = %s", [UUID(case.id)])
    _insert_side("cases_plannedpayment", ("case_id", *rows.PLANNED), case, rows.planned(case))


def _payments(case: Case) -> None:
    sql.execute("DELETE FROM cases_payment WHERE case_id = %s", [UUID(case.id)])
    _insert_side("cases_payment", ("case_id", *rows.PAYMENT), case, rows.payments(case))


def _insert_side(
    table: str, columns: Sequence[str], case: Case, values: Sequence[tuple[object, ...]]
) -> None:
    sql.insert_rows(table, columns, [(UUID(case.id), *row) for row in values])


def index(case: Case) -> None:
    """Write the trigrams of a case anew."""
    case_id = UUID(case.id)
    sql.execute("DELETE FROM cases_searchtrigram WHERE case_id = %s", [case_id])
    found = text.trigrams(searched(case.card) + f" {case.number} {_payee(case)}")
    sql.insert_rows(
        "cases_searchtrigram",
        ("trigram", "case_id"),
        [(trigram, case_id) for trigram in sorted(found)],
    )


def searched(card: Mapping[str, object]) -> str:
    """Return the words of a card that a search looks through."""
    return " ".join(str(card.get(code) or "") for code in rows.SEARCHED)


def _payee(case: Case) -> str:
    found = sql.rows(
        "SELECT name, inn, vat_id FROM parties_counterparty WHERE id = %s",
        [UUID(str(case.card["counterparty"]))],
    )
    return " ".join(" ".join(row) for row in found)
