"""Everything Akcept refuses, each with a stable code.

A refusal changes nothing. Words come from `wording`, the door chooses form and status.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar


class Refusal(Exception):
    """A command that the rules do not accept (HTTP 409)."""

    code: ClassVar[str] = ""


class NotFound(Refusal):
    """What a person may not see does not exist for them (HTTP 404)."""

    code = "NOT_FOUND"


@dataclass(frozen=True)
class InvalidInput(Refusal):
    """Input that cannot be accepted: every field with the code of what is wrong (HTTP 422)."""

    code: ClassVar[str] = "INVALID_INPUT"
    errors: Mapping[str, str]


class KeyReused(Refusal):
    """A request key that its owner has already used for another request (HTTP 422)."""

    code = "KEY_REUSED"


class NotAllowed(Refusal):
    """An act that needs a right the person does not hold (HTTP 403)."""

    code = "NOT_ALLOWED"


class NeedsSecondPerson(Refusal):
    """A change that benefits its author: somebody else has to make it."""

    code = "NEEDS_SECOND_PERSON"


@dataclass(frozen=True)
class RateMissing(Refusal):
    """No exchange rate is known for that currency on that day."""

    code: ClassVar[str] = "RATE_MISSING"
    currency: str
    on: date
