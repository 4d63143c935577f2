"""Worker processes on the database of a test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from akcept.delivery.models import Delivery
from akcept.journal.models import Dispatch
from akcept.kit import clock

SOURCES = Path(__file__).resolve().parents[2] / "src"


def database_url() -> str:
    """Return the address of the test's database as the product reads it."""
    here = connection.settings_dict
    name = str(here["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(name)}"
    options = dict(here["OPTIONS"])
    host, port = str(here["HOST"]), str(here["PORT"])
    if host.startswith("/"):
        options, host = {"host": host}, ""
    who = f"{quote(here['USER'])}:{quote(here['PASSWORD'])}" if here["PASSWORD"] else here["USER"]
    asked = {key: value for key, value in options.items() if key == "host"}
    place = f"{host}:{port}" if port else host
    return f"postgresql://{who}@{place}/{quote(name)}" + (f"?{urlencode(asked)}" if asked else "")


def environment(*, mail_port: int) -> dict[str, str]:
    """Return what a process of the product needs to work on the test's database and files."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(SOURCES),
        "AKCEPT_HOME": str(settings.AKCEPT_HOME),
        "AKCEPT_BASE_URL": settings.AKCEPT_BASE_URL,
        "AKCEPT_MAIL_URL": f"smtp://127.0.0.1:{mail_port}?tls=none",
        # Where a test's push service listens.
        "AKCEPT_PRIVATE_HOSTS": "127.0.0.1",
        "DATABASE_URL": database_url(),
    }


def start(*, mail_port: int) -> subprocess.Popen[bytes]:
    """Start a worker that sends its letters to a port of this machine."""
    command = [sys.executable, "-m", "akcept.project.command", "worker"]
    return subprocess.Popen(command, env=environment(mail_port=mail_port))


@contextmanager
def running(*, mail_port: int, count: int = 1) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run workers for a while; none is left behind."""
    workers = [start(mail_port=mail_port) for _ in range(count)]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def leases_run_out() -> None:
    """Let the time pass that a dead worker's leases keep others away."""
    Dispatch.objects.filter(done_at=None).update(lease_until=None, not_before=clock.now())
    Delivery.objects.filter(state="WAITING").update(lease_until=None, next_try_at=clock.now())


def is_all_told_at_last() -> bool:
    """Tell whether nothing is left, and let a letter that failed once on a busy machine go again at once."""
    failed = Delivery.objects.filter(state="WAITING", lease_until=None, attempts__gt=0)
    if failed.filter(next_try_at__gt=clock.now()).exists():
        failed.update(next_try_at=clock.now())
    return is_all_told()


def is_all_told() -> bool:
    """Tell whether nothing is left to be told to anybody."""
    told = not Dispatch.objects.filter(done_at=None).exists()
    return told and not Delivery.objects.filter(state="WAITING").exists()
