"""The journal as JSON Lines, for `verify.py` and for whoever has to read it without Akcept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from itertools import groupby
from typing import Any, BinaryIO

from django.db import connection, transaction

from akcept.journal import canonical
from akcept.journal.canonical import Plain
from akcept.kit import sql

FORMAT = "akcept-journal"
# One statement, so one snapshot: an entry and its private values are always of the same moment.
SELECT = """
    SELECT e.id, e.body, e.hash, h.seal, p.path, p.salt, p.value, p.removed_under
    FROM journal_entry e
    LEFT JOIN journal_sealedhead h ON h.chain_id = e.chain_id AND h.number = e.number
    LEFT JOIN journal_privatevalue p ON p.chain_id = e.chain_id AND p.number = e.number
    ORDER BY e.chain_id, e.number
"""


def write(stream: BinaryIO, *, at: datetime) -> int:
    """Write the whole journal and return how many entries it has; memory stays constant."""
    seen = hashlib.sha256()

    def put(line: Plain) -> None:
        encoded = canonical.text(line).encode() + b"\n"
        seen.update(encoded)
        stream.write(encoded)

    put({"format": FORMAT, "version": canonical.VERSION, "made_at": canonical.moment(at)})
    total = 0
    with _open():
        for entry in _entries():
            put(entry)
            total += 1
    put({"end": {"entries": total, "sha256": seen.hexdigest()}})
    return total


def _open() -> AbstractContextManager[None]:
    # SQLite streams without a transaction, and BEGIN IMMEDIATE would stop all writers meanwhile.
    return nullcontext() if connection.vendor == "sqlite" else transaction.atomic()


def _entries() -> Iterator[dict[str, Plain]]:
    for _, group in groupby(sql.stream(SELECT), key=lambda row: row[0]):
        rows = list(group)
        _, body, own_hash, seal, *_ = rows[0]
        entry: dict[str, Plain] = {"body": body, "hash": own_hash, "private": _private(rows)}
        yield entry if seal is None else {**entry, "seal": seal}


def _private(rows: Iterable[tuple[Any, ...]]) -> dict[str, Plain]:
    return {
        path: {"removed": rule} if value is None else [salt, value]
        for *_, path, salt, value, rule in rows
        if path is not None
    }
