"""A channel that keeps its letters: for tests and for trying things out."""

from __future__ import annotations

from akcept.delivery.channels.contract import ChannelError, Letter


class Memory:
    """Remembers what was delivered; refuses addresses it was told to refuse."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.refused: dict[str, ChannelError] = {}

    def deliver(self, letter: Letter) -> None:
        """Keep the letter."""
        if letter.address in self.refused:
            raise self.refused[letter.address]
        self.letters.append(letter)
