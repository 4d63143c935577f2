"""Everything refused, as problem+json (RFC 9457): a stable code, words in the caller's language, every field named."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, ConfigDict

from akcept.api import words
from akcept.api.speech import speaking
from akcept.engine import refusals as no
from akcept.wording import fields, refusals

MEDIA_TYPE = "application/problem+json"
STATUSES: Mapping[type[no.Refusal], int] = {
    no.NotFound: 404,
    no.NotAllowed: 403,
    no.InvalidInput: 422,
    no.KeyReused: 422,
}
CODES: Mapping[int, str] = {
    400: "BAD_REQUEST",
    401: "TOKEN_MISSING",
    403: "NOT_ALLOWED",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    413: "TOO_LARGE",
    415: "MEDIA_TYPE",
    500: "SERVER_ERROR",
}


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str
    code: str
    detail: str


class Problem(BaseModel):
    """A refusal; programs go by `code`, which never changes."""

    model_config = ConfigDict(title="Problem")

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[FieldProblem] = []
    facts: dict[str, Any] = {}


def status_of(refusal: no.Refusal) -> int:
    """Return the HTTP status a refusal is answered with."""
    return next((STATUSES[kind] for kind in type(refusal).__mro__ if kind in STATUSES), 409)


def refused(
    request: HttpRequest, refusal: no.Refusal, *, also: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Answer a refusal of the rules; its own facts, and what else helps, go along."""
    return _answer(request, worded(request, refusal, also=also))


def worded(
    request: HttpRequest, refusal: no.Refusal, *, also: Mapping[str, Any] | None = None
) -> Problem:
    """Return a refusal in the caller's language, without answering yet."""
    is_input = isinstance(refusal, no.InvalidInput)
    facts = {} if is_input else dict(vars(refusal))
    return _problem(
        request,
        status=status_of(refusal),
        code=refusal.code,
        refusal=refusal,
        facts=facts | dict(also or {}),
    )


def problem(request: HttpRequest, status: int, code: str | None = None) -> HttpResponse:
    """Answer with a problem of the request itself."""
    code = code or CODES.get(status, "BAD_REQUEST")
    return _answer(request, _problem(request, status=status, code=code))


def invalid(request: HttpRequest, errors: Sequence[Mapping[str, Any]]) -> HttpResponse:
    """Answer a request that does not fit its schema, naming every field."""
    found: dict[str, str] = {}
    for error in errors:
        place = [str(part) for part in error["loc"][1:]]
        if place and place[0] in {"body", "filters"}:
            place = place[1:]
        found.setdefault(".".join(place) or "body", _code(str(error["type"])))
    return refused(request, no.InvalidInput(found))


def _problem(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    refusal: no.Refusal | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Problem:
    errors = refusal.errors if isinstance(refusal, no.InvalidInput) else {}
    with speaking(request):
        return Problem(
            type=f"urn:akcept:problem:{code}",
            title=str(words.TITLES.get(status) or HTTPStatus(status).phrase),
            status=status,
            detail=_detail(code, refusal),
            code=code,
            request_id=getattr(request, "request_id", ""),
            errors=[
                FieldProblem(field=field, code=wrong, detail=_field_detail(wrong))
                for field, wrong in errors.items()
            ],
            facts=dict(facts or {}),
        )


def _answer(request: HttpRequest, shown: Problem) -> HttpResponse:
    body = json.dumps(shown.model_dump(), cls=DjangoJSONEncoder, ensure_ascii=False)
    response = HttpResponse(body, status=shown.status, content_type=MEDIA_TYPE)
    with speaking(request) as language:
        response["Content-Language"] = language
    response["Vary"] = "Accept-Language, Authorization"
    if shown.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="Akcept"'
    return response


def _detail(code: str, refusal: no.Refusal | None) -> str:
    own = words.DETAILS.get(code)
    if refusal is None or own is not None:
        return str(own or code)
    return refusals.words(refusal, names=refusals.names_in(refusal))


def _field_detail(code: str) -> str:
    own = words.FIELDS.get(code)
    return str(own) if own is not None else fields.words(code)


# What pydantic finds, in the codes that all doors use.
_KINDS: Mapping[str, str] = {
    "missing": "REQUIRED",
    "extra_forbidden": "UNKNOWN_FIELD",
    "string_too_long": "TOO_LONG",
    "string_too_short": "REQUIRED",
    "string_unicode": "CONTROL_CHARACTERS",
    "string_pattern_mismatch": "WRONG_FORMAT",
    "too_long": "TOO_MANY",
    "too_short": "REQUIRED",
    "enum": "UNKNOWN_VALUE",
    "literal_error": "UNKNOWN_VALUE",
    "timezone_aware": "NOT_A_MOMENT",
    "greater_than_equal": "OUT_OF_RANGE",
    "less_than_equal": "OUT_OF_RANGE",
    "int_parsing": "NOT_A_NUMBER",
    "int_type": "NOT_A_NUMBER",
    "int_parsing_size": "OUT_OF_RANGE",
}


def _code(kind: str) -> str:
    if kind.isupper():
        return kind
    if kind.startswith("uuid"):
        return "NOT_AN_ID"
    if kind.startswith("datetime"):
        return "NOT_A_MOMENT"
    if kind.startswith("date"):
        return "NOT_A_DATE"
    return _KINDS.get(kind, "WRONG_TYPE")
