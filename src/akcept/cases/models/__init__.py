"""The rows of a case. `fold` is the case as the engine sees it; everything beside it is a projection for lists,
search and constraints, written in the same transaction by `store`."""

from __future__ import annotations

from akcept.cases.models.case import Case, Participation
from akcept.cases.models.contents import Attachment, Payment, PlannedPayment, Value
from akcept.cases.models.outside import OutsideAsk, OutsideLink
from akcept.cases.models.search import KnownWord, SearchWord, WordTrigram
from akcept.cases.models.talk import Mention, Message, ReadMark
from akcept.cases.models.views import FirstView, SavedView
from akcept.cases.models.work import FeedItem, Snooze, Task

__all__ = [
    "Attachment",
    "Case",
    "FeedItem",
    "FirstView",
    "KnownWord",
    "Mention",
    "Message",
    "OutsideAsk",
    "OutsideLink",
    "Participation",
    "Payment",
    "PlannedPayment",
    "ReadMark",
    "SavedView",
    "SearchWord",
    "Snooze",
    "Task",
    "Value",
    "WordTrigram",
]
