"""What every page waits for: that there is a company."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from akcept.people import founding

Handler = Callable[[HttpRequest], HttpResponseBase]
# Whoever watches the machine, programs, and what the first page itself needs.
OPEN = ("/setup/", "/language", "/healthz", "/readyz", "/api/", "/static/")


class SetUpFirst:
    """Lead everybody to the first page until the company is set up."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Ask for strangers only: whoever is logged in belongs to a company."""
        is_strange = not request.path.startswith(OPEN) and not request.user.is_authenticated
        if is_strange and not founding.is_set_up():
            return redirect("web:setup")
        return self.get_response(request)
