"""Asking people from outside: who is asked what, which files are shared, and what became of their links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from akcept.cases import access, facts, services, store
from akcept.cases.cards import Outcome, PersonChip
from akcept.cases.models import OutsideAsk, OutsideLink
from akcept.cases.outside import links
from akcept.cases.outside.links import Over
from akcept.engine.case import Case
from akcept.engine.guards import judge
from akcept.engine.refusals import InvalidInput, NotAllowed, NotFound
from akcept.engine.verbs import Verb
from akcept.kit import text
from akcept.people import services as people
from akcept.people.askers import Asker
from akcept.people.codes import PersonKind
from akcept.people.fields import PersonFields
from akcept.people.models import Person

LONGEST_QUESTION = 2000


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody from outside as whoever adds them describes them."""

    email: str
    name: str
    position: str = ""
    company: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Shared:
    """What they are asked and which files they see, by number; none: the main one."""

    question: str = ""
    files: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkCard:
    """The last link of somebody from outside on a case; `over` says why it no longer works. Never the link itself."""

    id: UUID
    person: PersonChip
    address: str
    question: str
    files: tuple[int, ...]
    asked_by: PersonChip
    issued_at: datetime
    expires_at: datetime
    code_sent_at: datetime | None
    over: Over | None
    is_waiting: bool
    may_manage: bool


def invite(
    *,
    case_id: UUID,
    by: Asker,
    guest: Guest,
    shared: Shared,
    at: datetime,
    key: str | None = None,
) -> Outcome:
    """Ask somebody from outside to approve as well; the link goes to them when it is their turn.

    Refuses the address of anybody inside, whoever already sits in the round, and files that are not of this case.
    """
    case = _open_to_asking(case_id, by, at)
    with transaction.atomic():
        # What stays of a refusal below is a person without any task.
        person = _found_or_added(guest, by, at)
        if str(person) not in {seat.holder for seat in case.seats}:
            # Nobody else's question to them is overwritten by one that is about to be refused.
            _ask(case_id, person, shared, by)
    return services.ask_outside(case_id=case_id, by=by, person=person, at=at, key=key)


def send_again(
    *, case_id: UUID, by: Asker, person: UUID, at: datetime, shared: Shared | None = None
) -> None:
    """Send somebody whose turn it is a new link, with what is shared now; the one before no longer works."""
    case = _kept(case_id, by, at)
    with transaction.atomic():
        # The case's lock, so that nobody else issues a link meanwhile.
        store.load(case_id, by.id)
        waiting = {guest.id: (guest, task) for guest, task in links.open_tasks(case)}
        if person not in waiting:
            raise NotFound
        if shared is not None:
            _ask(case_id, person, shared, by)
        guest, task = waiting[person]
        if not guest.is_active or not guest.email:
            raise InvalidInput({"email": "REQUIRED"})
        links.issue(case=case, person=guest, task=task, by=by.actor, at=at)


def revoke(*, case_id: UUID, by: Asker, person: UUID, at: datetime) -> None:
    """Let the link of somebody no longer work; their task stays, for somebody else or a new link."""
    _kept(case_id, by, at)
    with transaction.atomic():
        newest = OutsideLink.objects.select_for_update().filter(case_id=case_id, person_id=person)
        link = newest.order_by("-number").first()
        if link is None:
            raise NotFound
        if link.revoked_at is None:
            link.revoked_at = at
            link.save(update_fields=["revoked_at"])
            links.record(link, "OUTSIDE_LINK_REVOKED", by.actor, at)


def links_of(*, case_id: UUID, by: Asker, at: datetime) -> tuple[LinkCard, ...]:
    """Return the last link of everybody from outside on a case."""
    access.check(case_id=case_id, person_id=by.id, at=at)
    rows = OutsideLink.objects.filter(case_id=case_id).select_related("person", "asked_by")
    newest = {row.person_id: row for row in rows.order_by("number")}
    if not newest:
        return ()
    case, may_manage = _managed(case_id, by, at)
    waiting = {guest.id for guest, _ in links.open_tasks(case)}
    return tuple(
        _card(row, case, at, is_waiting=row.person_id in waiting, may_manage=may_manage)
        for row in newest.values()
    )


