from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from akcept.engine.refusals import InvalidInput, KeyReused
from akcept.engine.values import Private
from akcept.journal.in_hand import Asked
from akcept.journal.models import Dispatch, Entry, PrivateValue, SealBook
from akcept.journal.store import Actor, ActorKind, Head, Record, append, record, replayed
from akcept.kit import ids

AT = datetime(2026, 3, 2, 9, 30, 0, 5, tzinfo=UTC)
ANNA = Actor(ActorKind.PERSON, UUID(int=1), "Anna")
SUBMITTED = Record("SUBMITTED", {"amount": 100, "comment": Private("Бумага для офиса")})

pytestmark = pytest.mark.django_db


def start() -> Head:
    return Head("CASE", ids.new_id(), 0, "")


def test_an_entry_is_hashed_as_its_stored_text_with_the_hash_before_it() -> None:
    head = append(head=start(), records=[SUBMITTED, Record("SEEN", {})], by=ANNA, at=AT)
    first, second = Entry.objects.filter(chain_id=head.id).order_by("number")
    assert hashlib.sha256(first.body.encode()).hexdigest() == first.hash
    assert json.loads(second.body)["prev"] == first.hash
    assert (head.number, head.hash) == (2, second.hash)


def test_an_entry_keeps_what_who_and_when() -> None:
    head = append(head=start(), records=[SUBMITTED], by=ANNA, at=AT)
    entry = Entry.objects.get(chain_id=head.id)
    body = json.loads(entry.body)
    assert (body["v"], body["kind"], body["at"]) == (1, "SUBMITTED", 1_772_443_800_000_005)
    assert body["actor"]["id"] == str(ANNA.id)
    assert (entry.at, entry.actor_id) == (AT, ANNA.id)


def test_private_text_stands_beside_the_entry_and_its_digest_inside() -> None:
    head = append(head=start(), records=[SUBMITTED], by=ANNA, at=AT)
    body = Entry.objects.get(chain_id=head.id).body
    kept = PrivateValue.objects.get(chain_id=head.id, path="data.comment")
    assert "Бумага" not in body
    assert "Anna" not in body
    salted = bytes.fromhex(kept.salt or "") + "Бумага для офиса".encode()
    assert json.loads(body)["data"]["comment"] == {"~": hashlib.sha256(salted).hexdigest()}


def test_an_append_is_three_inserts_sent_at_once_where_there_is_a_way_to_go(
    django_assert_num_queries,
) -> None:
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 3):
        append(head=start(), records=[SUBMITTED] * 20, by=ANNA, at=AT)


def test_one_append_leaves_one_mark_for_delivery() -> None:
    head = append(head=start(), records=[SUBMITTED, SUBMITTED], by=ANNA, at=AT)
    mark = Dispatch.objects.get(chain_id=head.id)
    assert (mark.first_number, mark.last_number, mark.not_before) == (1, 2, AT)
    assert mark.done_at is None


@pytest.mark.parametrize("wrong", ["a\0b", "\ud800", Private("\0"), {"a\0": 1}])
def test_text_that_a_database_cannot_hold_is_refused(wrong: object) -> None:
    with pytest.raises(InvalidInput):
        append(head=start(), records=[Record("X", {"a": wrong})], by=ANNA, at=AT)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [1.5, 2**53, datetime(2026, 1, 1), {"~": "x"}, {1: 2}, {1, 2}],  # noqa: DTZ001
)
def test_a_value_without_canonical_bytes_is_a_programming_error(wrong: object) -> None:
    with pytest.raises(TypeError):
        append(head=start(), records=[Record("X", {"a": wrong})], by=ANNA, at=AT)


def test_a_row_is_recorded_together_with_its_head() -> None:
    row = SealBook.objects.create(id=ids.new_id())
    record(row=row, chain="SETTINGS", records=[SUBMITTED], by=ANNA, at=AT)
    record(row=row, chain="SETTINGS", records=[SUBMITTED], by=ANNA, at=AT)
    saved = SealBook.objects.get(id=row.id)
    last = Entry.objects.get(chain_id=row.id, number=2)
    assert (saved.head_number, saved.head_hash) == (2, last.hash)
    assert (row.head_number, row.head_hash) == (2, last.hash)


def test_a_repeated_request_finds_its_first_entry() -> None:
    head = append(head=start(), records=[SUBMITTED] * 2, by=ANNA, at=AT, request=Asked("k", "h"))
    found = replayed(actor_id=UUID(int=1), request=Asked("k", "h"))
    assert found is not None
    assert (found.chain_id, found.number) == (head.id, 1)
    assert replayed(actor_id=UUID(int=2), request=Asked("k", "h")) is None


def test_a_request_key_serves_one_request_only() -> None:
    append(head=start(), records=[SUBMITTED], by=ANNA, at=AT, request=Asked("k", "h"))
    with pytest.raises(KeyReused):
        replayed(actor_id=UUID(int=1), request=Asked("k", "other"))


def test_an_append_of_nothing_or_to_no_chain_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="at least one record"):
        append(head=start(), records=[], by=ANNA, at=AT)
    with pytest.raises(ValueError, match="a chain with a UUID"):
        append(head=Head("CASE", "A1", 0, ""), records=[SUBMITTED], by=ANNA, at=AT)


@pytest.mark.parametrize("key", ["", "k" * 201, "a\0b"])
def test_a_key_that_cannot_be_stored_is_refused(key: str) -> None:
    with pytest.raises(InvalidInput):
        replayed(actor_id=UUID(int=1), request=Asked(key, ""))
    with pytest.raises(InvalidInput):
        append(head=start(), records=[SUBMITTED], by=ANNA, at=AT, request=Asked(key, ""))


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_outside_a_transaction() -> None:
    assert not transaction.get_connection().in_atomic_block
    with pytest.raises(TransactionManagementError):
        append(head=start(), records=[SUBMITTED], by=ANNA, at=AT)
