"""Words for the codes of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akcept.engine.calendars import AdjustRule, DayKind, PostponeDays

POSTPONE_DAYS = {
    PostponeDays.WORKING: _("To the next working day"),
    PostponeDays.CALENDAR: _("To the next calendar day"),
}
ADJUST_RULES = {
    AdjustRule.FOLLOWING: _("The next working day"),
    AdjustRule.MODIFIED_FOLLOWING: _("The next working day, but within the month"),
    AdjustRule.PRECEDING: _("The working day before"),
    AdjustRule.KEEP: _("Keep the date"),
}
DAY_KINDS = {
    DayKind.CLOSED: _("Day off"),
    DayKind.WORKING: _("Working day"),
}
