"""One life of an invoice through the service layer: create and submit, approve twice, return, correct and resubmit,
approve three times, pay. Nine durable transitions."""

from __future__ import annotations

import time
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import cache

from django.core.management import call_command

from akcept.cases import services
from akcept.cases.cards import Outcome
from akcept.cases.services import CardInput
from akcept.company.models import PayerEntity
from akcept.engine.case import State
from akcept.kit import ids
from akcept.parties.models import Counterparty
from akcept.people.askers import Asker
from akcept.people.models import Person
from bench import floor
from troupe import Cast, assemble

APPROVERS = ("boris", "vera", "gleb")
FAR = date(2099, 12, 31)


@dataclass(frozen=True)
class Staff:
    """Who lives the life, as services know them."""

    cast: Cast
    askers: dict[str, Asker]


def found() -> None:
    """Set the company up in an empty database, and the floor beside it."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    assemble()
    floor.make_tables()


@cache
def staff() -> Staff:
    """Return the people of the company, once in a process."""
    names = [field.name for field in fields(Cast) if field.name not in {"entity", "counterparty"}]
    people = {name: Person.objects.get(email=f"{name}@example.com") for name in names}
    entity, payee = PayerEntity.objects.get(), Counterparty.objects.earliest("created_at")
    cast = Cast(**people, entity=entity.id, counterparty=payee.id)
    return Staff(cast, {name: cast.asks(name) for name in names})


def now() -> datetime:
    """Return the present moment; the bench is a door."""
    return datetime.now(UTC)


def start(staff: Staff) -> Outcome:
    """Create and submit an invoice."""
    issued_on = now().date().isoformat()
    card = staff.cast.card(supplier_number=f"B-{ids.new_id()}", issued_on=issued_on, due_on=None)
    content = CardInput(card, planned=((FAR, 12_000_000),))
    return services.create(
        by=staff.askers["anna"], doctype="INVOICE", content=content, submit=True, at=now()
    )


def approve(staff: Staff, name: str, case: Outcome) -> Outcome:
    """Let one approver consent."""
    return services.approve(
        case_id=case.case_id, by=staff.askers[name], revision=case.revision, at=now()
    )


def give_back(staff: Staff, case: Outcome) -> Outcome:
    """Let the last approver return the invoice."""
    return services.return_for_rework(
        case_id=case.case_id,
        by=staff.askers["gleb"],
        revision=case.revision,
        reasons=["No contract"],
        at=now(),
    )


def correct(staff: Staff, case: Outcome) -> Outcome:
    """Name the contract and send the invoice again."""
    return services.resubmit(
        case_id=case.case_id,
        by=staff.askers["anna"],
        revision=case.revision,
        content=CardInput({"contract": "15/2026"}),
        answers={1: ""},
        at=now(),
    )


def pay(staff: Staff, case: Outcome) -> Outcome:
    """Pay the whole sum."""
    return services.pay(
        case_id=case.case_id,
        by=staff.askers["clara"],
        revision=case.revision,
        minor=12_000_000,
        on=now().date(),
        at=now(),
    )


def live(staff: Staff) -> None:
    """Drive one invoice through its whole life, and make sure that it was paid."""
    case = start(staff)
    for name in APPROVERS[:2]:
        case = approve(staff, name, case)
    case = correct(staff, give_back(staff, case))
    for name in APPROVERS:
        case = approve(staff, name, case)
    if pay(staff, case).state is not State.PAID:
        raise AssertionError(case)


def seconds(lives: int) -> float:
    """Return how long some lives take in this process."""
    everybody = staff()
    started = time.perf_counter()
    for _ in range(lives):
        live(everybody)
    return time.perf_counter() - started


def waiting(count: int) -> list[tuple[str, int]]:
    """Send some invoices for approval and return the id and the revision of each."""
    sent = [start(staff()) for _ in range(count)]
    return [(str(case.case_id), case.revision) for case in sent]
