"""What I was told: the list behind the bell, and the counts of bell and menu that keep themselves fresh."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from akcept.delivery import queries, services
from akcept.web.asking import ask, door
from akcept.web.present import notices as present
from akcept.web.reading import back, whole


@door("GET")
def notices(request: HttpRequest) -> HttpResponse:
    """Show a page of notices, newest first."""
    asked = ask(request)
    before = whole(request.GET.get("before"))
    page = queries.notices(by=asked.by, before=before)
    here = reverse("web:notices")
    shown = {
        "notices": [present.line(card) for card in page.items],
        "unread": queries.unread(by=asked.by),
        "newest_url": here if before else "",
        "older_url": f"{here}?before={page.older}" if page.older else "",
    }
    return render(request, "web/notices/notices.html", shown)


@door("POST")
def read(request: HttpRequest) -> HttpResponse:
    """Mark one notice as read and open what it is about, or mark all."""
    asked = ask(request)
    notice = whole(request.POST.get("notice"))
    services.mark_read(by=asked.by, ids=None if notice is None else [notice], at=asked.at)
    return redirect(back(request, reverse("web:notices")))


@require_GET
def counts(request: HttpRequest) -> HttpResponse:
    """Give bell and menu their numbers anew; the page asks every minute.

    Whoever is logged out meanwhile is not torn away from what they type.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    return render(request, "web/notices/counts.html")
