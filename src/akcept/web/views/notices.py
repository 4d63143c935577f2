"""What I was told: the list behind the bell, and the counts of bell and menu that keep themselves fresh."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from akcept.delivery import queries, services
from akcept.web.asking import ask, door
from akcept.web.present import notices as present
from akcept.web.present.sheets import uuid_of
from akcept.web.reading import back, whole


@door("GET")
def notices(request: HttpRequest) -> HttpResponse:
    """Show what is unread, or a page of all, by day, newest first."""
    asked = ask(request)
    before = whole(request.GET.get("before"))
    is_all = request.GET.get("show") == present.ALL
    page = queries.notices(by=asked.by, before=before, only_unread=not is_all)
    unread = queries.unread(by=asked.by)
    shown = {
        "days": present.days(page.items, at=asked.at),
        "chips": present.chips(is_all=is_all, unread=unread),
        "unread": unread,
        "all_url": "" if is_all else present.url(is_all=True),
        "newest_url": present.url(is_all=is_all) if before else "",
        "older_url": present.url(is_all=is_all, before=page.older) if page.older else "",
    }
    return render(request, "web/notices/notices.html", shown)


@door("POST")
def read(request: HttpRequest) -> HttpResponse:
    """Mark one notice as read and open what it is about, or mark all; a page marks what is about it by itself."""
    asked = ask(request)
    if about := uuid_of(request.POST.get("about", "")):
        services.mark_read_about(by=asked.by, about=about, at=asked.at)
        return render(request, "web/notices/counts.html")
    notice = whole(request.POST.get("notice"))
    services.mark_read(by=asked.by, ids=None if notice is None else [notice], at=asked.at)
    return redirect(back(request, reverse("web:notices")))


@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """Give bell and menu their numbers anew; the page asks every minute.

    Whoever is logged out meanwhile is not torn away from what they type.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    return render(request, "web/notices/counts.html")
