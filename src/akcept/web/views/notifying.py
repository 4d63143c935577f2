"""One's own wishes about being told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from akcept.delivery import queries, services
from akcept.web import filling
from akcept.web.asking import ask, door
from akcept.web.forms.notifying import WAYS, NotifyingForm
from akcept.web.views.profile import tabs


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
    context = {"tabs": tabs(), "current": "notices", "ways": WAYS.values()}
    return filling.page(request, "web/profile/notifying.html", context, form=form)
