"""Documents that nobody pays: contracts, budgets and a credit note, each left in a state of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from akcept.cases import services
from akcept.cases.inputs import NewFile
from akcept.cases.services import CardInput
from akcept.engine.case import State
from akcept.project.demo import papers
from akcept.project.demo.bills import Bill
from akcept.project.demo.founding import ENTITIES
from akcept.project.demo.staff import MOSCOW
from akcept.project.demo.timeline import Story
from akcept.project.demo.world import HIRES, World


@dataclass(frozen=True, slots=True)
class Errand:
    """One document: who sends it how many working days before the end, how far it comes, and what is said."""

    doctype: str
    who: str
    days_ago: int
    ending: State
    title: str
    amount: int
    centre: str
    supplier: str = ""
    number: str = ""
    said: str = ""
    comment: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


ERRANDS = (
    Errand("CONTRACT", "anna", 41, State.APPROVED, "Outdoor screens, frame agreement for the winter",
           180_000_000, "MKT", "mediagora", "МП-26/102", more={"valid_until": "2027-12-31"}),
    Errand("CONTRACT", "kirill", 9, State.REWORK, "Облачные серверы: новый договор с хостингом",
           94_000_000, "ITD", "hostara", "ОБЛ-5120", said="В п. 2 нет срока для уведомления о росте цен. Добавьте 60 дней.",
           more={"valid_until": "2027-12-31"}),
    Errand("CONTRACT", "anna", 2, State.IN_APPROVAL, "Search advertising for the next year",
           210_000_000, "MKT", "klikmetrika", "КД-140", more={"valid_until": "2027-12-31"}),
    Errand("CONTRACT", "maria", 1, State.DRAFT, "Уборка офиса, продление", 36_000_000, "ADM", "uborka",
           "КЛ-15/2027", more={"valid_until": "2027-12-31"}),
    Errand("BUDGET", "anna", 33, State.APPROVED, "Marketing, fourth quarter", 640_000_000, "MKT",
           comment="Eight per cent below the third quarter: no second trade fair.",
           more={"period_from": "2026-10-01", "period_to": "2026-12-31"}),
    Errand("BUDGET", "kirill", 12, State.REJECTED, "ИТ, обновление серверной", 870_000_000, "ITD",
           said="В этом году серверную не трогаем: вернёмся к вопросу после переезда.",
           more={"period_from": "2026-11-01", "period_to": "2027-03-31"}),
    Errand("BUDGET", "maria", 3, State.IN_APPROVAL, "АХО, первый квартал", 158_000_000, "ADM",
           comment="Рост 4 %: вода и уборка подорожали с октября.",
           more={"period_from": "2027-01-01", "period_to": "2027-03-31"}),
    Errand("CREDIT_NOTE", "maria", 6, State.APPROVED, "Офисия вернула деньги за бракованную бумагу",
           1_240_000, "ADM", "ofisia", "КН-17"),
)  # fmt: skip


def errands(world: World) -> list[Story]:
    """Return the stories of all of them."""
    return [_tell(world, errand) for errand in ERRANDS]


def _tell(world: World, errand: Errand) -> Story:
    timeline = world.timeline
    day = timeline.calendar.add_working_days(timeline.until.date(), -errand.days_ago)
    now = min(datetime.combine(day, time(8, 10), UTC), timeline.until - timedelta(hours=3))
    yield now
    by = world.company.askers[errand.who]
    outcome = services.create(
        by=by,
        doctype=errand.doctype,
        content=CardInput(_card(world, errand, day), files=_files(world, errand, now)),
        submit=errand.ending is not State.DRAFT,
        at=now,
    )
    approvals = {State.APPROVED: 99, State.REJECTED: 1}.get(errand.ending, 0)
    while outcome.state is State.IN_APPROVAL:
        holder = world.holder(outcome.case_id, at=now)
        if holder is None or (not approvals and not errand.said):
            return
        yield (now := timeline.later(now, 3.5, HIRES[holder].zone))
        act: dict[str, Any] = {
            "case_id": outcome.case_id,
            "by": world.company.askers[holder],
            "revision": outcome.revision,
            "at": now,
        }
        if approvals:
            outcome, approvals = services.approve(**act), approvals - 1
        elif errand.ending is State.REJECTED:
            outcome = services.reject(reason=errand.said, **act)
        else:
            outcome = services.return_for_rework(reasons=[errand.said], **act)


def _card(world: World, errand: Errand, day: date) -> dict[str, Any]:
    lines = world.company.lines
    card: dict[str, Any] = {
        "title": errand.title,
        "comment": errand.comment,
        "amount": errand.amount,
        "currency": "RUB",
        "entity": str(world.company.entities[MOSCOW]),
        "cost_centre": str(lines[f"COST_CENTRE:{errand.centre}"]),
        "approval_type": "HIERARCHY",
    }
    if errand.supplier:
        card |= {
            "counterparty": str(world.known[errand.supplier].id),
            "supplier_number": errand.number,
            "issued_on": day.isoformat(),
        }
    return card | dict(errand.more)


def _files(world: World, errand: Errand, now: datetime) -> tuple[NewFile, ...]:
    """Print the contract; what goes with budgets and credit notes may be left out."""
    if errand.doctype != "CONTRACT":
        return ()
    supplier = world.known[errand.supplier].supplier
    named = replace(supplier, said={**supplier.said, "contract": errand.number})
    bill = Bill(named, ENTITIES[MOSCOW], errand.number, now.date(), now.date(), ())
    paper = replace(papers.contract(bill, day=now.date()), purpose="INVOICE")
    return (world.press.printed(paper, by=world.company.people[errand.who], at=now),)
