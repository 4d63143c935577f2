"""Several payments at once, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from akcept.cases import queries
from akcept.cases.cards import CaseRow, TaskCard
from akcept.company import queries as company
from akcept.engine.money import Money
from akcept.engine.verbs import Verb
from akcept.payments.batch import BatchPlan, BatchResult, PlanRow
from akcept.payments.orders import Match
from akcept.payments.queries import next_order_number
from akcept.people.askers import Asker
from akcept.web.asking import words
from akcept.web.forms import uploads
from akcept.web.forms.payments import FIRST
from akcept.web.forms.uploads import Uploads
from akcept.web.present import lines
from akcept.wording import documents

MATCHES = {
    Match.FOUND: _("order found"),
    Match.AMBIGUOUS: _("several orders fit: choose on the card"),
}


def choice(
    tasks: Sequence[TaskCard], marked: set[str], typed: Mapping[str, str], wrong: Mapping[str, str]
) -> dict[str, Any]:
    """Return what may be paid now, by payer and day, with what was ticked and typed before."""
    payable = [task for task in tasks if Verb.PAY in task.options]
    payable.sort(key=lambda task: (task.case.entity, task.case.planned_on or date.max))
    today = timezone.localdate()
    groups = [
        {"entity": entity, "tasks": [_waiting(task, marked) for task in group]}
        for entity, group in groupby(payable, key=lambda task: task.case.entity)
    ]
    paying = {group["entity"] for group in groups}
    return {
        "place": "tasks",
        "groups": groups,
        "numbers": [
            _first_number(card, today, typed, wrong)
            for card in company.entities()
            if card.fields.short_name in paying
        ],
        "on": typed.get("on") or today.isoformat(),
        "wrong": wrong,
        "limit": uploads.limit(),
    }


def _first_number(
    payer: company.EntityCard, today: date, typed: Mapping[str, str], wrong: Mapping[str, str]
) -> dict[str, str]:
    """Return the field that says from which number a payer's orders go on; the next one is proposed."""
    name = f"{FIRST}{payer.id}"
    value = typed.get(name)
    if value is None:
        value = next_order_number(entity_id=payer.id, year=today.year)
    return {
        "name": name,
        "payer": payer.fields.short_name,
        "value": value,
        "error": wrong.get(name, ""),
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


def _waiting(task: TaskCard, marked: set[str]) -> dict[str, Any]:
    row = task.case
    return {
        "row": row,
        "label": _label(row),
        "badges": lines.badges(row),
        "is_marked": str(row.id) in marked,
    }


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
        "amount": Money(row.minor, card.currency),
    }


def _label(row: CaseRow) -> str:
    return documents.label(row.type, row.number)
