"""What the rules have to know of a discussion: the message that is meant, and who of those named sees the case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from akcept.cases import access
from akcept.engine import commands as do
from akcept.engine.case import Case
from akcept.engine.facts import Said
from akcept.kit import sql
from akcept.people.codes import PersonKind
from akcept.people.models import Person

MESSAGE = "SELECT by_id, at, guest_id FROM cases_message WHERE case_id = %s AND number = %s"


def said(case: Case, command: do.Command | None) -> Said | None:
    """Return the message that a command quotes or changes; None when there is none."""
    number = _number(command)
    found = sql.rows(MESSAGE, [UUID(case.id), number]) if number is not None else []
    for by, at, guest in found:
        thread = str(sql.as_uuid(guest)) if guest else None
        return Said(str(sql.as_uuid(by)), sql.as_moment(at), thread)
    return None


def readers(case: Case, command: do.Command | None, at: datetime) -> frozenset[str]:
    """Return who of the people that a message names may see the case."""
    named = _named(command)
    if not named:
        return frozenset()
    inside = Person.objects.filter(id__in=named, is_active=True, kind=PersonKind.INTERNAL)
    found = list(inside.values_list("id", flat=True))
    seeing = access.readers(case_id=UUID(case.id), people=found, at=at)
    return frozenset(map(str, seeing))


def _number(command: do.Command | None) -> int | None:
    match command:
        case do.Comment():
            return command.reply_to
        case do.EditComment():
            return command.message
        case _:
            return None


def _named(command: do.Command | None) -> set[UUID]:
    people: Iterable[str | None] = ()
    match command:
        case do.Comment():
            people = (*command.mentions, command.asks)
        case do.EditComment():
            people = command.mentions
        case _:
            pass
    return {UUID(person) for person in people if person}