def link_to_manage(*, case_id: UUID, by: Asker, person: UUID, at: datetime) -> LinkCard:
    """Return the last link of somebody whose turn it is, to whoever may send it again; refuses everybody else."""
    _kept(case_id, by, at)
    for card in links_of(case_id=case_id, by=by, at=at):
        if card.person.id == person and card.is_waiting:
            return card
    raise NotFound


def _card(
    row: OutsideLink, case: Case, at: datetime, *, is_waiting: bool, may_manage: bool
) -> LinkCard:
    return LinkCard(
        id=row.id,
        person=PersonChip(row.person_id, row.person.name, row.person.position),
        address=links.masked(row.email),
        question=row.question,
        files=tuple(row.files),
        asked_by=PersonChip(row.asked_by_id, row.asked_by.name, row.asked_by.position),
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        code_sent_at=row.code_sent_at,
        over=links.over(row, case, at),
        is_waiting=is_waiting,
        may_manage=may_manage,
    )


def _open_to_asking(case_id: UUID, by: Asker, at: datetime) -> Case:
    """Return the case to whoever may ask somebody from outside on it; refuses everybody else."""
    access.check(case_id=case_id, person_id=by.id, at=at)
    loaded = store.read(case_id)
    known = facts.gather(case=loaded.case, actor=str(by.id), command=None, at=at)
    if refusal := judge(Verb.ASK_OUTSIDE, loaded.case, known, at):
        raise refusal
    return loaded.case


def _kept(case_id: UUID, by: Asker, at: datetime) -> Case:
    """Return the case to whoever may see to its links; refuses everybody else."""
    access.check(case_id=case_id, person_id=by.id, at=at)
    case, may_manage = _managed(case_id, by, at)
    if not may_manage:
        raise NotAllowed
    return case


def _managed(case_id: UUID, by: Asker, at: datetime) -> tuple[Case, bool]:
    """Say whether somebody may send links again and revoke them: initiator, route owners, whoever asked."""
    loaded = store.read(case_id)
    known = facts.gather(case=loaded.case, actor=str(by.id), command=None, at=at)
    asked = OutsideAsk.objects.filter(case_id=case_id, by_id=by.id)
    people = {loaded.case.initiator, *loaded.case.wardens, *known.wardens}
    return loaded.case, str(by.id) in people or asked.exists()


def _found_or_added(guest: Guest, by: Asker, at: datetime) -> UUID:
    email = guest.email.strip().lower()
    known = Person.objects.filter(email=email).first() if email else None
    if known is not None and (known.kind != PersonKind.EXTERNAL or not known.is_active):
        raise InvalidInput({"email": "EMAIL_OF_COLLEAGUE"})
    if known is not None:
        return known.id
    if not email:
        raise InvalidInput({"email": "REQUIRED"})
    position = ", ".join(part.strip() for part in (guest.position, guest.company) if part.strip())
    fields = PersonFields(
        name=guest.name,
        email=email,
        kind=PersonKind.EXTERNAL,
        position=position,
        language=guest.language,
        time_zone=by.time_zone,
    )
    return people.add_guest(person=fields, by=by.actor, at=at)


def _ask(case_id: UUID, person: UUID, shared: Shared, by: Asker) -> None:
    try:
        question = text.clean_text(shared.question, max_length=LONGEST_QUESTION, multiline=True)
    except ValueError as error:
        raise InvalidInput({"question": str(error)}) from None
    if len(links.shared(case_id, shared.files)) < len(set(shared.files)):
        raise InvalidInput({"files": "UNKNOWN_ID"})
    OutsideAsk.objects.update_or_create(
        case_id=case_id,
        person_id=person,
        defaults={"question": question, "files": sorted(set(shared.files)), "by_id": by.id},
    )
