from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from akcept.company import imports, numbers, queries, rates, store
from akcept.company.checks import EntityFields
from akcept.company.rates import RateCard
from akcept.company.settings import CompanySettings
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.journal.models import Entry
from akcept.journal.store import Actor, ActorKind

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
BY = Actor(ActorKind.SYSTEM, None, "Akcept")
ALPHA = EntityFields(
    name="ООО «Альфа»",
    short_name="Альфа",
    country="RU",
    inn="7707083893",
    kpp="770701001",
    currency="RUB",
    time_zone="Europe/Moscow",
    working_calendar="RU",
)

pytestmark = pytest.mark.django_db


def last_data() -> dict[str, Any]:
    entry = Entry.objects.latest("id")
    return {"kind": entry.kind, **json.loads(entry.body)["data"]}


def test_an_entity_is_created_with_its_entry() -> None:
    entity_id = store.create_entity(fields=ALPHA, by=BY, at=AT)
    assert queries.entity(entity_id=entity_id).fields == ALPHA
    assert last_data()["kind"] == "PAYER_ENTITY_CREATED"


def test_a_change_is_recorded_old_and_new() -> None:
    entity_id = store.create_entity(fields=ALPHA, by=BY, at=AT)
    store.change_entity(entity_id=entity_id, fields=replace(ALPHA, kpp=""), by=BY, at=AT)
    assert last_data() == {"kind": "PAYER_ENTITY_CHANGED", "changes": {"kpp": ["770701001", ""]}}


def test_nothing_changed_is_nothing_recorded() -> None:
    entity_id = store.create_entity(fields=ALPHA, by=BY, at=AT)
    store.change_entity(entity_id=entity_id, fields=ALPHA, by=BY, at=AT)
    assert Entry.objects.count() == 1


def test_an_unknown_entity_does_not_exist() -> None:
    with pytest.raises(NotFound):
        store.change_entity(entity_id=uuid4(), fields=ALPHA, by=BY, at=AT)
    with pytest.raises(NotFound):
        queries.entity(entity_id=uuid4())


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", " ", "REQUIRED"),
        ("short_name", "я" * 61, "TOO_LONG"),
        ("name", "a\0", "CONTROL_CHARACTERS"),
        ("country", "ZZ", "UNKNOWN_COUNTRY"),
        ("currency", "XXX", "UNKNOWN_CURRENCY"),
        ("time_zone", "Mars/Base", "UNKNOWN_TIME_ZONE"),
        ("working_calendar", "", "UNKNOWN_CALENDAR"),
        ("inn", "0000000000", "INN_WRONG"),
        ("inn", "7707083894", "INN_WRONG"),
        ("kpp", "12", "KPP_WRONG"),
    ],
)
def test_a_wrong_field_is_named(field: str, value: str, code: str) -> None:
    fields = EntityFields(
        **{**{name: getattr(ALPHA, name) for name in ALPHA.__slots__}, field: value}
    )
    with pytest.raises(InvalidInput) as refused:
        store.create_entity(fields=fields, by=BY, at=AT)
    assert refused.value.errors == {field: code}
    assert not Entry.objects.exists()


def test_settings_start_with_their_defaults() -> None:
    assert queries.settings_of() == CompanySettings()


def test_settings_change_together_in_one_entry() -> None:
    store.change_settings(changes={"undo_seconds": 30, "offers_reject": False}, by=BY, at=AT)
    assert queries.settings_of() == CompanySettings(undo_seconds=30, offers_reject=False)
    changes = {"undo_seconds": [10, 30], "offers_reject": [True, False]}
    assert last_data() == {"kind": "SETTINGS_CHANGED", "changes": changes}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("undo_seconds", 61, "OUT_OF_RANGE"),
        ("undo_seconds", "10", "NOT_A_NUMBER"),
        ("undo_seconds", True, "NOT_A_NUMBER"),
        ("demo", 1, "NOT_A_FLAG"),
        ("language", "fr", "UNKNOWN_LANGUAGE"),
        ("base_currency", "DEM", "UNKNOWN_CURRENCY"),
        ("colour", "red", "UNKNOWN_SETTING"),
    ],
)
def test_a_wrong_setting_changes_nothing(name: str, value: object, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        store.change_settings(changes={"reminder_hours": 8, name: value}, by=BY, at=AT)
    assert refused.value.errors == {name: code}
    assert queries.settings_of() == CompanySettings()


def test_the_base_currency_stays_once_there_are_rates() -> None:
    imports.import_rates(
        content=b"currency,on,value\neur,2026-11-20,91.5", source="CSV", by=BY, at=AT
    )
    with pytest.raises(InvalidInput) as refused:
        store.change_settings(changes={"base_currency": "EUR"}, by=BY, at=AT)
    assert refused.value.errors == {"base_currency": "RATES_EXIST"}


def test_the_last_rate_known_for_a_day_counts() -> None:
    content = b"currency;on;value\nEUR;2026-11-18;91,5\nEUR;20.11.2026;92,12345678\n"
    assert imports.import_rates(content=content, source="CSV", by=BY, at=AT).changed == 2
    assert rates.rate_for(currency="EUR", on=date(2026, 11, 17)) is None
    assert rates.rate_for(currency="EUR", on=date(2026, 11, 19)) == RateCard(
        "EUR", date(2026, 11, 18), 91_5000_0000, "CSV"
    )
    assert imports.import_rates(content=content, source="CSV", by=BY, at=AT).changed == 0


def test_wrong_rates_are_named_by_row() -> None:
    rows = [
        "EUR,2026-11-20,0",
        "XYZ,2026-11-20,1",
        "EUR,x,1",
        "EUR,2026-11-20,1.123456789",
        "EUR,2026-11-20,1e30",
        "EUR,2026-11-20,NaN",
    ]
    content = "\n".join(["currency,on,value", *rows]).encode()
    result = imports.import_rates(content=content, source="CSV", by=BY, at=AT)
    assert [error.code for error in result.errors] == [
        "NOT_POSITIVE", "UNKNOWN_CURRENCY", "NOT_A_DATE", "TOO_PRECISE", "OUT_OF_RANGE", "NOT_POSITIVE",
    ]  # fmt: skip
    assert queries.rates() == ()


def test_numbers_follow_each_other_in_each_series() -> None:
    with transaction.atomic():
        taken = [numbers.take(series=series) for series in ("INVOICE", "INVOICE", "BUDGET")]
    assert taken == [1, 2, 1]


def test_a_number_that_was_rolled_back_is_free_again() -> None:
    with transaction.atomic():
        numbers.take(series="INVOICE")
        transaction.set_rollback(True)
    with transaction.atomic():
        assert numbers.take(series="INVOICE") == 1
