"""What the buttons say: one label for each act a person can be offered."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from akcept.engine.verbs import Verb

VERBS: Mapping[str, Promise] = {
    Verb.REVISE: pgettext_lazy("act", "Edit"),
    Verb.ATTACH: pgettext_lazy("act", "Attach a file"),
    Verb.SUBMIT: pgettext_lazy("act", "Send for approval"),
    Verb.RESUBMIT: pgettext_lazy("act", "Resubmit"),
    Verb.APPROVE: pgettext_lazy("act", "Approve"),
    Verb.RETURN: pgettext_lazy("act", "Return for rework"),
    Verb.REJECT: pgettext_lazy("act", "Reject"),
    Verb.WITHDRAW: pgettext_lazy("act", "Withdraw"),
    Verb.REASSIGN: pgettext_lazy("act", "Reassign"),
    Verb.ADD_APPROVER: pgettext_lazy("act", "Add an approver"),
    Verb.ASK_OUTSIDE: pgettext_lazy("act", "Ask somebody from outside"),
    Verb.NAME_APPROVER: pgettext_lazy("act", "Name an approver"),
    Verb.FORCE_DECISION: pgettext_lazy("act", "Decide by override"),
    Verb.REPLACE_PERSON: pgettext_lazy("act", "Replace by override"),
    Verb.REROUTE: pgettext_lazy("act", "Move to the published version of the route"),
    Verb.MEET_DEADLINE: pgettext_lazy("act", "Hand on after the deadline"),
    Verb.ADD_OBSERVER: pgettext_lazy("act", "Add an observer"),
    Verb.HOLD: pgettext_lazy("act", "Hold"),
    Verb.RELEASE: pgettext_lazy("act", "Release from hold"),
    Verb.MARK_SENT: pgettext_lazy("act", "Mark as sent to bank"),
    Verb.PAY: pgettext_lazy("act", "Pay"),
    Verb.REFUSE_PAYMENT: pgettext_lazy("act", "Refuse to pay"),
    Verb.RECORD_RETURN: pgettext_lazy("act", "Record a returned payment"),
    Verb.CLOSE_REST: pgettext_lazy("act", "Close the rest"),
    Verb.POSTPONE: pgettext_lazy("act", "Move to date"),
    Verb.COMMENT: pgettext_lazy("act", "Comment"),
    Verb.EDIT_COMMENT: pgettext_lazy("act", "Edit a message"),
    Verb.WITHDRAW_QUESTION: pgettext_lazy("act", "Withdraw the question"),
    Verb.UNDO: pgettext_lazy("act", "Undo"),
}
APPROVE_WITH_REMARKS = pgettext_lazy("act", "Approve with remarks")


def words(verb: str) -> str:
    """Name an act as its button does."""
    return str(VERBS[verb])
