"""The commands that serve: pages and streams on one port, or each by processes of its own behind one proxy."""

from __future__ import annotations

import errno
import os
import socket
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
# A thread waits for the database most of its time.
THREADS_PER_CORE = 2
# Streams never end by themselves: what is still open so many seconds after the signal is cut.
STOP_SECONDS = 3


def refuse_taken(port: int) -> None:
    """Refuse a port on which something listens: the processes of a server share theirs, and would with another's."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((_host(), port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                return
            said = f"AKCEPT_PORT: something else listens on {port} already. Example: AKCEPT_PORT={port + 1}"
            raise ImproperlyConfigured(said) from None


def everything(port: int) -> list[str]:
    """Return the command that serves pages and streams."""
    return serving("akcept.project.asgi:application", port, *_asgi())


def pages(port: int) -> list[str]:
    """Return the command that serves pages alone."""
    return serving("akcept.project.wsgi:application", port, *wsgi())


def streams(port: int) -> list[str]:
    """Return the command that serves streams alone."""
    return serving("akcept.project.asgi:live", port, *_asgi())


def serving(application: str, port: int, *options: str) -> list[str]:
    """Return the command that serves an application in as many processes as there are cores, up to four."""
    return [
        *(sys.executable, "-m", "granian", application, "--port", str(port), "--host", _host()),
        *("--workers", str(min(4, os.cpu_count() or 1)), "--respawn-failed-workers"),
        *("--workers-kill-timeout", str(STOP_SECONDS), "--log-level", "warning"),
        *options,
    ]


def _host() -> str:
    # With an address of its own it is meant to be reached from elsewhere.
    return "127.0.0.1" if settings.ALLOWED_HOSTS[0] in LOOPBACK else "0.0.0.0"  # noqa: S104


def threads() -> int:
    """Return how many pages a process makes at the same time."""
    return min(8, THREADS_PER_CORE * (os.cpu_count() or 1))


def wsgi() -> tuple[str, ...]:
    """Return the options for an application that is called in threads."""
    return "--interface", "wsgi", "--blocking-threads", str(threads())


def _asgi() -> tuple[str, ...]:
    return "--interface", "asgi"
