"""Saved views: whose they are, who is offered them, and what is on record."""

from __future__ import annotations

import pytest

from akcept.cases import saved
from akcept.engine.refusals import InvalidInput, NotAllowed, NotFound
from akcept.journal.models import Entry
from troupe import AT, Cast

pytestmark = pytest.mark.django_db(transaction=True)


def names(cast: Cast, who: str) -> list[str]:
    return [view.name for view in saved.views(by=cast.asks(who), at=AT)]


def kinds() -> list[str]:
    return list(
        Entry.objects.filter(kind__startswith="VIEW_").order_by("id").values_list("kind", flat=True)
    )


def test_a_private_view_is_nobody_elses_and_on_no_record(cast: Cast) -> None:
    anna = cast.asks("anna")
    key = saved.save(by=anna, name=" Мои ", query="mine=on", is_shared=False, at=AT)
    assert names(cast, "anna") == ["Мои"]
    assert names(cast, "root") == []
    assert kinds() == []
    for stranger in ("oleg", "root"):
        with pytest.raises(NotFound):
            saved.remove(view_id=key, by=cast.asks(stranger), at=AT)
        with pytest.raises(NotFound):
            saved.begin_with(view_id=key, by=cast.asks(stranger), at=AT)


def test_a_shared_view_is_offered_to_everybody_and_on_record(cast: Cast) -> None:
    root = cast.asks("root")
    key = saved.save(by=root, name="To pay", query="states=TO_PAY", is_shared=True, at=AT)
    assert names(cast, "oleg") == ["To pay"]
    saved.change(view_id=key, by=root, at=AT, name="Pay today")
    with pytest.raises(NotAllowed):
        saved.change(view_id=key, by=cast.asks("anna"), at=AT, name="Mine")
    saved.remove(view_id=key, by=root, at=AT)
    assert names(cast, "oleg") == []
    assert kinds() == ["VIEW_SHARED", "VIEW_CHANGED", "VIEW_REMOVED"]


def test_who_only_asks_for_invoices_shares_nothing(cast: Cast) -> None:
    anna = cast.asks("anna")
    with pytest.raises(NotAllowed):
        saved.save(by=anna, name="All", query="", is_shared=True, at=AT)
    key = saved.save(by=anna, name="All", query="", is_shared=False, at=AT)
    with pytest.raises(NotAllowed):
        saved.change(view_id=key, by=anna, at=AT, is_shared=True)


def test_one_begins_with_the_view_one_has_chosen_while_it_is_offered(cast: Cast) -> None:
    clara, boris = cast.asks("clara"), cast.asks("boris")
    key = saved.save(by=clara, name="To pay", query="states=TO_PAY", is_shared=True, at=AT)
    for person in (clara, boris):
        saved.begin_with(view_id=key, by=person, at=AT)
    saved.change(view_id=key, by=clara, at=AT, is_shared=False)
    assert [view.is_first for view in saved.views(by=clara, at=AT)] == [True]
    assert saved.views(by=boris, at=AT) == ()
    saved.begin_with(view_id=None, by=clara, at=AT)
    assert [view.is_first for view in saved.views(by=clara, at=AT)] == [False]


@pytest.mark.parametrize(
    ("name", "query", "refused"),
    [
        ("", "mine=on", {"name": "REQUIRED"}),
        ("Mine", "mine=on", {"name": "TAKEN"}),
        ("x" * 81, "", {"name": "TOO_LONG"}),
        ("Away", "//elsewhere.example", {"query": "WRONG_SHAPE"}),
        ("Long", "q=" + "x" * 2000, {"query": "TOO_LONG"}),
    ],
)
def test_what_is_no_view_is_refused(
    cast: Cast, name: str, query: str, refused: dict[str, str]
) -> None:
    anna = cast.asks("anna")
    saved.save(by=anna, name="Mine", query="mine=on", is_shared=False, at=AT)
    with pytest.raises(InvalidInput) as refusal:
        saved.save(by=anna, name=name, query=query, is_shared=False, at=AT)
    assert refusal.value.errors == refused
    assert names(cast, "anna") == ["Mine"]
