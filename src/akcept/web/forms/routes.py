"""A route as it is typed: conditions as rows, stages as cards, all of it kept whatever button was pressed.

Names in the form: "cond" lists the rows of conditions, "stage" the cards in their order; what belongs to row 0 of the
route is c0_field, c0_op, c0_value; to card 1 s1_who, s1_people; to row 0 of card 1 s1_c0_field. Whatever stands in the
picker of a list of people joins the list with the next press of anything.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from akcept.engine.refusals import InvalidInput
from akcept.engine.routes import (
    AtDeadline,
    Condition,
    How,
    OnReturn,
    Op,
    Reach,
    RouteVersion,
    Stage,
    Who,
)
from akcept.people import queries as people
from akcept.routes import definitions
from akcept.web.forms import typed
from akcept.web.forms.picking import Picked
from akcept.web.forms.route_fields import Kind, Readable
from akcept.web.reading import key as id_of
from akcept.wording import fields as words

MOST_ROWS = 30
MOST_STAGES = 30
PERSON_LISTS = ("people", "pool")
VOUCHED = ("amount", "currency", "counterparty", "account", "contract", "entity", "category", "cost_centre", "project", "comment")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One condition as typed: `values` chosen from a list, or `text` of an amount or a number."""

    field: str = "amount"
    op: str = Op.AT_LEAST
    values: tuple[str, ...] = ()
    text: str = ""
    picked: Picked = dataclasses.field(default_factory=Picked)
    error: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One stage as typed."""

    code: str
    name_en: str = ""
    name_ru: str = ""
    who: str = Who.NAMED
    people: tuple[str, ...] = ()
    pool: tuple[str, ...] = ()
    picked: Mapping[str, Picked] = dataclasses.field(default_factory=dict)
    role: str = ""
    department: str = ""
    reach: str = Reach.TOP
    levels: str = ""
    how: str = How.IN_TURN
    needed: str = ""
    hours: str = ""
    at_deadline: str = AtDeadline.REMIND
    on_return: str = OnReturn.STOP
    needs_remark: bool = False
    needs_file: bool = False
    vouches_for: tuple[str, ...] = ()
    conditions: tuple[Row, ...] = ()
    errors: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sketch:
    """Everything on the page of a route."""

    conditions: tuple[Row, ...] = ()
    stages: tuple[Card, ...] = ()
    payer_role: str = ""
    resumes: bool = False
    partial_rework: bool = False

    @property
    def errors(self) -> list[str]:
        """Return what cannot be understood, in words."""
        rows = [row.error for row in self.conditions]
        for stage in self.stages:
            rows += [*(row.error for row in stage.conditions), *stage.errors.values()]
        return [error for error in rows if error]


def from_version(version: RouteVersion, currency: str) -> Sketch:
    """Return a version as the page shows it."""
    return Sketch(
        conditions=tuple(_row_of(row, currency) for row in version.conditions),
        stages=tuple(_card_of(stage, currency) for stage in version.stages),
        payer_role=version.payer_role,
        resumes=version.resumes,
        partial_rework=version.partial_rework,
    )


def _row_of(row: Condition, currency: str) -> Row:
    numbers = [value for value in row.values if isinstance(value, int)]
    if not numbers:
        return Row(row.field, row.op, tuple(str(value) for value in row.values))
    text = typed.plain(numbers[0], currency) if row.field == "amount" else str(numbers[0])
    return Row(row.field, row.op, text=text)


def _card_of(stage: Stage, currency: str) -> Card:
    return Card(
        code=stage.code,
        name_en=stage.name_en,
        name_ru=stage.name_ru,
        who=stage.who,
        people=stage.people,
        pool=stage.pool,
        role=stage.role,
        department=stage.department or "",
        reach=stage.reach,
        levels=str(stage.levels or ""),
        how=stage.how,
        needed=str(stage.needed or ""),
        hours=str(stage.hours or ""),
        at_deadline=stage.at_deadline,
        on_return=stage.on_return,
        needs_remark=stage.needs_remark,
        needs_file=stage.needs_file,
        vouches_for=stage.vouches_for,
        conditions=tuple(_row_of(row, currency) for row in stage.conditions),
    )


def read(data: QueryDict) -> Sketch:
    """Return what stands on the page, in the order in which it stands there."""
    return Sketch(
        conditions=_rows(data, ""),
        stages=tuple(_card(data, f"s{key}_") for key in _keys(data, "stage", MOST_STAGES)),
        payer_role=data.get("payer_role", ""),
        resumes="resumes" in data,
        partial_rework="partial_rework" in data,
    )


def _keys(data: QueryDict, name: str, most: int) -> list[str]:
    found = dict.fromkeys(key for key in data.getlist(name) if key.isascii() and key.isdigit())
    return list(found)[:most]


def _rows(data: QueryDict, prefix: str) -> tuple[Row, ...]:
    return tuple(_row(data, f"{prefix}c{key}_") for key in _keys(data, f"{prefix}cond", MOST_ROWS))


def _row(data: QueryDict, prefix: str) -> Row:
    values = [value for value in data.getlist(f"{prefix}value") if value]
    picked = Picked(data.get(f"{prefix}pick", ""), data.get(f"{prefix}pick_text", "").strip())
    if id_of(picked.value):
        values, picked = [*values, picked.value], Picked()
    return Row(
        field=data.get(f"{prefix}field", ""),
        op=data.get(f"{prefix}op", ""),
        values=tuple(dict.fromkeys(values)),
        text=data.get(f"{prefix}text", "").strip(),
        picked=picked,
    )


def _card(data: QueryDict, prefix: str) -> Card:
    def text(name: str) -> str:
        return data.get(f"{prefix}{name}", "").strip()

    lists = {name: _people(data, f"{prefix}{name}") for name in PERSON_LISTS}
    return Card(
        code=text("code"),
        name_en=text("name_en"),
        name_ru=text("name_ru"),
        who=text("who"),
        people=lists["people"][0],
        pool=lists["pool"][0],
        picked={name: picked for name, (_ids, picked) in lists.items()},
        role=text("role"),
        department=text("department"),
        reach=text("reach") or Reach.TOP,
        levels=text("levels"),
        how=text("how") or How.IN_TURN,
        needed=text("needed"),
        hours=text("hours"),
        at_deadline=text("at_deadline") or AtDeadline.REMIND,
        on_return=text("on_return") or OnReturn.STOP,
        needs_remark=f"{prefix}needs_remark" in data,
        needs_file=f"{prefix}needs_file" in data,
        vouches_for=tuple(data.getlist(f"{prefix}vouches_for")),
        conditions=_rows(data, prefix),
    )


def _people(data: QueryDict, name: str) -> tuple[tuple[str, ...], Picked]:
    """Return the people of a list with whoever was picked last; typed words count where they name one person."""
    chosen = [value for value in data.getlist(name) if id_of(value)]
    picked = Picked(data.get(f"{name}_pick", ""), data.get(f"{name}_pick_text", "").strip())
    if found := id_of(picked.value) or _named(picked.text):
        chosen, picked = [*chosen, str(found)], Picked()
    return tuple(dict.fromkeys(chosen)), picked


def _named(text: str) -> UUID | None:
    found = people.directory(search=text, limit=2) if text else ()
    return found[0].id if len(found) == 1 else None


def fitted(sketch: Sketch, fields: Mapping[str, Readable]) -> Sketch:
    """Return the sketch with every comparison one that its field knows."""
    return replace(
        sketch,
        conditions=_fitted(sketch.conditions, fields),
        stages=tuple(
            replace(stage, conditions=_fitted(stage.conditions, fields)) for stage in sketch.stages
        ),
    )


def _fitted(rows: Iterable[Row], fields: Mapping[str, Readable]) -> tuple[Row, ...]:
    return tuple(
        row
        if row.field not in fields or row.op in fields[row.field].ops
        else replace(row, op=fields[row.field].ops[0])
        for row in rows
    )


def definition(
    sketch: Sketch, fields: Mapping[str, Readable], currency: str
) -> tuple[Sketch, dict[str, object]]:
    """Return what the page says as a definition, with what cannot be understood noted on the sketch."""
    rows, conditions = _conditions(sketch.conditions, fields, currency)
    cards, stages = [], []
    for card in sketch.stages:
        noted, stage = _stage(card, fields, currency)
        cards.append(noted)
        stages.append(stage)
    said: dict[str, object] = {"conditions": conditions, "stages": stages}
    flags = {"resumes": sketch.resumes, "partial_rework": sketch.partial_rework}
    said |= {name: True for name, is_set in flags.items() if is_set}
    if sketch.payer_role:
        said["payer_role"] = sketch.payer_role
    noted_sketch = replace(sketch, conditions=rows, stages=tuple(cards))
    try:
        return noted_sketch, definitions.plain(said)
    except InvalidInput:
        if noted_sketch.errors:
            return noted_sketch, said
        raise


def _conditions(
    rows: Sequence[Row], fields: Mapping[str, Readable], currency: str
) -> tuple[tuple[Row, ...], list[dict[str, object]]]:
    noted, said = [], []
    for row in rows:
        try:
            said.append(_condition(row, fields, currency))
        except ValueError as error:
            noted.append(replace(row, error=words.words(str(error))))
        else:
            noted.append(row)
    return tuple(noted), said


def _condition(row: Row, fields: Mapping[str, Readable], currency: str) -> dict[str, object]:
    told: dict[str, object] = {"field": row.field, "op": row.op}
    readable = fields.get(row.field)
    # What a draft was given by a program may name a field that no document type has any more; lint says so.
    if row.op in (Op.AT_LEAST, Op.BELOW):
        is_sum = readable is not None and readable.kind is Kind.AMOUNT
        return told | {"values": [_sum(row.text, currency) if is_sum else _count(row.text)]}
    if row.op in (Op.IN, Op.NOT_IN):
        if not row.values:
            raise ValueError("REQUIRED")
        return told | {"values": list(row.values)}
    return told


def _sum(text: str, currency: str) -> int:
    if not text:
        raise ValueError("REQUIRED")
    return typed.amount(text, currency)


def _count(text: str) -> int:
    if not text:
        raise ValueError("REQUIRED")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise ValueError("NOT_A_NUMBER")
    return int(text)


def _stage(
    card: Card, fields: Mapping[str, Readable], currency: str
) -> tuple[Card, dict[str, object]]:
    rows, conditions = _conditions(card.conditions, fields, currency)
    numbers, errors = {}, {}
    for name in ("levels", "needed", "hours"):
        try:
            numbers[name] = _count(getattr(card, name)) if getattr(card, name) else 0
        except ValueError as error:
            errors[name] = words.words(str(error))
    for name, picked in card.picked.items():
        if picked.text:
            errors[name] = _("Choose one person from the list.")
    noted = replace(card, conditions=rows, errors=errors)
    return noted, _said(card) | numbers | {"conditions": conditions, "hours": numbers.get("hours") or None}  # fmt: skip


def _said(card: Card) -> dict[str, object]:
    """Return what belongs to a stage of that kind; what was typed for another kind is left out."""
    who = card.who
    return {
        "code": card.code,
        "name_en": card.name_en or card.name_ru,
        "name_ru": card.name_ru or card.name_en,
        "who": who,
        "people": list(card.people) if who == Who.NAMED else [],
        "pool": list(card.pool) if who == Who.MY_CHOICE else [],
        "role": card.role if who == Who.ROLE else "",
        "department": card.department or None if who == Who.HEAD else None,
        "reach": card.reach if who == Who.HIERARCHY else Reach.TOP,
        "how": card.how,
        "at_deadline": card.at_deadline,
        "on_return": card.on_return,
        "needs_remark": card.needs_remark,
        "needs_file": card.needs_file,
        "vouches_for": list(card.vouches_for),
    }
