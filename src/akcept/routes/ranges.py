"""What conditions say together: whether one set covers another, which amounts they leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from akcept.engine.routes import Condition, Op, RouteVersion

AMOUNT = "amount"
Conditions = tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Amounts from `low` on and below `high`; None for whatever amount above."""

    low: int = 0
    high: int | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether no amount is in it."""
        return self.high is not None and self.high <= self.low

    def holds(self, other: Span) -> bool:
        """Say whether it has every amount that the other has."""
        return self.low <= other.low and (
            self.high is None or (other.high is not None and other.high <= self.high)
        )


def span(conditions: Iterable[Condition], field: str = AMOUNT) -> Span:
    """Return the amounts that meet every condition on a field."""
    low, high = 0, None
    for row in conditions:
        if row.field != field:
            continue
        if row.op is Op.AT_LEAST:
            low = max(low, int(row.values[0]))
        if row.op is Op.BELOW:
            value = int(row.values[0])
            high = value if high is None else min(high, value)
    return Span(low, high)


def is_impossible(conditions: Conditions) -> bool:
    """Say whether no document can meet all of them."""
    return any(_contradicts(conditions, field) for field in {row.field for row in conditions})


def _contradicts(conditions: Conditions, field: str) -> bool:
    rows = [row for row in conditions if row.field == field]
    ops = {row.op for row in rows}
    if Op.MISSING in ops and ops & {Op.PRESENT, Op.IS_SET, Op.IN, Op.AT_LEAST}:
        return True
    wanted = [set(row.values) for row in rows if row.op is Op.IN]
    unwanted = {value for row in rows if row.op is Op.NOT_IN for value in row.values}
    # A department is met by those below it too, so two of them may be met at once.
    if wanted and field != "department" and not set.intersection(*wanted) - unwanted:
        return True
    return span(rows, field).is_empty


def covers(wide: Conditions, narrow: Conditions) -> bool:
    """Say whether whatever meets the narrow conditions meets the wide ones too."""
    return all(_follows(row, narrow) for row in wide)


def _follows(wanted: Condition, given: Conditions) -> bool:
    rows = [row for row in given if row.field == wanted.field]
    values = set(wanted.values)
    match wanted.op:
        case Op.IN:
            return any(row.op is Op.IN and set(row.values) <= values for row in rows)
        case Op.NOT_IN:
            return any(
                (row.op is Op.NOT_IN and values <= set(row.values))
                or (row.op is Op.IN and not values & set(row.values))
                for row in rows
            )
        case Op.AT_LEAST | Op.BELOW:
            return span((wanted,), wanted.field).holds(span(rows, wanted.field))
        case Op.MISSING:
            return any(row.op is Op.MISSING for row in rows)
        case Op.PRESENT | Op.IS_SET:
            return any(row.op in (Op.PRESENT, Op.IS_SET, Op.IN) for row in rows)


def shadow(
    conditions: Conditions, before: Sequence[RouteVersion], domains: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the routes that take every document that meets the conditions; nothing where some are left over.

    Several together do where each takes one value of a field that has few.
    """
    for route in before:
        if covers(route.conditions, conditions):
            return (route.route,)
    for field, values in domains.items():
        takers = [_taker(conditions, before, field, value) for value in values]
        if takers and all(takers):
            return tuple(dict.fromkeys(taker for taker in takers if taker))
    return ()


def _taker(
    conditions: Conditions, before: Sequence[RouteVersion], field: str, value: str
) -> str | None:
    """Return the first route that takes what has this value, the one asked about itself where it cannot have it."""
    narrowed = (*conditions, Condition(field, Op.IN, (value,)))
    if is_impossible(narrowed):
        # What it never asks for is taken by whoever takes the rest.
        return before[0].route if before else None
    return next((row.route for row in before if covers(row.conditions, narrowed)), None)


def gaps(version: RouteVersion, others: Sequence[RouteVersion]) -> Iterator[tuple[int, int]]:
    """Yield the amounts between routes that differ in nothing but the amount, unless another route takes them."""
    base = _without_amount(version.conditions)
    others = [row for row in others if not row.is_default]
    kin = [row for row in others if set(_without_amount(row.conditions)) == set(base)]
    if not kin:
        return
    spans = sorted((span(row.conditions) for row in (version, *kin)), key=lambda row: row.low)
    reached = spans[0]
    for _, following in pairwise(spans):
        if reached.high is not None and following.low > reached.high:
            between = (
                *base,
                Condition(AMOUNT, Op.AT_LEAST, (reached.high,)),
                Condition(AMOUNT, Op.BELOW, (following.low,)),
            )
            if not any(covers(row.conditions, between) for row in others):
                yield reached.high, following.low
        if reached.high is not None and (following.high is None or following.high > reached.high):
            reached = replace(reached, high=following.high)


def _without_amount(conditions: Conditions) -> Conditions:
    return tuple(row for row in conditions if row.field != AMOUNT)
