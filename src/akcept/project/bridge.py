"""A synchronous WSGI application behind an ASGI server: each request runs in one of a few threads from begin to end.

The threads are kept, and with them their database connections.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

# A longer body of a request waits on disk.
IN_MEMORY = 1024 * 1024
# A longer answer goes out in parts.
AT_ONCE = 256 * 1024


class Bridge:
    """Answers as the WSGI application does."""

    def __init__(self, application: Callable[..., Iterable[bytes]], *, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, "page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the whole request, answer it in a thread, and send what that says."""
        in_thread = asyncio.get_running_loop().run_in_executor
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as body:
            if not await _take(receive, body):
                return
            answer = Answer()
            environ = _environ(scope, body)
            part = await in_thread(self._threads, answer.begin, self._application, environ)
            try:
                start = {"status": answer.status, "headers": answer.headers}
                await send({"type": "http.response.start", **start})
                while answer.goes_on:
                    await send({"type": "http.response.body", "body": part, "more_body": True})
                    part = await in_thread(self._threads, answer.more)
                await send({"type": "http.response.body", "body": part, "more_body": False})
            finally:
                if answer.goes_on:
                    await in_thread(self._threads, answer.close)


class Answer:
    """What a WSGI application answers; used in its thread."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: Headers = []
        self.goes_on = True
        self._parts: Iterator[bytes] = iter(())
        self._close: Callable[[], object] | None = None

    def begin(self, application: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> bytes:
        """Run the application and return the first part of the body."""
        answered = application(environ, self._start)
        self._close = getattr(answered, "close", None)
        self._parts = iter(answered)
        return self.more()

    def more(self) -> bytes:
        """Return the next part of the body; after the last one it is closed."""
        part = bytearray()
        for piece in self._parts:
            part += piece
            if len(part) >= AT_ONCE:
                return bytes(part)
        self.close()
        return bytes(part)

    def close(self) -> None:
        """Let the application give back what the answer held."""
        self.goes_on = False
        if self._close is not None:
            self._close()

    def _start(self, status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]


async def _take(receive: Receive, body: IO[bytes]) -> bool:
    """Read the body, and tell whether it came in full."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return False
        body.write(message.get("body", b""))
        if not message.get("more_body", False):
            body.seek(0)
            return True


def _environ(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        # As a name of WSGI "X_Forwarded_For" could not be told from the one the proxy sets.
        if b"_" not in name:
            _add(environ, name.decode("latin-1").upper().replace("-", "_"), value.decode("latin-1"))
    return environ


def _add(environ: dict[str, Any], name: str, value: str) -> None:
    key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
    # Cookies are joined as cookies are, everything else as lists are.
    glue = "; " if name == "COOKIE" else ","
    environ[key] = f"{environ[key]}{glue}{value}" if key in environ else value
