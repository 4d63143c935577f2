"""Mail that came in, for administrators and auditors: why a letter was not taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.delivery import queries, words
from akcept.delivery.received import ReceivedCard
from akcept.web.asking import ask, door
from akcept.web.present.setting import around, looking
from akcept.web.reading import whole
from akcept.wording import fields


@door("GET")
def received(request: HttpRequest) -> HttpResponseBase:
    """Show what came in and what became of it."""
    asked = ask(request)
    looking(asked)
    before = whole(request.GET.get("before"))
    page = queries.received_mail(before=before)
    here = reverse("web:received")
    shown = {
        "rows": [_row(mail) for mail in page.items],
        "newest_url": here if before else "",
        "older_url": f"{here}?before={page.older}" if page.older else "",
    }
    return render(request, "web/settings/received.html", around("received", asked) | shown)


def _row(mail: ReceivedCard) -> Mapping[str, Any]:
    """Return one mail with where it led; whoever may not see that is told so there."""
    url = link = ""
    if mail.item_id:
        url, link = reverse("web:intake-item", args=[mail.item_id]), _("To the letter")
    elif mail.case_id:
        url, link = reverse("web:case", args=[mail.case_id]), _("To the document")
    problems = [fields.words(code) for code in mail.problems]
    said = words.outcome(mail.outcome)
    return {"mail": mail, "said": said, "problems": problems, "url": url, "link": link}
