"""Which news come which way, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akcept.delivery.topics import Event
from akcept.delivery.wishes import CELLS, OFFERED, Way, When, Wishes, code

CLOCK = forms.TimeInput({"type": "time"}, format="%H:%M")
EVENTS: Mapping[Event, tuple[Promise, Promise]] = {
    Event.TASKS: (
        _("Something for me to do"),
        _("A new task, a return, a question, an answer, a mention."),
    ),
    Event.URGENT: (
        _("Something is late or went wrong"),
        _("Reminders, deadlines, money that came back."),
    ),
    Event.APPROVED: (_("My document was approved by somebody"), _("Or paid in part.")),
    Event.ENDED: (_("Paid or rejected"), _("A document that I took part in.")),
    Event.WATCHED: (
        _("Everything else about my documents"),
        _("Moved dates, comments, holds, changes."),
    ),
}
WAYS: Mapping[Way, Promise] = {
    Way.APP: pgettext_lazy("way", "In the app"),
    Way.MAIL: _("Mail"),
    Way.PUSH: pgettext_lazy("way", "Push"),
}
HOW: Mapping[When, Promise] = {
    When.AT_ONCE: pgettext_lazy("when", "At once"),
    When.DIGEST: pgettext_lazy("when", "In the digest"),
    When.OFF: pgettext_lazy("when", "No"),
}
IN_APP: Mapping[When, Promise] = {
    When.AT_ONCE: pgettext_lazy("when", "The bell counts it"),
    When.OFF: pgettext_lazy("when", "In the list alone"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the matrix; `cells` are fields of the form, or the one word that cannot be changed."""

    label: Promise
    hint: Promise
    cells: tuple[tuple[Promise, forms.BoundField | str], ...]


class NotifyingForm(forms.Form):
    """The matrix and the hours."""

    digest_at = forms.TimeField(
        label=_("Digest at"),
        widget=CLOCK,
        help_text=_("One letter in the morning of a working day; none when there is nothing."),
    )
    quiet_from = forms.TimeField(label=_("Quiet from"), widget=CLOCK, required=False)
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        widget=CLOCK,
        required=False,
        help_text=_("Letters and pushes wait until then; what is late or went wrong does not."),
    )
    push_amounts = forms.BooleanField(
        label=_("Name the counterparty and the amount in a push"),
        required=False,
        help_text=_("Others may read a push over your shoulder."),
    )

    def __init__(self, given: object, *, wishes: Wishes) -> None:
        """Make a field of every cell that can be chosen."""
        set_now = {name: wishes.cell(cell).value for name, cell in CELLS.items()}
        set_now |= {name: getattr(wishes, name) for name in self.base_fields}
        super().__init__(given, initial=set_now)  # type: ignore[arg-type]
        for name, cell in CELLS.items():
            if len(OFFERED[cell]) > 1:
                self.fields[name] = _field(cell[0], cell[1])

    def lines(self) -> Iterator[Line]:
        """Give the matrix line by line."""
        for event, (label, hint) in EVENTS.items():
            yield Line(label, hint, tuple((WAYS[way], self._cell(event, way)) for way in Way))

    def _cell(self, event: Event, way: Way) -> forms.BoundField | str:
        name = code((event, way))
        return self[name] if name in self.fields else str(_words(way)[OFFERED[event, way][0]])


def _field(event: Event, way: Way) -> forms.ChoiceField:
    label = f"{EVENTS[event][0]}: {WAYS[way]}"
    offered = [(how.value, _words(way)[how]) for how in OFFERED[event, way]]
    select = forms.Select({"aria-label": label})
    return forms.ChoiceField(label=label, choices=offered, widget=select)


def _words(way: Way) -> Mapping[When, Promise]:
    return IN_APP if way is Way.APP else HOW
