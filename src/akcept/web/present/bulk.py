"""Several documents approved together, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from akcept.cases.bulk import BulkPlan, BulkResult, BulkRow
from akcept.cases.cards import CaseRow
from akcept.engine.verbs import Verb
from akcept.web.asking import words
from akcept.web.present.acts import CAUTIONS, act_url, case_url
from akcept.wording import documents


def plan(found: BulkPlan) -> dict[str, Any]:
    """Return what would be approved, and what is left out with its reasons."""
    clean = [row for row in found.rows if row.is_clean]
    return {
        "place": "tasks",
        "rows": [_row(row) for row in clean],
        "left_out": [_row(row) for row in found.rows if not row.is_clean],
        "totals": found.totals,
        "count": len(clean),
    }


def approved(done: Sequence[BulkResult]) -> dict[str, Any]:
    """Return what became of each document that was to be approved, and how to take all of it back."""
    told = [_result(row, _("Approved")) | _way_back(row) for row in done]
    undoable = [row for row in told if "until" in row]
    count = sum(row.outcome is not None for row in done)
    heading = ngettext("%(n)s document approved", "%(n)s documents approved", count) % {"n": count}
    until = min((row["until"] for row in undoable), default=None)
    return {
        "place": "tasks",
        "heading": heading,
        "rows": told,
        "undoable": undoable,
        "until": until,
    }


def taken_back(done: Sequence[BulkResult]) -> dict[str, Any]:
    """Return what became of each decision that was to be taken back."""
    count = sum(row.outcome is not None for row in done)
    heading = ngettext("%(n)s decision taken back", "%(n)s decisions taken back", count) % {"n": count}  # fmt: skip
    return {
        "place": "tasks",
        "heading": heading,
        "rows": [_result(row, _("Taken back")) for row in done],
    }


def _result(row: BulkResult, words: str) -> dict[str, Any]:
    return _told(row.case, row) | {"done": words if row.outcome else ""}


def _row(row: BulkRow) -> dict[str, Any]:
    return _told(row.case, row) | {"value": f"{row.case.id} {row.revision}"}


def _way_back(row: BulkResult) -> dict[str, Any]:
    """Return how one of several is taken back, while it can be."""
    if row.outcome is None or row.outcome.undo_until is None:
        return {}
    return {
        "value": f"{row.case.id} {row.outcome.entry}",
        "undo_url": act_url(row.case.id, Verb.UNDO),
        "entry": row.outcome.entry,
        "until": row.outcome.undo_until,
    }


def _told(case: CaseRow, row: BulkRow | BulkResult) -> dict[str, Any]:
    return {
        "label": documents.label(case.type, case.number),
        "url": case_url(case.id),
        "counterparty": case.counterparty,
        "entity": case.entity,
        "amount": case.amount,
        "cautions": [CAUTIONS[caution] for caution in row.cautions],
        "refusal": words(row.refusal) if row.refusal else "",
    }
