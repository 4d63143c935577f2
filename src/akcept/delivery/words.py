"""What news are called where there is room for a word or two."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from akcept.delivery.topics import Topic
from akcept.delivery.verdicts import Outcome

TOPICS: Mapping[Topic, Promise] = {
    Topic.TASK: pgettext_lazy("news", "New task"),
    Topic.RETURNED: pgettext_lazy("news", "Returned"),
    Topic.PAYMENT_REFUSED: pgettext_lazy("news", "Payment refused"),
    Topic.REMINDER: pgettext_lazy("news", "Reminder"),
    Topic.REJECTED: pgettext_lazy("news", "Rejected"),
    Topic.PAID: pgettext_lazy("news", "Paid"),
    Topic.PAYMENT_RETURNED: pgettext_lazy("news", "Payment came back"),
    Topic.CHANGED: pgettext_lazy("news", "Changed"),
    Topic.WITHDRAWN: pgettext_lazy("news", "Withdrawn"),
    Topic.MOVED: pgettext_lazy("news", "Moved"),
    Topic.APPROVED: pgettext_lazy("news", "Approved"),
    Topic.PAID_PART: pgettext_lazy("news", "Paid in part"),
    Topic.HELD: pgettext_lazy("news", "Put on hold"),
    Topic.RELEASED: pgettext_lazy("news", "Hold ended"),
    Topic.REASSIGNED: pgettext_lazy("news", "Passed on"),
    Topic.OBSERVING: pgettext_lazy("news", "You observe"),
    Topic.ASKED: pgettext_lazy("news", "You are asked"),
    Topic.ANSWERED: pgettext_lazy("news", "Answered"),
    Topic.GUEST_WROTE: pgettext_lazy("news", "Message from outside"),
    Topic.MENTIONED: pgettext_lazy("news", "You are mentioned"),
    Topic.COMMENTED: pgettext_lazy("news", "New comment"),
    Topic.INTAKE: pgettext_lazy("news", "A letter for you"),
}
OTHER = pgettext_lazy("news", "News")


def topic(code: str) -> str:
    """Name a kind of news in the reader's language."""
    return str(TOPICS.get(Topic(code), OTHER))


OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.COMMENTED: pgettext_lazy("mail", "Became a comment."),
    Outcome.PARTLY: pgettext_lazy("mail", "Became a comment, but not all of its files were taken."),
    Outcome.TAKEN_IN: pgettext_lazy("mail", "Taken into Intake."),
    Outcome.REPEATED: pgettext_lazy("mail", "Came before."),
    Outcome.AUTOMATIC: pgettext_lazy("mail", "Ignored: no human sent it."),
    Outcome.NO_ADDRESS: pgettext_lazy("mail", "Ignored: it went to no address of ours."),
    Outcome.FORGED: pgettext_lazy(
        "mail", "Ignored: the address was made for somebody else than who says to have sent it."
    ),
    Outcome.EMPTY: pgettext_lazy("mail", "Not taken: nothing stood above the quotation."),
    Outcome.TOO_BIG: pgettext_lazy("mail", "Not taken: over 30 MB."),
    Outcome.REFUSED: pgettext_lazy(
        "mail", "Not taken: the sender no longer sees the document, or it takes no such text."
    ),
    Outcome.NO_FILE: pgettext_lazy("mail", "Not taken: there was no file with it."),
    Outcome.BAD_FILES: pgettext_lazy("mail", "Not taken: none of its files is accepted."),
    Outcome.TOO_OFTEN: pgettext_lazy("mail", "Not taken: this address has sent too many today."),
    Outcome.UNREADABLE: pgettext_lazy("mail", "Not taken: it is made to keep its reader busy."),
}


def outcome(code: Outcome) -> str:
    """Say what became of a mail."""
    return str(OUTCOMES[code])
