"""How the code has to look so that the next person finds their way."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "akcept"
LONGEST_MODULE = 500
LONGEST_FUNCTION = 50
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
# These two may list what a room offers.
SPEAKING_PACKAGES = {"models", "services"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def handwritten() -> list[Path]:
    return [path for path in modules() if path.parent.name != "migrations"]


def templates() -> list[Path]:
    return sorted(PACKAGE.rglob("templates/**/*.html"))


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_module_is_too_long() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in handwritten()}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{name(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in handwritten()
        for node in functions(path)
    }
    assert {where: lines for where, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_every_module_is_named_by_what_it_is() -> None:
    assert [name(path) for path in modules() if path.stem in VAGUE_NAMES] == []


def test_packages_have_no_code_of_their_own() -> None:
    packages = [path for path in modules() if path.name == "__init__.py"]
    speaking = [
        name(path)
        for path in packages
        if path.parent.name not in SPEAKING_PACKAGES and path.read_text().strip()
    ]
    assert speaking == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name(path)
        for path in handwritten()
        if path.name not in ("__init__.py", "apps.py", "urls.py")
        and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


def test_nothing_is_imported_inside_a_function() -> None:
    inside = [
        f"{name(path)}:{node.name}"
        for path in handwritten()
        if path.name != "apps.py"
        for node in functions(path)
        if any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node))
    ]
    assert inside == []


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", "inline script"),
        (r"<style\b", "inline style sheet"),
        (r"\sstyle\s*=", "style attribute"),
        (r"\son[a-z]+\s*=\s*[\"']", "event attribute"),
        (r"javascript:", "javascript: address"),
        (r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", "something from elsewhere"),
    ],
)
def test_pages_obey_the_content_policy(pattern: str, why: str) -> None:
    # Letters have no policy, and no style sheet of ours reaches them: theirs stands in each element.
    pages = [path for path in templates() if "delivery" not in path.parts]
    found = [name(path) for path in pages if re.search(pattern, path.read_text(), re.IGNORECASE)]
    assert found == [], why


def test_no_place_of_somebodys_machine_is_named() -> None:
    names = re.compile(r"/(?:home|root|work)/\w+")
    found = [name(path) for path in modules() if names.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_nothing_happens_by_signals() -> None:
    signals = re.compile(r"^from django\S*\.signals import|^from django\.dispatch", re.MULTILINE)
    assert [name(path) for path in modules() if signals.search(path.read_text())] == []


def test_every_decision_has_a_number_of_its_own() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [path.name[:4] for path in records]
    assert sorted(set(numbers)) == numbers
    titled = [re.match(r"# 0*(\d+)", path.read_text(encoding="utf-8")) for path in records]
    assert [int(found[1]) for found in titled if found] == [int(number) for number in numbers]


def test_no_two_schemas_of_the_api_have_one_name() -> None:
    """Of two the description would keep one, and tell programs the wrong shape of the other."""
    named: dict[str, list[str]] = {}
    for path in (PACKAGE / "api").glob("*.py"):
        for found in re.findall(r"^class (\w+(?:In|Out))\b", path.read_text(), re.MULTILINE):
            named.setdefault(found, []).append(path.name)
    assert {one: places for one, places in named.items() if len(places) > 1} == {}
