"""The page on which a route is built: every control with its choices, the picture, the problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from akcept.engine.routes import AtDeadline, How, OnReturn, Op, Reach, RouteVersion
from akcept.people import queries as people
from akcept.routes.lint import Problem
from akcept.web.forms.picking import Picked
from akcept.web.forms.route_fields import Choices, Kind, Readable, role_choices
from akcept.web.forms.routes import VOUCHED, Card, Row, Sketch
from akcept.web.present.routing import party_names, people_names
from akcept.wording import routes as wording

Options = list[tuple[str, str | Promise, bool]]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A condition with its controls; `remove` is the deed of its button."""

    id: str
    number: int
    list_name: str
    fields: Options
    ops: Options
    control: str
    values: Options
    text: str
    picked: Picked
    error: str
    remove: str


@dataclass(frozen=True, slots=True)
class ShownPeople:
    """A list of people with the picker that adds one."""

    id: str
    name: str
    people: list[tuple[str, str]]
    picked: Picked
    error: str


@dataclass(frozen=True, slots=True)
class ShownStage:
    """A stage with its controls."""

    id: str
    place: int
    number: int
    card: Card
    title: str
    who: Options
    how: Options
    reach: Options
    roles: Options
    departments: Options
    deadlines: Options
    returns: Options
    vouched: Options
    conditions: list[ShownRow]
    people: ShownPeople
    pool: ShownPeople
    is_first: bool
    is_last: bool


def shown(sketch: Sketch, fields: Mapping[str, Readable]) -> dict[str, Any]:
    """Return the controls of the whole page, with a constant number of queries."""
    units: Choices = [(str(row.id), row.name) for row in people.departments()]
    roles = role_choices()
    names = people_names(
        person for card in sketch.stages for person in (*card.people, *card.pool)
    ) | _party_names(sketch, fields)
    last = len(sketch.stages) - 1
    return {
        "conditions": _rows(sketch.conditions, fields, names, "", "unless"),
        "stages": [
            _stage(card, place, fields, names, roles, units, is_last=place == last)
            for place, card in enumerate(sketch.stages)
        ],
        "payers": _options([("", _("whoever may pay")), *roles], (sketch.payer_role,)),
        "sketch": sketch,
    }


def _party_names(sketch: Sketch, fields: Mapping[str, Readable]) -> dict[str, str]:
    rows = [*sketch.conditions, *(row for card in sketch.stages for row in card.conditions)]
    wanted = [row for row in rows if row.field in fields and fields[row.field].kind is Kind.PARTY]
    return party_names(value for row in wanted for value in row.values)


def _rows(
    rows: Sequence[Row],
    fields: Mapping[str, Readable],
    names: Mapping[str, str],
    prefix: str,
    remove: str,
) -> list[ShownRow]:
    return [
        _row(row, place, fields, names, prefix, f"{remove}-{place}")
        for place, row in enumerate(rows)
    ]


def _row(
    row: Row,
    place: int,
    fields: Mapping[str, Readable],
    names: Mapping[str, str],
    prefix: str,
    remove: str,
) -> ShownRow:
    known = fields.get(row.field) or Readable(row.field, row.field, Kind.TEXT)
    offered = [(one.code, one.label) for one in fields.values()]
    if known.code not in fields:
        offered.append((known.code, known.label))
    ops = [(op.value, _op(known.kind, op)) for op in known.ops]
    compares = row.op in (Op.IN, Op.NOT_IN, Op.AT_LEAST, Op.BELOW)
    listed = known.choices if known.kind is Kind.CHOICE else [(one, names.get(one, one)) for one in row.values]  # fmt: skip
    gone = [(one, one) for one in row.values if one not in dict(listed)]
    return ShownRow(
        id=f"{prefix}c{place}_",
        number=place,
        list_name=f"{prefix}cond",
        fields=_options(offered, (row.field,)),
        ops=_options(ops, (row.op,)),
        control=known.kind.value if compares else "",
        values=_options([*listed, *gone], row.values),
        text=row.text,
        picked=row.picked,
        error=row.error,
        remove=remove,
    )


def _op(kind: Kind, op: Op) -> str:
    if kind is Kind.FLAG and op is Op.MISSING:
        return str(wording.NO_FLAG)
    return wording.choice_of(op)


def _stage(
    card: Card,
    place: int,
    fields: Mapping[str, Readable],
    names: Mapping[str, str],
    roles: Choices,
    units: Choices,
    *,
    is_last: bool,
) -> ShownStage:
    prefix = f"s{place}_"
    return ShownStage(
        id=prefix,
        place=place,
        number=place + 1,
        card=card,
        title=wording.title_of(
            card,
            card.who,
            role=str(dict(roles).get(card.role, "")),
            department=str(dict(units).get(card.department, "")),
        ),
        who=_options(list(wording.WHO.items()), (card.who,)),
        how=_options([(how.value, wording.HOW[how]) for how in How], (card.how,)),
        reach=_options([(one.value, wording.REACH[one]) for one in Reach], (card.reach,)),
        roles=_options([("", "—"), *roles], (card.role,)),
        departments=_options([("", "—"), *units], (card.department,)),
        deadlines=_options(
            [(one.value, wording.AT_DEADLINE[one]) for one in AtDeadline], (card.at_deadline,)
        ),
        returns=_options(
            [(one.value, wording.ON_RETURN[one]) for one in OnReturn], (card.on_return,)
        ),
        vouched=_options([(code, wording.vouched(code)) for code in VOUCHED], card.vouches_for),
        conditions=_rows(card.conditions, fields, names, prefix, f"unless-{place}"),
        people=_people(card, "people", prefix, names),
        pool=_people(card, "pool", prefix, names),
        is_first=place == 0,
        is_last=is_last,
    )


def _people(card: Card, name: str, prefix: str, names: Mapping[str, str]) -> ShownPeople:
    listed = [(person, names.get(person, person)) for person in getattr(card, name)]
    return ShownPeople(
        id=f"{prefix}{name}",
        name=name,
        people=listed,
        picked=card.picked.get(name, Picked()),
        error=card.errors.get(name, ""),
    )


def _options(offered: Sequence[tuple[str, str | Promise]], chosen: Sequence[str]) -> Options:
    return [(str(code), label, str(code) in chosen) for code, label in offered]


def problems(
    found: Sequence[Problem], version: RouteVersion, names: Mapping[str, str], currency: str
) -> list[tuple[bool, str, str]]:
    """Return problems in words: whether it is an error, in which stage, and what is wrong."""
    titles = {
        stage.code: f"{number}. {wording.stage_title(stage, names)}"
        for number, stage in enumerate(version.stages, 1)
    }
    return [
        (row.is_error, titles.get(row.stage, ""), wording.problem(row, names, currency))
        for row in found
    ]
