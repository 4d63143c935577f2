"""Whom a document would go to, asked before it is sent and while it is still being typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from akcept.cases import access, facts, inputs, naming, rows, world
from akcept.cases.cards import PersonChip, RoutePreview, SeatCard, SkippedCard
from akcept.cases.models import Case as Row
from akcept.cases.reading import stage_cards
from akcept.cases.services import CardInput
from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import TypeCard
from akcept.engine import commands as do
from akcept.engine.case import Case, Seat
from akcept.engine.decide import preview as resolve
from akcept.engine.refusals import Refusal
from akcept.engine.revising import planned_rows
from akcept.engine.values import Json
from akcept.kit import ids
from akcept.people.askers import Asker
from akcept.routes import queries as routes


def preview(
    *,
    by: Asker,
    content: CardInput,
    at: datetime,
    doctype: str = "INVOICE",
    case_id: UUID | None = None,
) -> RoutePreview:
    """Return whom the document will go to as it stands; what would be refused comes as `refusal`."""
    type_ = doctypes.type_card(code=doctype)
    card = inputs.completed(type_=type_, card=content.card, by=by)
    try:
        case = _imagined(by, type_, replace(content, card=card), case_id, at)
        known = facts.gather(case=case, actor=str(by.id), command=do.Submit(None), at=at)
        version, resolution = resolve(case, known)
    except Refusal as refusal:
        return RoutePreview("", "", (), (), (), refusal)
    payers = facts.payers(known, version)
    people = naming.chips(
        [
            *(seat.holder for seat in resolution.seats),
            *(seat.instead_of for seat in resolution.seats),
            *(row.person for row in resolution.skipped),
            *payers,
        ]
    )
    route = routes.route_card(code=version.route)
    return RoutePreview(
        route_en=route.name_en,
        route_ru=route.name_ru,
        seats=tuple(_seat(seat, people) for seat in resolution.seats),
        skipped=tuple(SkippedCard(people[row.person], row.why) for row in resolution.skipped),
        stages=stage_cards(resolution.terms, resolution.seats),
        payers=tuple(people[person] for person in payers if person in people),
        is_paid=type_.ends_in_payment,
    )


def _seat(seat: Seat, people: Mapping[str, PersonChip]) -> SeatCard:
    return SeatCard(
        id=seat.id,
        person=people.get(seat.holder or ""),
        why=seat.why,
        instead_of=people.get(seat.instead_of or ""),
        state=seat.state,
        is_current=False,
        by=None,
        decided_at=None,
        since=None,
        remark="",
        covered_by=seat.covered_by,
        stage=seat.stage,
        is_outside=seat.is_outside,
    )


def _imagined(
    by: Asker, type_: TypeCard, content: CardInput, case_id: UUID | None, at: datetime
) -> Case:
    """Return the case as it would be; what a route does not read may still be missing."""
    if case_id is not None:
        access.check(case_id=case_id, person_id=by.id, at=at)
        case = rows.unpack(Row.objects.values_list("fold", flat=True).get(id=case_id))
        planned = case.planned if content.planned is None else planned_rows(content.planned)
        return replace(case, card={**case.card, **content.card}, planned=planned)
    typed = {code: value for code, value in content.card.items() if value not in (None, "")}
    asked: dict[str, Json] = {"counterparty": str(world.NOBODY), **typed}
    # A sum still to be typed counts as small; where none is demanded, none may be what is meant.
    if any(field.code == "amount" and field.required_at for field in type_.used):
        asked.setdefault("amount", 1)
    initiator = str(by.id)
    return Case(
        id=str(ids.new_id()),
        doctype=type_.code,
        number=0,
        initiator=initiator,
        card=asked,
        authors=(initiator,),
    )
