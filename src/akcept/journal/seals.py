"""Daily seals: one hash over the heads of all chains that changed since the last seal.

Which chains changed is read from the mark on Dispatch, never from ids or times: PostgreSQL may
commit a lower id after a higher one, and it would be left out of every seal. An append that
commits while a seal is made keeps its mark and goes into the next one.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TextIO
from uuid import UUID

from django.db import transaction

from akcept.journal import store
from akcept.journal.models import Seal, SealBook
from akcept.journal.store import Actor, ActorKind, Record
from akcept.kit import sql

CHAIN = "SEALS"
BOOK = UUID("5ea15ea1-5ea1-75ea-95ea-15ea15ea15ea")


def make(*, at: datetime) -> Seal | None:
    """Seal the day of this moment (UTC); None when that day has its seal already."""
    day = at.astimezone(UTC).date()
    with transaction.atomic():
        SealBook.objects.get_or_create(id=BOOK)
        book = SealBook.objects.select_for_update().get(id=BOOK)
        if Seal.objects.filter(day=day).exists():
            return None
        number = book.head_number + 1
        _take_heads(number)
        heads, root = _root(number)
        sealed = Record("SEALED", {"day": day, "heads": heads, "root": root})
        store.record(row=book, chain=CHAIN, records=[sealed], by=Actor(ActorKind.SYSTEM), at=at)
        return Seal.objects.create(
            number=number, day=day, heads=heads, root=root, hash=book.head_hash
        )


def newest() -> Seal | None:
    """Return the last seal made."""
    return Seal.objects.order_by("-number").first()


def numbered(number: int) -> Seal | None:
    """Return the seal with this number."""
    return Seal.objects.filter(number=number).first()


def write(stream: TextIO) -> None:
    """Write all seals, a line each: what the auditor keeps and gives to verify.py."""
    for seal in Seal.objects.order_by("number").iterator():
        stream.write(line(seal) + "\n")


def line(seal: Seal) -> str:
    """Return a seal as one line for a letter: day, number, hash of its entry."""
    return f"{seal.day.isoformat()} {seal.number} {seal.hash}"


def _take_heads(seal: int) -> None:
    sql.execute(
        "INSERT INTO journal_sealedhead (seal, chain_id, number) "
        "SELECT %s, chain_id, MAX(last_number) FROM journal_dispatch "
        "WHERE NOT is_sealed AND chain_id <> %s GROUP BY chain_id",
        [seal, BOOK],
    )
    # Only what the statement above has seen: a later append of the same chain keeps its mark.
    sql.execute(
        "UPDATE journal_dispatch SET is_sealed = %s WHERE NOT is_sealed AND (chain_id = %s OR EXISTS ("
        "SELECT 1 FROM journal_sealedhead h WHERE h.seal = %s "
        "AND h.chain_id = journal_dispatch.chain_id AND h.number >= journal_dispatch.last_number))",
        [True, BOOK, seal],
    )


def _root(seal: int) -> tuple[int, str]:
    total, root = 0, hashlib.sha256()
    for chain_id, number, last_hash in sql.stream(
        "SELECT h.chain_id, h.number, e.hash FROM journal_sealedhead h "
        "JOIN journal_entry e ON e.chain_id = h.chain_id AND e.number = h.number "
        "WHERE h.seal = %s ORDER BY h.chain_id",
        [seal],
    ):
        total += 1
        root.update(f"{sql.as_uuid(chain_id)} {number} {last_hash}\n".encode())
    return total, root.hexdigest()
