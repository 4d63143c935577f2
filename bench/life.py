"""One life of an invoice through the service layer: create and submit, approve twice, return, correct and resubmit,
approve three times, pay. Nine durable transitions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

from akcept.cases import services
from akcept.cases.cards import Outcome
from akcept.cases.services import CardInput
from akcept.engine.case import State
from akcept.people.askers import Asker
from troupe import Cast

APPROVERS = ("boris", "vera", "gleb")
numbers = count(1)


@dataclass(frozen=True)
class Staff:
    """Who lives the life, as services know them."""

    cast: Cast
    askers: dict[str, Asker]

    @staticmethod
    def of(cast: Cast) -> Staff:
        """Return the people of a cast."""
        names = ("anna", "clara", *APPROVERS)
        return Staff(cast, {name: cast.asks(name) for name in names})


def now() -> datetime:
    """Return the present moment; the bench is a door."""
    return datetime.now(UTC)


def start(staff: Staff) -> Outcome:
    """Create and submit an invoice."""
    today = date.today()  # noqa: DTZ011
    card = staff.cast.card(
        supplier_number=f"B-{next(numbers)}", issued_on=today.isoformat(), due_on=None
    )
    content = CardInput(card, planned=((date.max.replace(year=2099), 12_000_000),))
    return services.create(
        by=staff.askers["anna"], doctype="INVOICE", content=content, submit=True, at=now()
    )


def approve(staff: Staff, name: str, case: Outcome) -> Outcome:
    """Let one approver consent."""
    return services.approve(
        case_id=case.case_id, by=staff.askers[name], revision=case.revision, at=now()
    )


def live(staff: Staff) -> None:
    """Drive one invoice through its whole life, and make sure that it was paid."""
    case = start(staff)
    for name in APPROVERS[:2]:
        case = approve(staff, name, case)
    case = services.return_for_rework(
        case_id=case.case_id,
        by=staff.askers["gleb"],
        revision=case.revision,
        reasons=["No contract"],
        at=now(),
    )
    case = services.resubmit(
        case_id=case.case_id,
        by=staff.askers["anna"],
        revision=case.revision,
        content=CardInput({"contract": "15/2026"}),
        answers={1: ""},
        at=now(),
    )
    for name in APPROVERS:
        case = approve(staff, name, case)
    case = services.pay(
        case_id=case.case_id,
        by=staff.askers["clara"],
        revision=case.revision,
        minor=12_000_000,
        on=now().date(),
        at=now(),
    )
    assert case.state is State.PAID
