"""The commands that serve: pages and streams on one port, or each by processes of its own behind one proxy."""

from __future__ import annotations

import os
import sys

from django.conf import settings

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
# A thread waits for the database most of its time.
THREADS_PER_CORE = 2
# Streams never end by themselves: what is still open so many seconds after the signal is cut.
STOP_SECONDS = 3


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
    here = settings.ALLOWED_HOSTS[0] in LOOPBACK
    return [
        *(sys.executable, "-m", "granian", application, "--port", str(port)),
        # With an address of its own it is meant to be reached from elsewhere.
        *("--host", "127.0.0.1" if here else "0.0.0.0"),  # noqa: S104
        *("--workers", str(min(4, os.cpu_count() or 1)), "--respawn-failed-workers"),
        *("--workers-kill-timeout", str(STOP_SECONDS), "--log-level", "warning"),
        *options,
    ]


def threads() -> int:
    """Return how many pages a process makes at the same time."""
    return min(8, THREADS_PER_CORE * (os.cpu_count() or 1))


def wsgi() -> tuple[str, ...]:
    """Return the options for an application that is called in threads."""
    return "--interface", "wsgi", "--blocking-threads", str(threads())


def _asgi() -> tuple[str, ...]:
    return "--interface", "asgi"
