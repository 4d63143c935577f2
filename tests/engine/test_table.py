"""Every state × every command, read off the table of the design: accepted, or with which code refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from akcept.engine import commands as do
from akcept.engine.case import State
from akcept.engine.facts import SYSTEM
from akcept.engine.values import Private
from engine.world import FRIDAY, INVOICE, Story, World

WHY = Private("Because")


def _draft() -> Story:
    return Story(World(returners=frozenset({"anna", "boris", "clara"})))


def _withdrawn() -> Story:
    story = _draft()
    story.does("anna", do.Withdraw())
    return story


def _rejected() -> Story:
    story = _draft().submit()
    story.does("boris", do.Reject(story.case.revision, WHY))
    return story


def _approved() -> Story:
    story = _draft()
    story.world.doctype = replace(INVOICE, ends_in_payment=False)
    return story.to_pay()


CASES: dict[str, Callable[[], Story]] = {
    "DRAFT": _draft,
    "IN_APPROVAL": lambda: _draft().submit(),
    "HELD_IN_APPROVAL": lambda: _draft().submit().hold(),
    "REWORK": lambda: _draft().submit().send_back(),
    "TO_PAY": lambda: _draft().to_pay(),
    "HELD_TO_PAY": lambda: _draft().to_pay().hold(),
    "SENT": lambda: _draft().to_pay().send(4_000),
    "PARTLY_PAID": lambda: _draft().to_pay().pay(4_000),
    "PAID": lambda: _draft().to_pay().pay(),
    "APPROVED": _approved,
    "REJECTED": _rejected,
    "WITHDRAWN": _withdrawn,
}
# Who is asked: somebody whose turn it is when the command is accepted at all.
COMMANDS: dict[str, tuple[str, Callable[[Story], do.Command]]] = {
    "submit": ("anna", lambda s: do.Submit(s.case.revision)),
    "approve": ("vera", lambda s: do.Approve(s.case.revision)),
    "return": ("vera", lambda s: do.ReturnForRework(s.case.revision, (WHY,))),
    "reject": ("vera", lambda s: do.Reject(s.case.revision, WHY)),
    "revise": ("anna", lambda s: s.revision(comment="For the office")),
    "revise materially": ("anna", lambda s: s.revision(contract="C-1")),
    "attach an act": ("anna", lambda s: do.Attach("ACT", "b" * 64, Private("act.pdf"))),
    "attach the invoice": ("anna", lambda s: do.Attach("INVOICE", "c" * 64, Private("i.pdf"))),
    "resubmit": ("anna", lambda s: do.Resubmit(s.case.revision, {1: Private("")})),
    "withdraw": ("anna", lambda s: do.Withdraw(WHY)),
    "reassign": ("root", lambda s: do.Reassign(_task(s), _heir(s))),
    "add approver": ("root", lambda s: do.AddApprover("gleb")),
    "ask outside": ("root", lambda s: do.AskOutside("lena")),
    "name approver": ("root", lambda s: do.NameApprover("gleb")),
    "force": ("gleb", lambda s: do.ForceDecision(s.case.revision, 1, do.Forced.APPROVED, WHY)),
    "replace": ("gleb", lambda s: do.ReplacePerson(_task(s), "dana", WHY)),
    "reroute": ("root", lambda s: do.Reroute("LIST-1")),
    "meet the deadline": (SYSTEM, lambda s: do.MeetDeadline(_task(s))),
    "add observer": ("anna", lambda s: do.AddObserver("gleb")),
    "hold": ("anna", lambda s: do.PutOnHold(WHY, FRIDAY)),
    "release": ("anna", lambda s: do.Release()),
    "mark sent": ("clara", lambda s: do.MarkSent(s.case.revision, 1, FRIDAY)),
    "pay": ("clara", lambda s: s.payment(1)),
    "postpone": ("clara", lambda s: do.Postpone(1, FRIDAY)),
    "refuse payment": ("clara", lambda s: do.RefusePayment(s.case.revision, (WHY,))),
    "record return": ("clara", lambda s: _return(s)),
    "close the rest": ("clara", lambda s: do.CloseRest(WHY)),
    "comment": ("oleg", lambda s: do.Comment(WHY)),
    "undo": ("boris", lambda s: do.Undo(s.case.entries)),
}


def _task(story: Story) -> str:
    return story.tasks[0].key if story.tasks else "none"


def _heir(story: Story) -> str:
    if story.case.state is State.TO_PAY:
        story.world.payers = ("clara", "gleb")
    return "gleb"


def _return(story: Story) -> do.RecordReturn:
    return do.RecordReturn(1, do.ReturnKind.BANK_RETURN, WHY)


WRONG, HELD, STARTED = "WRONG_STATE", "ON_HOLD", "PAYMENT_STARTED"
UNPAID = "NOTHING_PAID"
COLUMNS = tuple(CASES)
OK = None
TABLE: dict[str, tuple[str | None, ...]] = {
    #                     DRAFT  IN_APPR HELD  REWORK TO_PAY HELD  SENT     PARTLY   PAID   APPR   REJ    WITHDR
    "submit":             (OK,    WRONG, WRONG, WRONG, WRONG, WRONG, WRONG, WRONG,   WRONG, WRONG, WRONG, WRONG),
    "revise":             (OK,    OK,    OK,    OK,    OK,    OK,    OK,    OK,      WRONG, WRONG, WRONG, WRONG),
    "revise materially":  (OK,    OK,    HELD,  OK,    OK,    HELD,  STARTED, STARTED, WRONG, WRONG, WRONG, WRONG),
    "attach an act":      (OK,    OK,    OK,    OK,    OK,    OK,    OK,    OK,      OK,    WRONG, WRONG, WRONG),
    "attach the invoice": (OK,    OK,    HELD,  OK,    OK,    HELD,  STARTED, STARTED, WRONG, WRONG, WRONG, WRONG),
    "resubmit":           (WRONG, WRONG, WRONG, OK,    WRONG, WRONG, WRONG, WRONG,   WRONG, WRONG, WRONG, WRONG),
    "withdraw":           (OK,    OK,    OK,    OK,    OK,    OK,    STARTED, STARTED, WRONG, WRONG, WRONG, WRONG),
    "reassign":           (WRONG, OK,    HELD,  OK,    OK,    HELD,  OK,    OK,      WRONG, WRONG, WRONG, WRONG),
    "add approver":       (WRONG, OK,    HELD,  WRONG, WRONG, WRONG, WRONG, WRONG,   WRONG, WRONG, WRONG, WRONG),
    "ask outside":        (WRONG, OK,    HELD,  WRONG, WRONG, WRONG, WRONG, WRONG,   WRONG, WRONG, WRONG, WRONG),
    "name approver":      (WRONG, WRONG, HELD,  WRONG, WRONG, HELD,  WRONG, WRONG,   WRONG, WRONG, WRONG, WRONG),
    "force":              (WRONG, OK,    HELD,  WRONG, WRONG, WRONG, WRONG, WRONG,   WRONG, WRONG, WRONG, WRONG),
    "replace":            (WRONG, OK,    HELD,  WRONG, WRONG, WRONG, WRONG, WRONG,   WRONG, WRONG, WRONG, WRONG),
    "reroute":            (WRONG, OK,    HELD,  WRONG, WRONG, WRONG, WRONG, WRONG,   WRONG, WRONG, WRONG, WRONG),
    "meet the deadline":  (WRONG, OK,    HELD,  WRONG, WRONG, WRONG, WRONG, WRONG,   WRONG, WRONG, WRONG, WRONG),
    "add observer":       (OK,) * 12,
    "hold":               (WRONG, OK,    HELD,  WRONG, OK,    HELD,  OK,    OK,      WRONG, WRONG, WRONG, WRONG),
    "release":            (WRONG, "NOT_HELD", OK, WRONG, "NOT_HELD", OK, "NOT_HELD", "NOT_HELD", WRONG, WRONG, WRONG, WRONG),
    "mark sent":          (WRONG, WRONG, WRONG, WRONG, OK,    HELD,  OK,    OK,      "ALREADY_DECIDED", WRONG, WRONG, WRONG),
    "pay":                (WRONG, WRONG, WRONG, WRONG, OK,    HELD,  OK,    OK,      "ALREADY_DECIDED", WRONG, WRONG, WRONG),
    "postpone":           (WRONG, WRONG, WRONG, WRONG, OK,    HELD,  OK,    OK,      WRONG, WRONG, WRONG, WRONG),
    "refuse payment":     (WRONG, WRONG, WRONG, WRONG, OK,    HELD,  STARTED, STARTED, WRONG, WRONG, WRONG, WRONG),
    "record return":      (WRONG, WRONG, WRONG, WRONG, UNPAID, HELD, OK,    OK,      OK,    WRONG, WRONG, WRONG),
    "close the rest":     (WRONG, WRONG, WRONG, WRONG, UNPAID, HELD, UNPAID, OK,     WRONG, WRONG, WRONG, WRONG),
    "comment":            (OK,) * 12,
}  # fmt: skip
DECISIONS = ("approve", "return", "reject")
CELLS = [
    (command, column, code)
    for command, codes in TABLE.items()
    for column, code in zip(COLUMNS, codes, strict=True)
]


def _asked(command: str, column: str, *, by: str | None = None) -> str | None:
    story = CASES[column]()
    actor, build = COMMANDS[command]
    return story.code(by or actor, build(story))


@pytest.mark.parametrize(("command", "column", "code"), CELLS)
def test_a_command_is_accepted_in_its_states_and_refused_in_every_other(
    command: str, column: str, code: str | None
) -> None:
    assert _asked(command, column) == code


@pytest.mark.parametrize("command", DECISIONS)
@pytest.mark.parametrize("column", COLUMNS)
def test_decisions_are_taken_in_approval_alone_by_the_holder_of_the_open_seat(
    command: str, column: str
) -> None:
    expected = {"IN_APPROVAL": None, "HELD_IN_APPROVAL": HELD}
    assert _asked(command, column, by="boris" if column in expected else "oleg") == expected.get(
        column, WRONG
    )


UNDO = {"REWORK": None, "REJECTED": None}


@pytest.mark.parametrize("column", COLUMNS)
def test_only_the_last_decision_can_be_undone(column: str) -> None:
    expected = UNDO.get(column, "UNDO_OVER" if "APPROVAL" in column or "PAY" in column else WRONG)
    if column in {"SENT", "PARTLY_PAID", "APPROVED"}:
        expected = "UNDO_OVER"
    if "HELD" in column:
        expected = HELD
    assert _asked("undo", column) == expected
