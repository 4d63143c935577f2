"""Documents that may be moved to the published version of their route, and what became of those that were."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.cases.cards import PersonChip
from akcept.cases.moving import Effect, Moved, Result, Running, RunningPage
from akcept.engine.case import State
from akcept.engine.refusals import InvalidInput, Refusal
from akcept.web.asking import problems, words
from akcept.web.present.names import label_of


def shown(page: RunningPage, results: Iterable[Moved]) -> dict[str, object]:
    """Return the rows of the page and the results of what was asked."""
    told = [_result(row) for row in results]
    return {
        "version": page.version,
        "total": page.total,
        "rows": [_row(row) for row in page.cases],
        "after": page.after,
        "results": told,
    }


def _row(row: Running) -> dict[str, object]:
    effect = row.effect
    return {
        "id": row.id,
        "label": label_of(row.doctype, row.number),
        "url": _url(row.id) if row.is_visible else "",
        "version": row.version,
        "seen": row.seen,
        "can_move": effect is not None,
        "gains": _names(effect.gains) if effect else "",
        "loses": _names(effect.loses) if effect else "",
        "again": _names(effect.again) if effect else "",
        "last": _names(effect.last) if effect else "",
        "then": _then(effect) if effect else "",
        "refused": _refused(row.refusal),
        "needs_second_person": row.needs_second_person,
    }


def _result(row: Moved) -> dict[str, object]:
    said = {Result.MOVED: _("moved"), Result.WAITING: _("waits for a second person")}
    return {
        "label": label_of(row.doctype, row.number),
        "words": said.get(row.result) or _refused(row.refusal),
        "is_done": row.result is Result.MOVED,
    }


def _then(effect: Effect) -> str:
    if effect.state is State.IN_APPROVAL:
        return _("with %(people)s") % {"people": _names(effect.then)}
    if effect.state is State.REWORK:
        return _("goes back for rework")
    return _("is approved by those who have agreed")


def _refused(refusal: Refusal | None) -> str:
    if isinstance(refusal, InvalidInput):
        return " ".join(str(one) for one in problems(refusal))
    return words(refusal) if refusal else ""


def _names(people: Iterable[PersonChip]) -> str:
    return ", ".join(person.name for person in people)


def _url(case_id: UUID) -> str:
    return reverse("web:case", args=[case_id])
