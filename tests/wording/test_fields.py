from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import akcept
from akcept.engine.requisites import Notice, Problem
from akcept.wording import fields
from wording.reading import is_in

CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
REFUSERS = {"InvalidInput", "ValueError", "WrongCell", "refused"}
ROOMS = Path(akcept.__file__).parent


def codes_in(source: str) -> Iterator[str]:
    """Find every constant that ends as the code of a field: raised, or put among errors."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _called(node.func) in REFUSERS:
            yield from _constants(node)
        elif isinstance(node, ast.Assign) and any(_is_errors(target) for target in node.targets):
            yield from _constants(node.value)


def codes_returned_in(source: str) -> Iterator[str]:
    """Find every code that a function returns: checks say what is wrong by returning it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Return) and node.value is not None:
            yield from _constants(node.value)


def _called(function: ast.expr) -> str:
    return getattr(function, "attr", "") or getattr(function, "id", "")


def _is_errors(target: ast.expr) -> bool:
    return isinstance(target, ast.Subscript) and getattr(target.value, "id", "") == "errors"


def _constants(node: ast.AST) -> Iterator[str]:
    for below in ast.walk(node):
        value = getattr(below, "value", None) if isinstance(below, ast.Constant) else None
        if isinstance(value, str) and CODE.fullmatch(value):
            yield value


def test_every_code_of_a_field_has_words() -> None:
    found = {
        code
        for path in ROOMS.rglob("*.py")
        # The API words the codes of its own format itself.
        if "api" not in path.relative_to(ROOMS).parts
        for code in codes_in(path.read_text(encoding="utf-8"))
    }
    for path in (path for room in ROOMS.iterdir() for path in room.glob("inputs.py")):
        found |= set(codes_returned_in(path.read_text(encoding="utf-8")))
    found |= {problem.value for problem in Problem} | {notice.value for notice in Notice}
    assert len(found) > 50
    assert found - set(fields.TEXTS) == set()


@pytest.mark.parametrize("code", sorted(fields.TEXTS))
def test_words_are_in_both_languages(code: str, language: str) -> None:
    assert is_in(language, fields.words(code))


def test_an_unknown_code_is_still_refused_politely(language: str) -> None:
    assert is_in(language, fields.words("NEVER_HEARD_OF"))
