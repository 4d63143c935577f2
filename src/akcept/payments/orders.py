"""Which payment order belongs to which payment: told from the file's name and text, or not told at all.

An order is taken for a payment's only when its amount is found together with something of the payee: the number
of the invoice or of the order sent before, else ИНН, account or name. What fits two payments, or two orders that fit
one, are left to the person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from akcept.engine.duplicates import normalise_number
from akcept.engine.money import Money, digits
from akcept.kit.text import fold

SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}'"
# 120 000-00, 120000.00, 120,000.00, 120 000=; thousands may be set apart, a fraction follows or not.
AMOUNT = re.compile(
    rf"(?<![\d.,])(\d{{1,3}}(?:[{SPACES}.,]\d{{3}})+|\d{{1,13}})(?:[.,=\-](\d{{1,3}}))?(?![.,]?\d)"
)
SEPARATORS = re.compile(rf"[{SPACES}.,]")
ORDER = re.compile(
    r"(?:плат[её]жн\w+\s+поручени\w+|payment\s+order|\bп/п|\bпп|\border)\s*(?:№|no?\.?|#)?\s*(\d{1,9})\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?:№|#|\bno?\.|\bсч[её]т\w*|\binvoice)\s*(?:№|#|no?\.)?\s*([^\s,;]+)", re.I)
WORD = re.compile(r"\w+")
LEAST_LETTERS = 4


class Match(StrEnum):
    """Whether an order was found for a payment."""

    FOUND = "FOUND"
    NOT_FOUND = "NOT_FOUND"
    AMBIGUOUS = "AMBIGUOUS"


@dataclass(frozen=True, slots=True)
class Order:
    """A payment order as a file: its contents' SHA-256, its name and what is written in it."""

    sha256: str
    name: str
    text: str = ""

    @property
    def words(self) -> str:
        """Return name and text as one."""
        stem = self.name.rsplit(".", 1)[0].replace("_", " ")
        return f"{stem}\n{self.text}"

    @property
    def number(self) -> str:
        """Return the order's own number, or nothing if it cannot be told."""
        found = ORDER.search(self.text) or ORDER.search(self.words)
        stem = self.name.rsplit(".", 1)[0]
        return found[1] if found else stem if stem.isdecimal() and len(stem) < 10 else ""


@dataclass(frozen=True, slots=True)
class Expected:
    """What an order for a payment would say."""

    case_id: UUID
    amount: Money
    payee: str
    tax_numbers: tuple[str, ...] = ()
    account: str = ""
    supplier_number: str = ""
    order_number: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """An order with everything that is looked for in it."""

    order: Order
    number: str
    named_numbers: frozenset[str]
    words: frozenset[str]
    unspaced: str


def match(
    expected: Sequence[Expected], orders: Iterable[Order]
) -> Mapping[UUID, tuple[Match, Order | None]]:
    """Return for each payment its order, or why there is none."""
    readings = [_read(order) for order in {order.sha256: order for order in orders}.values()]
    found: dict[UUID, Order] = {}
    fitting: set[UUID] = set()
    for fits in (_names_the_document, _names_the_payee):
        taken = {order.sha256 for order in found.values()}
        pairs = [
            (row.case_id, reading.order)
            for row in expected
            if row.case_id not in found
            for reading in readings
            if reading.order.sha256 not in taken and _is_of(row, reading) and fits(row, reading)
        ]
        fitting |= {case_id for case_id, _ in pairs}
        found |= _alone(pairs)
    return {
        row.case_id: (Match.FOUND, found[row.case_id])
        if row.case_id in found
        else (Match.AMBIGUOUS if row.case_id in fitting else Match.NOT_FOUND, None)
        for row in expected
    }


def _alone(pairs: Sequence[tuple[UUID, Order]]) -> dict[UUID, Order]:
    """Keep the pairs of which neither side fits anything else."""
    cases = Counter(case_id for case_id, _ in pairs)
    files = Counter(order.sha256 for _, order in pairs)
    return {
        case_id: order
        for case_id, order in pairs
        if cases[case_id] == 1 and files[order.sha256] == 1
    }


def _read(order: Order) -> _Reading:
    written = order.words
    # The number of the order itself is not that of an invoice.
    others = ORDER.sub(" ", written)
    return _Reading(
        order=order,
        number=order.number,
        named_numbers=frozenset(normalise_number(found) for found in NUMBER.findall(others)),
        words=frozenset(WORD.findall(fold(written))),
        unspaced="".join(written.split()),
    )


def _is_of(row: Expected, reading: _Reading) -> bool:
    """Refuse another sum, and the order of another payment."""
    if row.order_number and reading.number and not _same(row.order_number, reading.number):
        return False
    return row.amount.minor in amounts(reading.order.words, row.amount.currency)


def _names_the_document(row: Expected, reading: _Reading) -> bool:
    if row.order_number and _same(row.order_number, reading.number):
        return True
    number = normalise_number(row.supplier_number)
    return bool(number) and number in reading.named_numbers


def _names_the_payee(row: Expected, reading: _Reading) -> bool:
    if any(fold(number) in reading.words for number in row.tax_numbers):
        return True
    if row.account and row.account in reading.unspaced:
        return True
    if row.tax_numbers and reading.order.text:
        # Two firms may share a name; an order that can be read says whose ИНН it is.
        return False
    name = {word for word in WORD.findall(fold(row.payee)) if len(word) >= LEAST_LETTERS}
    return bool(name) and name <= reading.words


def _same(one: str, other: str) -> bool:
    return one.lstrip("0") == other.lstrip("0")


def amounts(text: str, currency: str) -> frozenset[int]:
    """Return every sum that a text may name, in minor units."""
    return frozenset(_readings(text, digits(currency)))


def _readings(text: str, places: int) -> Iterator[int]:
    for whole, fraction in AMOUNT.findall(text):
        if fraction and len(fraction) != places:
            continue
        groups = SEPARATORS.split(whole)
        if not fraction and len(groups) > 1 and len(groups[-1]) == places:
            # With three digits after the point 1.500 may be one and a half.
            yield int("".join(groups))
        # The number before an amount may look like its first thousands: 118 120 000-00.
        for start in range(len(groups)):
            yield int("".join(groups[start:]) + (fraction or "0" * places))
