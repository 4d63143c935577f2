"""What a newcomer is told on the pages they work on, once each: a few sentences, no tour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akcept.people.codes import Hint

Words = Promise | str


@dataclass(frozen=True, slots=True)
class HintCard:
    """One hint with its title, its points, and a word on keys for whoever has some."""

    code: str
    title: Words
    points: tuple[Words, ...]
    keys: Words


HINTS: Mapping[Hint, tuple[Words, tuple[Words, ...]]] = {
    Hint.FEED: (
        _("This is your feed"),
        (
            _("Everything that happens to your documents stands here, newest first."),
            _("What waits for you has its buttons: decide without leaving the page."),
            _("To ask for a payment, drop the invoice at the top and say what it is for."),
        ),
    ),
    Hint.TASKS: (
        _("These are your tasks"),
        (
            _("What is overdue comes first; the document opens from its title."),
            _("A decision can be taken back for a few seconds: the button is below."),
        ),
    ),
    Hint.REGISTRY: (
        _("Every document you may see"),
        (
            _("Narrow the list with filters; the address keeps them, so it can be shared."),
            _("“Now with” says who has it and since when."),
            _("Export writes exactly what the list shows."),
        ),
    ),
    Hint.CALENDAR: (
        _("What will be paid, and when"),
        (
            _("A dashed edge is still in approval: a forecast."),
            _("Unpaid on its day, a payment moves to the next working day by itself."),
            _("Subscribe, and your own calendar shows the same days."),
        ),
    ),
    Hint.CARD: (
        _("Everything about one document"),
        (
            _("The document, what it is about, who has decided and who decides next: on one page."),
            _(
                "What has been approved cannot be altered unseen: a change of substance starts the approval anew."
            ),
            _("History tells every step, also years later."),
        ),
    ),
}

KEYS: Mapping[Hint, Words] = {
    Hint.TASKS: _("Press ? to see the keys: J and K move, A approves, R returns."),
}


def hint(code: str, *, seen: list[str]) -> HintCard | None:
    """Return a hint unless it has been dismissed."""
    if code in seen:
        return None
    title, points = HINTS[Hint(code)]
    return HintCard(code, title, points, KEYS.get(Hint(code), ""))
