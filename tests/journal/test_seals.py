from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from akcept.journal import queries, seals
from akcept.journal.models import Seal, SealBook
from akcept.journal.store import Actor, ActorKind, Head, Record, append
from akcept.kit import ids

AT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
DAY = timedelta(days=1)
SYSTEM = Actor(ActorKind.SYSTEM)

pytestmark = pytest.mark.django_db


def happened(head: Head | None = None) -> Head:
    head = head or Head("CASE", ids.new_id(), 0, "")
    return append(head=head, records=[Record("SEEN", {})] * 2, by=SYSTEM, at=AT)


def root_of(*heads: Head) -> str:
    lines = [f"{head.id} {head.number} {head.hash}\n" for head in sorted(heads, key=lambda h: h.id)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def sealed(at: datetime = AT) -> Seal:
    seal = seals.make(at=at)
    assert seal is not None
    return seal


def test_a_seal_covers_the_heads_of_all_chains() -> None:
    one, other = happened(happened()), happened()
    assert sealed().root == root_of(one, other)


def test_a_seal_covers_what_changed_since_the_last_one() -> None:
    one, _ = happened(), happened()
    sealed()
    one = happened(one)
    assert sealed(AT + DAY).root == root_of(one)


def test_a_day_without_entries_is_sealed_too() -> None:
    assert (sealed().heads, sealed(AT + DAY).heads) == (0, 0)


def test_a_day_is_sealed_once() -> None:
    sealed()
    happened()
    assert seals.make(at=AT) is None
    in_moscow = AT.astimezone(timezone(timedelta(hours=3)))
    assert seals.make(at=in_moscow) is None


def test_missed_days_go_into_the_next_seal() -> None:
    sealed()
    one = happened()
    assert sealed(AT + 5 * DAY).root == root_of(one)


def test_seals_are_a_chain_of_their_own() -> None:
    first, second = sealed(), sealed(AT + DAY)
    entry = queries.entries(chain_id=seals.BOOK)[0]
    assert (entry.chain, entry.kind) == ("SEALS", "SEALED")
    assert entry.data == {"day": "2026-03-02", "heads": 0, "root": first.root}
    assert SealBook.objects.get().head_hash == second.hash


def test_a_seal_fits_into_one_line_of_a_letter() -> None:
    seal = Seal(number=7, day=AT.date(), hash="ab" * 32)
    assert seals.line(seal) == f"2026-03-02 7 {'ab' * 32}"


def test_the_chain_of_seals_has_a_fixed_place() -> None:
    assert UUID("5ea15ea1-5ea1-75ea-95ea-15ea15ea15ea") == seals.BOOK
