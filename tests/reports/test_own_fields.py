"""Fields of a type's own in the registry: narrowed by, shown, exported and read by programs."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akcept.cases import queries, services
from akcept.cases.filters import RegistryFilter
from akcept.cases.own_lists import compared
from akcept.doctypes import services as doctypes
from akcept.doctypes.cards import FieldCard, OptionCard
from akcept.doctypes.catalogue import CORE
from akcept.doctypes.checks import TypeFields
from akcept.engine.doctypes import FieldKind
from akcept.engine.refusals import InvalidInput
from akcept.journal.models import Entry
from akcept.reports import registry
from reports.test_registry import csv_rows
from troupe import AT, Cast

pytestmark = pytest.mark.django_db
CHOICES = (OptionCard("sign", "Sign", "Подписать"), OptionCard("ship", "Ship", "Отгрузить"))
OWN = (
    FieldCard("powers", FieldKind.TEXT, "Powers", "Полномочия"),
    FieldCard("copies", FieldKind.NUMBER, "Copies", "Экземпляры"),
    FieldCard("worth", FieldKind.MONEY, "Worth", "Стоимость"),
    FieldCard("until", FieldKind.DATE, "Until", "До"),
    FieldCard("what", FieldKind.CHOICE, "What", "Что", options=CHOICES),
    FieldCard("who", FieldKind.PERSON, "Who", "Кто"),
    FieldCard("whose", FieldKind.COUNTERPARTY, "Whose", "Чья"),
)


@pytest.fixture(autouse=True)
def attorneys(cast: Cast) -> None:
    """Let there be two powers of attorney of the company's own making."""
    fields = TypeFields(
        "Power", "Доверенность", "Powers", "Доверенности", "power", "доверенности", "доверенность",
        ends_in_payment=False, fields=(CORE["title"], *OWN, CORE["approval_type"], CORE["choice"]),
    )  # fmt: skip
    doctypes.create_type(code="POWER", fields=fields, by=cast.root.actor, at=AT)
    draft(cast, "Склад", "Получать ТОВАР", "2.5", 10_000, "2027-01-31", "sign", cast.vera.id)
    draft(cast, "Банк", "Подписывать", "10", 500_000, "2026-12-31", "ship", cast.boris.id)


def draft(cast: Cast, title: str, *said: Any) -> None:
    powers, copies, minor, until, what, who = said
    card = {
        "title": title, "powers": powers, "copies": copies, "until": until, "what": what,
        "worth": {"minor": minor, "currency": "RUB"}, "who": str(who),
        "whose": str(cast.counterparty), "entity": str(cast.entity), "approval_type": "HIERARCHY",
    }  # fmt: skip
    content = services.CardInput(card)
    services.create(by=cast.asks("anna"), doctype="POWER", content=content, submit=False, at=AT)


def titles(cast: Cast, *own: str) -> list[str]:
    wanted = RegistryFilter(doctype="POWER", own=tuple(compared(one) for one in own))
    page = queries.registry(by=cast.asks("anna"), filters=wanted, at=AT)
    return [row.title for row in page.rows]


def test_the_registry_is_narrowed_by_every_kind_of_field(cast: Cast) -> None:
    assert titles(cast) == ["Банк", "Склад"]
    assert titles(cast, "powers=товар") == ["Склад"]
    assert titles(cast, "copies>=2.5") == ["Банк", "Склад"]
    assert titles(cast, "copies>=2.6") == ["Банк"]
    assert titles(cast, "copies=2.5") == ["Склад"]
    assert titles(cast, "worth<=100.00 RUB") == ["Склад"]
    assert titles(cast, "worth<=100.00 EUR") == []
    assert titles(cast, "worth>=100.01") == ["Банк"]
    assert titles(cast, "until>=2027-01-01") == ["Склад"]
    assert titles(cast, "what=ship") == ["Банк"]
    assert titles(cast, f"who={cast.vera.id}") == ["Склад"]
    assert titles(cast, f"whose={cast.counterparty}", "what=sign") == ["Склад"]


@pytest.mark.parametrize(
    "wrong",
    ["nothing=1", "title=x", "powers>=a", "copies=many", "until=soon", "what=eat", "who=vera",
     "worth=1.001", "copies", "=1"],
)  # fmt: skip
def test_what_no_field_can_be_is_refused(cast: Cast, wrong: str) -> None:
    with pytest.raises(InvalidInput):
        titles(cast, wrong)


def test_a_row_shows_what_the_fields_hold_at_two_queries_more(cast: Cast) -> None:
    def asked(**wanted: Any) -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.registry(by=cast.asks("anna"), filters=RegistryFilter(**wanted), at=AT)
        return len(seen)

    assert asked(doctype="POWER") <= asked() + 2
    page = queries.registry(by=cast.asks("anna"), filters=RegistryFilter(doctype="POWER"), at=AT)
    first = page.rows[-1]
    assert (first.own["powers"], first.own["copies"]) == ("Получать ТОВАР", "2.5")
    assert first.names[str(cast.vera.id)] == "Vera Verina"


def test_an_export_of_one_type_has_a_column_for_each(cast: Cast) -> None:
    stream = io.BytesIO()
    wanted = RegistryFilter(doctype="POWER", own=(compared("what=sign"),))
    assert registry.write_csv(by=cast.asks("anna"), filters=wanted, at=AT, stream=stream) == 1
    (row,) = csv_rows(stream.getvalue())
    held = {
        "Powers": "Получать ТОВАР", "Copies": "2.5", "Worth": "100.00", "Worth: currency": "RUB",
        "Until": date(2027, 1, 31).isoformat(), "What": "Sign", "Who": "Vera Verina",
        "Whose": "ООО «Ромашка»",
    }  # fmt: skip
    assert {name: row[name] for name in held} == held
    body = Entry.objects.get(kind="EXPORTED").body
    assert "POWER" in body
    assert "what=sign" not in body
    assert registry.write_xlsx(by=cast.asks("anna"), filters=wanted, at=AT, stream=stream) == 1
