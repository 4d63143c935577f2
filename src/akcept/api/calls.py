"""Who calls: a bearer token turned into the person behind it and the moment of the call."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict, TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils import translation
from ninja.security import HttpBearer

from akcept.api.languages import asked_for
from akcept.engine.refusals import InvalidInput
from akcept.journal import repeats
from akcept.journal.repeats import First
from akcept.kit import clock
from akcept.people import askers, services, tokens
from akcept.people.askers import Asker
from akcept.people.codes import TokenScope

Answer = TypeVar("Answer")
KEY = re.compile(r"[\x21-\x7e]{1,200}")
TOKEN = re.compile(r"[\w\-]{1,200}", re.ASCII)
# Noting every single use would take SQLite's one write lock for every call.
USE_NOTED_EVERY = timedelta(minutes=5)
LARGEST_REVISION = 2**31 - 1


class TokenRefused(Exception):
    """The token is unknown, expired or revoked (HTTP 401)."""


class ScopeMissing(Exception):
    """The token may not be used for this (HTTP 403)."""


class Upon(TypedDict):
    """What every act on a case is given."""

    case_id: UUID
    by: Asker
    at: datetime
    key: str | None


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API: who, when, under which request key, on which revision."""

    by: Asker
    scopes: frozenset[TokenScope]
    at: datetime
    key: str | None
    if_match: int | None

    def upon(self, case_id: UUID) -> Upon:
        """Return what an act on that case is given."""
        return Upon(case_id=case_id, by=self.by, at=self.at, key=self.key)

    def once(
        self, request: HttpRequest, work: Callable[[], Answer], again: Callable[[First], Answer]
    ) -> Answer:
        """Do what is asked once: sent again under its key it is answered by `again`, from the entry it left."""
        said = [request.method, request.path, request.body.decode(errors="replace")]
        request_key = repeats.asked(key=self.key, said=said)
        return repeats.noted(work=work, again=again, by=self.by.actor, request=request_key)

    def revision(self, said: int | None) -> int:
        """Return the revision the caller has seen, from the body or If-Match; refuses neither and both at odds."""
        if said is not None and self.if_match is not None and said != self.if_match:
            raise InvalidInput({"revision": "REVISIONS_DIFFER"})
        seen = said if said is not None else self.if_match
        if seen is None:
            raise InvalidInput({"revision": "REQUIRED"})
        return seen


class ApiRequest(HttpRequest):
    """A request whose token has been checked."""

    auth: Call


class Bearer(HttpBearer):
    """Accepts a token of the API that has one of the scopes; never a session."""

    def __init__(self, *scopes: TokenScope) -> None:
        super().__init__()
        self.scopes = frozenset(scopes)

    def authenticate(self, request: HttpRequest, token: str) -> Call:
        """Return the call; refuses an unusable token and one that does not reach so far."""
        at = clock.now()
        card = tokens.find(secret=token, at=at) if TOKEN.fullmatch(token) else None
        by = askers.asker(person_id=card.person_id) if card else None
        if card is None or by is None:
            raise TokenRefused
        if card.last_used_at is None or at - card.last_used_at >= USE_NOTED_EVERY:
            services.note_token_use(token_id=card.id, at=at)
        call = Call(by, card.scopes, at, _key(request.headers), _if_match(request.headers))
        request.auth = call  # type: ignore[attr-defined]  # the refusal below is worded for its owner
        # Nothing leaks into the next request: LocaleMiddleware begins each with a language of its own.
        translation.activate(asked_for(request) or by.language)
        if not self.scopes & card.scopes:
            raise ScopeMissing
        return call


def _key(headers: Mapping[str, str]) -> str | None:
    key = headers.get("Idempotency-Key")
    if key is not None and not KEY.fullmatch(key):
        raise InvalidInput({"Idempotency-Key": "WRONG_FORMAT"})
    return key


def _if_match(headers: Mapping[str, str]) -> int | None:
    said = headers.get("If-Match")
    if said is None or said.strip() == "*":
        return None
    found = re.fullmatch(r'(?:W/)?"(\d{1,10})"', said.strip())
    if found is None or int(found[1]) > LARGEST_REVISION:
        raise InvalidInput({"If-Match": "WRONG_FORMAT"})
    return int(found[1])
