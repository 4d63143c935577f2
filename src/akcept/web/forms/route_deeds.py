"""What the buttons of the designer do to what is typed: add, remove, move. "up-2", "condition-1", "person-1-people-<id>"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from akcept.engine.routes import How, Who
from akcept.web.forms.routes import MOST_ROWS, MOST_STAGES, PERSON_LISTS, Card, Row, Sketch

Thing = TypeVar("Thing")


def done(sketch: Sketch, deed: str) -> tuple[Sketch, str]:
    """Return the sketch after one press, and what should have the focus then; an unknown deed changes nothing."""
    verb, *where = deed.split("-", 3)
    act = DEEDS.get(verb)
    places = [int(part) if part.isascii() and part.isdigit() else -1 for part in where[:2]]
    return act(sketch, places, where) if act else (sketch, "")


def _add_stage(sketch: Sketch, _places: list[int], _where: list[str]) -> tuple[Sketch, str]:
    if len(sketch.stages) >= MOST_STAGES:
        return sketch, ""
    added = Card(code=_free_code(sketch), who=Who.NAMED, how=How.IN_TURN)
    return replace(sketch, stages=(*sketch.stages, added)), f"s{len(sketch.stages)}_who"


def _remove_stage(sketch: Sketch, places: list[int], _where: list[str]) -> tuple[Sketch, str]:
    stages = _without(sketch.stages, places[0] if places else -1)
    return replace(sketch, stages=stages), "add-stage"


def _move(by: int) -> Callable[[Sketch, list[int], list[str]], tuple[Sketch, str]]:
    def moved(sketch: Sketch, places: list[int], _where: list[str]) -> tuple[Sketch, str]:
        at = places[0] if places else -1
        to = at + by
        stages = list(sketch.stages)
        if not (0 <= at < len(stages) and 0 <= to < len(stages)):
            return sketch, ""
        stages[at], stages[to] = stages[to], stages[at]
        # At either end one of the two buttons can do no more, and cannot have the focus.
        back = to == 0 if by < 0 else to == len(stages) - 1
        onward = "up" if (by < 0) != back else "down"
        return replace(sketch, stages=tuple(stages)), f"s{to}_{onward}"

    return moved


def _add_condition(sketch: Sketch, places: list[int], _where: list[str]) -> tuple[Sketch, str]:
    if not places:
        rows = (*sketch.conditions, Row())[:MOST_ROWS]
        return replace(sketch, conditions=rows), f"c{len(rows) - 1}_field"
    rows = (*_stage_of(sketch, places[0]).conditions, Row())[:MOST_ROWS]
    changed = _with_stage(sketch, places[0], conditions=rows)
    return changed, f"s{places[0]}_c{len(rows) - 1}_field"


def _remove_condition(sketch: Sketch, places: list[int], _where: list[str]) -> tuple[Sketch, str]:
    if len(places) == 1:
        rows = _without(sketch.conditions, places[0])
        return replace(sketch, conditions=rows), "add-condition"
    stage, at = places if len(places) == 2 else (-1, -1)
    rows = _without(_stage_of(sketch, stage).conditions, at)
    return _with_stage(sketch, stage, conditions=rows), f"s{stage}_add-condition"


def _remove_person(sketch: Sketch, places: list[int], where: list[str]) -> tuple[Sketch, str]:
    if len(where) != 3 or where[1] not in PERSON_LISTS:
        return sketch, ""
    stage, name, person = places[0], where[1], where[2]
    left = tuple(one for one in getattr(_stage_of(sketch, stage), name) if one != person)
    return _with_stage(sketch, stage, **{name: left}), f"s{stage}_{name}_pick"


def _stage_of(sketch: Sketch, at: int) -> Card:
    return sketch.stages[at] if 0 <= at < len(sketch.stages) else Card("")


def _with_stage(sketch: Sketch, at: int, **changes: tuple[Row, ...] | tuple[str, ...]) -> Sketch:
    stages = tuple(
        replace(stage, **changes) if place == at else stage  # type: ignore[arg-type]
        for place, stage in enumerate(sketch.stages)
    )
    return replace(sketch, stages=stages)


def _without(rows: tuple[Thing, ...], at: int) -> tuple[Thing, ...]:
    return tuple(row for place, row in enumerate(rows) if place != at)


def _free_code(sketch: Sketch) -> str:
    taken = {stage.code for stage in sketch.stages}
    return next(f"S{n}" for n in range(1, len(taken) + 2) if f"S{n}" not in taken)


DEEDS: dict[str, Callable[[Sketch, list[int], list[str]], tuple[Sketch, str]]] = {
    "stage": _add_stage,
    "gone": _remove_stage,
    "up": _move(-1),
    "down": _move(1),
    "condition": _add_condition,
    "unless": _remove_condition,
    "person": _remove_person,
}
