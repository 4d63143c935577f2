"""The codes stored about counterparties; their words are in `labels`."""

from __future__ import annotations

from enum import StrEnum


class AccountState(StrEnum):
    """Whether an account may be trusted."""

    UNVERIFIED = "UNVERIFIED"
    VERIFIED = "VERIFIED"
    BLOCKED = "BLOCKED"


class How(StrEnum):
    """How somebody made sure of an account."""

    CALL_BACK = "CALL_BACK"
    LETTER = "LETTER"
    VOP = "VOP"
    PENNY_TEST = "PENNY_TEST"
    OTHER = "OTHER"
