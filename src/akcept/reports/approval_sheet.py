"""The approval sheet of a document as PDF: what was asked, who decided what and when, and how to prove it.

Set by typst; what stands on it is data, never part of the template. It tells nothing of its reader or of the moment
it was made, so the same head of the journal in the same language gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import typst
from django.utils import timezone
from django.utils.translation import get_language, pgettext

from akcept.cases import ballots, sheets
from akcept.cases import queries as cases
from akcept.cases.cards import CaseCard, FileCard, SeatCard
from akcept.cases.sheets import Decision, SheetCard
from akcept.doctypes.cards import TypeCard
from akcept.engine.case import SeatState, Why
from akcept.people.askers import Asker
from akcept.wording import dates, documents, money, purposes, states
from akcept.wording.details import details, exceptions, field_label, field_value

TEMPLATE = Path(__file__).with_name("approval_sheet.typ")
# What stands in rows of its own or has no place on paper.
NOT_LISTED = frozenset(
    {"title", "comment", "currency", "choice", "payment_purpose", "payment_order_required"}
)
Words = dict[str, object]


def pdf(*, by: Asker, case_id: UUID, at: datetime) -> tuple[str, bytes]:
    """Return the name and the contents of the sheet, in the reader's language; refuses who may not see the case."""
    sheet = cases.sheet(by=by, case_id=case_id, at=at)
    with timezone.override(ZoneInfo(sheet.time_zone)):
        content = _printed(_data(sheet), sheet.recorded_at)
    label = documents.label(sheet.card.row.type, sheet.card.row.number)
    name = pgettext("sheet", "Approval sheet, %(document)s") % {"document": label}
    return f"{name}.pdf", content


def _printed(data: Words, at: datetime) -> bytes:
    made = typst.compile(
        str(TEMPLATE),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        timestamp=int(at.timestamp()),
    )
    assert isinstance(made, bytes)
    return made


def _data(sheet: SheetCard) -> Words:
    row = sheet.card.row
    label = documents.label(row.type, row.number)
    return {
        "lang": "ru" if get_language() == "ru" else "en",
        "entity": row.entity,
        "title": pgettext("sheet", "Approval sheet"),
        "document": label,
        "subject": " · ".join(part for part in (row.title, row.counterparty) if part),
        "state": pgettext("sheet", "State: %(state)s") % {"state": states.words(row.state)},
        "requisites": [[name, text] for name, text in _requisites(sheet) if text],
        "route": _route(sheet),
        "seats": list(_seats(sheet)),
        "earlier": [
            _decision(one, sheet.card.row.type)
            for one in sheet.decisions
            if _is_earlier(one, sheet)
        ],
        "exceptions": list(_exceptions(sheet)),
        "files": [_file(file, sheet.card.row.type) for file in sheet.card.files],
        "proof": _proof(sheet),
        "hash": sheet.head_hash,
        "footer": f"{label} · {sheet.head_hash[:16]}",
        "words": _words(sheet),
    }


def _words(sheet: SheetCard) -> Words:
    return {
        "document": pgettext("sheet", "Document"),
        "approval": pgettext("sheet", "Approval"),
        "who": pgettext("sheet", "Name, position"),
        "decision": pgettext("sheet", "Decision"),
        "when": pgettext("sheet", "Date, time"),
        "remark": pgettext("sheet", "Remarks"),
        "zone": pgettext("sheet", "Times are of the payer: %(zone)s.") % {"zone": sheet.time_zone},
        "number": pgettext("sheet", "No."),
        "nobody": pgettext("sheet", "The document has not been sent for approval."),
        "earlier": pgettext("sheet", "Earlier decisions"),
        "round": pgettext("sheet", "Round"),
        "exceptions": pgettext("sheet", "Exceptions from separate duties"),
        "files": pgettext("sheet", "Files"),
        "file": pgettext("sheet", "File, SHA-256"),
        "purpose": pgettext("sheet", "Purpose"),
        "proof": pgettext("sheet", "Record"),
        "page": pgettext("sheet", "page"),
        "of": pgettext("sheet", "of"),
        "certified": pgettext("sheet", "Agrees with the record"),
        "signature": pgettext("sheet", "position, signature, name, date"),
    }


def _requisites(sheet: SheetCard) -> Iterator[tuple[str, str]]:
    card, row = sheet.card, sheet.card.row
    yield field_label("title", row.type), row.title
    yield field_label("comment", row.type), row.comment
    for code in card.fields:
        if code not in NOT_LISTED:
            yield field_label(code, row.type), _value(card, code)
    planned = "; ".join(
        f"{dates.day(one.on)}: {money.amount(one.amount)}"
        if len(card.planned) > 1
        else dates.day(one.on)
        for one in card.planned
    )
    yield pgettext("sheet", "Planned payment"), planned
    initiator = row.initiator
    yield pgettext("sheet", "Initiator"), _person(initiator.name, initiator.position)
    yield pgettext("sheet", "Entered"), dates.moment(row.created_at)
    yield pgettext("sheet", "Revision, round"), f"{card.revision}, {card.round}"


def _value(card: CaseCard, code: str) -> str:
    value = card.values.get(code)
    if value in (None, "", [], (), False):
        return ""
    if code == "account" and card.account:
        parts = (card.account.number, card.account.bank_name, card.account.bic)
        return " · ".join(part for part in parts if part)
    names: dict[str, str] = {}
    for entry in card.history:
        names |= entry.names
    return field_value(code, value, type=card.row.type, currency=card.row.currency, names=names)


