"""The codes stored about what came in; their words are in `wording.intake`."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """What became of an item."""

    WAITING = "WAITING"
    TAKEN = "TAKEN"
    SET_ASIDE = "SET_ASIDE"


class Kind(StrEnum):
    """The entries of an item's chain."""

    RECEIVED = "INTAKE_RECEIVED"
    GIVEN = "INTAKE_GIVEN"
    TAKEN = "INTAKE_TAKEN"
    SET_ASIDE = "INTAKE_SET_ASIDE"
    PUT_BACK = "INTAKE_PUT_BACK"
