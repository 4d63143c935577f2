"""The only writer of the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from akcept.engine.refusals import InvalidInput, KeyReused
from akcept.engine.values import Private
from akcept.journal import canonical, in_hand
from akcept.journal.canonical import JSON, Plain, Secret
from akcept.journal.in_hand import Asked
from akcept.journal.models import LONGEST_KEY, Chained, Entry
from akcept.kit import sql


class ActorKind(StrEnum):
    """Who acted."""

    PERSON = "PERSON"
    SYSTEM = "SYSTEM"
    RULE = "RULE"
    IMPORT = "IMPORT"
    MIGRATION = "MIGRATION"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted, by id and by the name of that day; `auth` says how they were known if not by logging in."""

    kind: ActorKind
    id: UUID | None = None
    name: str = ""
    auth: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What happened; `data` may hold `Private` texts at any depth."""

    kind: str
    data: Mapping[str, JSON]


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a chain; number 0 and no hash before the first."""

    chain: str
    id: UUID
    number: int
    hash: str


ENTRY_COLUMNS = (
    "chain", "chain_id", "number", "kind", "at", "actor_id", "key", "request_hash", "body", "hash",
)  # fmt: skip
PRIVATE_COLUMNS = ("chain_id", "number", "path", "salt", "value")
DISPATCH_COLUMNS = (
    "chain_id", "first_number", "last_number", "not_before", "attempts", "is_sealed",
)  # fmt: skip


def append(
    *,
    head: Head,
    records: Sequence[Record],
    by: Actor,
    at: datetime,
    request: Asked | None = None,
    not_before: datetime | None = None,
    batch: sql.Batch | None = None,
) -> Head:
    """Append records to a chain whose row the caller has locked, and return the new head to save.

    With a batch the rows are written when the caller runs it, together with the caller's own.

    Refuses to work outside a transaction unless the batch is one by itself, without records, and with text that
    cannot be stored.
    """
    if batch is None or not sql.stands_alone():
        sql.require_transaction()
    request = request or in_hand.note(actor_id=by.id)
    if request:
        _check_key(request.key)
    if not records or not isinstance(head.id, UUID):
        raise ValueError("An append needs at least one record and a chain with a UUID.")
    first = head.number + 1
    keyed = (request.key, request.digest) if request else (None, None)
    entries: list[tuple[object, ...]] = []
    private: list[tuple[object, ...]] = []
    for record in records:
        body, secrets = _body(head, record, by, at)
        head = Head(head.chain, head.id, head.number + 1, canonical.body_hash(body))
        # The request key belongs to the command, so it stands on its first entry only.
        once = keyed if head.number == first else (None, None)
        entries.append(
            (head.chain, head.id, head.number, record.kind, at, by.id, *once, body, head.hash)
        )
        private.extend((head.id, head.number, *secret) for secret in secrets)
    mark = (head.id, first, head.number, not_before or at, 0, False)
    inserts = batch or sql.Batch()
    inserts.insert("journal_entry", ENTRY_COLUMNS, entries)
    inserts.insert("journal_privatevalue", PRIVATE_COLUMNS, private)
    # The pages that stand open look at once; as part of this statement it costs a decision nothing.
    inserts.insert("journal_dispatch", DISPATCH_COLUMNS, [mark], returning=sql.hint())
    if batch is None:
        inserts.run()
    return head


def _body(head: Head, record: Record, by: Actor, at: datetime) -> tuple[str, list[Secret]]:
    secrets: list[Secret] = []
    actor: dict[str, JSON] = {
        "kind": by.kind,
        "id": by.id,
        "name": Private(by.name) if by.name else None,
    }
    if by.auth:
        actor |= {"auth": by.auth}
    entry: dict[str, Plain] = {
        "v": canonical.VERSION,
        "chain": head.chain,
        "chain_id": str(head.id),
        "number": head.number + 1,
        "prev": head.hash,
        "kind": record.kind,
        "at": canonical.moment(at),
        "actor": canonical.plain(actor, "actor", secrets),
        "data": canonical.plain(record.data, "data", secrets),
    }
    return canonical.text(entry), secrets


def record(
    *,
    row: Chained,
    chain: str,
    records: Sequence[Record],
    by: Actor,
    at: datetime,
    request: Asked | None = None,
) -> None:
    """Lock a row, append to its chain and save its head, all in the caller's transaction.

    The row must be saved already and have a UUID as its primary key.
    """
    sql.require_transaction()
    table, pk = row._meta.db_table, row._meta.pk.column
    read = f'SELECT head_number, head_hash FROM "{table}" WHERE "{pk}" = %s'  # noqa: S608
    ((number, last_hash),) = sql.rows(read + sql.lock_suffix(), [row.pk])
    head = append(
        head=Head(chain, row.pk, number, last_hash),
        records=records,
        by=by,
        at=at,
        request=request,
    )
    save = f'UPDATE "{table}" SET head_number = %s, head_hash = %s WHERE "{pk}" = %s'  # noqa: S608
    sql.execute(save, [head.number, head.hash, row.pk])
    row.head_number, row.head_hash = head.number, head.hash


def replayed(*, actor_id: UUID, request: Asked) -> Entry | None:
    """Return the entry this request has already written, if it has.

    Refuses a key that its owner has used for another request, and one that cannot be stored.
    """
    _check_key(request.key)
    entry = Entry.objects.filter(actor_id=actor_id, key=request.key).first()
    if entry is not None and entry.request_hash != request.digest:
        raise KeyReused
    return entry


def _check_key(key: str) -> None:
    canonical.check_text(key, "key")
    if not 0 < len(key) <= LONGEST_KEY:
        raise InvalidInput(errors={"key": "TOO_LONG" if key else "REQUIRED"})
