"""A route as it is stored: JSON that compiles to the engine's value, or is refused.

{"conditions": [{"field": "approval_type", "op": "IN", "values": ["LIST"]}],
 "stages": [{"code": "APPROVAL", "who": "NAMED", "people": ["<id>", …], …}],
 "payer_role": "", "resumes": false, "partial_rework": false}

A stage has the names of `engine.routes.Stage`; whatever has its default value is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from akcept.engine import codec
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
from akcept.routes.models import RouteVersion as VersionRow

Definition: TypeAlias = "Mapping[str, object]"
Code = TypeVar("Code", bound=StrEnum)
COMPARES_ONE = (Op.AT_LEAST, Op.BELOW)
LISTS = (Op.IN, Op.NOT_IN)


def compile(version: VersionRow) -> RouteVersion:
    """Return a stored version as the rules see it; the route's row must be loaded with it."""
    return parse(
        version.definition,
        version_id=str(version.id),
        route=version.route.code,
        number=version.number,
        priority=version.route.priority,
        is_default=version.route.is_default,
    )


def parse(
    definition: object,
    *,
    version_id: str = "",
    route: str = "",
    number: int = 0,
    priority: int = 100,
    is_default: bool = False,
    is_draft: bool = False,
) -> RouteVersion:
    """Return what a definition says as a version; refuses one that says anything else.

    A draft may have no stages yet.
    """
    found = _read(definition, "definition", ROUTE, required=("conditions", "stages"))
    stages = found["stages"]
    if not stages and not is_draft:
        raise InvalidInput({"stages": "REQUIRED"})
    if len({stage.code for stage in stages}) != len(stages):
        raise InvalidInput({"stages": "TWICE"})
    return RouteVersion(
        id=version_id,
        route=route,
        number=number,
        priority=priority,
        is_default=is_default,
        **found,
    )


def dump(version: RouteVersion) -> dict[str, object]:
    """Return the definition that compiles to such a version, without what is left at its default."""
    return {
        "conditions": [_sparse(row) for row in version.conditions],
        "stages": [_sparse(stage) | {"who": stage.who.value} for stage in version.stages],
    } | {name: codec.dump(getattr(version, name)) for name in OPTIONAL if getattr(version, name)}


def plain(definition: object) -> dict[str, object]:
    """Return what a definition says without what is left at its default; refuses a malformed one."""
    return dump(parse(definition, is_draft=True))


def named_people(definition: object) -> tuple[UUID, ...]:
    """Return everybody a definition names, once each."""
    stages = parse(definition, is_draft=True).stages
    named = (person for stage in stages for person in (*stage.people, *stage.pool))
    return tuple(dict.fromkeys(UUID(person) for person in named))


def _sparse(value: Condition | Stage) -> dict[str, object]:
    told: dict[str, object] = {}
    for field in fields(value):
        found = getattr(value, field.name)
        if field.default is MISSING or found != field.default:
            is_rows = field.name == "conditions"
            told[field.name] = [_sparse(row) for row in found] if is_rows else codec.dump(found)
    return told


def _read(
    value: object,
    where: str,
    readers: Mapping[str, Callable[[object], object]],
    required: tuple[str, ...],
) -> dict[str, Any]:
    """Read every name that is there; refuses unknown names, missing ones and values of another kind."""
    if not isinstance(value, Mapping) or not set(required) <= set(value) <= set(readers):
        raise InvalidInput({where: "WRONG_SHAPE"})
    found = {}
    for name, raw in value.items():
        try:
            found[name] = readers[name](raw)
        except (TypeError, ValueError) as error:
            raise InvalidInput({name: "WRONG_SHAPE"}) from error
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _code(value: object) -> str:
    if not _text(value):
        raise ValueError
    return _text(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError
    return value


def _hours(value: object) -> int | None:
    return None if value is None else _count(value) or None


def _one_of(kind: type[Code]) -> Callable[[object], Code]:
    return lambda value: kind(_text(value))


def _rows(value: object) -> Sequence[object]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise TypeError
    return value


def _id(value: object) -> str:
    return str(UUID(_text(value)))


def _ids(value: object) -> tuple[str, ...]:
    return tuple(_id(row) for row in _rows(value))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_code(row) for row in _rows(value))


def _compared(value: object) -> str | int:
    return _count(value) if isinstance(value, int) else _code(value)


def _condition(value: object) -> Condition:
    row = Condition(**_read(value, "conditions", CONDITION, required=("field", "op")))
    numbers = [part for part in row.values if isinstance(part, int)]
    if row.op in COMPARES_ONE:
        fits = len(row.values) == len(numbers) == 1
    else:
        fits = bool(row.values) is (row.op in LISTS) and not numbers
    if not fits:
        raise ValueError
    return row


def _conditions(value: object) -> tuple[Condition, ...]:
    return tuple(_condition(row) for row in _rows(value))


def _stages(value: object) -> tuple[Stage, ...]:
    return tuple(
        Stage(**_read(row, "stages", STAGE, required=("code", "who"))) for row in _rows(value)
    )


CONDITION: Mapping[str, Callable[[object], object]] = {
    "field": _code,
    "op": _one_of(Op),
    "values": lambda value: tuple(_compared(part) for part in _rows(value)),
}
STAGE: Mapping[str, Callable[[object], object]] = {
    "code": _code,
    "name_en": _text,
    "name_ru": _text,
    "who": _one_of(Who),
    "people": _ids,
    "role": _text,
    "department": lambda value: None if value is None else _id(value),
    "reach": _one_of(Reach),
    "levels": _count,
    "pool": _ids,
    "how": _one_of(How),
    "needed": _count,
    "conditions": _conditions,
    "hours": _hours,
    "at_deadline": _one_of(AtDeadline),
    "needs_remark": _flag,
    "needs_file": _flag,
    "on_return": _one_of(OnReturn),
    "vouches_for": _texts,
}
OPTIONAL: Mapping[str, Callable[[object], object]] = {
    "payer_role": _text,
    "resumes": _flag,
    "partial_rework": _flag,
}
ROUTE: Mapping[str, Callable[[object], object]] = {
    "conditions": _conditions,
    "stages": _stages,
    **OPTIONAL,
}
