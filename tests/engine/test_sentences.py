"""The rules of approval, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine.case import SeatState, State, Why
from akcept.engine.decide import preview
from akcept.engine.doctypes import Gate
from akcept.engine.facts import SYSTEM, Account, Policy
from akcept.engine.money import Money
from akcept.engine.org import Member, Org, Unit
from akcept.engine.refusals import (
    AlreadyDecided,
    InvalidInput,
    NoApprover,
    RemarksOpen,
    StaleRevision,
)
from akcept.engine.routes import Condition, Op
from akcept.engine.values import Json, Private
from akcept.engine.verbs import Verb
from engine.world import CAST, FRIDAY, INVOICE, MATERIAL, MONDAY, ORG, Story, World

WHY = Private("Because")
NEW: dict[str, Json] = {
    "amount": 20_000,
    "currency": "EUR",
    "vat": [{"rate": "VAT10", "base": 9_091, "tax": 909}],
    "entity": "south",
    "counterparty": "ink-mill",
    "account": "account-2",
    "contract": "C-2",
    "supplier_number": "78",
    "issued_on": "2026-02-28",
    "approval_type": "HIERARCHY",
}


@pytest.mark.parametrize("field", sorted(NEW))
@pytest.mark.parametrize("decided", [(), ("boris",), ("boris", "vera")])
def test_a_material_change_leads_to_rework_whether_or_not_anybody_decided(
    field: str, decided: tuple[str, ...]
) -> None:
    story = Story().submit().approve(*decided)
    story.revise(**{field: NEW[field]})
    assert story.case.state is State.REWORK
    assert story.held_by == [("CORRECT", "anna")]
    assert set(NEW) | {"payment_order_required"} == set(MATERIAL)


@pytest.mark.parametrize(
    "change",
    [{"title": "Paper, again"}, {"due_on": "2026-04-01"}, {"payment_order_required": True}],
)
def test_an_immaterial_change_keeps_approvals_and_the_way_to_payment(
    change: dict[str, Json],
) -> None:
    story = Story().submit().approve("boris").revise(**change).approve("vera")
    assert story.case.revision == 2
    order = {"order_file": "d" * 64} if "payment_order_required" in change else {}
    assert story.pay(**order).case.state is State.PAID


def test_unticking_the_payment_order_is_material_though_ticking_is_not() -> None:
    story = Story().submit().revise(payment_order_required=True)
    assert story.case.state is State.IN_APPROVAL
    assert story.revise(payment_order_required=False).case.state is State.REWORK


def _vat(rate: str, base: int, tax: int) -> list[Json]:
    return [{"rate": rate, "base": base, "tax": tax}]


@pytest.mark.parametrize(
    ("vat", "state"),
    [
        (_vat("VAT20", 8_334, 1_666), State.TO_PAY),
        (_vat("VAT20", 8_233, 1_767), State.TO_PAY),
        (_vat("VAT20", 8_232, 1_768), State.REWORK),
        (_vat("VAT20", 8_334, 1_667), State.REWORK),
        (_vat("VAT22", 8_333, 1_667), State.REWORK),
        ([], State.REWORK),
    ],
)
def test_vat_may_be_corrected_within_rounding_alone(vat: Json, state: State) -> None:
    story = Story().to_pay().revise(vat=vat)
    assert story.case.state is state
    if state is State.TO_PAY:
        assert story.pay().case.state is State.PAID


def test_no_vat_is_not_zero_per_cent() -> None:
    story = Story(vat=_vat("VAT0", 10_000, 0)).submit().revise(vat=_vat("NO_VAT", 10_000, 0))
    assert story.case.state is State.REWORK


def test_many_small_vat_corrections_do_not_add_up() -> None:
    story = Story().submit().revise(vat=_vat("VAT20", 8_253, 1_747))
    assert story.case.state is State.IN_APPROVAL
    assert story.revise(vat=_vat("VAT20", 8_173, 1_827)).case.state is State.REWORK


def test_a_field_that_chose_the_route_is_material_while_it_runs() -> None:
    world = World()
    by_category = replace(
        world.routes[1],
        id="paper",
        conditions=(Condition("category", Op.IN, ("PAPER",)),),
        priority=1,
    )
    world.routes = (by_category, *world.routes)
    assert Story(world, category="PAPER").submit().revise(category="INK").case.state is State.REWORK
    assert Story(category="PAPER").submit().revise(category="INK").case.state is State.IN_APPROVAL


def test_a_change_that_changes_nothing_leaves_no_trace() -> None:
    story = Story().submit()
    assert story.does("anna", story.revision(title="Paper")) == ()


def test_the_main_file_is_material_and_other_files_are_not() -> None:
    story = Story()
    story.does("anna", do.Attach("INVOICE", "a" * 64, Private("1.pdf")))
    story.submit()
    story.does("boris", do.Attach("ACT", "b" * 64, Private("act.pdf")))
    assert story.case.state is State.IN_APPROVAL
    assert story.code("boris", do.Attach("INVOICE", "c" * 64, Private("2.pdf"))) == "NOT_YOUR_TURN"
    story.does("anna", do.Attach("INVOICE", "a" * 64, Private("same.pdf")))
    assert story.case.state is State.IN_APPROVAL
    story.does("anna", do.Attach("INVOICE", "c" * 64, Private("2.pdf"), replaces=1))
    assert story.case.state is State.REWORK
    assert (story.case.attachments[-1].version, story.case.attachments[-1].replaces) == (2, 1)
    assert story.code("anna", do.Attach("ACT", "c" * 64, WHY, replaces=99)) == "NOT_FOUND"


def test_planned_payments_add_up_to_the_amount_and_are_positive() -> None:
    story = Story()
    for planned, code in (
        (((FRIDAY, 9_999),), "PLANNED_SUM"),
        (((FRIDAY, 10_001), (FRIDAY, -1)), "AMOUNT_POSITIVE"),
    ):
        refusal = story.refuses("anna", do.Revise({}, 1, planned))
        assert isinstance(refusal, InvalidInput)
        assert refusal.errors == {"planned_on": code}


def test_a_type_that_plans_nothing_takes_no_planned_payments() -> None:
    story = Story()
    fields = {code: row for code, row in INVOICE.fields.items() if code != "planned_on"}
    story.world.doctype = replace(INVOICE, fields=fields)
    refusal = story.refuses("anna", do.Revise({"comment": "?"}, 1))
    assert isinstance(refusal, InvalidInput)
    assert refusal.errors == {"planned_on": "UNKNOWN_FIELD"}


def test_nothing_is_paid_before_what_payment_demands_is_there() -> None:
    world = World()
    purpose = replace(INVOICE.fields["payment_purpose"], required_at=Gate.PAYMENT)
    world.doctype = replace(INVOICE, fields={**INVOICE.fields, "payment_purpose": purpose})
    story = Story(world).to_pay()
    refusal = story.refuses("clara", story.payment())
    assert isinstance(refusal, InvalidInput)
    assert refusal.errors == {"payment_purpose": "REQUIRED"}
    assert story.revise("clara", payment_purpose="Paper").pay().case.state is State.PAID


def test_planned_dates_are_free_but_planned_amounts_are_material() -> None:
    later = FRIDAY + timedelta(days=7)
    story = Story().submit()
    story.does("anna", do.Revise({}, 1, ((later, 10_000),)))
    assert story.case.state is State.IN_APPROVAL
    story.does("anna", do.Revise({}, 2, ((FRIDAY, 4_000), (later, 6_000))))
    assert story.case.state is State.REWORK
    paying = Story().to_pay()
    assert paying.code("clara", do.Revise({}, 1, ((later, 10_000),))) == "NOT_YOUR_TURN"


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (0, "AMOUNT_POSITIVE"),
        (-1, "AMOUNT_POSITIVE"),
        (True, "AMOUNT_POSITIVE"),
        ("5", "AMOUNT_POSITIVE"),
        (10**13 + 1, "AMOUNT_TOO_LARGE"),
        (None, "REQUIRED"),
    ],
)
def test_a_card_is_not_saved_without_a_sensible_amount(amount: Json, code: str) -> None:
    refusal = Story().refuses("anna", do.Revise({"amount": amount}, 1))
    assert isinstance(refusal, InvalidInput)
    assert refusal.errors["amount"] == code


def test_submitting_asks_for_what_the_type_demands() -> None:
    story = Story(World(today=FRIDAY + timedelta(days=1)), entity="", approval_type="MY_CHOICE")
    refusal = story.refuses("anna", do.Submit(1))
    assert isinstance(refusal, InvalidInput)
    assert refusal.errors == {"entity": "REQUIRED", "planned_on": "DAY_PAST", "choice": "REQUIRED"}
    many = Story(approval_type="MY_CHOICE", choice=["boris", "vera", "gleb", "dana"])
    refusal = many.refuses("anna", do.Submit(1))
    assert isinstance(refusal, InvalidInput)
    assert refusal.errors == {"choice": "TOO_MANY"}


def test_submitting_asks_for_a_planned_date() -> None:
    story = Story()
    story.does("anna", do.Revise({}, 1, ()))
    refusal = story.refuses("anna", do.Submit(2))
    assert isinstance(refusal, InvalidInput)
    assert refusal.errors == {"planned_on": "REQUIRED"}


def test_payers_word_the_purpose_but_change_nothing_that_was_approved() -> None:
    story = Story().to_pay().revise("clara", payment_purpose="Invoice 77, VAT included")
    assert story.case.state is State.TO_PAY
    assert story.code("clara", story.revision(contract="C-2")) == "NOT_YOUR_TURN"
    assert story.pay().case.state is State.PAID


def test_a_client_request_needs_its_justification_unless_the_company_says_otherwise() -> None:
    story = Story(client_request="R-1")
    assert story.code("anna", do.Submit(1)) == "INVALID_INPUT"
    story.world.policy = Policy(request_needs_justification=False)
    assert story.code("anna", do.Submit(1)) is None
    story.world.policy = Policy()
    story.does("anna", do.Attach("JUSTIFICATION", "a" * 64, Private("why.pdf")))
    assert story.submit().case.state is State.IN_APPROVAL


def test_a_suspected_duplicate_needs_a_reason_once() -> None:
    story = Story(World(duplicates=(7,)))
    assert story.code("anna", do.Submit(1)) == "DUPLICATE_SUSPECTED"
    story.does("anna", do.Submit(1, Private("A second delivery")))
    story.send_back()
    story.does("anna", do.Resubmit(1, {1: Private("")}))
    assert story.case.duplicate_reason == "A second delivery"


def test_without_rate_route_or_people_nothing_is_sent() -> None:
    assert Story(World(base=None)).code("anna", do.Submit(1)) == "RATE_MISSING"
    assert Story(World(routes=())).code("anna", do.Submit(1)) == "NO_ROUTE"
    assert Story(World(wardens=())).code("anna", do.Submit(1)) == "NO_APPROVER"
    assert Story(World(org=Org({}, {}))).code("anna", do.Submit(1)) == "NO_APPROVER"


# Deciding


def test_a_decision_on_an_old_revision_is_refused_with_both_numbers() -> None:
    story = Story().submit().revise(comment="Seen?")
    refusal = story.refuses("boris", do.Approve(1))
    assert isinstance(refusal, StaleRevision)
    assert (refusal.seen, refusal.current) == (1, 2)


def test_who_comes_second_is_told_by_whom_it_was_done() -> None:
    story = Story()
    story.world.deputies = {"dana": frozenset({"boris"})}
    story.submit().approve("dana")
    refusal = story.refuses("boris", do.Approve(1))
    assert isinstance(refusal, AlreadyDecided)
    assert (refusal.by, refusal.outcome) == ("dana", SeatState.APPROVED)
    assert story.history[-1][0].on_behalf_of == "boris"


def test_one_human_counts_once_even_as_a_deputy() -> None:
    story = Story()
    story.world.deputies = {
        "dana": frozenset({"boris", "vera"}),
        "vera": frozenset({"boris"}),
        "boris": frozenset({"vera"}),
    }
    story.submit()
    assert story.code("vera", do.Approve(1)) == "NOT_YOUR_TURN"
    story.approve("dana")
    assert story.code("dana", do.Approve(1)) == "ALREADY_DECIDED"
    assert story.code("boris", do.Approve(1)) == "NOT_YOUR_TURN"
    assert story.approve("vera").case.state is State.TO_PAY


def test_reasons_are_mandatory_and_become_the_checklist() -> None:
    story = Story().submit()
    assert story.code("boris", do.ReturnForRework(1, (Private(" "),))) == "REASON_REQUIRED"
    assert story.code("boris", do.Reject(1, Private(""))) == "REASON_REQUIRED"
    past = do.ReturnForRework(1, (WHY,), correct_by=story.world.at)
    assert story.code("boris", past) == "INVALID_INPUT"
    story.send_back("boris", "Wrong amount", "No contract")
    refusal = story.refuses("anna", do.Resubmit(1, {1: Private("")}))
    assert isinstance(refusal, RemarksOpen)
    assert refusal.remarks == (2,)
    story.does("anna", do.Resubmit(1, {1: Private(""), 2: Private("There is none")}))
    assert (story.case.round, story.case.remarks) == (2, ())


def test_the_third_outcome_is_a_setting() -> None:
    story = Story(World(policy=Policy(offers_reject=False))).submit()
    assert story.code("boris", do.Reject(1, WHY)) == "THIRD_OUTCOME_OFF"
    assert Verb.REJECT not in story.options("boris")


def test_withdrawing_needs_a_reason_once_somebody_has_decided() -> None:
    assert Story().submit().code("anna", do.Withdraw()) is None
    assert Story().submit().approve("boris").code("anna", do.Withdraw()) == "REASON_REQUIRED"
    assert Story().submit().code("boris", do.Withdraw()) == "NOT_YOUR_TURN"


@pytest.mark.parametrize("seconds", [0, 10, 11])
def test_a_decision_can_be_undone_by_its_maker_within_the_window(seconds: int) -> None:
    story = Story().submit().approve("boris", "vera")
    entry = story.case.undoable.entry if story.case.undoable else 0
    story.world.at += timedelta(seconds=seconds)
    assert story.code("boris", do.Undo(entry)) == "UNDO_OVER"
    assert story.code("vera", do.Undo(entry - 1)) == "UNDO_OVER"
    assert story.code("vera", do.Undo(entry)) == ("UNDO_OVER" if seconds > 10 else None)


def test_any_later_act_closes_the_window_and_payment_never_opens_one() -> None:
    story = Story().submit().approve("boris")
    story.does("anna", do.Comment(WHY))
    assert story.code("boris", do.Undo(3)) == "UNDO_OVER"
    assert Story().to_pay().pay().case.undoable is None


def test_a_hold_has_a_reason_and_an_end_and_releases_itself_after_it() -> None:
    story = Story().submit()
    too_long = MONDAY + timedelta(days=31)
    assert story.code("anna", do.PutOnHold(WHY, too_long)) == "INVALID_INPUT"
    assert story.code("anna", do.PutOnHold(WHY, MONDAY - timedelta(days=1))) == "INVALID_INPUT"
    assert story.code("anna", do.PutOnHold(Private(""), FRIDAY)) == "REASON_REQUIRED"
    assert story.code("oleg", do.PutOnHold(WHY, FRIDAY)) == "NOT_YOUR_TURN"
    story.hold("boris", days=1)
    assert story.code(SYSTEM, do.Release()) == "ON_HOLD"
    assert story.code("oleg", do.Release()) == "NOT_YOUR_TURN"
    assert story.code("boris", do.Release()) is None
    assert story.code("anna", do.Release()) is None
    story.passes(days=2)
    story.does(SYSTEM, do.Release())
    assert story.case.hold is None
    assert story.code(SYSTEM, do.Release()) == "NOT_HELD"


def test_a_comment_says_something_and_observers_are_added_once() -> None:
    story = Story()
    assert story.code("oleg", do.Comment(Private(" "))) == "INVALID_INPUT"
    story.does("anna", do.AddObserver("oleg"))
    assert story.does("anna", do.AddObserver("oleg")) == ()
    assert story.code(SYSTEM, do.Comment(WHY)) == "NOT_YOUR_TURN"


# Nobody decides on their own document


@pytest.mark.parametrize("author", ["boris", "vera"])
def test_who_entered_edited_or_sent_it_for_somebody_does_not_decide(author: str) -> None:
    entered = Story(by=author).submit()
    assert author not in {seat.holder for seat in entered.case.seats}
    edited = Story()
    edited.world.deputies = {author: frozenset({"anna"})}
    edited.revise(author, comment="Edited for Anna").submit()
    assert author not in {seat.holder for seat in edited.case.seats}
    sent = Story()
    sent.world.deputies = {author: frozenset({"anna"})}
    sent.submit(author)
    assert author not in {seat.holder for seat in sent.case.seats}


def test_the_editor_of_the_bank_account_neither_approves_nor_pays() -> None:
    story = Story(World(account=Account("digest", "boris", is_blocked=False))).submit()
    assert story.case.seats[0].why is Why.INSTEAD
    assert (story.case.seats[0].holder, story.case.seats[0].instead_of) == ("gleb", "boris")
    paying = Story(World(account=Account("digest", "clara", is_blocked=False))).to_pay()
    assert paying.held_by == [("NAME_APPROVER", "root")]
    assert paying.code("clara", paying.payment()) == "OWN_DOCUMENT"


@pytest.mark.parametrize("barred", ["anna", "oleg"])
def test_nobody_comes_to_their_own_document_by_another_way(barred: str) -> None:
    story = Story().submit()
    story.world.deputies = {barred: frozenset({"boris", "clara"})}
    assert story.code(barred, do.Approve(1)) == "OWN_DOCUMENT"
    assert story.code("boris", do.Reassign(story.tasks[0].key, barred)) == "OWN_DOCUMENT"
    assert story.code("boris", do.AddApprover(barred)) == "OWN_DOCUMENT"
    story.approve("boris", "vera")
    story.world.payers = ("clara", barred)
    assert story.code("clara", do.Reassign(story.tasks[0].key, barred)) == "OWN_DOCUMENT"
    assert story.code(barred, story.payment()) == "OWN_DOCUMENT"
    story.world.deputies = {"dana": frozenset({barred})}
    assert story.code("dana", story.payment()) == "NOT_YOUR_TURN"
    hole = Story(World(payers=())).to_pay()
    assert hole.code("root", do.NameApprover(barred)) == "OWN_DOCUMENT"


def test_the_initiator_pays_by_a_stated_exception_alone() -> None:
    world = World(payers=("anna",))
    story = Story(world).to_pay()
    assert story.held_by == [("NAME_APPROVER", "root")]
    assert story.code("anna", story.payment()) == "OWN_DOCUMENT"
    story = Story(World(payers=("anna",), initiator_may_pay=True)).to_pay()
    assert story.held_by == [("PAY", "anna")]
    (paid,) = story.does("anna", story.payment())
    assert isinstance(paid, ev.PaymentExecuted)
    assert paid.by_exception
    (paid,) = Story().to_pay().does("clara", do.Pay(1, 10_000, FRIDAY.replace(day=2)))
    assert isinstance(paid, ev.PaymentExecuted)
    assert not paid.by_exception


# Tasks that change hands


def test_a_reassignee_is_active_new_to_the_round_and_gets_a_limit_beside() -> None:
    members = dict(ORG.members)
    members["dana"] = replace(members["dana"], limits=(("INVOICE", Money(9_999, "RUB")),))
    story = Story(World(org=Org(members, {}))).submit()
    key = story.tasks[0].key
    for heir in ("zoya", "nobody", "boris", "vera"):
        assert story.code("boris", do.Reassign(key, heir)) == "UNSUITABLE_PERSON"
    assert story.code("boris", do.Reassign(key, "dana")) is None
    assert story.code("boris", do.Reassign(key, "")) == "INVALID_INPUT"
    assert story.code("boris", do.Reassign("9.9.boris", "dana")) == "NOT_YOUR_TURN"
    story.approve("boris")
    story.does("vera", do.Reassign(story.tasks[0].key, "dana", WHY))
    assert [(seat.holder, seat.why) for seat in story.case.seats[1:]] == [
        ("dana", Why.REASSIGNED),
        ("gleb", Why.LIMIT),
    ]
    story.approve("dana", "gleb")
    assert story.case.state is State.TO_PAY


def test_nobody_takes_over_without_a_limit_when_nobody_above_has_one() -> None:
    small = (("", Money(9_999, "RUB")),)
    members = {
        key: replace(row, limits=() if key == "vera" else small) for key, row in ORG.members.items()
    }
    story = Story(World(org=Org(members, {}))).submit().approve("boris")
    assert story.code("vera", do.Reassign(story.tasks[0].key, "dana")) == "UNSUITABLE_PERSON"


def test_when_the_holder_leaves_a_warden_names_somebody_even_during_a_hold() -> None:
    story = Story().submit().hold()
    story.does(SYSTEM, do.Reassign(story.tasks[0].key, ""))
    story.does("anna", do.Release())
    assert story.held_by == [("NAME_APPROVER", "root")]
    assert story.code("oleg", do.NameApprover("dana")) == "NOT_YOUR_TURN"
    story.does("root", do.NameApprover("dana"))
    assert story.held_by == [("APPROVE", "dana")]


def test_a_correction_can_be_handed_over_but_never_to_nobody() -> None:
    story = Story().submit().send_back()
    key = story.tasks[0].key
    assert story.code(SYSTEM, do.Reassign(key, "")) == "INVALID_INPUT"
    assert story.code("anna", do.Reassign(key, "zoya")) == "UNSUITABLE_PERSON"
    assert story.code("anna", do.Reassign(key, "anna")) == "UNSUITABLE_PERSON"
    story.does("anna", do.Reassign(key, "dana"))
    assert story.held_by == [("CORRECT", "dana")]
    story.revise("dana", contract="C-9")
    story.does(SYSTEM, do.Reassign(story.tasks[0].key, ""))
    assert story.held_by == [("CORRECT", "anna")]


def test_a_payment_task_goes_to_another_payer() -> None:
    story = Story().to_pay()
    key = story.tasks[0].key
    assert story.code("clara", do.Reassign(key, "dana")) == "UNSUITABLE_PERSON"
    story.world.payers = ("clara", "dana")
    story.does("clara", do.Reassign(key, "dana"))
    assert story.held_by == [("PAY", "dana")]
    story.does(SYSTEM, do.Reassign(story.tasks[0].key, ""))
    assert story.held_by == [("NAME_APPROVER", "root")]
    assert story.code("root", do.NameApprover("zoya")) == "UNSUITABLE_PERSON"
    story.does("root", do.NameApprover("clara"))
    assert story.held_by == [("PAY", "clara")]


def test_an_added_approver_comes_right_after_the_present_one() -> None:
    story = Story().submit()
    story.does("boris", do.AddApprover("gleb"))
    assert story.code("boris", do.AddApprover("gleb")) == "UNSUITABLE_PERSON"
    assert [seat.holder for seat in story.case.seats] == ["boris", "gleb", "vera"]
    assert story.approve("boris", "gleb", "vera").case.state is State.TO_PAY


# Who is asked


def _seats(story: Story) -> list[tuple[str | None, Why]]:
    _, resolution = preview(story.case, story.facts("anna"))
    return [(seat.holder, seat.why) for seat in resolution.seats]


def _org(**members: Member) -> Org:
    units = {
        "sales": Unit("sales", "boris", "firm"),
        "firm": Unit("firm", "gleb", "firm"),
    }
    return Org({**ORG.members, **members}, units)


def test_the_hierarchy_climbs_from_manager_to_the_top() -> None:
    story = Story(approval_type="HIERARCHY")
    assert _seats(story) == [("boris", Why.HIERARCHY), ("gleb", Why.HIERARCHY)]


def test_without_a_manager_the_head_of_the_department_is_next_and_never_oneself() -> None:
    story = Story(approval_type="HIERARCHY")
    story.world.org = _org(anna=Member("anna", "Anna", department="sales"))
    assert [holder for holder, _ in _seats(story)] == ["boris", "gleb"]
    story.world.org = _org(
        anna=Member("anna", "Anna", department="sales"),
        boris=Member("boris", "Boris", department="sales"),
    )
    assert [holder for holder, _ in _seats(story)] == ["boris", "gleb"]


def test_a_loop_a_hole_and_somebody_who_left_end_or_shorten_the_climb() -> None:
    story = Story(approval_type="HIERARCHY")
    story.world.org = _org(gleb=Member("gleb", "Gleb", manager="boris"))
    _, resolution = preview(story.case, story.facts("anna"))
    assert [row.why for row in resolution.skipped] == ["LOOP"]
    story.world.org = _org(boris=Member("boris", "Boris", manager="nobody"))
    assert [holder for holder, _ in _seats(story)] == ["boris"]
    story.world.org = _org(boris=Member("boris", "Boris", manager="gleb", is_active=False))
    assert [holder for holder, _ in _seats(story)] == ["gleb"]


def test_at_the_very_top_the_peer_decides_or_a_warden_names_somebody() -> None:
    story = Story(approval_type="HIERARCHY")
    story.world.org = _org(anna=Member("anna", "Anna", peer="vera"))
    assert _seats(story) == [("vera", Why.PEER)]
    story.world.org = _org(anna=Member("anna", "Anna"))
    assert story.code("anna", do.Submit(1)) == "NO_APPROVER"
    story = Story(approval_type="HIERARCHY", by="boris")
    assert _seats(story) == [("gleb", Why.HIERARCHY)]


def test_the_same_person_twice_is_asked_once() -> None:
    story = Story(approval_type="MY_CHOICE", choice=["vera", "boris", "vera"]).submit()
    assert [(s.state, s.covered_by) for s in story.case.seats][2] == (SeatState.COVERED, 1)
    assert story.approve("vera", "boris").case.state is State.TO_PAY


def test_a_choice_without_a_sufficient_limit_gets_the_next_sufficient_person() -> None:
    chosen = ("boris", Why.CHOSEN)
    story = Story(approval_type="MY_CHOICE", choice=["boris"])
    assert _seats(story) == [chosen, ("gleb", Why.LIMIT)]
    story.world.base = Money(5_000, "RUB")
    assert _seats(story) == [chosen]
    story = Story(approval_type="MY_CHOICE", choice=["boris"])
    story.world.org = _org(boris=replace(ORG.members["boris"], manager=None))
    assert _seats(story) == [chosen, (None, Why.LIMIT)]


def test_choosing_oneself_neither_decides_nor_lends_ones_limit() -> None:
    story = Story(approval_type="MY_CHOICE", choice=["anna"])
    assert _seats(story) == [("boris", Why.INSTEAD), ("gleb", Why.LIMIT)]


def test_a_seat_without_a_person_waits_for_a_warden() -> None:
    world = World()
    members = {code: row for code, row in ORG.members.items() if code != "vera"}
    world.org = Org(members, {})
    story = Story(world).submit().approve("boris")
    assert story.held_by == [("NAME_APPROVER", "root")]
    assert [code for code in CAST if story.code(code, do.NameApprover("gleb")) is None] == ["root"]
    assert Verb.REASSIGN not in story.options("root")


def test_a_department_without_a_head_is_climbed_through() -> None:
    story = Story(approval_type="HIERARCHY")
    story.world.org = Org(
        {**ORG.members, "anna": Member("anna", "Anna", department="desk")},
        {"desk": Unit("desk", None, "firm"), "firm": Unit("firm", "gleb")},
    )
    assert _seats(story) == [("gleb", Why.HIERARCHY)]


def test_an_empty_list_or_choice_leads_to_nobody() -> None:
    world = World()
    stage = replace(world.routes[1].stages[0], people=())
    world.routes = (replace(world.routes[1], stages=(stage,)),)
    assert Story(world, approval_type="OTHER").code("anna", do.Submit(1)) == "NO_APPROVER"
    world.routes = (replace(World().routes[2], is_default=True),)
    story = Story(world, approval_type="OTHER")
    with pytest.raises(NoApprover):
        preview(story.case, story.facts("anna"))


def test_a_predecessor_who_is_no_longer_known_asks_for_no_limit() -> None:
    story = Story().submit()
    members = {code: row for code, row in ORG.members.items() if code != "boris"}
    story.world.org = Org(members, {})
    assert story.code(SYSTEM, do.Reassign(story.tasks[0].key, "dana")) is None


def test_types_without_payment_end_approved() -> None:
    world = World()
    world.doctype = replace(world.doctype, ends_in_payment=False)
    story = Story(world).submit().approve("boris", "vera")
    assert (story.case.state, story.tasks) == (State.APPROVED, ())
    assert date(2026, 3, 6) == story.case.planned[0].on
