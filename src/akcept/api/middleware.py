"""What Django itself answers under /api/ becomes problem+json too: no page, no trace, no detail of the inside."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from akcept.api import problems

Handler = Callable[[HttpRequest], HttpResponseBase]
KEPT = ("Allow", "Retry-After")


class ProblemJson:
    """Answer every error under /api/ in the one form that programs read."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Leave everything alone that is no error or is a problem already."""
        response = self.get_response(request)
        if response.status_code < 400 or not request.path.startswith("/api/"):
            return response
        if response.headers.get("Content-Type") == problems.MEDIA_TYPE:
            return response
        known = response.status_code if response.status_code in problems.CODES else 400
        if response.status_code >= 500:
            known = 500
        answer = problems.problem(request, known)
        for header in KEPT:
            if header in response.headers:
                answer[header] = response.headers[header]
        return answer
