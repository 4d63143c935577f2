"""The least a browser is: one connection kept alive, its cookies, its form tokens. It costs next to no time, so that
what is measured is the server."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')
COOKIE = re.compile(r"^set-cookie: *([^=]+)=([^;]*)", re.IGNORECASE | re.MULTILINE)
LENGTH = re.compile(r"^content-length: (\d+)", re.IGNORECASE | re.MULTILINE)


class Answer(NamedTuple):
    """What the server said."""

    status: int
    head: str
    body: bytes


class Browser:
    """One person at one server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.wire = socket.create_connection(("127.0.0.1", port))
        self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.wire.makefile("rb")

    def get(self, path: str) -> Answer:
        """Read a page and remember the token of its forms."""
        answer = self._send("GET", path, b"")
        if found := TOKEN.search(answer.body):
            self.token = found[1].decode()
        return answer

    def post(self, path: str, form: Mapping[str, object]) -> Answer:
        """Send a form with the token of the last page."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **form}).encode()
        return self._send("POST", path, body)

    def close(self) -> None:
        """Hang up."""
        self.reader.close()
        self.wire.close()

    def _send(self, method: str, path: str, body: bytes) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookies}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.wire.sendall(head.encode() + body)
        return self._answer()

    def _answer(self) -> Answer:
        lines = []
        while (line := self.reader.readline()).strip():
            lines.append(line.decode("latin-1").replace("\r\n", "\n"))
        head = "".join(lines)
        self.cookies |= dict(COOKIE.findall(head))
        length = LENGTH.search(head)
        body = self.reader.read(int(length[1])) if length else b""
        return Answer(int(head.split()[1]), head, body)