def _route(sheet: SheetCard) -> str:
    if sheet.route is None:
        return ""
    name = sheet.route.name_ru if get_language() == "ru" else sheet.route.name_en
    told = {"name": name, "number": sheet.route_number}
    return pgettext("sheet", "Route: %(name)s, version %(number)s") % told


def _seats(sheet: SheetCard) -> Iterator[Words]:
    decided = sheets.by_seat(sheet)
    # Whoever was added on the way has the last id, and stands where they were put.
    places = {seat.id: place for place, seat in enumerate(sheet.card.seats, 1)}
    for seat in sheet.card.seats:
        one = decided.get(seat.id)
        if one is not None and seat.state is not SeatState.COVERED:
            yield _decision(one, sheet.card.row.type, seat) | {"number": places[seat.id]}
        else:
            yield _undecided(seat, places)


def _undecided(seat: SeatCard, places: Mapping[int, int]) -> Words:
    said = states.seat(seat.state)
    if seat.covered_by is not None:
        said = pgettext("sheet", "covered by No. %(number)s") % {
            "number": places.get(seat.covered_by, seat.covered_by)
        }
    return {
        "number": places[seat.id],
        "who": seat.person.name if seat.person else pgettext("sheet", "to be named"),
        "position": seat.person.position if seat.person else "",
        "marks": list(_replaced(seat)),
        "decision": said,
        "is_made": False,
        "at": "",
        "remarks": [],
    }


def _is_earlier(one: Decision, sheet: SheetCard) -> bool:
    """Say whether a decision is of an earlier round, was taken back, or is about paying and not about a seat."""
    return one.entry not in [row.entry for row in sheets.by_seat(sheet).values()]


def _decision(one: Decision, type: TypeCard, seat: SeatCard | None = None) -> Words:
    entry = one.entry
    return {
        "number": one.round,
        "who": entry.actor.name if entry.actor else "",
        "position": one.position,
        "marks": list(_marks(one, seat)),
        "decision": _outcome(one),
        "is_made": True,
        "at": dates.moment(entry.at),
        "remarks": [line.text for line in details(entry, type=type)],
    }


def _outcome(one: Decision) -> str:
    said = {
        "APPROVED": states.seat(SeatState.APPROVED),
        "RETURNED": states.seat(SeatState.RETURNED),
        "REJECTED": states.seat(SeatState.REJECTED),
        "PAYMENT_REFUSED": pgettext("sheet", "refused to pay"),
    }[one.entry.kind]
    taken_back = pgettext("sheet", "taken back")
    return f"{said} ({taken_back})" if one.taken_back else said


def _marks(one: Decision, seat: SeatCard | None) -> Iterator[str]:
    """Say what is out of the ordinary about who decided and how."""
    if one.entry.acting_for:
        name = {"name": one.entry.acting_for.name}
        yield pgettext("sheet", "acting for %(name)s") % name
    if one.under and one.under.order_number:
        told: dict[str, str] = {"number": one.under.order_number, "day": "—"}
        if one.under.order_date:
            told["day"] = dates.day(one.under.order_date)
        yield pgettext("sheet", "order No. %(number)s of %(day)s") % told
    if one.entry.data.get("is_override"):
        yield pgettext("sheet", "OVERRIDE of the route")
        if seat and seat.person:
            yield pgettext("sheet", "in the place of %(name)s") % {"name": seat.person.name}
    if seat:
        yield from _replaced(seat)
    if one.entry.auth == ballots.E_MAIL_CODE:
        yield pgettext("sheet", "from outside, confirmed by a code sent to their e-mail")


def _replaced(seat: SeatCard) -> Iterator[str]:
    """Say that somebody was put here by override, and in whose place."""
    if seat.why == Why.REPLACED and seat.instead_of:
        name = {"name": seat.instead_of.name}
        yield pgettext("sheet", "put here by OVERRIDE instead of %(name)s") % name


def _exceptions(sheet: SheetCard) -> Iterator[Words]:
    """Say who paid by an exception from separate duties, once for each."""
    told = set()
    for entry in sheet.card.history:
        for said in exceptions(entry):
            who = entry.actor.name if entry.actor else ""
            if (who, said) not in told:
                told.add((who, said))
                yield {"who": who, "at": dates.moment(entry.at), "said": said}


def _file(file: FileCard, type: TypeCard) -> Words:
    name = file.name
    if file.is_main:
        name = pgettext("sheet", "%(name)s (main file)") % {"name": name}
    elif not file.is_current:
        name = pgettext("sheet", "%(name)s (replaced)") % {"name": name}
    version = pgettext("sheet", "version %(number)s") % {"number": file.version}
    return {
        "name": name,
        "purpose": f"{purposes.words(file.purpose, type)}, {version}",
        "sha256": file.sha256,
    }


def _proof(sheet: SheetCard) -> str:
    told: Mapping[str, object] = {
        "number": sheet.head_number,
        "at": dates.moment(sheet.recorded_at),
        "id": sheet.card.row.id,
    }
    return (
        pgettext(
            "sheet",
            "Made from the journal of document %(id)s as of entry %(number)s (%(at)s). Its hash follows from all entries "
            "before it; verify.py proves it from an export of the journal.",
        )
        % told
    )


def _person(name: str, position: str) -> str:
    return f"{name}, {position}" if position else name
