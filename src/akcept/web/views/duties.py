"""The separation of duties: the rules, who is in conflict with them, and who is excepted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from akcept.people import access
from akcept.people.duties import RULES
from akcept.people.labels import DUTIES
from akcept.people.labels import RULES as WORDS
from akcept.reports import duties as reports
from akcept.web.asking import ask, door
from akcept.web.present import conflicts as present


@door("GET")
def duties(request: HttpRequest) -> HttpResponseBase:
    """Show the rules and the report of conflicts."""
    asked = ask(request)
    report = reports.report(by=asked.by.actor, at=asked.at)
    context = {
        "place": "people",
        "rules": [
            (rule, WORDS[rule.code], DUTIES[rule.first], DUTIES[rule.second]) for rule in RULES
        ],
        "conflicts": present.gathered(report.conflicts),
        "exceptions": [(one, WORDS[one.card.rule]) for one in report.exceptions],
    }
    return render(request, "web/people/duties.html", context)


@door("POST")
def export(request: HttpRequest) -> HttpResponseBase:
    """Give the report as a file; that it was taken along is on record, so it is no GET."""
    asked = ask(request)
    access.require_looking(by=asked.by.actor, at=asked.at)
    content = reports.write_csv(by=asked.by.actor, at=asked.at)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"akcept-duties-{timezone.localtime(asked.at):%Y-%m-%d}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
