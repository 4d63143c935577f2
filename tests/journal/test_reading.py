from __future__ import annotations

import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akcept.engine.values import Private
from akcept.journal import canonical, erasure, queries
from akcept.journal.store import Actor, ActorKind, Head, Record, append
from akcept.kit import ids
from journal.exported import load_script

AT = datetime(2026, 3, 2, 9, 30, 0, 5, tzinfo=UTC)
ANNA = Actor(ActorKind.PERSON, UUID(int=1), "Anna")
DATA: dict[str, canonical.JSON] = {
    "amount": -5,
    "at": AT,
    "due_on": date(2026, 3, 9),
    "files": [{"name": Private("Счёт №49.pdf")}, {"name": Private("")}],
    "a.b": Private("dotted"),
    "a": {"b": Private("nested"), "yes": True, "none": None},
    "who": UUID(int=7),
}

storable = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=9)
# The signs that mean something in a path, beside some that do not.
keys = st.text('ab01.~/\\"я', max_size=3).filter(lambda key: key != "~")
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-canonical.LARGEST, canonical.LARGEST)
    | storable
    | storable.map(Private)
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
objects = st.dictionaries(keys, values, max_size=4)
verify = load_script()


def written(chain_id: UUID) -> Head:
    head = Head("CASE", chain_id, 0, "")
    return append(head=head, records=[Record("SUBMITTED", DATA)] * 2, by=ANNA, at=AT)


@pytest.mark.django_db
def test_what_was_recorded_is_read_back_with_its_private_values() -> None:
    head = written(ids.new_id())
    entry = queries.entries(chain_id=head.id)[0]
    assert (entry.chain, entry.number, entry.kind, entry.at) == ("CASE", 1, "SUBMITTED", AT)
    assert (entry.actor.kind, entry.actor.id, entry.actor.name) == ("PERSON", UUID(int=1), "Anna")
    assert entry.data == {
        **DATA,
        "at": canonical.moment(AT),
        "due_on": "2026-03-09",
        "who": str(UUID(int=7)),
    }
    assert isinstance(entry.data["a.b"], Private)


@pytest.mark.django_db
def test_a_removed_value_is_read_as_removed() -> None:
    head = written(ids.new_id())
    erasure.remove(rule="R", values=[(head.id, 1, "data.a~1b"), (head.id, 1, "actor.name")])
    entry = queries.entries(chain_id=head.id)[0]
    assert entry.data["a.b"] is queries.REMOVED
    assert entry.actor.name is queries.REMOVED


@pytest.mark.django_db
def test_reading_goes_on_after_a_number() -> None:
    head = written(ids.new_id())
    assert [entry.number for entry in queries.entries(chain_id=head.id, after=1)] == [2]


@pytest.mark.django_db
def test_entries_of_many_chains_take_one_query(django_assert_num_queries) -> None:
    refs = [(written(ids.new_id()).id, 2) for _ in range(50)]
    with django_assert_num_queries(1):
        found = queries.entries_of(refs=[*refs, *refs, (ids.new_id(), 1)])
    assert found.keys() == set(refs)
    assert all(entry.data["a.b"] == "dotted" for entry in found.values())


@pytest.mark.django_db
def test_nothing_asked_nothing_queried(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert queries.entries_of(refs=[]) == {}


@given(objects)
def test_canonical_text_does_not_depend_on_the_order_of_keys(value: canonical.JSON) -> None:
    first, again = (
        canonical.plain(public(value), "data", []),
        canonical.plain(turned(value), "data", []),
    )
    assert canonical.text(first) == canonical.text(again)
    assert json.loads(canonical.text(first)) == first


@given(objects)
def test_verify_finds_each_private_value_by_its_path(value: canonical.JSON) -> None:
    secrets: list[canonical.Secret] = []
    text = canonical.text(canonical.plain(value, "data", secrets))
    expected = {secret.path: canonical.digest(secret.salt, secret.value) for secret in secrets}
    assert len(expected) == len(secrets)
    assert dict(verify.digests(json.loads(text), "data")) == expected


def public(value: canonical.JSON) -> canonical.JSON:
    """Return the value without private texts, whose salt is another each time."""
    if isinstance(value, dict):
        return {key: public(item) for key, item in value.items()}
    if isinstance(value, list):
        return [public(item) for item in value]
    return str(value) if isinstance(value, Private) else value


def turned(value: canonical.JSON) -> canonical.JSON:
    if isinstance(value, dict):
        return {key: turned(item) for key, item in reversed(value.items())}
    return [turned(item) for item in value] if isinstance(value, list) else public(value)


def test_the_bytes_of_the_format_never_change() -> None:
    plain = canonical.plain({"я": 1, "b": ["é", "\t", '"\\'], "a": AT, "A": None}, "data", [])
    assert canonical.text(plain) == (
        '{"A":null,"a":1772443800000005,"b":["é","\\t","\\"\\\\"],"я":1}'
    )
