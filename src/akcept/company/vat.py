"""VAT rates: what a code means never changes, so that an old invoice reads as it did."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from akcept.company.models import VatRate
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.kit import text

CODE = re.compile(r"[A-Z0-9_-]{1,10}", re.ASCII)
LONGEST_NAME = 60
HUNDRED_PERCENT = 10_000


@dataclass(frozen=True, slots=True)
class VatFields:
    """What a rate means; without basis points there is no VAT at all, which is not 0 %."""

    code: str
    basis_points: int | None
    name_en: str
    name_ru: str
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def percent(self) -> Decimal | None:
        """Return the percentage: 22, 16.67; None where there is no VAT at all."""
        if self.basis_points is None:
            return None
        return Decimal(self.basis_points).scaleb(-2)


@dataclass(frozen=True, slots=True)
class VatRateCard(VatFields):
    """A rate, and whether new invoices are offered it."""

    is_active: bool = True


# Retiring a rate changes only whether it is offered; an unknown code is not remembered.
@lru_cache(maxsize=256)
def rate_of(code: str) -> VatFields:
    """Return what a code means, retired or not; refuses one that is not known."""
    row = VatRate.objects.filter(code=code).first() if CODE.fullmatch(code) else None
    if row is None:
        raise NotFound
    return VatFields(
        row.code, row.basis_points, row.name_en, row.name_ru, row.starts_on, row.ends_on
    )


def parse_percent(value: str) -> int:
    """Return a typed percentage in basis points; ValueError with a code on anything else."""
    try:
        percent = Decimal(value.strip().removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        raise ValueError("NOT_A_NUMBER") from None
    if not percent.is_finite():
        raise ValueError("NOT_A_NUMBER")
    if not 0 <= percent <= 100:
        raise ValueError("OUT_OF_RANGE")
    points = percent.scaleb(2)
    if points != int(points):
        raise ValueError("TOO_PRECISE")
    return int(points)


def checked(fields: VatFields) -> VatFields:
    """Return the fields cleaned; InvalidInput names every field that cannot be accepted."""
    errors: dict[str, str] = {}
    names = {"name_en": fields.name_en, "name_ru": fields.name_ru}
    for name, value in names.items():
        try:
            names[name] = text.clean_text(value, max_length=LONGEST_NAME)
        except ValueError as error:
            errors[name] = str(error)
    errors |= {name: "REQUIRED" for name, value in names.items() if not value}
    if not CODE.fullmatch(fields.code):
        errors["code"] = "VAT_CODE_WRONG"
    if fields.basis_points is not None and not 0 <= fields.basis_points <= HUNDRED_PERCENT:
        errors["basis_points"] = "OUT_OF_RANGE"
    if fields.starts_on and fields.ends_on and fields.ends_on < fields.starts_on:
        errors["ends_on"] = "ENDS_BEFORE_START"
    if errors:
        raise InvalidInput(errors)
    return replace(fields, **names)  # type: ignore[arg-type]
