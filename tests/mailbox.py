"""A real SMTP server on loopback that keeps what it receives, refuses whom it is told to, and can stop answering."""

from __future__ import annotations

import email
import email.policy
import socket
import time
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope


class Mailbox:
    """Receives letters."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.refusals: dict[str, str] = {}
        self.on_letter: Callable[[], None] = lambda: None

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Accept an address or answer with the refusal set for it."""
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        """Keep a letter."""
        self.raw.append(cast("bytes", envelope.content))
        self.on_letter()
        return "250 OK"

    @property
    def letters(self) -> list[EmailMessage]:
        """Return what came, parsed."""
        return [
            cast("EmailMessage", email.message_from_bytes(raw, policy=email.policy.default))
            for raw in self.raw
        ]

    def server(self) -> Controller:
        """Return a server for this mailbox on a free port, not started yet."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        return Controller(self, hostname="127.0.0.1", port=port)


def wait_until(condition: Callable[[], Any], *, seconds: float = 30) -> None:
    """Wait for something to come true, and fail when it does not."""
    deadline = time.monotonic() + seconds
    pause = 0.01
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(pause)


def part(letter: EmailMessage, kind: str) -> str:
    """Return the plain or the html part of a letter."""
    found = letter.get_body((kind,))
    assert found is not None
    return str(found.get_content())
