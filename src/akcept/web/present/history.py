"""What happened to a case, as the timeline shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akcept.cases.cards import CaseRow, HistoryCard
from akcept.wording import entries
from akcept.wording.details import Line, details


@dataclass(frozen=True, slots=True)
class Change:
    """A field old → new, or a line that stands alone."""

    label: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the record in words."""

    who: str
    acting_for: str
    words: str
    at: datetime
    icon: str
    changes: tuple[Change, ...]
    remark: str = ""


DECISIONS = frozenset(
    {"SUBMITTED", "APPROVED", "RETURNED", "REJECTED", "WITHDRAWN", "PAYMENT_REFUSED", "UNDONE"}
    | {"CLEARED", "REASSIGNED", "REROUTED", "APPROVER_ADDED", "APPROVER_NAMED"}
)
EDITS = frozenset({"DRAFTED", "REVISED", "REMARK_SETTLED", "POSTPONED"})
FILES = frozenset({"FILE_ATTACHED"})
FILTERS: Mapping[str, Promise] = {
    "all": _("All"),
    "decisions": _("Decisions"),
    "edits": _("Edits"),
    "files": _("Files"),
    "payments": _("Payments"),
    "system": _("System"),
}
ICONS = {
    "SUBMITTED": "send",
    "APPROVED": "check",
    "RETURNED": "arrow-back-up",
    "REJECTED": "ban",
    "WITHDRAWN": "archive",
    "REVISED": "edit",
    "DRAFTED": "plus",
    "FILE_ATTACHED": "paperclip",
    "COMMENTED": "message-circle",
    "COMMENT_EDITED": "edit",
    "QUESTION_WITHDRAWN": "message-circle",
    "PAYMENT_EXECUTED": "circle-check",
    "PAYMENT_SENT": "send",
    "PAYMENT_REFUSED": "arrow-back-up",
    "PAYMENT_RETURNED": "arrow-back-up",
    "POSTPONED": "calendar-event",
    "HELD": "player-pause",
    "RELEASED": "refresh",
    "CLEARED": "checks",
    "REASSIGNED": "arrow-forward-up",
    "REROUTED": "arrow-forward-up",
}


def events(history: Iterable[HistoryCard], *, only: str, row: CaseRow, system: str) -> list[Event]:
    """Return the timeline, the newest first."""
    chosen = [entry for entry in history if _belongs(entry, only)]
    return [_event(entry, row, system) for entry in reversed(chosen)]


def _belongs(entry: HistoryCard, only: str) -> bool:
    match only:
        case "decisions":
            return entry.kind in DECISIONS
        case "edits":
            return entry.kind in EDITS
        case "files":
            return entry.kind in FILES
        case "payments":
            return "PAYMENT" in entry.kind or entry.kind == "REST_CLOSED"
        case "system":
            return entry.actor is None
        case _:
            return True


def _event(entry: HistoryCard, row: CaseRow, system: str) -> Event:
    return Event(
        # That nothing more is to approve follows by itself from the last decision.
        who=entry.actor.name if entry.actor and entry.kind != "CLEARED" else system,
        acting_for=entry.acting_for.name if entry.acting_for else "",
        words=entries.predicate(entry, currency=row.currency),
        at=entry.at,
        icon=ICONS.get(entry.kind, "history"),
        changes=tuple(
            _change(line) for line in details(entry, type=row.type, currency=row.currency)
        ),
    )


def _change(line: Line) -> Change:
    return Change(line.label, line.old, line.text)
