"""Small values the whole engine speaks in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"


class Private(str):
    """A free text, a file name or a personal value.

    The journal keeps only its salted digest in the entry and the value itself in a side table,
    so that it can be erased under a retention rule without breaking the chain.
    """

    __slots__ = ()
