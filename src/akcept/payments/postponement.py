"""The daily postponement: what was to be paid before today and was not, moves to the next allowed day.

Nothing is remembered between runs: a case is due while its planned date lies before its payer's today. So a server
that was down for days catches up with one move, a second run finds nothing, and any number of workers may run.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from akcept.cases import clockwork
from akcept.company import queries as company
from akcept.company.checks import EntityFields


def run(*, at: datetime) -> int:
    """Move what is due for every payer whose hour has come, and return how many cases were moved."""
    moved = 0
    for entity in company.entities():
        today = _day_to_move_to(entity.fields, at)
        if today is None:
            continue
        for case_id in clockwork.unpaid(entity_id=entity.id, today=today):
            moved += clockwork.postpone_overdue(case_id=case_id, at=at)
    return moved


def _day_to_move_to(entity: EntityFields, at: datetime) -> date | None:
    """Return the payer's today, or None while yesterday's bank statement may still be entered."""
    local = at.astimezone(ZoneInfo(entity.time_zone))
    return local.date() if local.time() >= entity.postpone_at else None
