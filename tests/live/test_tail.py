"""Rows that are committed in another order than they are numbered."""

from __future__ import annotations

from akcept.live.tail import LATEST, Tail


def test_a_number_that_was_jumped_over_is_asked_for_until_it_comes() -> None:
    tail = Tail(20)
    tail.move([21, 26], now=0.0)
    assert tail.last == 26
    assert list(tail.missing) == [22, 23, 24, 25]
    tail.move([25], now=1.0)
    assert list(tail.missing) == [22, 23, 24]


def test_what_was_rolled_back_is_not_asked_for_for_ever() -> None:
    tail = Tail(0)
    tail.move([3], now=0.0)
    tail.move([], now=LATEST - 1)
    assert list(tail.missing) == [1, 2]
    tail.move([5], now=LATEST)
    assert list(tail.missing) == [4]
