"""A case as one line of any list: named, dated, with its badges and who has it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from akcept.cases.cards import CaseRow
from akcept.doctypes.cards import FieldCard
from akcept.doctypes.codes import INVOICE
from akcept.engine.case import SeatState, State
from akcept.engine.money import Money
from akcept.people import names
from akcept.people.askers import Asker
from akcept.web.present import acts
from akcept.wording import documents
from akcept.wording.details import field_value, label_of

DOTS = {
    SeatState.APPROVED: "done",
    SeatState.COVERED: "skipped",
    SeatState.NOT_NEEDED: "skipped",
    SeatState.RETURNED: "returned",
    SeatState.REJECTED: "rejected",
    SeatState.WAITING: "upcoming",
}


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What a list shows of a case; `label` is "Invoice 49", `kind` says what it is where that is no invoice, `title` adds what it was called or, failing that, the payee."""

    id: UUID
    number: int
    kind: str
    url: str
    label: str
    title: str
    named: str
    counterparty: str
    counterparty_id: UUID | None
    comment: str
    supplier_number: str
    amount: Money | None
    entity: str
    initiator: str
    initiator_id: UUID
    state: str
    badges: list[tuple[str, str]]
    issued_on: date | None
    planned_on: date | None
    due_on: date | None
    created_at: datetime
    files: int
    now_with: str
    since: datetime | None
    late: bool
    dots: list[str] = field(default_factory=list)
    step: int = 0
    own: list[tuple[str, str]] = field(default_factory=list)


def case_line(
    row: CaseRow, *, by: Asker, seats: Sequence[SeatState] = (), own: Sequence[FieldCard] = ()
) -> CaseLine:
    """Return the line of a case; with the seats of its round, also how far it has got; with what own fields hold."""
    label = documents.label(row.type, row.number)
    dots = _dots(row.state, seats) if seats else []
    return CaseLine(
        id=row.id,
        number=row.number,
        kind="" if row.type.code == INVOICE else documents.name(row.type),
        url=acts.case_url(row.id),
        label=label,
        title=documents.titled(row.type, row.number, about=row.title or row.counterparty),
        named=row.title,
        counterparty=row.counterparty,
        counterparty_id=row.counterparty_id,
        comment=row.comment,
        supplier_number=row.supplier_number,
        amount=row.amount,
        entity=row.entity,
        initiator=row.initiator.name,
        initiator_id=row.initiator.id,
        state=row.state.value,
        badges=badges(row),
        issued_on=row.issued_on,
        planned_on=row.planned_on,
        due_on=row.due_on,
        created_at=row.created_at,
        files=row.files,
        now_with=now_with(row, by),
        since=min((holder.since for holder in row.now_with), default=None),
        late=row.is_overdue,
        dots=dots,
        step=next((n for n, dot in enumerate(dots, 1) if dot == "current"), len(dots)),
        own=[(label_of(one), _own(row, one)) for one in own],
    )


def _own(row: CaseRow, one: FieldCard) -> str:
    value = row.own.get(one.code)
    return field_value(one.code, value, type=row.type, currency="", names=row.names)


def badges(row: CaseRow) -> list[tuple[str, str]]:
    """Return the badges of a case as codes of `statuses` with what follows their words."""
    told = [
        ("OVERDUE", row.is_overdue, ""),
        ("HELD", row.is_held, ""),
        ("SENT", row.is_sent, ""),
        ("PARTLY_PAID", row.is_partly_paid, ""),
        ("MOVED", row.moves > 0, f"×{row.moves}"),
        ("ASKS_YOU", row.asks_reader, ""),
        ("ASKED", row.has_question and not row.asks_reader, ""),
        ("UNREAD", row.unread > 0, str(row.unread)),
    ]
    return [(code, extra) for code, is_so, extra in told if is_so]


def now_with(row: CaseRow, by: Asker) -> str:
    """Name who has the case now: the reader first, the others counted."""
    people = {holder.person.id: names.initialled(holder.person.name) for holder in row.now_with}
    if not people:
        return ""
    first = _("you") if by.id in people else next(iter(people.values()))
    others = len(people) - 1
    if not others:
        return first
    more = ngettext("%(name)s and %(n)d more", "%(name)s and %(n)d more", others)
    return more % {"name": first, "n": others}


def _dots(state: State, seats: Sequence[SeatState]) -> list[str]:
    dots = [DOTS[seat] for seat in seats]
    if state is State.IN_APPROVAL and "upcoming" in dots:
        dots[dots.index("upcoming")] = "current"
    paying = {State.TO_PAY: "current", State.PAID: "done"}
    return [*dots, paying.get(state, "upcoming")]
