"""Take one mail from standard input: an answer becomes a comment, an invoice waits in Intake. For a pipe of the mail server."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace

import structlog
from django.core.management import CommandError
from django.db import DatabaseError

from akcept.delivery import incoming, services
from akcept.kit import clock

log = structlog.get_logger("akcept.mail_in")


def arguments(line: ArgumentParser) -> None:
    """Take nothing: the mail comes on standard input."""


def run(options: Namespace) -> int:
    """Take the mail; 75 lets the mail server try again later, everything else is settled."""
    raw = sys.stdin.buffer.read(incoming.LONGEST_BYTES + 1)
    if not raw.strip():
        raise CommandError("no mail came on standard input")
    try:
        services.take_mail(raw, at=clock.now())
    except DatabaseError:
        log.exception("mail has to wait")
        return os.EX_TEMPFAIL
    return 0
