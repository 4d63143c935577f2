"""The rows beside the fold, written by `store` in the transaction of the command: tasks, feed, dates, payments, search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from akcept.cases import deadlines, own, pauses, rows, search, talk, world
from akcept.doctypes.cards import TypeCard
from akcept.engine import events as ev
from akcept.engine.case import Case
from akcept.engine.tasks import tasks
from akcept.journal.store import Head
from akcept.kit import ids, sql, text
from akcept.kit.sql import Batch

# Steps of another event of the same command; they would only repeat it in a feed.
UNFED = (ev.RemarkSettled, ev.Cleared, ev.CommentEdited)
# What a command was about: with one of these its other events are only how it came to it.
LEADING = (ev.Submitted, ev.PaymentExecuted)
TASK_COLUMNS = (
    "id", "case_id", "key", "person_id", "kind", "opened_at", "due_at", "at_deadline", "told_at",
)  # fmt: skip
# What was undone has to be done again.
TASK_CONFLICT = " ON CONFLICT (case_id, key) DO UPDATE SET closed_at = NULL, closed_by = NULL"
FORGET = "DELETE FROM cases_searchword WHERE NOT in_file AND case_id = %s AND word IN "
CLOSE = "UPDATE cases_task SET closed_at = %s, closed_by = %s WHERE case_id = %s AND key IN "
ATTACHMENT_COLUMNS = (
    "case_id", "number", "purpose", "blob_id", "name", "version", "replaces", "by_id", "at",
)  # fmt: skip


class Lost(Exception):
    """Another writer was there between reading and saving; under the lock it is a programming error."""


def insert(case: Case, head: Head, at: datetime, batch: Batch) -> None:
    """Write the row of a new case."""
    values = rows.columns(case) | {
        "id": UUID(case.id),
        "fold": rows.pack(case),
        "head_number": head.number,
        "head_hash": head.hash,
        "created_at": at,
        "ended_at": None,
    }
    batch.insert("cases_case", list(values), [list(values.values())])


def update(before: Case, case: Case, head: Head, read_at: int, at: datetime, batch: Batch) -> None:
    """Save a case where it is still the one that was read; whoever runs the batch looks whether it was."""
    values = rows.changed_columns(before, case)
    values |= {"fold": rows.pack(case), "head_number": head.number, "head_hash": head.hash}
    if case.state != before.state:
        values["ended_at"] = rows.ended_at(case, at)
    columns = ", ".join(f'"{name}" = %s' for name in values)
    statement = f"UPDATE cases_case SET {columns} WHERE id = %s AND head_number = %s"  # noqa: S608
    batch.add(statement, [*values.values(), UUID(case.id), read_at])


def write_sides(
    before: Case | None,
    case: Case,
    type_: TypeCard,
    events: Sequence[ev.Event],
    first: int,
    by: UUID | None,
    at: datetime,
    seen: world.Seen,
    batch: Batch,
) -> None:
    """Write everything beside the row of the case; only what the command changed."""
    _tasks(before, case, by, at, batch)
    # Whoever moves a round to another version of its route has no part in what it is about.
    is_apart = any(isinstance(event, ev.Rerouted) for event in events)
    coming = _coming(before, case, None if is_apart else by, events)
    _participants(case, coming, batch, follows=True)
    _feed(case, coming, events, first, at, batch)
    _attachments(case, events, by, at, batch)
    talk.write(before, case, events, first, by, at, batch)
    pauses.write(before, case, at, batch)
    if before is None or before.planned != case.planned or before.payments != case.payments:
        old = rows.planned(before) if before else []
        _renew("cases_plannedpayment", rows.PLANNED, case, old, rows.planned(case), batch)
    if before is not None and before.payments != case.payments:
        old = rows.payments(before)
        _renew("cases_payment", rows.PAYMENT, case, old, rows.payments(case), batch)
    if before is None or any(isinstance(event, ev.Revised) for event in events):
        _values(before, case, type_, batch)
        _index(before, case, type_, world.payees(seen), batch)


def let_see(case: Case, people: Sequence[str], batch: Batch) -> None:
    """Let people see a case who do not take part in it: the managers of its initiator."""
    taking_part = rows.people(case) if people else ()
    others = sorted({UUID(person) for person in people if person not in taking_part})
    _participants(case, others, batch, follows=False)


def _tasks(before: Case | None, case: Case, by: UUID | None, at: datetime, batch: Batch) -> None:
    old = {task.key: task for task in tasks(before)} if before else {}
    new = {task.key: task for task in tasks(case)}
    case_id = UUID(case.id)
    coming = [task for key, task in new.items() if key not in old]
    due = deadlines.of_tasks(case, coming, at)
    opened: list[tuple[object, ...]] = []
    for task in coming:
        due_at, then = due.get(task.key, (None, ""))
        person, kind = UUID(task.holder), str(task.kind)
        opened.append((ids.new_id(), case_id, task.key, person, kind, at, due_at, then, at))
    batch.insert("cases_task", TASK_COLUMNS, opened, on_conflict=TASK_CONFLICT)
    if closed := sorted(old.keys() - new.keys()):
        batch.add(f"{CLOSE}({', '.join(['%s'] * len(closed))})", [at, by, case_id, *closed])


def _coming(
    before: Case | None, case: Case, by: UUID | None, events: Sequence[ev.Event]
) -> list[UUID]:
    """Return who takes part from now on; whoever is named in a message does."""
    known = rows.people(before) if before else set()
    coming = {UUID(person) for person in rows.people(case) - known} | talk.named_in(events)
    if by is not None and str(by) not in known:
        coming.add(by)
    return sorted(coming)


def _participants(case: Case, people: Sequence[UUID], batch: Batch, *, follows: bool) -> None:
    # Whoever follows once goes on following.
    conflict = "DO UPDATE SET follows = excluded.follows" if follows else "DO NOTHING"
    batch.insert(
        "cases_participation",
        ("case_id", "person_id", "follows"),
        [(UUID(case.id), person, follows) for person in people],
        on_conflict=f" ON CONFLICT (case_id, person_id) {conflict}",
    )


def _feed(
    case: Case,
    coming: Sequence[UUID],
    events: Sequence[ev.Event],
    first: int,
    at: datetime,
    batch: Batch,
) -> None:
    """One row for everybody who follows the case and each event, without reading them first."""
    case_id, followers = UUID(case.id), "SELECT person_id FROM cases_participation"
    followers += " WHERE case_id = %s AND follows" + " UNION SELECT %s" * len(coming)
    leads = any(isinstance(event, LEADING) for event in events)
    for place, event in enumerate(events):
        if isinstance(event, LEADING) or not (leads or isinstance(event, UNFED)):
            batch.add(
                "INSERT INTO cases_feeditem (person_id, case_id, number, kind, at)"  # noqa: S608
                f" SELECT f.person_id, %s, %s, %s, %s FROM ({followers}) f",
                [case_id, first + place, event.KIND, at, case_id, *coming],
            )


def _attachments(
    case: Case, events: Sequence[ev.Event], by: UUID | None, at: datetime, batch: Batch
) -> None:
    added = [event for event in events if isinstance(event, ev.FileAttached)]
    batch.insert(
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


def _renew(
    table: str,
    columns: Sequence[str],
    case: Case,
    old: Sequence[tuple[object, ...]],
    new: Sequence[tuple[object, ...]],
    batch: Batch,
) -> None:
    """Write the rows of a case, each with its key first, that are not as they were."""
    case_id, kept, key = UUID(case.id), {number for number, *_ in new}, columns[0]
    updates = ", ".join(f'"{column}" = excluded."{column}"' for column in columns[1:])
    batch.insert(
        table,
        ("case_id", *columns),
        [(case_id, *row) for row in new if row not in old],
        on_conflict=f" ON CONFLICT (case_id, {key}) DO UPDATE SET {updates}",
    )
    _drop(table, key, case_id, [number for number, *_ in old if number not in kept], batch)


def _drop(table: str, column: str, case_id: UUID, values: Sequence[object], batch: Batch) -> None:
    if values:
        listed = ", ".join(["%s"] * len(values))
        statement = f'DELETE FROM "{table}" WHERE case_id = %s AND "{column}" IN ({listed})'  # noqa: S608
        batch.add(statement, [case_id, *values])


def _values(before: Case | None, case: Case, type_: TypeCard, batch: Batch) -> None:
    """Lay down what the type's own fields hold."""
    old = [value.row for value in own.found(type_, before.card)] if before else []
    new = [value.row for value in own.found(type_, case.card)]
    _renew("cases_value", rows.VALUE, case, old, new, batch)


