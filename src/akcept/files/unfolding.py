"""A process of its own in which the contents of files are unfolded, for some are made to take for ever.

It knows neither the database nor any secret. It reads jobs from its standard input and answers on its standard output;
a job that takes too long ends the process, and so does one that wants more memory than anything honest does.
"""

from __future__ import annotations

import io
import json
import resource
import signal
import sys
from typing import BinaryIO

from akcept.files import images, kinds, pdf

# A picture of 100 million pixels, unfolded and turned into colours.
MOST_MEMORY = 2 * 1024**3
# What an answer begins with: its first byte, and how many bytes follow.
MADE, BROKEN = b"+", b"-"
LENGTH_BYTES = 8


def picture(content: BinaryIO, *, media_type: str, longest_side: int) -> bytes:
    """Return a small picture of contents, as WebP; refuses a broken PDF or picture."""
    make = pdf.first_page if media_type == kinds.PDF else images.thumbnail
    with io.BytesIO() as made:
        make(content, longest_side=longest_side).save(made, "WEBP", quality=80)
        return made.getvalue()


def _answer(job: dict[str, str | int]) -> bytes:
    with open(str(job["path"]), "rb") as content:  # noqa: PTH123
        if job["kind"] == "TEXT":
            return pdf.text(content).encode("utf-8", "replace")
        return picture(
            content, media_type=str(job["media_type"]), longest_side=int(job["longest_side"])
        )


def _serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    for line in jobs:
        job = json.loads(line)
        signal.alarm(int(job["seconds"]))
        try:
            made, state = _answer(job), MADE
        except (pdf.BrokenPdf, images.BrokenImage):
            made, state = b"", BROKEN
        signal.alarm(0)
        answers.write(state + len(made).to_bytes(LENGTH_BYTES, "big") + made)
        answers.flush()


if __name__ == "__main__":
    # No handler: the kernel ends a process whose code never comes back to Python.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    # Ctrl-C is for whoever started this; it ends when they do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _serve(sys.stdin.buffer, sys.stdout.buffer)
