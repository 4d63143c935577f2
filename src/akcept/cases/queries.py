"""What the doors may ask of cases; every answer is a frozen card."""

from __future__ import annotations

from akcept.cases.attachments import file
from akcept.cases.concerned import concerned
from akcept.cases.feeding import feed, feed_news
from akcept.cases.finding import find, meant
from akcept.cases.history import altered, history, recently_decided
from akcept.cases.inputs import last_entity
from akcept.cases.lists import (
    covered_count,
    decided,
    inbox,
    inbox_counts,
    inbox_news,
    kanban,
    next_planned,
    registry,
    registry_rows,
    registry_totals,
    snoozed,
)
from akcept.cases.previewing import preview
from akcept.cases.reading import case_card
from akcept.cases.replaying import replay
from akcept.cases.sheets import sheet
from akcept.cases.trying import try_out

__all__ = [
    "altered",
    "case_card",
    "concerned",
    "covered_count",
    "decided",
    "feed",
    "feed_news",
    "file",
    "find",
    "history",
    "inbox",
    "inbox_counts",
    "inbox_news",
    "kanban",
    "last_entity",
    "meant",
    "next_planned",
    "preview",
    "recently_decided",
    "registry",
    "registry_rows",
    "registry_totals",
    "replay",
    "sheet",
    "snoozed",
    "try_out",
]
