"""Bring every room's Russian catalogue up to date with its code, or (--check) refuse what is stale or untranslated."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOMS = Path(__file__).resolve().parent.parent / "src" / "akcept"
CATALOGUE = Path("locale/ru/LC_MESSAGES/django.po")
HEADER = """# Translations of Akcept
msgid ""
msgstr ""
"Language: ru\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"
"""
GENERATED = shutil.ignore_patterns("built", "__pycache__", "*.mo")


def main(arguments: list[str]) -> int:
    """Return 1 when a check finds something, 0 otherwise."""
    checking = arguments == ["--check"]
    complaints: list[str] = []
    for room in sorted(path.parent for path in ROOMS.glob("*/__init__.py")):
        with tempfile.TemporaryDirectory() as folder:
            fresh = _extract(room, Path(folder) / room.name)
            if checking:
                complaints.extend(_complaints(room, fresh))
            elif any(_messages(_read(fresh))):
                (room / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(fresh, room / CATALOGUE)
    sys.stderr.write("".join(f"{line}\n" for line in complaints))
    return 1 if complaints else 0


def _extract(room: Path, copy: Path) -> Path:
    """Let Django write the catalogue into a copy of the room."""
    shutil.copytree(room, copy, ignore=GENERATED)
    catalogue = copy / CATALOGUE
    if not catalogue.exists():
        catalogue.parent.mkdir(parents=True)
        catalogue.write_text(HEADER, encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    options = ["--no-location", "--no-wrap", "--no-obsolete", "--extension=py,html,txt", "-v0"]
    subprocess.run(
        [sys.executable, "-P", "-m", "django", "makemessages", "--locale=ru", *options],
        cwd=copy,
        env=environment,
        check=True,
    )
    # A date of its own would change every catalogue at every run.
    lines = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
    dated = ('"POT-Creation-Date', '"Report-Msgid-Bugs')
    catalogue.write_text("".join(x for x in lines if not x.startswith(dated)), encoding="utf-8")
    return catalogue


def _complaints(room: Path, fresh: Path) -> Iterator[str]:
    stored, current = _read(room / CATALOGUE), _read(fresh)
    known, wanted = set(_words(stored)), set(_words(current))
    for message in wanted - known:
        yield f"{room.name}: not in the catalogue (make messages): {message}"
    for message in known - wanted:
        yield f"{room.name}: no longer in the code (make messages): {message}"
    for message in _messages(stored):
        translated = message.string if message.pluralizable else (message.string,)
        if message.fuzzy or not all(translated):
            yield f"{room.name}: not translated: {message.id}"


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="ru")
    with path.open("rb") as file:
        return read_po(file, locale="ru", abort_invalid=True)


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _words(catalogue: Catalog) -> Iterator[tuple[str | None, str]]:
    return ((message.context, str(message.id)) for message in _messages(catalogue))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
