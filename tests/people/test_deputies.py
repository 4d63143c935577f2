from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from akcept.engine.money import Money
from akcept.engine.refusals import InvalidInput, NotAllowed, NotFound
from akcept.people import deputies, queries, services, standing, tokens
from akcept.people.codes import TokenScope
from akcept.people.fields import Absence
from akcept.people.models import ApiToken, Deputy, Person
from akcept.people.store import keys, persons
from staff import Hire
from troupe import AT, SYSTEM

DAYS = {"starts_on": date(2026, 11, 20), "ends_on": date(2026, 11, 30)}


@pytest.fixture
def dana(hire: Hire) -> Person:
    return hire("Dana")


def away(absentee: Person, deputy: Person) -> Absence:
    return Absence(absentee.id, deputy.id, date(2026, 11, 20), date(2026, 11, 30))


def test_somebody_away_names_who_acts(
    anna: Person, dana: Person, django_assert_num_queries: Any
) -> None:
    services.set_deputy(absence=away(anna, dana), by=anna.actor, at=AT)
    with django_assert_num_queries(1):
        (acting,) = standing.deputised_by(person_id=dana.id, at=AT)
    assert (acting.absentee_name, acting.limit) == (anna.name, None)
    assert deputies.deputies_of(person_ids=[anna.id], at=AT) == (acting,)
    assert deputies.deputies_of(person_ids=[dana.id], at=AT) == ()


def test_days_are_those_of_the_absentee(hire: Hire, dana: Person) -> None:
    far = hire("Far", time_zone="Asia/Vladivostok")
    services.set_deputy(absence=away(far, dana), by=far.actor, at=AT)
    begins = datetime(2026, 11, 19, 14, tzinfo=UTC)
    ends = datetime(2026, 11, 30, 14, tzinfo=UTC)
    second = timedelta(seconds=1)
    acts = [
        bool(standing.deputised_by(person_id=dana.id, at=at))
        for at in (begins - second, begins, ends - second, ends)
    ]
    assert acts == [False, True, True, False]


def test_an_act_for_somebody_is_one_level_deep(anna: Person, dana: Person, hire: Hire) -> None:
    vera = hire("Vera")
    services.set_deputy(absence=away(anna, dana), by=anna.actor, at=AT)
    services.set_deputy(absence=away(dana, vera), by=dana.actor, at=AT)
    found = standing.deputised_by(person_id=vera.id, at=AT)
    assert [acting.absentee_id for acting in found] == [dana.id]


def test_deputies_may_overlap_and_end_early(anna: Person, dana: Person, hire: Hire) -> None:
    first = services.set_deputy(absence=away(anna, dana), by=anna.actor, at=AT)
    services.set_deputy(absence=away(anna, hire("Vera")), by=anna.actor, at=AT)
    assert len(deputies.deputies_of(person_ids=[anna.id], at=AT)) == 2
    services.cancel_deputy(deputyship_id=first, by=dana.actor, at=AT)
    assert standing.deputised_by(person_id=dana.id, at=AT) == ()
    with pytest.raises(NotFound):
        services.cancel_deputy(deputyship_id=first, by=dana.actor, at=AT)


def test_somebody_deactivated_acts_for_nobody(anna: Person, dana: Person) -> None:
    services.set_deputy(absence=away(anna, dana), by=anna.actor, at=AT)
    persons.set_active(person_id=dana.id, is_active=False, by=SYSTEM, at=AT)
    assert deputies.deputies_of(person_ids=[anna.id], at=AT) == ()


def test_a_wrong_absence_is_refused(anna: Person, dana: Person) -> None:
    absence = away(anna, dana)
    wrong = {
        "deputy_id": replace(absence, deputy_id=anna.id),
        "ends_on": replace(absence, ends_on=date(2026, 11, 19)),
        "reason": replace(absence, reason="x" * 301),
    }
    for field, one in wrong.items():
        with pytest.raises(InvalidInput) as refused:
            services.set_deputy(absence=one, by=SYSTEM, at=AT)
        assert list(refused.value.errors) == [field]
    assert not Deputy.objects.exists()


