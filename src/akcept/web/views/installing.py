"""Akcept as an app of a phone or a desk: its manifest, its service worker, and the page for when there is no network."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

INK = "#0f2e2a"
ICONS = (("web/icon-192.png", "192x192", "any"), ("web/icon-512.png", "512x512", "any maskable"))


@require_safe
@cache_control(no_cache=True)
def manifest(request: HttpRequest) -> HttpResponse:
    """Say what an installed Akcept is called and looks like."""
    icons = [
        {"src": static(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for path, sizes, purpose in ICONS
    ]
    said = {
        "id": "/",
        "name": "Akcept",
        "short_name": "Akcept",
        "description": _("From “please pay this” to paid, with every sign-off on record."),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": INK,
        "theme_color": INK,
        "icons": icons,
        "shortcuts": [{"name": _("My tasks"), "url": reverse("web:tasks")}],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Give the script that shows pushes, and says so when there is no network; it keeps no page of anybody."""
    kept = [reverse("web:offline"), static("built/app.css"), static("web/mark.svg")]
    # Another language or another style is another cache.
    version = sha256(" ".join([get_language(), *kept]).encode()).hexdigest()[:12]
    shown = {"kept": kept, "version": version, "icon": static("web/icon-192.png")}
    return render(request, "web/service_worker.js", shown, content_type="text/javascript")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Say that there is no network; browsers keep this page and no other."""
    return render(request, "web/offline.html")
