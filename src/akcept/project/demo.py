"""The demo company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from akcept.company import queries


@dataclass(frozen=True)
class Login:
    """Somebody of the demo company one may log in as, and what about them is worth a look."""

    email: str
    password: str
    about: str


LOGINS: tuple[Login, ...] = ()


def load(*, at: datetime) -> None:
    """Fill an empty database."""


def is_loaded() -> bool:
    """Tell whether this database holds the demo company."""
    return queries.settings_of().demo
