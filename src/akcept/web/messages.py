"""What was said of an act, kept in a signed cookie until the next page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponseBase

MOST = 3


class Newest(CookieStorage):
    """Only the newest are kept: whoever acts many times without looking would carry them all along.

    Django's own storage puts what no cookie holds into the session, and a session that changes is a commit.
    """

    def _store(
        self, messages: Sequence[Message], response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> list[Message]:
        unstored: list[Message] = super()._store(messages[-MOST:], response, *args, **kwargs)  # type: ignore[misc]
        return unstored
