"""Numbers of payment orders that follow one another, as a bank program gives them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import count

from akcept.engine.refusals import InvalidInput

# What stands before the digits stays: ПП-099 is followed by ПП-100.
NUMBER = re.compile(r"([^\x00-\x1f]{0,60}?)([0-9]{1,9})")


def is_number(text: str) -> bool:
    """Tell whether a number can be counted on from this one."""
    return NUMBER.fullmatch(text) is not None


def onwards(*, first: str, taken: Collection[str]) -> Iterator[str]:
    """Return this number and those after it but what is taken; refuses what does not end in digits."""
    found = NUMBER.fullmatch(first)
    if found is None:
        raise InvalidInput({"first": "NOT_A_NUMBER"})
    before, digits = found.groups()
    numbers = (f"{before}{number:0{len(digits)}}" for number in count(int(digits)))
    return (number for number in numbers if number not in taken)
