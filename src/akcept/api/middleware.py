"""What Django itself answers under /api/ becomes problem+json too: no page, no trace, no detail of the inside."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from akcept.api import problems

Handler = Callable[[HttpRequest], HttpResponseBase]
KEPT = ("Allow", "Retry-After")


class ProblemJson:
    """Answer every error under /api/ in the one form that programs read, and let no cache keep an answer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Leave everything alone that is no error or is a problem already."""
        response = self.get_response(request)
        if not request.path.startswith("/api/"):
            return response
        answer = _as_problem(request, response) if response.status_code >= 400 else response
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.headers.get("Content-Type") == problems.MEDIA_TYPE:
        return response
    status = response.status_code
    known = 500 if status >= 500 else status if status in problems.CODES else 400
    answer = problems.problem(request, known)
    for header in KEPT:
        if header in response.headers:
            answer[header] = response.headers[header]
    return answer
