"""Several payments at once, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from akcept.cases import queries
from akcept.cases.cards import CaseRow, TaskCard
from akcept.payments.batch import BatchPlan, BatchResult, PlanRow
from akcept.payments.orders import Match
from akcept.people.askers import Asker
from akcept.web.asking import words
from akcept.web.forms import uploads
from akcept.web.forms.uploads import Uploads
from akcept.wording import documents

MATCHES = {
    Match.FOUND: _("order found"),
    Match.AMBIGUOUS: _("several orders fit: choose on the card"),
}


def choice(tasks: Sequence[TaskCard], marked: set[str]) -> dict[str, Any]:
    """Return what waits for payment, with what was ticked before."""
    return {
        "place": "tasks",
        "tasks": [
            {
                "row": task.case,
                "label": _label(task.case),
                "is_marked": str(task.case.id) in marked,
            }
            for task in tasks
        ],
        "today": timezone.localdate(),
        "limit": uploads.limit(),
    }


def plan(found: BatchPlan, sent: Uploads) -> dict[str, Any]:
    """Return the plan; every payment carries the signed note of its order."""
    notes = {file.sha256: file.note for file in sent.kept}
    return {
        "place": "tasks",
        "on": found.on,
        "rows": [_planned(row, notes) for row in found.rows],
        "totals": found.totals,
        "left_over": [file.name for file in found.left_over],
        "failed": sent.failed,
        "count": sum(row.refusal is None for row in found.rows),
    }


def results(done: Sequence[BatchResult], *, by: Asker, at: datetime) -> dict[str, Any]:
    """Return what became of each payment."""
    rows = [_result(row, by, at) for row in done]
    return {"place": "tasks", "rows": rows, "paid": sum(row.ok for row in done)}


def _planned(row: PlanRow, notes: Mapping[str, str]) -> dict[str, Any]:
    file = row.order_file
    return {
        "row": row.case,
        "label": _label(row.case),
        "plan": row,
        "note": notes.get(file.sha256, "") if file else "",
        "match": MATCHES.get(row.match, ""),
        "refusal": words(row.refusal) if row.refusal else "",
    }


def _result(row: BatchResult, by: Asker, at: datetime) -> dict[str, Any]:
    card = queries.case_card(by=by, case_id=row.case_id, at=at).row
    return {
        "row": card,
        "label": _label(card),
        "refusal": words(row.refusal) if row.refusal else "",
        "amount": card.amount,
    }


def _label(row: CaseRow) -> str:
    return documents.label(row.type, row.number)
