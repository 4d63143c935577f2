"""Asking once while something is read."""

from __future__ import annotations

from akcept.kit.once import once, reading


def test_the_same_question_is_asked_once_in_a_reading_and_anew_in_the_next() -> None:
    asked: list[int] = []

    @once
    def double(*, of: int) -> int:
        asked.append(of)
        return of * 2

    with reading():
        assert [double(of=2), double(of=2), double(of=3)] == [4, 4, 6]
    with reading():
        assert double(of=2) == 4
    assert asked == [2, 3, 2]


def test_outside_of_a_reading_every_question_is_asked() -> None:
    asked: list[int] = []

    @once
    def count() -> int:
        asked.append(1)
        return len(asked)

    assert [count(), count()] == [1, 2]
