"""Has contents unfolded by another process, which may take too long or fall without harm to this one."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading

import structlog

from akcept.files import unfolding

# Of the clock: nobody waits for a page for longer, and neither do the letters of a worker.
MOST_SECONDS = 20

log = structlog.get_logger("akcept.files")


class NotUnfolded(Exception):
    """These contents are broken, or made to take more time or memory than anything honest does."""


class Helper:
    """One such process, started when there is a first job and again after one that ended it."""

    def __init__(self, *, seconds: int = MOST_SECONDS) -> None:
        self._seconds = seconds
        self._one_at_a_time = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def thumbnail(self, path: str, *, media_type: str, longest_side: int) -> bytes:
        """Return a small picture of the contents of a PDF or a picture, as WebP; refuses what cannot be unfolded."""
        return self._ask("THUMB", path, media_type=media_type, longest_side=longest_side)

    def text(self, path: str) -> str:
        """Return the text of a PDF; refuses what cannot be unfolded."""
        return self._ask("TEXT", path).decode()

    def close(self) -> None:
        """End the process."""
        with self._one_at_a_time:
            self._end()

    def _ask(self, kind: str, path: str, **how: str | int) -> bytes:
        line = json.dumps({"kind": kind, "path": path, "seconds": self._seconds, **how}) + "\n"
        with self._one_at_a_time:
            process = self._running()
            try:
                state, made = _asked(process, line.encode())
            except (EOFError, BrokenPipeError):
                self._end()
                log.warning("a file was not to be unfolded", kind=kind)
                raise NotUnfolded from None
        if state != unfolding.MADE:
            raise NotUnfolded
        return made

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            # Whoever opens files of strangers is told no secret.
            known = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(sys.path)}
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", unfolding.__name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=known,
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _asked(process: subprocess.Popen[bytes], line: bytes) -> tuple[bytes, bytes]:
    assert process.stdin is not None, "started with pipes"
    assert process.stdout is not None, "started with pipes"
    process.stdin.write(line)
    process.stdin.flush()
    head = process.stdout.read(1 + unfolding.LENGTH_BYTES)
    length = int.from_bytes(head[1:], "big")
    made = process.stdout.read(length) if head else b""
    if not head or len(made) < length:
        raise EOFError
    return head[:1], made


helper = Helper()
atexit.register(helper.close)
