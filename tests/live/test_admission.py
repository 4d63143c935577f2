"""Who may listen, and to what: asked when a stream begins and again while it lasts."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session

from akcept.kit import clock
from akcept.live.admission import Admitted, Wish, admit, session_of
from akcept.people.models import Person
from live.conftest import SessionOf
from troupe import Cast, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_sees_a_case_hears_of_it_and_a_stranger_does_not(
    cast: Cast, session_of: SessionOf
) -> None:
    case_id = send(cast).case_id
    for name, heard in (("boris", case_id), ("oleg", None)):
        wish = Wish(session_of(name), case_id)
        person = getattr(cast, name)
        assert admit(wish, at=clock.now()) == Admitted(person.id, heard)


def test_nobody_listens_on_without_a_session(cast: Cast, session_of: SessionOf) -> None:
    wish = Wish(session_of("boris"), None)
    assert admit(wish, at=clock.now())
    Session.objects.filter(session_key=wish.session).delete()
    assert admit(wish, at=clock.now()) is None
    assert admit(Wish("", None), at=clock.now()) is None


def test_whoever_was_deactivated_or_has_a_new_password_listens_no_longer(
    cast: Cast, session_of: SessionOf
) -> None:
    boris, vera = Wish(session_of("boris"), None), Wish(session_of("vera"), None)
    Person.objects.filter(id=cast.boris.id).update(is_active=False)
    Person.objects.filter(id=cast.vera.id).update(password="md5$x$y")
    assert admit(boris, at=clock.now()) is None
    assert admit(vera, at=clock.now()) is None


def test_a_broken_cookie_is_nobody(cast: Cast) -> None:
    assert session_of("a=b; sessionid=abc") == "abc"
    assert session_of("\x00;;=") == ""
