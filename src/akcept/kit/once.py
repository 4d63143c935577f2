"""Asking once while something is read: what stands around a page needs the same answers as the page itself.

Kept for one reading by one request and dropped with it, so no process ever shows another's old answer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Let the first answers hold; only around what changes nothing."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once(ask: Callable[P, R]) -> Callable[P, R]:
    """Ask the same question once in a `reading`, and every time outside of one."""

    @wraps(ask)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        answers = _answers.get()
        if answers is None:
            return ask(*args, **kwargs)
        question = (ask, args, tuple(kwargs.items()))
        if question not in answers:
            answers[question] = ask(*args, **kwargs)
        found: R = answers[question]
        return found

    return answer
