"""What came in by mail, in words: what became of it, step by step, and of mail that became nothing."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

from akcept.intake.codes import Kind, State
from akcept.intake.queries import ItemStep

STATES: Mapping[State, Promise] = {
    State.WAITING: pgettext_lazy("intake", "Waiting"),
    State.TAKEN: pgettext_lazy("intake", "Document made"),
    State.SET_ASIDE: pgettext_lazy("intake", "Set aside"),
}
STEPS: Mapping[Kind, Promise] = {
    Kind.RECEIVED: pgettext_lazy("intake", "The letter came in"),
    Kind.GIVEN: pgettext_lazy("intake", "%(name)s passed it on to %(person)s"),
    Kind.TAKEN: pgettext_lazy("intake", "%(name)s made a document of it"),
    Kind.SET_ASIDE: pgettext_lazy("intake", "%(name)s set it aside"),
    Kind.PUT_BACK: pgettext_lazy("intake", "%(name)s put it back"),
}


def words(state: State) -> str:
    """Say what became of an item."""
    return str(STATES[state])


def step(done: ItemStep) -> str:
    """Say what somebody did with an item."""
    somebody = pgettext("did", "somebody")
    return str(STEPS[done.kind]) % {"name": done.by or somebody, "person": done.person or somebody}
