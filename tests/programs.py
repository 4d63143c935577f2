"""Programs that call the API over HTTP, and how their tests read a refusal."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from akcept.people.codes import TokenScope
from akcept.people.models import Person
from troupe import PDF, Cast

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


ProgramNamed = Callable[[str], Program]


def rub(amount: str) -> dict[str, str]:
    """Return an amount in roubles."""
    return {"amount": amount, "currency": "RUB"}


def today() -> str:
    """Return the day of the payer's entity, which the server's clock tells."""
    return datetime.now(ZoneInfo("Europe/Moscow")).date().isoformat()


def upload(program: Program, name: str = "счёт.pdf") -> str:
    """Upload a small PDF and return its SHA-256."""
    kept = program.upload("/files", SimpleUploadedFile(name, PDF))
    assert kept.status_code == 201, kept.content
    sha256: str = kept.json()["sha256"]
    return sha256


def invoice(cast: Cast, **changes: Any) -> dict[str, Any]:
    """Return the body that creates an ordinary invoice."""
    return {
        "amount": rub("120000.00"),
        "entity": str(cast.entity),
        "counterparty": str(cast.counterparty),
        "supplier_number": "77",
        "issued_on": today(),
        "comment": "Хостинг за ноябрь",
        "approval_type": "HIERARCHY",
        "planned": [{"on": today(), "amount": rub("120000.00")}],
    } | changes


def sent(program: ProgramNamed, cast: Cast, **changes: Any) -> dict[str, Any]:
    """Let Anna send an invoice for approval and return the outcome."""
    file = {"purpose": "INVOICE", "sha256": upload(program("anna")), "name": "счёт.pdf"}
    body = invoice(cast, submit=True, files=[file], **changes)
    answer = program("anna").post("/cases", body)
    assert answer.status_code == 201, answer.content
    outcome: dict[str, Any] = answer.json()
    return outcome


def approved(program: ProgramNamed, cast: Cast, **changes: Any) -> dict[str, Any]:
    """Let everybody above Anna approve an invoice of hers and return the last outcome."""
    outcome = sent(program, cast, **changes)
    path = f"/cases/{outcome['case_id']}/approve"
    for name in ("boris", "vera", "gleb"):
        answer = program(name).post(path, {"revision": outcome["revision"]})
        assert answer.status_code == 200, answer.content
        outcome = answer.json()
    assert outcome["state"] == "TO_PAY"
    return outcome
