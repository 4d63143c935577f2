"""What values from outside must look like before anything else is asked: text, money, days, moments, ids."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from akcept.engine.money import Money, digits
from akcept.engine.refusals import InvalidInput
from akcept.kit import codes, text

LONGEST_LINE = 300
LONGEST_NOTE = 10_000
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
AMOUNT = re.compile(r"-?([0-9]{1,60})(?:\.([0-9]{1,60}))?")
MOST_DIGITS, MOST_PLACES = 15, 3
FIRST_YEAR, LAST_YEAR = 1900, 2200


def wrong(code: str) -> PydanticCustomError:
    """Return the error with one of the codes that all doors use."""
    return PydanticCustomError(code, "refused")


class In(BaseModel):
    """A body: what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid")


def _line(value: str) -> str:
    return _clean(value, LONGEST_LINE, multiline=False)


def _note(value: str) -> str:
    return _clean(value, LONGEST_NOTE, multiline=True)


def _clean(value: str, longest: int, *, multiline: bool) -> str:
    try:
        return text.clean_text(value, max_length=longest, multiline=multiline)
    except ValueError as error:
        raise wrong(str(error)) from None


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise wrong("NOT_A_DATE")
    if not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
        raise wrong("DATE_OUT_OF_RANGE")
    return value


def _moment_text(value: object) -> object:
    if not isinstance(value, str | datetime):
        raise wrong("NOT_A_MOMENT")
    return value


def _utc(value: datetime) -> datetime:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise wrong("DATE_OUT_OF_RANGE")
    return value.astimezone(UTC)


def _currency(value: str) -> str:
    if value not in codes.currencies():
        raise wrong("UNKNOWN_CURRENCY")
    return value


def _amount(value: str) -> str:
    found = AMOUNT.fullmatch(value)
    if found is None:
        raise wrong("NOT_A_NUMBER")
    if len(found[1]) > MOST_DIGITS:
        raise wrong("AMOUNT_TOO_LARGE")
    if len(found[2] or "") > MOST_PLACES:
        raise wrong("TOO_PRECISE")
    return value


def _uuid_text(value: object) -> object:
    if not isinstance(value, str | UUID):
        raise wrong("NOT_AN_ID")
    return value


Line = Annotated[str, Field(max_length=LONGEST_LINE), AfterValidator(_line)]
Note = Annotated[str, Field(max_length=LONGEST_NOTE), AfterValidator(_note)]
Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[AwareDatetime, BeforeValidator(_moment_text), AfterValidator(_utc)]
Id = Annotated[UUID, BeforeValidator(_uuid_text)]
Small = Annotated[StrictInt, Field(ge=1, le=2**31 - 1)]
Revision = Annotated[StrictInt, Field(ge=1, le=2**31 - 1)]
Currency = Annotated[
    str,
    AfterValidator(_currency),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$", "examples": ["RUB"]}),
]
Amount = Annotated[
    str,
    AfterValidator(_amount),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^-?[0-9]{1,15}(\.[0-9]{1,3})?$",
            "examples": ["120000.00"],
        }
    ),
]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class MoneyIn(In):
    """An exact amount: digits as a string, never a float."""

    amount: Amount
    currency: Currency

    def money(self, field: str) -> Money:
        """Return the amount in minor units; refuses more digits than the currency has."""
        return Money(minor_units(self.amount, self.currency, field), self.currency)


def minor_units(amount: str, currency: str, field: str) -> int:
    """Return the minor units of an amount; refuses more digits than the currency has."""
    minor = Decimal(amount).scaleb(digits(currency))
    if minor != minor.to_integral_value():
        raise InvalidInput({field: "TOO_PRECISE"})
    return int(minor)