def test_a_limit_needs_an_order_and_an_administrator(
    anna: Person, dana: Person, root: Person
) -> None:
    limited = replace(away(anna, dana), limit=Money(10**8, "RUB"))
    with pytest.raises(NotAllowed):
        services.set_deputy(absence=limited, by=anna.actor, at=AT)
    with pytest.raises(InvalidInput) as refused:
        services.set_deputy(absence=limited, by=root.actor, at=AT)
    assert set(refused.value.errors) == {"order_number", "order_date"}
    ordered = replace(limited, order_number="17-к", order_date=date(2026, 11, 18))
    services.set_deputy(absence=ordered, by=root.actor, at=AT)
    (acting,) = queries.person_card(person_id=dana.id).acts_for
    assert (acting.limit, acting.order_number) == (Money(10**8, "RUB"), "17-к")


def test_nobody_makes_themselves_a_deputy(anna: Person, dana: Person) -> None:
    with pytest.raises(NotAllowed):
        services.set_deputy(absence=away(anna, dana), by=dana.actor, at=AT)


def test_the_database_refuses_ones_own_deputy(anna: Person) -> None:
    with pytest.raises(IntegrityError):
        Deputy.objects.create(absentee=anna, deputy=anna, **DAYS)


def test_a_key_opens_until_it_is_over(anna: Person) -> None:
    token_id, secret = services.make_token(
        person_id=anna.id,
        name="1C",
        scopes=[TokenScope.READ, TokenScope.DECIDE],
        by=anna.actor,
        at=AT,
        expires_at=AT + timedelta(days=1),
    )
    found = tokens.find(secret=secret, at=AT)
    assert found is not None
    assert (found.id, found.person_id) == (token_id, anna.id)
    assert found.scopes == {TokenScope.READ, TokenScope.DECIDE}
    assert secret not in str(list(ApiToken.objects.values()))
    assert tokens.find(secret=secret + "x", at=AT) is None
    assert tokens.find(secret="", at=AT) is None
    assert tokens.find(secret=secret, at=AT + timedelta(days=1)) is None


def test_a_revoked_key_opens_nothing(anna: Person, hire: Hire) -> None:
    token_id, secret = services.make_token(
        person_id=anna.id, name="1C", scopes=[TokenScope.READ], by=anna.actor, at=AT
    )
    with pytest.raises(NotAllowed):
        services.revoke_token(token_id=token_id, person_id=anna.id, by=hire("Oleg").actor, at=AT)
    services.revoke_token(token_id=token_id, person_id=anna.id, by=anna.actor, at=AT)
    assert tokens.find(secret=secret, at=AT) is None
    assert [key.revoked_at for key in tokens.tokens_of(person_id=anna.id)] == [AT]


def test_the_console_reads_and_drafts_but_in_the_demo(anna: Person, root: Person) -> None:
    every = list(TokenScope)
    with pytest.raises(NotAllowed):
        services.make_token(person_id=anna.id, name="x", scopes=every, by=SYSTEM, at=AT)
    with pytest.raises(NotAllowed):
        services.make_token(person_id=anna.id, name="x", scopes=every, by=root.actor, at=AT)
    services.change_settings(changes={"demo": True}, by=SYSTEM, at=AT)
    services.make_token(person_id=anna.id, name="x", scopes=every, by=SYSTEM, at=AT)


def test_the_use_of_a_key_is_noted_now_and_then(
    anna: Person, django_assert_num_queries: Any
) -> None:
    token_id, _ = services.make_token(
        person_id=anna.id, name="1C", scopes=[TokenScope.READ], by=anna.actor, at=AT
    )
    keys.note_use(token_id=token_id, at=AT)
    with django_assert_num_queries(1):
        keys.note_use(token_id=token_id, at=AT + timedelta(minutes=1))
    assert ApiToken.objects.get().last_used_at == AT


def test_a_calendar_feed_has_one_secret_address(anna: Person, hire: Hire) -> None:
    old = services.make_feed_token(person_id=anna.id, by=anna.actor, at=AT)
    new = services.make_feed_token(person_id=anna.id, by=anna.actor, at=AT)
    assert tokens.feed_owner(secret=new) == anna.id
    assert tokens.feed_owner(secret=old) is None
    with pytest.raises(NotAllowed):
        services.make_feed_token(person_id=anna.id, by=hire("Oleg").actor, at=AT)


def test_an_unknown_person_gets_nothing(root: Person) -> None:
    with pytest.raises(NotFound):
        services.set_limits(person_id=uuid4(), limits=[], by=root.actor, at=AT)
