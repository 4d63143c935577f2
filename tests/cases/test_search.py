"""Finding a case by what people remember of it, however they type it."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akcept.cases import indexing, queries, services
from akcept.cases.filters import RegistryFilter
from akcept.cases.pages import Way
from akcept.cases.services import CardInput, NewFile
from akcept.files import renditions
from akcept.files import services as files
from troupe import AT, Cast, send

pytestmark = pytest.mark.django_db(transaction=True)


def found(cast: Cast, words: str, *, who: str = "anna") -> list[tuple[UUID, Way]]:
    hits = queries.find(by=cast.asks(who), text=words, at=AT)
    return [(hit.row.id, hit.way) for hit in hits]


def attach(cast: Cast, case_id: UUID, said: str) -> None:
    kept = files.keep(stream=BytesIO(said.encode()), name="terms.txt", by=cast.anna.id, at=AT)
    file = NewFile("OTHER", kept.sha256, kept.name)
    services.attach(case_id=case_id, by=cast.asks("anna"), files=[file], at=AT)
    renditions.work(at=AT, limit=10)
    indexing.work()


@pytest.mark.parametrize("words", ["120000", "120 000,00", "120,000.00", "120 000 ₽", "RUB 120000"])
def test_an_amount_is_found_as_people_write_it(cast: Cast, words: str) -> None:
    sent = send(cast)
    assert (sent.case_id, Way.AMOUNT) in found(cast, words)


@pytest.mark.parametrize("words", ["1", "№ 1", "No. 1", "счёт № 1", "#1"])
def test_the_number_comes_first(cast: Cast, words: str) -> None:
    sent = send(cast)
    send(cast, supplier_number="1-2-3", comment="1 1 1")
    assert found(cast, words)[0] == (sent.case_id, Way.NUMBER)


@pytest.mark.parametrize("words", ["ромошка", "romahska", "рамашка", "хостниг", "hjvjirf"])
def test_a_slip_of_the_fingers_is_forgiven(cast: Cast, words: str) -> None:
    sent = send(cast)
    indexing.work()
    assert found(cast, words) == [(sent.case_id, Way.WORDS)]


def test_what_is_typed_right_is_not_guessed_at(cast: Cast) -> None:
    sent = send(cast, comment="ромашка")
    indexing.work()
    assert found(cast, "ромашка") == [(sent.case_id, Way.WORDS)]
    assert found(cast, "99999") == []


def test_the_text_of_a_file_is_found_after_the_words_of_cards(cast: Cast) -> None:
    with_file = send(cast)
    on_card = send(cast, supplier_number="2", comment="Гарантийное обслуживание")
    attach(cast, with_file.case_id, "Гарантийный срок 24 месяца, ёлка")
    assert found(cast, "гарант") == [
        (on_card.case_id, Way.WORDS),
        (with_file.case_id, Way.FILE),
    ]
    assert found(cast, "ромашка елка 24")[0] == (with_file.case_id, Way.FILE)
    assert found(cast, "гарант", who="oleg") == []
    only = RegistryFilter(in_file="месяц")
    assert [row.id for row in queries.registry(by=cast.asks("anna"), filters=only, at=AT).rows] == [
        with_file.case_id
    ]


def test_what_a_correction_takes_off_the_card_is_still_found_in_its_file(cast: Cast) -> None:
    sent = send(cast, comment="Хостинг")
    attach(cast, sent.case_id, "хостинг на год")
    services.return_for_rework(
        case_id=sent.case_id, by=cast.asks("boris"), revision=1, reasons=["Что это?"], at=AT
    )
    services.revise(
        case_id=sent.case_id, by=cast.asks("anna"), revision=1,
        content=CardInput({"comment": "Аренда"}), at=AT,
    )  # fmt: skip
    assert found(cast, "аренда") == [(sent.case_id, Way.WORDS)]
    assert found(cast, "хостинг") == [(sent.case_id, Way.FILE)]


def test_a_search_asks_no_more_however_much_it_finds(cast: Cast) -> None:
    def asked(words: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            found(cast, words, who="clara")
        return len(captured)

    send(cast)
    indexing.work()
    few = asked("ромошка хостинг")
    for number in range(4):
        send(cast, supplier_number=f"more {number}")
    assert asked("ромошка хостинг") == few
    assert few <= 10
    assert asked("a b c d e f g h i j k") <= 10
