"""The API as one object: how operations are declared, what is refused how, and its description in OpenAPI 3.1."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.parser import Parser

from akcept.api import problems, stale
from akcept.api.calls import Bearer, ScopeMissing, TokenRefused
from akcept.api.problems import Problem
from akcept.engine.refusals import Refusal
from akcept.people.codes import TokenScope

View = TypeVar("View", bound=Callable[..., Any])
READ_REFUSALS = (400, 401, 403, 404, 422)
WRITE_REFUSALS = (*READ_REFUSALS, 409, 413, 415)
KEY_HEADER = {
    "in": "header",
    "name": "Idempotency-Key",
    "description": "A key of your choice for this request; sent again, it gives the first outcome.",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]{1,200}$"},
}


class NotJson(Exception):
    """The body says that it is something else than JSON (HTTP 415)."""


class StrictParser(Parser):
    """Reads JSON as RFC 8259 has it: no NaN, and nothing that only looks like JSON."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return the body; refuses another media type."""
        if request.content_type != "application/json":
            raise NotJson
        body: dict[str, Any] = json.loads(request.body.decode(), parse_constant=_no_constant)
        return body


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


class Door(Router):
    """A router whose operations say which scope they need and everything they may refuse."""

    def read(self, path: str, gives: Any, *, summary: str) -> Callable[[View], View]:
        """Declare a GET for tokens that may read."""
        answers = {200: gives} | dict.fromkeys(READ_REFUSALS, Problem)
        found: Callable[[View], View] = self.get(
            path, auth=Bearer(TokenScope.READ), response=answers, summary=summary
        )
        return found

    def download(self, path: str, *, summary: str) -> Callable[[View], View]:
        """Declare a GET that answers with the bytes of a file."""
        answers = {200: None} | dict.fromkeys(READ_REFUSALS, Problem)
        bytes_of = {"schema": {"type": "string", "format": "binary"}}
        found: Callable[[View], View] = self.get(
            path,
            auth=Bearer(TokenScope.READ),
            response=answers,
            summary=summary,
            openapi_extra={"responses": {200: {"content": {"*/*": bytes_of}}}},
        )
        return found

    def act(
        self,
        path: str,
        gives: Any,
        *scopes: TokenScope,
        summary: str,
        status: int = 200,
        method: str = "POST",
        is_keyed: bool = True,
    ) -> Callable[[View], View]:
        """Declare a POST or PATCH for tokens that have one of the scopes; what is not keyed does no harm when sent again."""
        needs = " or ".join(scope.value for scope in scopes)
        found: Callable[[View], View] = self.api_operation(
            [method],
            path,
            auth=Bearer(*scopes),
            response={status: gives} | dict.fromkeys(WRITE_REFUSALS, Problem),
            summary=summary,
            description=f"Token scope: {needs}.",
            openapi_extra={"parameters": [KEY_HEADER]} if is_keyed else {},
        )
        return found


class Api(NinjaAPI):
    """The API, with readable operation ids and problems documented as what they are."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of the function; they are unique."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the description of the API."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    content = response.get("content", {})
                    if int(status) >= 400 and "application/json" in content:
                        response["content"] = {problems.MEDIA_TYPE: content["application/json"]}
        return schema


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems.invalid(request, error.errors)


def _token_refused(request: HttpRequest, error: TokenRefused) -> HttpResponse:
    return problems.problem(request, 401, "TOKEN_REFUSED")


def _scope_missing(request: HttpRequest, error: ScopeMissing) -> HttpResponse:
    return problems.problem(request, 403, "SCOPE_MISSING")


def _unread(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, NotJson):
        return problems.problem(request, 415)
    code = "BODY_NOT_JSON" if error.status_code == 400 else None
    return problems.problem(request, error.status_code, code)


def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problems.problem(request, 413)


def _no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problems.problem(request, 401)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problems.refused(request, refusal, also=stale.told(request, refusal))


# Ninja's own type for a handler takes the class of the exception as well, which it never passes.
TRANSLATORS: Mapping[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Refusal: _refused,
    ValidationError: _invalid,
    AuthenticationError: _no_token,
    TokenRefused: _token_refused,
    ScopeMissing: _scope_missing,
    RequestDataTooBig: _too_big,
    HttpError: _unread,
}


def translate(api: NinjaAPI) -> None:
    """Teach the API to answer everything that is refused."""
    for kind, answer in TRANSLATORS.items():
        api.add_exception_handler(kind, answer)
