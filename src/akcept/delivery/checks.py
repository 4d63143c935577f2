"""What `akcept check` finds out about letters and workers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from akcept.delivery import queries
from akcept.delivery.models import Delivery, Heartbeat
from akcept.delivery.periodic import SILENT
from akcept.journal import dispatch
from akcept.kit import clock

SHOWN = 3


@register(Tags.database)
def everybody_is_told(
    *, app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **_: Any
) -> list[CheckMessage]:
    """Warn of letters that were given up, and of news that wait without a worker."""
    if "default" not in (databases or ()) or not _is_migrated():
        return []
    return [*_given_up(), *_without_worker()]


def _given_up() -> list[CheckMessage]:
    letters = queries.given_up(limit=SHOWN)
    if not letters:
        return []
    count = Delivery.objects.filter(state="GAVE_UP").count()
    last = letters[0]
    hint = f"The last one, at {last.gave_up_at:%Y-%m-%d %H:%M} UTC: {last.error}"
    return [Warning(f"{count} letters could not be delivered.", hint=hint, id="akcept.W005")]


def _without_worker() -> list[CheckMessage]:
    at = clock.now()
    seen = queries.last_heartbeat()
    if dispatch.waiting(at=at - SILENT) == 0 or (seen and at - seen < SILENT):
        return []
    hint = "Start one with: akcept worker (akcept serve has one of its own)"
    return [Warning("There is news to tell, but no worker runs.", hint=hint, id="akcept.W006")]


def _is_migrated() -> bool:
    tables = set(connections["default"].introspection.table_names())
    return {Delivery._meta.db_table, Heartbeat._meta.db_table} <= tables
