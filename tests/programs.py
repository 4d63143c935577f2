"""Programs that call the API over HTTP, and how their tests read a refusal."""

from __future__ import annotations

import json
from typing import Any, Protocol

from django.http import HttpResponse
from django.test import Client

from akcept.people.codes import TokenScope
from akcept.people.models import Person

ROOT = "/api/v1"


class Program:
    """A program with a token; without one it is a stranger to the API."""

    def __init__(self, secret: str | None = None, *, language: str | None = None) -> None:
        headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"} if secret else {}
        if language:
            headers["HTTP_ACCEPT_LANGUAGE"] = language
        self.client = Client(raise_request_exception=False)
        self.headers = headers

    def get(self, path: str, **query: str | int) -> Any:
        """Read."""
        return self.client.get(ROOT + path, query, **self.headers)

    def post(self, path: str, body: object = None, *, key: str | None = None, **more: str) -> Any:
        """Act."""
        return self.send("POST", path, body, key=key, **more)

    def send(
        self, method: str, path: str, body: object, *, key: str | None = None, **more: str
    ) -> Any:
        """Send a JSON body by any method."""
        headers = self.headers | more | ({"HTTP_IDEMPOTENCY_KEY": key} if key else {})
        content = json.dumps({} if body is None else body)
        return self.client.generic(method, ROOT + path, content, "application/json", **headers)

    def upload(self, path: str, file: object) -> Any:
        """Send a file as a form does."""
        return self.client.post(ROOT + path, {"file": file}, **self.headers)


class ProgramOf(Protocol):
    """Gives a person's program."""

    def __call__(
        self, person: Person, *scopes: TokenScope, language: str | None = None
    ) -> Program: ...


def refusal_of(response: HttpResponse) -> tuple[int, str]:
    """Return the status and the code of a problem, after a look at its form."""
    assert response["Content-Type"] == "application/problem+json"
    problem = json.loads(response.content)
    assert problem["status"] == response.status_code
    assert problem["title"]
    assert problem["detail"]
    return response.status_code, problem["code"]
