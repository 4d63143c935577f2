"""Pages and streams of the product on a test's database, in processes of their own."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx

from worker import processes


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something to come true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        threading.Event().wait(0.05)


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def start(port: int, application: str = "application") -> subprocess.Popen[bytes]:
    """Start one process that answers at a port."""
    command = [
        *(sys.executable, "-m", "granian", f"akcept.project.asgi:{application}"),
        *("--interface", "asgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--workers-kill-timeout", "3", "--log-level", "warning"),
    ]
    return subprocess.Popen(command, env=processes.environment(mail_port=9), start_new_session=True)


@contextmanager
def open_house(application: str = "application") -> Iterator[str]:
    """Serve for a while and return where; nothing is left behind."""
    port = free_port()
    process = start(port, application)
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: answers(url))
        yield url
    finally:
        process.terminate()
        process.wait()


def answers(url: str) -> bool:
    """Tell whether anybody is there."""
    try:
        httpx.get(f"{url}/live/")
    except httpx.TransportError:
        return False
    return True
