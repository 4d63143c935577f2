"""The codes stored about document types."""

from __future__ import annotations

from enum import StrEnum

# The type that comes first: menus and lists name it without saying so.
INVOICE = "INVOICE"


class WhoStarts(StrEnum):
    """Who may begin a document of a type."""

    EVERYBODY = "EVERYBODY"
    ROLES = "ROLES"
    DEPARTMENTS = "DEPARTMENTS"


# A list of choices that stands in the field itself.
OWN_LIST = "OWN"
