"""What an approval is worth after a correction: nothing by default, and where a route allows it what still holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from akcept.engine import commands as do
from akcept.engine.case import SeatState, State
from akcept.engine.decide import preview
from akcept.engine.routes import RouteVersion, Stage
from akcept.engine.values import Private
from engine.world import INVOICE, Story, World

GROUPS = {"amount": "AMOUNT", "currency": "AMOUNT", "vat": "AMOUNT", "contract": "CONTRACT"}
GROUPED = replace(
    INVOICE,
    fields={
        code: replace(field, vouches_for=GROUPS.get(code, ""))
        for code, field in INVOICE.fields.items()
    },
)
MONEY = Stage("money", people=("boris",), vouches_for=("AMOUNT",))
LAW = Stage("law", people=("vera",), vouches_for=("CONTRACT",))
WHOLE = Stage("whole", people=("gleb",))


def through(*stages: Stage, resumes: bool = False, partial: bool = True) -> World:
    route = RouteVersion(
        "v1", "ALL", 1, stages, is_default=True, resumes=resumes, partial_rework=partial
    )
    return World(routes=(route,), doctype=GROUPED)


def corrected(story: Story, **changes: Any) -> Story:
    """Let Gleb return it, Anna change something and send it again."""
    story.send_back("gleb")
    if changes:
        story.revise(**changes)
    answers = {row.id: Private("") for row in story.case.remarks}
    story.does("anna", do.Resubmit(story.case.revision, answers))
    return story


def asked(story: Story) -> list[str]:
    return [
        seat.holder or ""
        for seat in story.case.seats
        if seat.state in (SeatState.WAITING, SeatState.COVERED)
    ]


def sent(world: World) -> Story:
    return Story(world).submit().approve("boris", "vera")


def test_by_default_it_is_all_over_again() -> None:
    assert asked(corrected(sent(through(MONEY, LAW, WHOLE, partial=False)))) == [
        "boris",
        "vera",
        "gleb",
    ]


def test_only_what_was_changed_is_approved_anew() -> None:
    world = through(MONEY, LAW, WHOLE)
    assert asked(corrected(sent(world))) == ["gleb"]
    assert asked(corrected(sent(world), contract="C-2")) == ["vera", "gleb"]
    assert asked(corrected(sent(world), amount=9_000)) == ["boris", "gleb"]


def test_what_will_still_hold_is_known_before_it_is_sent_again() -> None:
    story = sent(through(MONEY, LAW, WHOLE))
    story.send_back("gleb")
    story.revise(contract="C-2")
    _, found = preview(story.case, story.facts("anna"))
    assert [(seat.holder, seat.state) for seat in found.seats] == [
        ("boris", SeatState.APPROVED),
        ("vera", SeatState.WAITING),
        ("gleb", SeatState.WAITING),
    ]


def test_what_nobody_claims_is_everybodys() -> None:
    assert asked(corrected(sent(through(MONEY, LAW, WHOLE)), issued_on="2026-03-01")) == [
        "boris",
        "vera",
        "gleb",
    ]


def test_a_stage_that_names_nothing_vouches_for_everything() -> None:
    world = through(replace(MONEY, vouches_for=()), LAW, WHOLE)
    assert asked(corrected(sent(world), contract="C-2")) == ["boris", "vera", "gleb"]


def test_what_is_carried_over_can_be_paid_and_what_was_altered_unseen_cannot() -> None:
    story = corrected(sent(through(MONEY, LAW, WHOLE)), contract="C-2").approve("vera", "gleb")
    assert story.case.state is State.TO_PAY
    assert story.code("clara", story.payment()) is None
    entries = [event.KIND for event, _ in story.history]
    assert story.case.seats[0].entry == entries.index("APPROVED") + 1
    story._case = replace(story.case, card={**story.case.card, "amount": 9_999})
    assert story.code("clara", story.payment(9_999)) == "FINGERPRINT_MISMATCH"


def test_a_route_may_go_on_with_whoever_returned_it_when_nothing_was_changed() -> None:
    world = through(MONEY, LAW, WHOLE, resumes=True, partial=False)
    assert asked(corrected(sent(world))) == ["gleb"]
    assert asked(corrected(sent(world), contract="C-2")) == ["boris", "vera", "gleb"]


def test_when_only_the_payer_returned_it_the_document_goes_back_to_them() -> None:
    story = sent(through(MONEY, LAW, WHOLE, resumes=True)).approve("gleb")
    story.does("clara", do.RefusePayment(story.case.revision, (Private("Which order?"),)))
    story.does("anna", do.Resubmit(story.case.revision, {1: Private("The second")}))
    assert (story.case.state, story.held_by) == (State.TO_PAY, [("PAY", "clara")])
    assert story.code("clara", story.payment()) is None


def test_a_step_that_an_earlier_one_covered_stays_covered() -> None:
    again = replace(MONEY, code="again")
    story = Story(through(MONEY, again, WHOLE)).submit().approve("boris")
    assert [seat.state for seat in corrected(story).case.seats] == [
        "APPROVED",
        "COVERED",
        "WAITING",
    ]
    assert story.held_by == [("APPROVE", "gleb")]


def test_another_version_of_the_route_starts_anew() -> None:
    world = through(MONEY, LAW, WHOLE)
    story = sent(world).send_back("gleb")
    world.routes = (replace(world.routes[0], id="v2"),)
    story.does("anna", do.Resubmit(story.case.revision, {1: Private("")}))
    assert asked(story) == ["boris", "vera", "gleb"]


def test_whoever_corrected_the_document_has_not_approved_it() -> None:
    story = sent(through(MONEY, LAW, WHOLE)).send_back("gleb")
    story.does("anna", do.Reassign(story.tasks[0].key, "boris"))
    story.revise("boris", contract="C-2")
    story.does("boris", do.Resubmit(story.case.revision, {1: Private("")}))
    assert [seat.holder for seat in story.case.seats] == ["gleb", "vera", "gleb"]


def test_a_step_is_not_covered_by_one_that_vouches_for_less() -> None:
    both = through(MONEY, replace(LAW, people=("boris",)), WHOLE)
    story = Story(both).submit().approve("boris")
    assert story.held_by == [("APPROVE", "boris")]
