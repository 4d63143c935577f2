"""Engine values to plain JSON and back: for the stored fold and for the entries of the journal.

Moments become integer UTC microseconds, dates ISO strings; private texts stay `Private`, so that the journal can
keep their digests only. Converters are built once per type from its annotations.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, Union, get_args, get_origin, get_type_hints

from akcept.engine import events
from akcept.engine.values import Json, Private

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# The alias of JSON values refers to itself by name, also where only the alias was imported.
JSON_NAMES = {"Json": Json, "Mapping": Mapping, "Sequence": Sequence}
AS_IT_IS = frozenset({str, Private, int, bool, types.NoneType})
EVENTS: dict[str, type[events.Event]] = {kind.KIND: kind for kind in get_args(events.Event)}


def dump(value: Any) -> Any:
    """Turn an engine value into JSON values."""
    kind: Any = type(value)
    return value if kind in AS_IT_IS else _dumper(kind)(value)


def load(kind: Any, value: Any) -> Any:
    """Rebuild a value of an engine type from JSON values."""
    return _loader(kind)(value)


def pack(value: Any) -> str:
    """Return an engine value as compact JSON text, for storing; `unpack` reads it back.

    The encoder walks plain values by itself and asks here only for what JSON has no word for. Fields that are as
    they would be anyway are left out.
    """
    return ENCODER.encode(value)


def unpack(kind: Any, text: str) -> Any:
    """Rebuild a value of an engine type from its stored text."""
    return load(kind, json.loads(text))


def dump_event(event: events.Event) -> tuple[str, dict[str, Json]]:
    """Return the permanent kind of an event and its data."""
    return event.KIND, dump(event)


def load_event(kind: str, data: Mapping[str, Json]) -> events.Event:
    """Rebuild an event from its entry; KeyError for a kind that is no event of a case."""
    event: events.Event = load(EVENTS[kind], data)
    return event


def _part(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value - EPOCH) // MICROSECOND
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    kind: Any = type(value)
    names, values, usual = _shape(kind)
    told = zip(names, values(value), usual, strict=True)
    return {name: part for name, part, left_out in told if part != left_out}


ENCODER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_part
)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _shape(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[Any, ...]]:
    """Return the names of a type's fields, what reads them all, and what each is if nobody says so."""
    names = _names(kind)
    values = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    usual = tuple(
        field.default_factory() if field.default_factory is not MISSING else field.default
        for field in fields(kind)
    )
    return names, values, usual


@cache
def _dumper(kind: Any) -> Callable[[Any], Any]:
    if issubclass(kind, StrEnum):
        return str
    if issubclass(kind, (str, int, types.NoneType)):
        return _plain
    if issubclass(kind, datetime):
        return lambda value: (value - EPOCH) // MICROSECOND
    if issubclass(kind, date):
        return date.isoformat
    if issubclass(kind, Mapping):
        return lambda value: {str(key): dump(item) for key, item in value.items()}
    if issubclass(kind, (tuple, list)):
        return lambda value: [dump(item) for item in value]
    names = _names(kind)
    return lambda value: {name: dump(getattr(value, name)) for name in names}


@cache
def _loader(kind: Any) -> Callable[[Any], Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _optional(arguments)
    if origin is tuple:
        return _tuple(arguments)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(arguments)
    if kind is datetime:
        return lambda value: EPOCH + value * MICROSECOND
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type) and (issubclass(kind, StrEnum) or kind is Private):
        return kind
    if is_dataclass(kind):
        return _dataclass(kind)
    return _plain


def _plain(value: Any) -> Any:
    return value


def _optional(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    present = [argument for argument in arguments if argument is not type(None)]
    if len(present) != 1:
        return _plain
    inner = _loader(present[0])
    return inner if inner is _plain else lambda value: None if value is None else inner(value)


def _tuple(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    inner = _loader(arguments[0])
    return tuple if inner is _plain else lambda value: tuple([inner(item) for item in value])


def _mapping(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    inner = _loader(arguments[1])
    if inner is _plain:
        return dict
    return lambda value: {key: inner(item) for key, item in value.items()}


def _dataclass(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind, localns=JSON_NAMES)
    known = frozenset(_names(kind))
    changed: list[tuple[str, Callable[[Any], Any]]] = []
    is_ready = False

    def build(value: Mapping[str, Any]) -> Any:
        nonlocal is_ready
        if not is_ready:
            # On first use: a case holds the case before its last decision, so the type refers to itself.
            found = ((name, _loader(hints[name])) for name in _names(kind))
            changed.extend((name, loader) for name, loader in found if loader is not _plain)
            is_ready = True
        given = (
            dict(value) if value.keys() <= known else {k: value[k] for k in known & value.keys()}
        )
        for name, loader in changed:
            if (part := given.get(name)) is not None:
                given[name] = loader(part)
        return kind(**given)

    return build