def _index(
    before: Case | None, case: Case, type_: TypeCard, met: Mapping[str, str], batch: Batch
) -> None:
    """Write the words that came, and take away those that went; `met`: the payees that have been read."""
    payees = _payees([known for known in (before, case) if known], met)
    old = _words(before, type_, payees) if before else set()
    new = _words(case, type_, payees)
    case_id = UUID(case.id)
    if came := sorted(new - old):
        batch.insert_each("cases_searchword", ("case_id", case_id), "word", came)
        batch.insert_each("cases_knownword", ("is_read", False), "word", came)
    if went := sorted(old - new):
        listed = ", ".join(["%s"] * len(went))
        batch.add(f"{FORGET}({listed})", [case_id, *went])


def _words(case: Case, type_: TypeCard, payees: Mapping[str, str]) -> set[str]:
    payee = payees.get(str(case.card.get("counterparty")), "")
    said = f"{searched(case.card)} {own.words(type_, case.card)} {case.number} {payee}"
    return {*text.words(said), *search.marks(case)}


def searched(card: Mapping[str, object]) -> str:
    """Return the words of a card that a search looks through."""
    return " ".join(str(card.get(code) or "") for code in rows.SEARCHED)


def _payees(cases: Sequence[Case], met: Mapping[str, str]) -> Mapping[str, str]:
    named = {str(payee) for case in cases if (payee := case.card.get("counterparty"))}
    wanted = sorted(named - met.keys())
    if not wanted:
        return met
    listed = ", ".join(["%s"] * len(wanted))
    found = sql.rows(
        f"SELECT id, name, inn, vat_id FROM parties_counterparty WHERE id IN ({listed})",  # noqa: S608
        [UUID(payee) for payee in wanted],
    )
    return {**met, **{str(sql.as_uuid(payee)): " ".join(words) for payee, *words in found}}
