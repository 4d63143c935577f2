from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from akcept.cases import services
from akcept.delivery import queries
from akcept.delivery.services import mark_read, mark_read_about
from delivery.telling import LATER, another, tell
from troupe import AT, Cast, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_bell_counts_what_is_new_and_names_it(cast: Cast) -> None:
    first, second = send(cast), another(cast, 78)
    tell()
    with translation.override("ru"):
        bell = queries.bell(by=cast.asks("boris"))
    assert bell.count == 2
    titles = [item.title for item in bell.items]
    assert titles == [f"Согласование счёта № {sent.number}" for sent in (second, first)]
    assert bell.items[0].text == "Anna Annina: документ отправлен на согласование"
    assert all(item.is_task and not item.is_read for item in bell.items)


def test_the_unread_come_first(cast: Cast) -> None:
    for number in (1, 2):
        another(cast, number)
    tell()
    newest = queries.bell(by=cast.asks("boris")).items[0]
    assert mark_read(by=cast.asks("boris"), ids=[newest.id], at=LATER) == 1
    bell = queries.bell(by=cast.asks("boris"))
    assert bell.count == 1
    assert [item.is_read for item in bell.items] == [False, True]


def test_nobody_reads_for_somebody_else(cast: Cast) -> None:
    sent = send(cast)
    tell()
    (notice,) = queries.bell(by=cast.asks("boris")).items
    assert mark_read(by=cast.asks("oleg"), ids=[notice.id], at=LATER) == 0
    assert mark_read_about(by=cast.asks("oleg"), about=sent.case_id, at=LATER) == 0
    assert mark_read_about(by=cast.asks("boris"), about=sent.case_id, at=LATER) == 1
    assert queries.unread(by=cast.asks("boris")) == 0


def test_notices_come_in_pages(cast: Cast) -> None:
    sent = send(cast)
    for text in ("one", "two", "three"):
        services.comment(case_id=sent.case_id, by=cast.asks("boris"), text=text, at=AT)
    tell()
    page = queries.notices(by=cast.asks("anna"), limit=2)
    assert (len(page.items), page.older) == (2, page.items[-1].id)
    rest = queries.notices(by=cast.asks("anna"), before=page.older, limit=2)
    assert (len(rest.items), rest.older) == (1, None)
    assert rest.items[0].title == f"Invoice {sent.number}"
    assert rest.items[0].text == "Boris Borisov commented"
    assert mark_read(by=cast.asks("anna"), at=LATER) == 3


def test_the_bell_asks_as_often_for_ten_as_for_one(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        another(cast, number)
    tell()
    queries.bell(by=cast.asks("boris"))
    with django_assert_num_queries(8):
        queries.bell(by=cast.asks("boris"))


def test_whoever_acts_on_a_document_has_seen_what_they_were_told_of_it(cast: Cast) -> None:
    sent, other = send(cast), another(cast, 78)
    tell()
    services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=AT)
    tell()
    (left,) = queries.notices(by=cast.asks("boris"), only_unread=True).items
    assert left.case_id == other.case_id
    # What they have not acted on they may not have seen: Vera was told a moment ago.
    assert queries.unread(by=cast.asks("vera")) == 1
