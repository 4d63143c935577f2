from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from akcept.engine import refusals as no
from akcept.wording import refusals
from wording.reading import is_in

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 21, 10, 2, tzinfo=UTC)
BORIS = "0190aaaa-0000-7000-8000-000000000002"
NAMES = {BORIS: "Boris Petrov"}

WITH_FIELDS: tuple[no.Refusal, ...] = (
    no.LinkOver("EXPIRED"),
    no.CodeWrong(2),
    no.TooOften(AT),
    no.RateMissing("USD", DAY),
    no.InvalidInput({"amount": "AMOUNT_POSITIVE"}),
    no.WrongState("PAID"),
    no.OnHold(DAY),
    no.StaleRevision(2, 3),
    no.IntakeSettled("", "TAKEN"),
    no.AlreadyDecided(BORIS, "APPROVED", AT),
    no.NotNeeded(BORIS, "APPROVED", AT),
    no.ObjectionStands(BORIS),
    no.LimitTooLow(5_000_000, "RUB"),
    no.DuplicateSuspected((48, 49)),
    no.RemarksOpen((1, 2)),
    no.RouteUnsound(("NO_STAGES",)),
    no.Overpaid(4_000_000, "RUB"),
    no.DayClosed(DAY),
    no.NotReaders((BORIS,)),
    no.EditOver(AT),
    no.DutiesInConflict("DETAILS_PAYMENT"),
)


def subclasses(kind: type[no.Refusal]) -> Iterator[type[no.Refusal]]:
    for below in kind.__subclasses__():
        yield below
        yield from subclasses(below)


@pytest.mark.parametrize(
    "kind", sorted(set(subclasses(no.Refusal)), key=lambda kind: kind.__name__)
)
def test_every_refusal_has_words(kind: type[no.Refusal], language: str) -> None:
    examples = {type(example): example for example in WITH_FIELDS}
    refusal = examples[kind] if is_dataclass(kind) else kind()
    assert is_in(language, refusals.words(refusal, names=NAMES))


@pytest.mark.parametrize("outcome", ["APPROVED", "RETURNED", "REJECTED", "SENT", "PAID"])
def test_who_comes_second_is_told_by_whom_it_was_decided(outcome: str, language: str) -> None:
    words = refusals.words(no.AlreadyDecided(BORIS, outcome, AT), names=NAMES)
    assert "Boris Petrov" in words
    assert "10:02" in words
    assert is_in(language, words)


def test_a_name_nobody_passed_is_left_out() -> None:
    words = refusals.words(no.AlreadyDecided(BORIS, "PAID", None))
    assert words == "Somebody else has already paid it."


def test_amounts_and_days_are_written_for_the_reader() -> None:
    with translation.override("ru"):
        assert "40\xa0000,00\xa0₽" in refusals.words(no.Overpaid(4_000_000, "RUB"))
        assert "23.11.2026" in refusals.words(no.DayClosed(DAY))
    with translation.override("en"):
        assert "RUB\xa040,000.00" in refusals.words(no.Overpaid(4_000_000, "RUB"))


@pytest.mark.parametrize(
    ("count", "ending"), [(1, "замечание."), (3, "замечания."), (5, "замечаний.")]
)
def test_russian_counts_in_three_forms(count: int, ending: str) -> None:
    with translation.override("ru"):
        words = refusals.words(no.RemarksOpen(tuple(range(count))))
    assert words.split(" Отметьте")[0].endswith(ending)
