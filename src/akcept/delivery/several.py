"""Several reminders in one letter: whoever has much to do is not buried under what says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import npgettext, pgettext

from akcept.cases import lists
from akcept.delivery.channels.contract import Letter
from akcept.delivery.digests import task_fact
from akcept.delivery.models import Delivery
from akcept.people.askers import asker_of
from akcept.people.models import Person

SHOWN = 50


def compose(
    *, rows: Sequence[Delivery], person: Person, id: str, footer: str, at: datetime
) -> Letter | None:
    """List what still waits of that somebody is reminded of; None when nothing does."""
    asked = {(row.chain_id, row.task_kind) for row in rows}
    found = lists.tasks_about(by=asker_of(person), case_ids=[case for case, _ in asked], at=at)
    waiting = [task for task in found if (task.case.id, task.kind) in asked]
    if not waiting:
        return None
    said = npgettext(
        "letter", "Reminder: %(n)d task waits", "Reminder: %(n)d tasks wait", len(waiting)
    )
    heading = said % {"n": len(waiting)}
    return Letter(
        id=id,
        address=person.email or "",
        language=person.language,
        subject=heading,
        heading=heading,
        lines=(),
        facts=tuple(task_fact(task, at) for task in waiting[:SHOWN]),
        button=pgettext("letter", "Open my tasks"),
        url=f"{settings.AKCEPT_BASE_URL}/tasks/",
        footer=footer,
    )
