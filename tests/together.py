"""Several at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

from akcept.engine.refusals import Refusal

Answer = TypeVar("Answer")


def at_once(acts: Sequence[Callable[[], Answer]]) -> list[Answer | Refusal]:
    """Do things at the same moment, each over a connection of its own; a refusal is an answer too."""
    ready = Barrier(len(acts))

    def one(act: Callable[[], Answer]) -> Answer | Refusal:
        ready.wait()
        try:
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(one, act) for act in acts]]
