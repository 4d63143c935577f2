"""Who is away in the next two months, and for what nobody is left."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from akcept.cases import coverage as found
from akcept.people import access, deputies
from akcept.web.asking import ask, door
from akcept.web.present import coverage as present


@door("GET")
def coverage(request: HttpRequest) -> HttpResponseBase:
    """Show absences and the gaps they leave."""
    asked = ask(request)
    access.require_looking(by=asked.by.actor, at=asked.at)
    today = asked.at.date()
    last = today + timedelta(days=found.HORIZON)
    context = {
        "place": "people",
        "gaps": present.gaps(found.gaps(at=asked.at)),
        "absences": deputies.absences(first=today, last=last),
    }
    return render(request, "web/people/coverage.html", context)
