"""Why somebody sits in a seat, and why somebody does not."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from akcept.engine.case import Why

WHY: Mapping[str, Promise] = {
    Why.HIERARCHY: pgettext_lazy("why", "By hierarchy: next up in the reporting line"),
    Why.NAMED: pgettext_lazy("why", "Named in the route"),
    Why.CHOSEN: pgettext_lazy("why", "Chosen by the initiator"),
    Why.ROLE: pgettext_lazy("why", "Holds the role that the route asks"),
    Why.HEAD: pgettext_lazy("why", "Heads the department that the route asks"),
    Why.OWNER: pgettext_lazy("why", "Owns the cost centre"),
    Why.INSTEAD: pgettext_lazy("why", "Instead of somebody who may not or cannot decide"),
    Why.PEER: pgettext_lazy("why", "Decides on the documents of the very top"),
    Why.LIMIT: pgettext_lazy("why", "Added because the amount is above the others' limits"),
    Why.ADDED: pgettext_lazy("why", "Added during the approval"),
    Why.REASSIGNED: pgettext_lazy("why", "The task was passed on"),
    Why.NAMED_LATER: pgettext_lazy("why", "Named later, because nobody was found"),
    Why.DEADLINE: pgettext_lazy("why", "Took over when the deadline had passed"),
    Why.REPLACED: pgettext_lazy("why", "Put here by an override"),
}
SKIPPED: Mapping[str, Promise] = {
    "CONFLICT": pgettext_lazy("skipped", "may not decide on this document"),
    "INACTIVE": pgettext_lazy("skipped", "no longer works here"),
    "LOOP": pgettext_lazy("skipped", "the reporting line leads in a circle here"),
}


def words(why: str) -> str:
    """Say why this step is here."""
    return str(WHY[why])


def skipped(code: str) -> str:
    """Say why a person was passed over."""
    return str(SKIPPED[code])
