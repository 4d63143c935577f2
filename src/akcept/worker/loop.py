"""The worker's round of duties."""

from __future__ import annotations

import threading


def run(*, stop: threading.Event) -> None:
    """Work until `stop` is set."""
    while not stop.wait(1.0):
        pass
