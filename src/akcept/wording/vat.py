"""What a VAT rate is called on cards and in entries."""

from __future__ import annotations

from decimal import Decimal

from akcept.company import vat
from akcept.company.vat import VatFields
from akcept.engine.refusals import NotFound
from akcept.wording.documents import is_russian


def percent(code: str) -> Decimal | None:
    """Return the percentage of a rate; None where there is no VAT at all, which is not 0 %, and of an unknown code."""
    try:
        return vat.rate_of(code).percent
    except NotFound:
        return None


def words(code: str) -> str:
    """Name a rate: VAT 22 %, no VAT; an unknown code stands for itself."""
    try:
        return name(vat.rate_of(code))
    except NotFound:
        return code


def name(rate: VatFields) -> str:
    """Name a rate in the reader's language."""
    return rate.name_ru if is_russian() else rate.name_en
