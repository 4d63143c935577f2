"""How every act becomes one transaction, and what is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from akcept.cases import store
from akcept.cases.cards import Outcome
from akcept.cases.inputs import NewFile
from akcept.cases.store import Request
from akcept.engine import codec
from akcept.engine import commands as do
from akcept.engine.values import Private
from akcept.journal import repeats
from akcept.people.askers import Asker


def perform(
    case_id: UUID, by: Asker, commands: Sequence[do.Command], at: datetime, key: str | None
) -> Outcome:
    """Do one or several commands in one transaction; a known key gives the first outcome again."""
    request = asked(by, at, key, (str(case_id), *commands))
    return outcome(store.perform(case_id=case_id, commands=commands, request=request))


def asked(by: Asker, at: datetime, key: str | None, parts: Sequence[object]) -> Request:
    """Return who asks when, and under a key also what, so that another request with that key is refused."""
    told = [[type(part).__name__, codec.dump(part)] for part in parts] if key is not None else []
    return Request(by.actor, at, repeats.asked(key=key, said=told))


def attached(files: Sequence[NewFile]) -> list[do.Command]:
    """Return the commands that attach files kept before."""
    return [
        do.Attach(file.purpose, file.sha256, Private(file.name), file.replaces) for file in files
    ]


def said(words: str) -> Private | None:
    """Return words as a private value; None where nothing is said."""
    return Private(words.strip()) if words.strip() else None


def texts(words: Sequence[str]) -> tuple[Private, ...]:
    """Return several texts as private values."""
    return tuple(Private(word) for word in words)


def outcome(done: store.Done) -> Outcome:
    """Return what the doors are told of an act."""
    last = done.case.undoable
    return Outcome(
        case_id=UUID(done.case.id),
        doctype=done.case.doctype,
        number=done.case.number,
        state=done.case.state,
        revision=done.case.revision,
        entry=last.entry if last else done.entry,
        undo_until=last.until if last else None,
        stamp=done.type_.stamp if done.type_ else None,
    )
