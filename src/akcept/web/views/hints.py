"""Dismissing what a newcomer is told, and hearing it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from akcept.people import services
from akcept.people.codes import Hint
from akcept.web.asking import ask, door
from akcept.web.reading import back

ALL = "all"


@door("POST")
def dismiss(request: HttpRequest, code: str) -> HttpResponseBase:
    """Not show a hint again, or "all"; unknown ones are not found."""
    if code not in {ALL, *(hint.value for hint in Hint)}:
        raise Http404
    asked = ask(request)
    services.dismiss_hints(person_id=asked.by.id, hint=None if code == ALL else Hint(code))
    if request.headers.get("HX-Request"):
        return render(request, "web/parts/hint_gone.html")
    return redirect(back(request, "/"))


@door("POST")
def show_again(request: HttpRequest) -> HttpResponseBase:
    """Show all hints again."""
    services.show_hints(person_id=ask(request).by.id)
    messages.success(request, _("The hints are shown again."))
    return redirect("web:profile")
