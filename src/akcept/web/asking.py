"""Who asks, when, under which key; and the one place where a refusal becomes an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from akcept.engine import refusals as no
from akcept.kit import clock
from akcept.kit.once import reading
from akcept.people.askers import Asker, asker_of
from akcept.wording import fields
from akcept.wording import refusals as wording
from akcept.wording.details import any_label

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
# Paying several at once lengthens it by the id of each case, and 200 is the most that is kept.
KEY = re.compile(r"[!-~]{1,150}")
STATUSES: Mapping[type[no.Refusal], int] = {
    no.NotFound: 404,
    no.NotAllowed: 403,
    no.InvalidInput: 422,
    no.KeyReused: 422,
    no.LinkOver: 410,
    no.CodeWrong: 422,
    no.TooOften: 429,
    no.ReasonRequired: 422,
}


@dataclass(frozen=True, slots=True)
class Ask:
    """What every service needs of a request."""

    by: Asker
    at: datetime
    key: str | None


def asker(request: HttpRequest) -> Asker:
    """Return who is logged in; the pages are behind `door`, so somebody is."""
    person: Any = request.user
    return asker_of(person)


def ask(request: HttpRequest) -> Ask:
    """Return who asks, the moment of the request, and the key of the form (a malformed one counts as none)."""
    asked: Ask | None = getattr(request, "asked", None)
    if asked is None:
        key = request.POST.get("key", "")
        asked = Ask(asker(request), clock.now(), key if KEY.fullmatch(key) else None)
        request.asked = asked  # type: ignore[attr-defined]
    return asked


def door(*methods: str) -> Callable[[View[P]], View[P]]:
    """Let a view answer these methods to who is logged in, and its refusals be translated."""

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method == "HEAD":
                # Read like any other, the server leaves the body out: views know reading and acting alone.
                request.method = "GET"
                try:
                    return answer(request, *args, **kwargs)
                finally:
                    request.method = "HEAD"
            if request.method not in methods:
                page = render(request, "405.html", status=405)
                page.headers["Allow"] = ", ".join(methods)
                return page
            if not request.user.is_authenticated:
                # Where a form was sent from, not to: what was typed waits there for who logs in again.
                is_read = request.method == "GET"
                return redirect_to_login(
                    request.get_full_path() if is_read else _back(request) or "/"
                )
            try:
                # A GET changes nothing, so what it has been told once holds to its end.
                with reading() if request.method == "GET" else nullcontext():
                    return view(request, *args, **kwargs)
            except no.Refusal as refusal:
                return refused(request, refusal)

        return answer

    return wrap


def status_of(refusal: no.Refusal) -> int:
    """Return the HTTP status a refusal is answered with."""
    return STATUSES.get(type(refusal), 409)


def words(refusal: no.Refusal) -> str:
    """Say what was refused and what to do, naming people."""
    return wording.words(refusal, names=wording.names_in(refusal))


def refused(
    request: HttpRequest, refusal: no.Refusal, *, changes: Sequence[object] = (), url: str = ""
) -> HttpResponse:
    """Answer a refusal: a fragment to htmx, else a page; `changes` (label, old, new) tell what is different now."""
    status = status_of(refusal)
    if status in {403, 404} and not request.headers.get("HX-Request"):
        return render(request, f"{status}.html", status=status)
    told = {
        "title": title_of(refusal),
        "text": words(refusal),
        "details": problems(refusal),
        "changes": changes,
        "url": url or _back(request),
    }
    part = bool(request.headers.get("HX-Request"))
    page = "web/parts/stale.html" if part else "web/refused.html"
    return render(request, page, told, status=status)


def title_of(refusal: no.Refusal) -> str:
    """Say in a heading what sort of refusal it is."""
    if isinstance(refusal, no.StaleRevision):
        return _("Changed since you opened it")
    if isinstance(refusal, no.AlreadyDecided):
        return _("Already decided")
    return _("Not possible")


def problems(refusal: no.Refusal) -> list[str]:
    """Say what is wrong with each field, naming those that the card names."""
    errors = refusal.errors if isinstance(refusal, no.InvalidInput) else {}
    return [_problem(field, code) for field, code in errors.items()]


def _problem(field: str, code: str) -> str:
    label = any_label(field)
    return fields.words(code) if label == field else f"{label}: {fields.words(code)}"


def _back(request: HttpRequest) -> str:
    # Only the path: an address elsewhere is nobody's way back, nor is a path that a browser takes for one.
    found = re.fullmatch(r"https?://[^/]+(/(?![/\\]).*)", request.headers.get("Referer", ""))
    return found[1] if found and request.method == "POST" else ""
