"""A route as it is stored: JSON that compiles to the engine's value, or is refused.

{"conditions": {"approval_type": "LIST"},
 "stages": [{"code": "APPROVAL", "who": "NAMED", "people": ["<id>", …]}]}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from akcept.engine.refusals import InvalidInput
from akcept.engine.routes import RouteVersion, Stage, Who
from akcept.routes.models import RouteVersion as VersionRow

Definition: TypeAlias = "Mapping[str, object]"
KEYS = frozenset({"conditions", "stages"})
STAGE_KEYS = frozenset({"code", "who", "people"})


def compile(version: VersionRow) -> RouteVersion:
    """Return a stored version as the rules see it; the route's row must be loaded with it."""
    conditions, stages = parse(version.definition)
    return RouteVersion(
        id=str(version.id),
        route=version.route.code,
        number=version.number,
        stages=stages,
        priority=version.route.priority,
        conditions=conditions,
        is_default=version.route.is_default,
    )


def parse(definition: object) -> tuple[dict[str, str], tuple[Stage, ...]]:
    """Return conditions and stages; refuses a definition that says anything else."""
    if not isinstance(definition, Mapping) or set(definition) != KEYS:
        raise InvalidInput({"definition": "WRONG_SHAPE"})
    conditions, stages = definition["conditions"], definition["stages"]
    if not isinstance(conditions, Mapping) or not all(
        isinstance(part, str) for pair in conditions.items() for part in pair
    ):
        raise InvalidInput({"conditions": "WRONG_SHAPE"})
    if not isinstance(stages, Sequence) or isinstance(stages, str) or not stages:
        raise InvalidInput({"stages": "REQUIRED"})
    parsed = tuple(_stage(stage) for stage in stages)
    if len({stage.code for stage in parsed}) != len(parsed):
        raise InvalidInput({"stages": "TWICE"})
    return dict(conditions), parsed


def named_people(definition: object) -> tuple[UUID, ...]:
    """Return everybody a definition names, once each."""
    _, stages = parse(definition)
    return tuple(dict.fromkeys(UUID(person) for stage in stages for person in stage.people))


def _stage(stage: object) -> Stage:
    if not isinstance(stage, Mapping) or set(stage) != STAGE_KEYS:
        raise InvalidInput({"stages": "WRONG_SHAPE"})
    code, who, people = stage["code"], stage["who"], stage["people"]
    is_list = isinstance(people, Sequence) and not isinstance(people, str)
    if not (isinstance(code, str) and code and who in list(Who) and is_list):
        raise InvalidInput({"stages": "WRONG_SHAPE"})
    try:
        ids = tuple(str(UUID(str(person))) for person in people)
    except ValueError as error:
        raise InvalidInput({"people": "WRONG_SHAPE"}) from error
    return Stage(code=code, who=Who(who), people=ids)
