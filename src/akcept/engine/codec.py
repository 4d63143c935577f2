"""Engine values to plain JSON and back: for the stored fold and for the entries of the journal.

Moments become integer UTC microseconds, dates ISO strings; private texts stay `Private`, so that the journal can
keep their digests only. Converters are built once per type from its annotations.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from akcept.engine import events
from akcept.engine.values import Json, Private

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# The alias of JSON values refers to itself by name, also where only the alias was imported.
JSON_NAMES = {"Json": Json, "Mapping": Mapping, "Sequence": Sequence}
EVENTS: dict[str, type[events.Event]] = {kind.KIND: kind for kind in get_args(events.Event)}


def dump(value: Any) -> Any:
    """Turn an engine value into JSON values."""
    kind: Any = type(value)
    return _dumper(kind)(value)


def load(kind: Any, value: Any) -> Any:
    """Rebuild a value of an engine type from JSON values."""
    return _loader(kind)(value)


def dump_event(event: events.Event) -> tuple[str, dict[str, Json]]:
    """Return the permanent kind of an event and its data."""
    return event.KIND, dump(event)


def load_event(kind: str, data: Mapping[str, Json]) -> events.Event:
    """Rebuild an event from its entry; KeyError for a kind that is no event of a case."""
    event: events.Event = load(EVENTS[kind], data)
    return event


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


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
    return lambda value: None if value is None else inner(value)


def _tuple(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    inner = _loader(arguments[0])
    return lambda value: tuple(inner(item) for item in value)


def _mapping(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    inner = _loader(arguments[1])
    return lambda value: {key: inner(item) for key, item in value.items()}


def _dataclass(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind, localns=JSON_NAMES)
    loaders: list[tuple[str, Callable[[Any], Any]]] = []

    def build(value: Mapping[str, Any]) -> Any:
        # Filled on first use: a case holds the case before its last decision, so the type refers to itself.
        if not loaders:
            loaders.extend((name, _loader(hints[name])) for name in _names(kind))
        return kind(**{name: loader(value[name]) for name, loader in loaders if name in value})

    return build
