"""Add a person who may log in; somebody who is there already gets a new password and may log in again."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser, Namespace
from uuid import UUID

from django.core.management import CommandError
from django.db import transaction

from akcept.engine.refusals import InvalidInput
from akcept.journal.store import Actor, ActorKind
from akcept.kit import clock
from akcept.people import services
from akcept.people.fields import PersonFields
from akcept.people.models import Person, Role
from akcept.people.store import persons
from akcept.wording import fields

CONSOLE = Actor(ActorKind.SYSTEM, name="akcept user")


def arguments(line: ArgumentParser) -> None:
    """Take who it is, and optionally what they may do."""
    line.add_argument("email")
    line.add_argument("--name", help="needed for somebody new")
    line.add_argument("--language", choices=["en", "ru"], default="en")
    line.add_argument("--role", metavar="CODE", help="for example ADMINISTRATOR")
    line.add_argument("--password-stdin", action="store_true", help="read it from standard input")


def run(options: Namespace) -> int:
    """Say who may log in now; a weak password, a wrong address and an unknown role are refused."""
    roles = list(Role.objects.values_list("code", flat=True))
    if options.role and options.role not in roles:
        raise CommandError(f"unknown role; there are {', '.join(roles)}")
    password = _password(from_stdin=options.password_stdin)
    try:
        with transaction.atomic():
            _save(options, password)
    except InvalidInput as refusal:
        problems = [f"{field}: {fields.words(code)}" for field, code in refusal.errors.items()]
        raise CommandError(" ".join(problems)) from None
    sys.stdout.write(f"{options.email} may log in\n")
    return 0


def _save(options: Namespace, password: str) -> None:
    at = clock.now()
    person_id = _known(options.email)
    if person_id is None:
        if not options.name:
            raise CommandError("somebody new needs a --name")
        person = PersonFields(name=options.name, email=options.email, language=options.language)
        person_id = services.create_person(person=person, by=CONSOLE, at=at)
    services.set_password(person_id=person_id, password=password, by=CONSOLE, at=at)
    persons.set_active(person_id=person_id, is_active=True, by=CONSOLE, at=at)
    if options.role:
        services.grant_role(person_id=person_id, role=options.role, by=CONSOLE, at=at)


def _known(email: str) -> UUID | None:
    return Person.objects.filter(email=email.strip().lower()).values_list("id", flat=True).first()


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    try:
        password = getpass.getpass("Password: ")
    except EOFError:
        raise CommandError("nobody types a password here; give it with --password-stdin") from None
    if password != getpass.getpass("Once more: "):
        raise CommandError("the two passwords differ")
    return password
