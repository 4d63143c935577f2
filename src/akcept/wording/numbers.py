"""Numbers of documents as readers write them."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal

from akcept.wording.dates import NBSP, locale


def plain(number: str) -> str:
    """Write 12 000,5 for a Russian reader and 12,000.5 for an English one."""
    written = format_decimal(Decimal(number), format="#,##0.######", locale=locale())
    return written.replace(" ", NBSP)
