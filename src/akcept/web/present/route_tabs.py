"""What stands around every page of one route."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.cases import moving
from akcept.routes.queries import RouteLine
from akcept.wording import routes as wording


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a route."""

    code: str
    label: str
    url: str
    count: int = 0


def around(line: RouteLine, current: str, *, may_change: bool) -> dict[str, object]:
    """Return the title, the state and the other pages of a route; what is under way only to who may move it."""
    pages = [("route", _("Design")), ("try_route", _("Try it"))]
    if line.live is not None:
        pages.append(("compare_route", _("Compare versions")))
    pages.append(("replay_route", _("Past documents")))
    counts = {}
    if line.live is not None and may_change:
        pages.append(("running_route", _("Under way")))
        counts["running_route"] = moving.count(line=line)
    return {
        "place": "routes",
        "line": line,
        "route_name": wording.name(line),
        "tabs": [
            Tab(code, label, reverse(f"web:{code}", args=[line.id]), counts.get(code, 0))
            for code, label in pages
        ],
        "current_tab": current,
    }
