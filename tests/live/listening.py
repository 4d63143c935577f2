"""A stream as a browser reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from django.conf import settings

CSRF = "c" * 32


class Stream:
    """One open stream."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.iter_lines()
        self.headers = response.headers
        self.last_id = ""

    def next(self) -> dict[str, Any]:
        """Return the next event; beats are none."""
        for line in self._lines:
            if line.startswith("id: "):
                self.last_id = line[4:]
            if line.startswith("data: "):
                found: dict[str, Any] = json.loads(line[6:])
                return found
        raise AssertionError("the stream has ended")

    def hears_of(self, part: str) -> bool:
        """Wait until a part is named."""
        while part not in self.next()["parts"]:
            pass
        return True


def cookie_of(session: str) -> dict[str, str]:
    """Return the header of somebody who is logged in."""
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}


def form_of(session: str) -> dict[str, str]:
    """Return the headers of a form that they send."""
    cookie = f"{cookie_of(session)['Cookie']}; {settings.CSRF_COOKIE_NAME}={CSRF}"
    return {"Cookie": cookie, "X-CSRFToken": CSRF}


@contextmanager
def listening(url: str, session: str, last_id: str = "", **query: str) -> Iterator[Stream]:
    """Listen for a while."""
    http = httpx.Client(base_url=url, headers=cookie_of(session))
    with http, listening_by(http, last_id, **query) as stream:
        yield stream


@contextmanager
def listening_by(http: httpx.Client, last_id: str = "", **query: str) -> Iterator[Stream]:
    """Listen over a client that knows where and who."""
    headers = {"Last-Event-ID": last_id} if last_id else {}
    with http.stream("GET", "/live/", params=query, headers=headers, timeout=30) as answer:
        assert answer.status_code == 200
        yield Stream(answer)
