"""The codes of VAT rates and what they are called."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import pgettext

NO_VAT = "NONE"
CODE = re.compile(r"VAT([0-9]{1,2}(?:\.[0-9]{1,2})?)")


def percent(code: str) -> Decimal | None:
    """Return the percentage of a rate; None where there is no VAT at all, which is not 0 %."""
    found = CODE.fullmatch(code)
    return Decimal(found[1]) if found else None


def words(code: str) -> str:
    """Name a rate: VAT 22 %, no VAT."""
    value = percent(code)
    if value is None:
        return pgettext("vat", "No VAT") if code == NO_VAT else code
    return pgettext("vat", "VAT %(percent)s %%") % {"percent": f"{value.normalize():f}"}
