"""What the rules need to know of a document type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# The files that every type may ask for have purposes older than fields; any other field is a purpose of its own.
PURPOSES = {"main_file": "INVOICE", "justification": "JUSTIFICATION"}


def purpose_of(code: str) -> str:
    """Return the purpose of the files that a field holds."""
    return PURPOSES.get(code, code)


class Gate(StrEnum):
    """The moments at which a field may be required."""

    SAVE = "SAVE"
    SUBMIT = "SUBMIT"
    PAYMENT = "PAYMENT"


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    MONEY = "MONEY"
    DATE = "DATE"
    CHOICE = "CHOICE"
    PERSON = "PERSON"
    COUNTERPARTY = "COUNTERPARTY"
    ACCOUNT = "ACCOUNT"
    ENTITY = "ENTITY"
    FLAG = "FLAG"
    FILE = "FILE"
    ROWS = "ROWS"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a card: at which gate it is required (none: never), whether a change of it voids approvals.

    `vouches_for` groups what one looks at together (sum, payee, document); without a group a field stands alone.
    """

    code: str
    kind: FieldKind
    required_at: Gate | None = None
    is_material: bool = False
    vouches_for: str = ""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A document type: its fields and how its cases end."""

    code: str
    fields: Mapping[str, Field]
    ends_in_payment: bool = True
    never_postpone: bool = False
    max_hold_days: int = 30
    is_confidential: bool = False
