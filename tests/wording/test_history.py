"""The whole life of an invoice, read in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from akcept.cases import queries, services
from akcept.cases.cards import HistoryCard
from akcept.cases.services import CardInput, ReturnKind
from akcept.wording.details import details
from akcept.wording.entries import sentence
from troupe import AT, TODAY, Cast, assemble, keep_pdf, send
from wording.reading import invoice, is_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def life() -> tuple[HistoryCard, ...]:
    cast = assemble()
    anna, boris, clara = cast.asks("anna"), cast.asks("boris"), cast.asks("clara")
    case = send(cast).case_id
    services.comment(case_id=case, by=boris, text="what is it for?", at=AT)
    services.return_for_rework(
        case_id=case, by=boris, revision=1, reasons=("wrong amount",),
        correct_by=AT + timedelta(hours=1), at=AT,
    )  # fmt: skip
    content = CardInput(cast.card(amount=9_000_000), planned=((TODAY, 9_000_000),))
    card = queries.case_card(by=anna, case_id=case, at=AT)
    services.resubmit(
        case_id=case, by=anna, revision=card.revision, content=content, answers={1: "done"}, at=AT
    )
    for name in ("boris", "vera", "gleb"):
        card = queries.case_card(by=cast.asks(name), case_id=case, at=AT)
        services.approve(case_id=case, by=cast.asks(name), revision=card.revision, at=AT)
    pay(case, cast, 4_000_000)
    services.record_return(
        case_id=case, by=clara, payment=1, kind=ReturnKind.BANK_RETURN, reason="closed", at=AT
    )
    services.attach(case_id=case, by=clara, files=[keep_pdf("act.pdf", "ACT")], at=AT)
    pay(case, cast, 9_000_000)
    return tuple(queries.history(by=anna, case_id=case, at=AT))


def pay(case: object, cast: Cast, minor: int) -> None:
    card = queries.case_card(by=cast.asks("clara"), case_id=case, at=AT)
    services.pay(
        case_id=card.row.id, by=cast.asks("clara"), revision=card.revision, minor=minor,
        on=TODAY, order_number="118", at=AT,
    )  # fmt: skip


def test_every_entry_of_a_life_is_worded(life: tuple[HistoryCard, ...], language: str) -> None:
    assert len({entry.kind for entry in life}) > 9
    for entry in life:
        assert is_in(language, sentence(entry, currency="RUB")), entry.kind
        for line in details(entry, type=invoice(), currency="RUB"):
            assert line.text
            assert "retention" not in line.text
            assert is_in(language, line.label) or line.label == "SHA-256"


def test_no_id_is_left_unnamed(life: tuple[HistoryCard, ...], language: str) -> None:
    texts = [sentence(entry, currency="RUB") for entry in life]
    texts += [
        line.text for entry in life for line in details(entry, type=invoice(), currency="RUB")
    ]
    assert [
        text for text in texts if "-7" in text and len(text) >= 36 and text.count("-") == 4
    ] == []
