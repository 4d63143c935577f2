from __future__ import annotations

import json
from datetime import date

import pytest
from django.utils import translation

from akcept.company import queries, store, vat
from akcept.company.vat import VatFields
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.journal.models import Entry
from akcept.wording import vat as wording
from troupe import AT, SYSTEM

CUT = VatFields("VAT12", 1200, "VAT 12 %", "НДС 12 %", date(2027, 1, 1))

pytestmark = pytest.mark.django_db


def offered() -> list[str]:
    return [rate.code for rate in queries.vat_rates()]


def test_every_installation_begins_with_the_usual_rates() -> None:
    assert offered() == ["NONE", "VAT22", "VAT20", "VAT19", "VAT10", "VAT7", "VAT5", "VAT0"]


def test_no_vat_is_not_zero_per_cent() -> None:
    assert wording.percent("NONE") is None
    assert wording.percent("VAT0") == 0
    assert (wording.words("NONE"), wording.words("VAT0")) == ("No VAT", "VAT 0 %")


def test_a_new_rate_is_offered_last_and_recorded() -> None:
    store.add_vat_rate(rate=CUT, by=SYSTEM, at=AT)
    assert offered()[-1] == "VAT12"
    entry = Entry.objects.latest("id")
    assert entry.kind == "VAT_RATE_ADDED"
    told = json.loads(entry.body)["data"]
    assert (told["code"], told["basis_points"], told["starts_on"]) == ("VAT12", 1200, "2027-01-01")


def test_a_retired_rate_is_not_offered_but_means_what_it_meant() -> None:
    store.offer_vat_rate(code="VAT20", is_offered=False, by=SYSTEM, at=AT)
    assert "VAT20" not in offered()
    with translation.override("ru"):
        assert wording.words("VAT20") == "НДС 20 %"
    store.offer_vat_rate(code="VAT20", is_offered=True, by=SYSTEM, at=AT)
    assert "VAT20" in offered()
    kinds = list(Entry.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["VAT_RATE_RETIRED", "VAT_RATE_BROUGHT_BACK"]


def test_retiring_twice_is_recorded_once() -> None:
    for _ in range(2):
        store.offer_vat_rate(code="VAT5", is_offered=False, by=SYSTEM, at=AT)
    assert Entry.objects.count() == 1


def test_a_code_is_never_given_another_meaning() -> None:
    store.offer_vat_rate(code="VAT20", is_offered=False, by=SYSTEM, at=AT)
    with pytest.raises(InvalidInput) as refused:
        store.add_vat_rate(rate=VatFields("VAT20", 1900, "VAT 19 %", "НДС 19 %"), by=SYSTEM, at=AT)
    assert refused.value.errors == {"code": "TAKEN"}


def test_what_cannot_be_a_rate_is_named_by_field() -> None:
    wrong = VatFields("ндс", 10_001, "", "x" * 61, date(2027, 1, 2), date(2027, 1, 1))
    with pytest.raises(InvalidInput) as refused:
        store.add_vat_rate(rate=wrong, by=SYSTEM, at=AT)
    assert refused.value.errors == {
        "code": "VAT_CODE_WRONG",
        "basis_points": "OUT_OF_RANGE",
        "name_en": "REQUIRED",
        "name_ru": "TOO_LONG",
        "ends_on": "ENDS_BEFORE_START",
    }


@pytest.mark.parametrize("code", ["VAT99", "22", "", "\x00", "x" * 200])
def test_an_unknown_code_stands_for_itself(code: str) -> None:
    assert wording.words(code) == code
    assert wording.percent(code) is None
    with pytest.raises(NotFound):
        store.offer_vat_rate(code="VAT99", is_offered=False, by=SYSTEM, at=AT)


@pytest.mark.parametrize(
    ("typed", "points"), [("22", 2200), ("16,67 %", 1667), ("0", 0), ("100", 10_000)]
)
def test_per_cents_are_read_as_basis_points(typed: str, points: int) -> None:
    assert vat.parse_percent(typed) == points


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("x", "NOT_A_NUMBER"),
        ("NaN", "NOT_A_NUMBER"),
        ("-1", "OUT_OF_RANGE"),
        ("1e999999", "OUT_OF_RANGE"),
        ("100.01", "OUT_OF_RANGE"),
        ("1.005", "TOO_PRECISE"),
    ],
)
def test_what_is_no_percentage_is_refused(typed: str, code: str) -> None:
    with pytest.raises(ValueError, match=code):
        vat.parse_percent(typed)
