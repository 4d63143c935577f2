"""What news are called where there is room for a word or two."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from akcept.delivery.topics import Topic

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
}
OTHER = pgettext_lazy("news", "News")


def topic(code: str) -> str:
    """Name a kind of news in the reader's language."""
    return str(TOPICS.get(Topic(code), OTHER))
