"""What came in by mail, ready for the templates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from akcept.intake.codes import State
from akcept.intake.queries import ItemCard, ItemFileCard, ItemLine
from akcept.web.forms.uploads import kind_of
from akcept.wording import fields, intake

TONES = {State.WAITING: "amber", State.TAKEN: "green", State.SET_ASIDE: ""}


def line(item: ItemLine) -> Mapping[str, Any]:
    """Return one row of the list."""
    return {
        "item": item,
        "url": reverse("web:intake-item", args=[item.id]),
        "state": intake.words(item.state),
        "tone": TONES[item.state],
        "files": ", ".join(item.files),
    }


def card(item: ItemCard, *, position: int | None) -> dict[str, Any]:
    """Return everything that the page of an item shows, with the chosen file beside it, or the first."""
    kept = [file for file in item.files if file.blob]
    files = [_document(item, file) for file in kept]
    shown = next((row for row, file in zip(files, kept, strict=True) if file.position == position), files[0])  # fmt: skip
    return {
        **line(item.line),
        "card": item,
        "files": files,
        "shown": shown,
        "refused": [(file.name, fields.words(file.problem)) for file in item.files if file.problem],
        "steps": _steps(item),
    }


def _steps(item: ItemCard) -> list[tuple[str, datetime]]:
    return [(intake.step(done), done.at) for done in item.steps]


def _document(item: ItemCard, file: ItemFileCard) -> Mapping[str, str]:
    """Return a file for the viewer."""
    assert file.blob is not None
    here = reverse("web:intake-item", args=[item.line.id])
    url = reverse("web:intake-file", args=[item.line.id, file.position])
    return {
        "name": file.name,
        "url": url,
        "page_url": f"{here}?file={file.position}",
        "download_url": url,
        "kind": kind_of(file.blob.media_type),
        "preview_url": "",
    }
