"""One's own wishes about being told."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from akcept.delivery import queries, services
from akcept.web import filling
from akcept.web.asking import ask, door
from akcept.web.forms.notifying import WAYS, NotifyingForm
from akcept.web.present import wishes
from akcept.web.views.profile import tabs

# The order matters: most call themselves what came before them as well.
NAMES = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("YaBrowser", "Yandex"), ("Firefox", "Firefox"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


@door("GET", "POST")
def notifying(request: HttpRequest) -> HttpResponseBase:
    """Show which news come which way, and change it."""
    asked = ask(request)
    form = NotifyingForm(request.POST or None, wishes=queries.wishes(by=asked.by))
    if request.method == "POST" and filling.accepted(
        form, lambda given: services.change_wishes(by=asked.by, changes=given, at=asked.at)
    ):
        messages.success(request, _("Saved."))
        return redirect("web:notifying")
    context = {
        "tabs": tabs(),
        "current": "notices",
        "ways": WAYS.values(),
        "browsers": queries.browsers(by=asked.by),
        "key": queries.application_key(),
        "changes": wishes.told(queries.changed_wishes(by=asked.by)),
    }
    return filling.page(request, "web/profile/notifying.html", context, form=form)


@door("POST")
def subscribe(request: HttpRequest) -> HttpResponseBase:
    """Let this browser take pushes."""
    asked = ask(request)
    services.subscribe(
        by=asked.by,
        endpoint=request.POST.get("endpoint", ""),
        public_key=request.POST.get("public_key", ""),
        auth_secret=request.POST.get("auth_secret", ""),
        name=_browser(request.headers.get("User-Agent", "")),
        at=asked.at,
    )
    messages.success(request, _("This browser takes pushes now."))
    return redirect("web:notifying")


@door("POST")
def unsubscribe(request: HttpRequest, subscription_id: UUID) -> HttpResponseBase:
    """Let a browser take no more pushes."""
    asked = ask(request)
    services.unsubscribe(by=asked.by, subscription_id=subscription_id, at=asked.at)
    messages.success(request, _("That browser takes no more pushes."))
    return redirect("web:notifying")


def _browser(agent: str) -> str:
    """Name a browser so that its owner knows which one it is."""
    found = [
        next((name for sign, name in known if sign in agent), "") for known in (NAMES, SYSTEMS)
    ]
    return " · ".join(filter(None, found)) or _("A browser")
