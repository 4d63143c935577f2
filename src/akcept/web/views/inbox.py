"""The tasks of a person: what waits for them, sorted by what has to be done, and what they have just decided."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from akcept.cases import queries
from akcept.cases.discussion import mentions
from akcept.web.asking import Ask, ask, door
from akcept.web.present import case
from akcept.web.present import inbox as present
from akcept.web.reading import key, keys

PAY = "pay"
JUST = 5


@door("GET")
def inbox(request: HttpRequest) -> HttpResponse:
    """Show one tab of the inbox; without one named, the first that has something in it."""
    asked = ask(request)
    counts = queries.inbox_counts(by=asked.by, at=asked.at)
    tab = present.chosen(request.GET.get("tab", ""), counts.tasks)
    after = key(request.GET.get("after"))
    shown = _shown(asked, tab, after)
    around = {
        "place": "tasks",
        "tab": tab,
        "tabs": present.tabs(counts, tab),
        "newest_url": present.url(tab) if after else "",
    }
    return render(request, "web/inbox/inbox.html", around | shown)


@door("GET")
def next_task(request: HttpRequest) -> HttpResponse:
    """Lead to the first task of a tab, or of the first that has something in it; with none left, to the empty list."""
    asked = ask(request)
    counts = queries.inbox_counts(by=asked.by, at=asked.at)
    tab = request.GET.get("tab", "")
    if tab not in present.KINDS or not counts.tasks.get(present.KINDS[tab]):
        tab = present.chosen("", counts.tasks)
    tasks = queries.inbox(by=asked.by, at=asked.at, kind=present.KINDS[tab]).tasks
    return redirect("web:case", tasks[0].case.id) if tasks else redirect(present.url(tab))


@door("GET")
def preview(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show beside the list what is to be decided on; whoever follows the address as a link comes to the card."""
    asked = ask(request)
    card = queries.case_card(by=asked.by, case_id=case_id, at=asked.at)
    if not request.headers.get("HX-Request"):
        return redirect("web:case", case_id)
    shown = case.context(card, tab="", only="", file=request.GET.get("file", ""))
    tab = present.chosen(request.GET.get("tab", ""), {})
    around = {"next": present.url(tab), "case_key": str(case_id)}
    return render(request, "web/inbox/preview.html", shown | around)


@require_safe
def just_decided(request: HttpRequest) -> HttpResponse:
    """Show under the list what was decided in the last minutes, with how to take it back."""
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    asked = ask(request)
    cards = queries.decided(by=asked.by, at=asked.at, limit=JUST)
    lines = [
        present.decided(card, by=asked.by)
        for card in cards
        if asked.at - card.entry.at < present.LATELY
    ]
    next_url = present.url(present.chosen(request.GET.get("tab", ""), {}))
    return render(request, "web/inbox/just.html", {"decided": lines, "next": next_url})


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Say what is out of date on a page of tasks: how many came, and which of those `shown` somebody has done.

    Whoever is logged out meanwhile is not torn away from what they type.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    asked, tab = ask(request), request.GET.get("tab", "")
    shown = keys(request.GET.get("shown"))
    if tab not in present.KINDS:
        return HttpResponse(status=204)
    kind = present.KINDS[tab]
    count, gone = queries.inbox_news(by=asked.by, at=asked.at, kind=kind, shown=shown)
    told = {"count": count, "path": present.url(tab), "gone": gone}
    return render(request, "web/inbox/news.html", told)


def _shown(asked: Ask, tab: str, after: str | None) -> dict[str, object]:
    if tab == present.DONE:
        return _decided(asked)
    if tab == present.SNOOZED:
        groups = present.aside(queries.snoozed(by=asked.by, at=asked.at), by=asked.by)
        return {"groups": groups, "nothing": present.nothing(tab)}
    if tab == present.MENTIONS:
        page = mentions.mentions(by=asked.by, at=asked.at, before=None)
        return {"mentions": [present.mention(card, by=asked.by) for card in page.items]}
    return _open(asked, tab, after)


def _open(asked: Ask, tab: str, after: str | None) -> dict[str, object]:
    page = queries.inbox(by=asked.by, at=asked.at, kind=present.KINDS[tab], after=after)
    groups = (
        present.by_payer(page.tasks, by=asked.by)
        if tab == PAY
        else present.groups(page.tasks, by=asked.by, at=asked.at)
    )
    return {
        "groups": groups,
        "nothing": present.nothing(tab),
        "next_on": None if groups else queries.next_planned(by=asked.by, at=asked.at),
        "older_url": present.url(tab, after=page.older) if page.older else "",
        "news_url": "" if after else present.news_url(tab, page),
    }


def _decided(asked: Ask) -> dict[str, object]:
    cards = queries.decided(by=asked.by, at=asked.at, limit=50)
    return {"decided": [present.decided(card, by=asked.by) for card in cards]}
