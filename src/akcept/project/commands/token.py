"""Print a new API token of a person: it may read and draft; in the demo company also decide and pay."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from django.core.management import CommandError

from akcept.company import queries
from akcept.journal.store import Actor, ActorKind
from akcept.kit import clock
from akcept.people import services
from akcept.people.codes import TokenScope
from akcept.people.models import Person

CONSOLE = Actor(ActorKind.SYSTEM, name="akcept token")


def arguments(line: ArgumentParser) -> None:
    """Take whose it is and what to call it."""
    line.add_argument("email", metavar="USER", help="the e-mail somebody logs in with")
    line.add_argument("--name", default="console", help="what its owner will see it called")


def run(options: Namespace) -> int:
    """Print the secret, which is never shown again; nobody by that e-mail is refused."""
    person = Person.objects.filter(email=options.email.strip().lower(), is_active=True).first()
    if person is None:
        raise CommandError("nobody logs in with that e-mail")
    scopes = list(TokenScope) if queries.settings_of().demo else list(services.UNATTENDED)
    _, secret = services.make_token(
        person_id=person.id, name=options.name, scopes=scopes, by=CONSOLE, at=clock.now()
    )
    sys.stdout.write(f"{secret}\n")
    return 0
