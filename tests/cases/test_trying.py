"""A route is tried on one document and on all past ones before it is published; nothing is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from akcept.cases.replaying import replay
from akcept.cases.trying import Sample, try_out
from akcept.engine.refusals import NotAllowed
from akcept.journal.models import Entry
from akcept.parties import services as parties
from akcept.people import services as people
from akcept.people.fields import Absence
from akcept.routes import services as routes
from troupe import AT, SYSTEM, TODAY, Cast, approved, send

pytestmark = pytest.mark.django_db(transaction=True)


def big(cast: Cast, *stages: dict[str, Any]) -> UUID:
    asked = stages or ({"code": "A", "who": "NAMED", "people": [str(cast.vera.id)]},)
    condition = {"field": "amount", "op": "AT_LEAST", "values": [10_000_000]}
    definition = {"conditions": [condition], "stages": list(asked)}
    return routes.create_route(name_en="Big", name_ru="", definition=definition, by=SYSTEM, at=AT)


def sample(cast: Cast, **changes: Any) -> Sample:
    on = changes.pop("on", TODAY)
    return Sample(cast.anna.id, "INVOICE", cast.card(**changes), on)


def tried(cast: Cast, route: UUID, document: Sample) -> Any:
    return try_out(route_id=route, sample=document, by=cast.asks("root"), at=AT)


def names(trial: Any) -> list[list[str]]:
    return [[seat.person.name for seat in stage.seats] for stage in trial.stages]


def test_a_document_goes_to_whom_the_draft_names(cast: Cast) -> None:
    written = Entry.objects.count()
    route = big(cast)
    trial = tried(cast, route, sample(cast))
    assert names(trial) == [["Vera Verina"]]
    assert [row.name for row in trial.payers]
    assert Entry.objects.count() == written + 1


def test_routes_that_were_not_chosen_say_why(cast: Cast) -> None:
    route = big(cast)
    trial = tried(cast, route, sample(cast, amount=100))
    asked = {row.code: row for row in trial.routes}
    assert asked["BIG"].unmet.field == "amount"
    assert asked["HIERARCHY"].is_chosen
    assert names(trial) == [["Boris Borisov", "Vera Verina", "Gleb Glebov"]]


def test_a_stage_that_is_passed_over_says_for_which_condition(cast: Cast) -> None:
    only = [{"field": "contract", "op": "PRESENT"}]
    route = big(
        cast,
        {"code": "A", "who": "HIERARCHY", "reach": "LEVELS", "levels": 1},
        {"code": "B", "who": "NAMED", "people": [str(cast.gleb.id)], "conditions": only},
    )
    trial = tried(cast, route, sample(cast))
    assert [stage.unmet and stage.unmet.field for stage in trial.stages] == [None, "contract"]
    assert names(tried(cast, route, sample(cast, contract="7/26"))) == [
        ["Boris Borisov"],
        ["Gleb Glebov"],
    ]


def test_deputies_of_that_day_are_named(cast: Cast) -> None:
    route = big(cast)
    away = Absence(
        absentee_id=cast.vera.id,
        deputy_id=cast.dana.id,
        starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 5),
    )
    people.set_deputy(absence=away, by=SYSTEM, at=AT)
    assert tried(cast, route, sample(cast)).stages[0].seats[0].deputies == ()
    later = tried(cast, route, sample(cast, on=date(2026, 12, 2)))
    assert later.stages[0].seats[0].deputies == ("Dana Danina",)


def test_whoever_may_not_decide_is_replaced_and_named(cast: Cast) -> None:
    route = big(cast)
    trial = tried(cast, route, replace(sample(cast), initiator=cast.vera.id))
    (seat,) = trial.stages[0].seats
    assert (seat.person.name, seat.instead_of.name) == ("Gleb Glebov", "Vera Verina")


def test_who_pays_is_told_of_what_ends_in_a_payment_alone(cast: Cast) -> None:
    route = big(cast)
    assert "Clara Clarina" in [one.name for one in tried(cast, route, sample(cast)).payers]
    trial = tried(cast, route, replace(sample(cast), doctype="CONTRACT"))
    assert (trial.is_paid, trial.payers) == (False, ())


def test_flags_may_be_supposed(cast: Cast) -> None:
    condition = {"field": "duplicate", "op": "IS_SET"}
    stage = {"code": "A", "who": "NAMED", "people": [str(cast.vera.id)]}
    definition = {"conditions": [condition], "stages": [stage]}
    route = routes.create_route(name_en="Odd", name_ru="", definition=definition, by=SYSTEM, at=AT)
    assert names(tried(cast, route, sample(cast))) != [["Vera Verina"]]
    odd = replace(sample(cast), flags=frozenset({"duplicate"}))
    assert names(tried(cast, route, odd)) == [["Vera Verina"]]


def test_what_sending_would_refuse_is_told(cast: Cast) -> None:
    trial = tried(cast, big(cast), sample(cast, currency="USD"))
    assert trial.refusal.code == "RATE_MISSING"


def test_past_documents_are_replayed_with_who_gains_and_loses(cast: Cast) -> None:
    approved(cast, supplier_number="1")
    send(cast, supplier_number="2", amount=500_000)
    found = replay(route_id=big(cast), by=cast.asks("root"), at=AT)
    assert (found.total, found.changed_count, found.nobody) == (2, 1, (0, 0))
    assert {code: (old, new) for code, old, new in found.routes} == {
        "BIG": (0, 1),
        "HIERARCHY": (2, 1),
    }
    assert {row.person.name: (row.before, row.after) for row in found.burdens} == {
        "Boris Borisov": (2, 1),
        "Gleb Glebov": (2, 1),
    }
    (changed,) = found.changed
    assert [row.name for row in changed.lost] == ["Boris Borisov", "Gleb Glebov"]
    # Who administers sees no documents by that alone.
    assert (changed.number, changed.case_id) == (1, None)


def test_a_seat_that_would_stay_empty_is_counted(cast: Cast) -> None:
    send(cast)
    route = big(cast, {"code": "A", "who": "ROLE", "role": "PILOT"})
    assert replay(route_id=route, by=cast.asks("root"), at=AT).nobody == (0, 1)


def test_others_try_nothing(cast: Cast) -> None:
    route = big(cast)
    with pytest.raises(NotAllowed):
        try_out(route_id=route, sample=sample(cast), by=cast.asks("anna"), at=AT)
    with pytest.raises(NotAllowed):
        replay(route_id=route, by=cast.asks("anna"), at=AT)


def test_a_group_of_the_counterparty_chooses_a_route(cast: Cast) -> None:
    condition = {"field": "counterparty_group", "op": "IN", "values": ["Utilities"]}
    stage = {"code": "A", "who": "NAMED", "people": [str(cast.vera.id)]}
    definition = {"conditions": [condition], "stages": [stage]}
    route = routes.create_route(
        name_en="Bills", name_ru="", definition=definition, by=SYSTEM, at=AT
    )
    assert names(tried(cast, route, sample(cast))) != [["Vera Verina"]]
    grouped = parties.PartyFields(name="ООО «Ромашка»", inn="7707083893", group="Utilities")
    parties.edit_counterparty(counterparty_id=cast.counterparty, fields=grouped, by=SYSTEM, at=AT)
    assert names(tried(cast, route, sample(cast))) == [["Vera Verina"]]
    send(cast)
    assert replay(route_id=route, by=cast.asks("root"), at=AT).changed_count == 1
