"""The tasks of a person: what waits for them, sorted by what has to be done, and what they have just decided."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from akcept.cases import queries
from akcept.web.asking import Ask, ask, door
from akcept.web.present import inbox as present
from akcept.web.reading import key


@door("GET")
def inbox(request: HttpRequest) -> HttpResponse:
    """Show one tab of the inbox; without one named, the first that has something in it."""
    asked = ask(request)
    counts = queries.inbox_counts(by=asked.by, at=asked.at)
    tab = present.chosen(request.GET.get("tab", ""), counts)
    after = key(request.GET.get("after"))
    shown = _decided(asked) if tab == present.DONE else _open(asked, tab, after)
    around = {
        "place": "tasks",
        "tab": tab,
        "tabs": present.tabs(counts, tab),
        "newest_url": present.url(tab) if after else "",
    }
    return render(request, "web/inbox/inbox.html", around | shown)


def _open(asked: Ask, tab: str, after: str | None) -> dict[str, object]:
    page = queries.inbox(by=asked.by, at=asked.at, kind=present.KINDS[tab], after=after)
    groups = present.groups(page.tasks, by=asked.by, at=asked.at)
    return {"groups": groups, "older_url": present.url(tab, after=page.older) if page.older else ""}


def _decided(asked: Ask) -> dict[str, object]:
    cards = queries.decided(by=asked.by, at=asked.at, limit=50)
    return {"decided": [present.decided(card, by=asked.by) for card in cards]}
