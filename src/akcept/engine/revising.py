"""Changes of the card and its files: which of them void what was approved, and who may make them then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine import gates
from akcept.engine import refusals as no
from akcept.engine.case import MAIN, Case, Planned, State
from akcept.engine.doctypes import DocumentType, FieldKind, purpose_of
from akcept.engine.events import Events
from akcept.engine.facts import Facts
from akcept.engine.fingerprint import material_fields
from akcept.engine.guards import author, judge
from akcept.engine.money import digits
from akcept.engine.values import Json, Private
from akcept.engine.verbs import Verb

BEING_WRITTEN = frozenset({State.DRAFT, State.REWORK})
Pairs = tuple[tuple[date, int], ...]


def planned_rows(pairs: Pairs) -> tuple[Planned, ...]:
    """Number the planned payments; the date planned first is remembered."""
    return tuple(
        Planned(index, on, minor, first_on=on) for index, (on, minor) in enumerate(pairs, 1)
    )


def private(doctype: DocumentType, card: Mapping[str, Json]) -> dict[str, Json]:
    """Mark the free texts of a card, so that the journal keeps them erasable."""
    return {
        code: Private(value)
        if isinstance(value, str)
        and (field := doctype.fields.get(code))
        and field.kind is FieldKind.TEXT
        else value
        for code, value in card.items()
    }


def revise(case: Case, command: do.Revise, facts: Facts, at: datetime) -> Events:
    """Change fields or planned payments; a change that changes nothing leaves no trace."""
    new = private(facts.doctype, command.changes)
    old = private(facts.doctype, {code: case.card.get(code) for code in new})
    changes = {code: ev.Change(old[code], new[code]) for code in new if old[code] != new[code]}
    pairs = tuple((row.on, row.minor) for row in case.planned)
    wanted = pairs if command.planned is None else command.planned
    planned = None if wanted == pairs else planned_rows(wanted)
    if not changes and planned is None:
        return ()
    # What a type has come to demand since is asked of who writes the document, not of who corrects a detail later.
    asked = None if case.state in BEING_WRITTEN else frozenset(changes)
    gates.check_save(facts.doctype, {**case.card, **new}, wanted, only=asked)
    heavy = {code for code in changes if code in material_fields(case, facts.doctype)}
    voiding = {code for code in heavy if not _is_tolerable(case, code, changes[code])}
    is_material = bool(voiding) or _sums(pairs) != _sums(wanted)
    _may_touch(case, facts, at, is_material=is_material)
    if case.state is State.TO_PAY and planned is not None and not is_material:
        raise no.NotYourTurn  # Planned dates are moved by payers then, with Postpone.
    tolerated = {} if is_material else {code: _signed(case, code) for code in sorted(heavy)}
    return (ev.Revised(case.revision + 1, changes, planned, is_material, tolerated),)


def _sums(pairs: Pairs) -> list[int]:
    return sorted(minor for _, minor in pairs)


def _signed(case: Case, code: str) -> Json:
    return case.tolerated.get(code, case.card.get(code))


def _is_tolerable(case: Case, code: str, change: ev.Change) -> bool:
    """A VAT correction within rounding is not material; ticking "payment order required" only adds a demand."""
    if code == "payment_order_required":
        return change.new is True
    # Against what was signed, or many small corrections would add up to a large one.
    return code == "vat" and _is_rounding(_signed(case, code), change.new, case.currency)


def _is_rounding(old: Json, new: Json, currency: str) -> bool:
    """Same rates, same total, and the tax differs by less than one whole unit of the currency."""
    before, after = _vat(old), _vat(new)
    if before.rates != after.rates or before.total != after.total:
        return False
    one_unit: int = 10 ** digits(currency)
    return abs(after.tax - before.tax) <= one_unit


@dataclass(frozen=True, slots=True)
class _Vat:
    rates: list[str]
    total: int
    tax: int


def _vat(lines: Json) -> _Vat:
    rates, total, tax = [], 0, 0
    for line in lines if isinstance(lines, (list, tuple)) else ():
        assert isinstance(line, Mapping)
        rates.append(str(line["rate"]))
        tax += int(str(line["tax"]))
        total += int(str(line["base"])) + int(str(line["tax"]))
    return _Vat(sorted(rates), total, tax)


def _may_touch(case: Case, facts: Facts, at: datetime, *, is_material: bool) -> None:
    if not is_material:
        return
    if case.is_paying:
        raise no.PaymentStarted
    if case.hold:
        raise no.OnHold(case.hold.until)
    if refusal := author(case, facts, at):
        raise refusal


def attach(case: Case, command: do.Attach, facts: Facts, at: datetime) -> Events:
    """Add a file. Where it is what is approved, another one is a material change, and so is the first one that
    approvers did not see."""
    if command.purpose not in _decisive(case, facts):
        return (attached(case, command),)
    if refusal := judge(Verb.REVISE, case, facts, at):
        raise refusal
    was_sent = case.round > 0
    newest = case.newest(command.purpose)
    is_material = newest != command.sha256 and (was_sent or newest is not None)
    _may_touch(case, facts, at, is_material=is_material)
    return (attached(case, command, revised=is_material),)


def _decisive(case: Case, facts: Facts) -> set[str]:
    """Return the purposes of files that belong to what is approved."""
    return {MAIN, *map(purpose_of, material_fields(case, facts.doctype))}


def attached(case: Case, command: do.Attach, *, revised: bool = False) -> ev.FileAttached:
    """Return the event of a new file, numbered and versioned after what is there.

    Refuses a version of a file of another purpose: it would hide the invoice that was approved and be none.
    """
    same = [row for row in case.attachments if row.purpose == command.purpose]
    replaced = next((row for row in same if row.id == command.replaces), None)
    if command.replaces is not None and replaced is None:
        raise no.NotFound
    return ev.FileAttached(
        id=1 + max((row.id for row in case.attachments), default=0),
        purpose=command.purpose,
        sha256=command.sha256,
        name=command.name,
        version=replaced.version + 1 if replaced else 1,
        revision=case.revision + int(revised),
        is_material=revised,
        replaces=command.replaces,
    )
