"""What every channel promises. Channels are named by dotted path in settings, so nothing imports them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class ChannelError(Exception):
    """The letter could not be handed over; `permanent`: trying again would not help."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a letter's table."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to go, worded for its reader; `id` is the same whenever it is sent again."""

    id: str
    address: str
    language: str
    subject: str
    heading: str
    lines: tuple[str, ...]
    facts: tuple[Fact, ...]
    button: str
    url: str
    footer: str
    # Where an answer becomes a comment; empty where it does not.
    reply_to: str = ""


class Channel(Protocol):
    """A way to a person."""

    def deliver(self, letter: Letter) -> None:
        """Hand a letter over; ChannelError if that fails. The same id again is the same letter."""
