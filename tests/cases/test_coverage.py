"""The days on which nobody is left to decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from akcept.cases import coverage
from akcept.cases.coverage import Post
from akcept.people import services
from akcept.people.fields import Absence
from akcept.routes import services as routes
from troupe import AT, SYSTEM, Cast

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 11, 23), date(2026, 11, 27)


def away(cast: Cast, who: str, deputy: str = "", **scope: Any) -> None:
    acting = getattr(cast, deputy).id if deputy else None
    absence = Absence(getattr(cast, who).id, acting, FIRST, LAST)
    services.set_deputy(absence=replace(absence, **scope), by=SYSTEM, at=AT)


def found(person: UUID | None = None) -> list[tuple[str, str, date, date]]:
    gaps = coverage.gaps(at=AT, person_id=person)
    return [(gap.post, gap.name, gap.first, gap.last) for gap in gaps]


def test_nobody_away_leaves_no_gap(cast: Cast) -> None:
    assert found() == []


def test_a_manager_away_with_nobody_acting_is_a_gap(cast: Cast) -> None:
    away(cast, "boris")
    assert found() == [(Post.MANAGER, "Boris Borisov", FIRST, LAST)]
    assert found(cast.boris.id) == found()
    assert found(cast.vera.id) == []


def test_a_deputy_fills_it_unless_away_too_or_for_a_part(cast: Cast) -> None:
    away(cast, "boris", "dana")
    assert found() == []
    services.set_deputy(
        absence=Absence(cast.dana.id, None, LAST, LAST + timedelta(days=5)), by=SYSTEM, at=AT
    )
    assert found() == [(Post.MANAGER, "Boris Borisov", LAST, LAST)]
    away(cast, "vera", "oleg", doctype="CONTRACT")
    assert (Post.MANAGER, "Vera Verina", FIRST, LAST) in found()


def test_payers_are_counted_per_payer(cast: Cast) -> None:
    away(cast, "clara")
    assert found() == []
    away(cast, "gleb", "clara")
    assert (Post.PAYER, "Альфа", FIRST, LAST) in found()


def test_everybody_in_a_list_has_to_be_there(cast: Cast) -> None:
    routes.set_list(people=[cast.boris.id, cast.dana.id], by=SYSTEM, at=AT)
    away(cast, "dana")
    (gap,) = coverage.gaps(at=AT)
    assert (gap.post, gap.people) == (Post.STAGE, (cast.dana.id,))


def test_days_apart_are_told_apart(cast: Cast) -> None:
    away(cast, "boris")
    later = FIRST + timedelta(days=14)
    services.set_deputy(absence=Absence(cast.boris.id, None, later, later), by=SYSTEM, at=AT)
    assert [(first, last) for _, _, first, last in found()] == [(FIRST, LAST), (later, later)]
