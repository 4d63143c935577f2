"""Several documents approved together, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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


def results(done: Sequence[BulkResult]) -> dict[str, Any]:
    """Return what became of each document."""
    return {
        "place": "tasks",
        "rows": [
            _told(row.case, row) | {"is_done": row.outcome is not None} | _way_back(row)
            for row in done
        ],
        "approved": sum(row.outcome is not None for row in done),
    }


def _row(row: BulkRow) -> dict[str, Any]:
    return _told(row.case, row) | {"value": f"{row.case.id} {row.revision}"}


def _way_back(row: BulkResult) -> dict[str, Any]:
    """Return how one of several is taken back, while it can be."""
    if row.outcome is None or row.outcome.undo_until is None:
        return {}
    return {
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
