"""The home page: what happened on my cases, and my open tasks in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from akcept.cases import queries
from akcept.web.asking import ask, door
from akcept.web.present import feed as present
from akcept.web.present.composer import composer
from akcept.web.reading import whole

CHOICES = frozenset({"mine", "mentions", "payments", "comments"})


@door("GET")
def feed(request: HttpRequest) -> HttpResponse:
    """Show a page of the feed, narrowed by `only`, before the item `before`."""
    asked = ask(request)
    only = request.GET.get("only", "")
    only = only if only in CHOICES else ""
    before = whole(request.GET.get("before"))
    page = queries.feed(by=asked.by, at=asked.at, only=only or None, before=before)
    shown: dict[str, object] = {
        "place": "feed",
        "days": present.days(page, by=asked.by, at=asked.at),
        "chips": present.chips(only),
        "only": only,
        "newest": page.items[0].id if page.items else 0,
        "newest_url": reverse("web:feed") if before else "",
        "older_url": present.older_url(page, only),
    }
    if not before:
        shown |= composer(by=asked.by)
    return render(request, "web/feed/feed.html", shown)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Count what came after an item; the page asks every 20 seconds and shows it only when told to.

    Whoever is logged out meanwhile is not torn away from what they type.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    asked = ask(request)
    count = queries.feed_news(by=asked.by, after=whole(request.GET.get("after")) or 0)
    return render(request, "web/feed/news.html", {"count": count, "path": reverse("web:feed")})
