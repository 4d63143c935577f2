"""How far a growing table has been read.

Rows are committed in another order than they are numbered: whoever only asks for what is after the last number loses
those that come late. So the numbers that were jumped over are asked for again until no transaction can still bring them.
"""

from __future__ import annotations

from collections.abc import Iterable

# Longer than any transaction lives, in seconds.
LATEST = 60.0
MOST_MISSING = 10_000


class Tail:
    """The last number seen of one table, and since when each number before it has been missing."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.missing: dict[int, float] = {}

    def move(self, numbers: Iterable[int], now: float) -> None:
        """Note what was read, in ascending order, at a moment of a monotonic clock."""
        for number in numbers:
            if number > self.last:
                first = max(self.last + 1, number - MOST_MISSING)
                self.missing |= dict.fromkeys(range(first, number), now)
                self.last = number
            else:
                self.missing.pop(number, None)
        if self.missing:
            kept = [item for item in self.missing.items() if now - item[1] < LATEST]
            self.missing = dict(kept[-MOST_MISSING:])
