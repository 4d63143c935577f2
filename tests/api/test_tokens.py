from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from akcept.people import services, tokens
from akcept.people.codes import TokenScope
from akcept.people.models import ApiToken, Person
from programs import Program, ProgramOf, refusal_of
from troupe import AT


def test_a_token_stands_for_its_owner(anna: Person, program_of: ProgramOf) -> None:
    answer = program_of(anna, TokenScope.READ).get("/me")
    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(anna.id),
        "name": "Анна Иванова",
        "language": "ru",
        "time_zone": "UTC",
        "undo_seconds": None,
        "single_keys": True,
        "theme": "AUTO",
        "scopes": ["READ"],
    }
    assert ApiToken.objects.get().last_used_at is not None


def test_a_token_sets_what_the_profile_sets(anna: Person, program_of: ProgramOf) -> None:
    program = program_of(anna, TokenScope.READ, TokenScope.DRAFT)
    answer = program.send("PATCH", "/me", {"theme": "DARK", "undo_seconds": 30})
    assert answer.status_code == 200
    assert (answer.json()["theme"], answer.json()["undo_seconds"]) == ("DARK", 30)
    assert refusal_of(program.send("PATCH", "/me", {"theme": "PINK"}))[0] == 422
    anna.refresh_from_db()
    assert (anna.theme, anna.language) == ("DARK", "ru")


@pytest.mark.parametrize("secret", [None, "akc_nobody", "\x00", "я"])
def test_without_a_usable_token_there_is_nothing(secret: str | None, db: None) -> None:
    answer = Program(secret).get("/me")
    code = "TOKEN_MISSING" if secret is None else "TOKEN_REFUSED"
    assert refusal_of(answer) == (401, code)
    assert answer["WWW-Authenticate"] == 'Bearer realm="Akcept"'


def test_a_revoked_or_expired_token_is_no_token(anna: Person, program_of: ProgramOf) -> None:
    revoked = program_of(anna)
    (card,) = tokens.tokens_of(person_id=anna.id)
    services.revoke_token(token_id=card.id, person_id=anna.id, by=anna.actor, at=AT)
    _, secret = services.make_token(
        person_id=anna.id,
        name="short",
        scopes=[TokenScope.READ],
        by=anna.actor,
        at=AT - timedelta(days=900),
        expires_at=AT - timedelta(days=899),
    )
    for program in (revoked, Program(secret)):
        assert refusal_of(program.get("/me")) == (401, "TOKEN_REFUSED")


def test_a_session_is_not_enough(anna: Person) -> None:
    browser = Client()
    browser.force_login(anna)
    assert refusal_of(browser.get("/api/v1/me")) == (401, "TOKEN_MISSING")


def test_a_token_reaches_as_far_as_its_scopes(anna: Person, program_of: ProgramOf) -> None:
    reader, writer = program_of(anna, TokenScope.READ), program_of(anna, TokenScope.DRAFT)
    assert refusal_of(reader.post("/counterparties", {"name": "А"})) == (403, "SCOPE_MISSING")
    assert refusal_of(writer.get("/me")) == (403, "SCOPE_MISSING")
    assert reader.get("/counterparties").json()["lines"] == []
