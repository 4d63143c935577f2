"""Bring the database up to date, then serve until Ctrl-C: web and worker, each started again if it dies."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.db import connections

from akcept.kit import clock, setup_code
from akcept.people.models import Person
from akcept.project import schema, servers, supervisor
from akcept.project.demo import loading as demo


def arguments(line: ArgumentParser) -> None:
    """Take none: everything comes from the environment."""


def run(_options: Namespace) -> int:
    """Return 0 after a clean stop."""
    stop = supervisor.stop_on_signals()
    servers.refuse_taken(settings.AKCEPT_PORT)
    prepare()
    sys.stdout.write(_greeting())
    sys.stdout.flush()
    connections.close_all()
    children = [
        supervisor.Child("web", servers.everything(settings.AKCEPT_PORT)),
        supervisor.Child("worker", [sys.executable, "-m", "akcept.project.command", "worker"]),
    ]
    supervisor.keep_running(children, stop=stop)
    return 0


def prepare() -> None:
    """Create or migrate the database; load the demo into an empty one unless AKCEPT_DEMO=0."""
    schema.bring_up_to_date()
    if settings.AKCEPT_DEMO and not Person.objects.exists():
        sys.stdout.write("Loading the demo company …\n")
        sys.stdout.flush()
        demo.load(at=clock.now())


def _greeting() -> str:
    lines = ["", f"  Akcept: {settings.AKCEPT_BASE_URL}", ""]
    if not Person.objects.exists():
        lines += [f"  To set it up, enter this code there: {setup_code.make()}", ""]
    elif demo.is_loaded():
        lines += ["  This is the demo company. Log in as:"]
        lines += [f"    {line}" for line in demo.log_ins()]
        lines += [""]
    if not settings.MAIL_IS_SENT:
        lines += [f"  Letters are not sent; they are kept in {settings.AKCEPT_HOME / 'mail'}", ""]
    return "\n".join([*lines, "  Ctrl-C stops it.", "", ""])
