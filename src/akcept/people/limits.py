"""Limits restated in the base currency: the one way in which sending, trying and checking a route read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import itemgetter

from akcept.company import rates
from akcept.company.rates import RateCard
from akcept.engine.money import Money
from akcept.engine.org import Org
from akcept.engine.rates import convert


@dataclass(frozen=True, slots=True)
class InBase:
    """The base currency of the company and how sums of a day are restated in it.

    `document`: the currency of the document that limits are asked for; empty where none is at hand. `known` keeps the
    rates of the day that were read, for many documents at once.
    """

    currency: str
    today: date
    document: str = ""
    known: dict[str, RateCard | None] = field(default_factory=dict, compare=False)

    def converted(self, amount: Money) -> Money | None:
        """Return a sum in the base currency, None without a rate."""
        if amount.currency == self.currency:
            return amount
        if amount.currency not in self.known:
            self.known[amount.currency] = rates.rate_for(currency=amount.currency, on=self.today)
        rate = self.known[amount.currency]
        return convert(amount, rate.value_e8, self.currency) if rate else None

    def restated(self, limit: Money) -> Money:
        """Return a limit in the base currency; one without a rate covers nothing."""
        return self.converted(limit) or Money(0, self.currency)

    def counting(self, limits: tuple[tuple[str, Money], ...]) -> tuple[tuple[str, Money], ...]:
        """Return one limit for each document type.

        Of several the one in the document's currency counts, else the one in the base currency, else the lowest.
        """

        def weight(stated: tuple[str, Money]) -> tuple[bool, bool, int]:
            limit = stated[1]
            is_own, is_base = limit.currency == self.document, limit.currency == self.currency
            return is_own, is_base, -self.restated(limit).minor

        # The last one of a type is the one that stays.
        ordered = sorted(limits, key=weight)
        return tuple({doctype: self.restated(limit) for doctype, limit in ordered}.items())

    def of_people(self, stated: Mapping[str, Sequence[tuple[str, Money]]]) -> dict[str, Money]:
        """Return the limit of each person; the row for the document's own type counts before the one for all."""
        return {
            person: max(self.counting(tuple(limits)), key=itemgetter(0))[1]
            for person, limits in stated.items()
        }

    def chart(self, chart: Org) -> Org:
        """Return the org chart with every limit in the base currency."""
        members = {
            key: replace(member, limits=self.counting(member.limits)) if member.limits else member
            for key, member in chart.members.items()
        }
        return Org(members, chart.units)
