"""Links for people from outside: issued when their turn comes, sent again or revoked by whoever asked them.

A link belongs to one task of one person on one revision. Whether it works follows from the case as it stands, so it
is over the moment its seat is: nothing has to be switched off, and nothing can be forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from akcept.cases import rows
from akcept.cases.models import Attachment, OutsideAsk, OutsideLink
from akcept.cases.models import Case as Row
from akcept.cases.outside import secrets
from akcept.company import queries as company
from akcept.engine.case import Case, State
from akcept.engine.tasks import TaskKind, tasks
from akcept.engine.values import Private
from akcept.journal import store as journal
from akcept.journal.store import Actor, ActorKind, Record
from akcept.kit import ids, sql
from akcept.people.codes import PersonKind
from akcept.people.models import Person

CHAIN = "PERSON"
SYSTEM = Actor(ActorKind.SYSTEM, None, "Akcept")


class Over(StrEnum):
    """Why a link no longer works."""

    DECIDED = "DECIDED"
    WITHDRAWN = "WITHDRAWN"
    NEWER_REVISION = "NEWER_REVISION"
    NEWER_LINK = "NEWER_LINK"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"
    CLOSED = "CLOSED"
    CODES_SPENT = "CODES_SPENT"


def issue_owed(*, chain_id: UUID, at: datetime) -> None:
    """Give everybody from outside whose turn it is a link for this revision, once; in the caller's transaction.

    A chain that is not that of a case owes nobody anything.
    """
    sql.require_transaction()
    fold = Row.objects.filter(id=chain_id).values_list("fold", flat=True).first()
    if fold is None:
        return
    case = rows.unpack(fold)
    for person, task in open_tasks(case):
        known = OutsideLink.objects.filter(
            case_id=chain_id, person=person, task=task, revision=case.revision
        )
        if person.is_active and person.email and not known.exists():
            issue(case=case, person=person, task=task, by=SYSTEM, at=at)


def issue(*, case: Case, person: Person, task: str, by: Actor, at: datetime) -> None:
    """Issue the next link of a person on a case; its letter follows from the entry."""
    ask = OutsideAsk.objects.filter(case_id=case.id, person=person).first()
    before = OutsideLink.objects.filter(case_id=case.id, person=person).order_by("number").last()
    days = timedelta(days=company.settings_of().outside_days)
    link_id = ids.new_id()
    link = OutsideLink.objects.create(
        id=link_id,
        case_id=UUID(case.id),
        person=person,
        task=task,
        revision=case.revision,
        number=before.number + 1 if before else 1,
        email=person.email or "",
        token_hash=secrets.digest(secrets.token(link_id)),
        question=ask.question if ask else "",
        files=shared(UUID(case.id), ask.files if ask else []),
        asked_by_id=ask.by_id if ask else UUID(case.initiator),
        issued_at=at,
        expires_at=at + days,
    )
    record(link, "OUTSIDE_LINK_ISSUED", by, at)


def record(link: OutsideLink, kind: str, by: Actor, at: datetime) -> None:
    """Append to the record of the person asked; letters start from it."""
    journal.record(
        row=link.person,
        chain=CHAIN,
        records=[
            Record(
                kind,
                {
                    "case": link.case_id,
                    "link": link.id,
                    "revision": link.revision,
                    "address": Private(masked(link.email)),
                    "files": list(link.files),
                    "expires_at": link.expires_at,
                    "code": link.code_number,
                },
            )
        ],
        by=by,
        at=at,
    )


def masked(email: str) -> str:
    """Show enough of an address for its owner to know it: l••••r@firm.example."""
    name, _, place = email.partition("@")
    return f"{name[:1]}••••{name[-1:] if len(name) > 2 else ''}@{place}"


def open_tasks(case: Case) -> list[tuple[Person, str]]:
    """Return who from outside has an open task, with its key."""
    mine = {task.holder: task.key for task in tasks(case) if task.kind is TaskKind.APPROVE}
    found = Person.objects.filter(id__in=mine, kind=PersonKind.EXTERNAL)
    return [(person, mine[str(person.id)]) for person in found]


def shared(case_id: UUID, chosen: Sequence[int]) -> list[int]:
    """Return the newest versions of the chosen files; with none chosen the main file, or the first one there is."""
    found = list(Attachment.objects.filter(case_id=case_id).order_by("number"))
    newer = {row.replaces: row.number for row in found if row.replaces is not None}
    if not chosen:
        main = [row.number for row in found if row.purpose == "INVOICE"][-1:]
        first = [row.number for row in found if row.replaces is None][:1]
        chosen = main or first
    known = {row.number for row in found}
    return sorted({_newest(number, newer) for number in chosen if number in known})


def _newest(number: int, newer: dict[int, int]) -> int:
    while number in newer:
        number = newer[number]
    return number


def over(link: OutsideLink, case: Case, at: datetime) -> Over | None:
    """Say why a link no longer works, or None while it does. Own decisions are told by whoever reads the record."""
    if link.revoked_at is not None or not _is_bound(link):
        return Over.REVOKED
    if case.state is State.WITHDRAWN:
        return Over.WITHDRAWN
    if link.task not in {task.key for task in tasks(case)}:
        is_same = case.revision == link.revision and link.task.startswith(f"{case.round}.")
        return Over.CLOSED if is_same and case.state is not State.REWORK else Over.NEWER_REVISION
    if link.revision != case.revision:
        return Over.NEWER_REVISION
    newer = OutsideLink.objects.filter(case=link.case, person=link.person, number__gt=link.number)
    if newer.exists():
        return Over.NEWER_LINK
    return Over.EXPIRED if at >= link.expires_at else None


def _is_bound(link: OutsideLink) -> bool:
    person = link.person
    same = person.email == link.email and person.kind == PersonKind.EXTERNAL
    return same and person.is_active
