"""The acts of a task as buttons: those that stand in a list, with the words, looks and keys of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akcept.cases.cards import Caution, TaskCard
from akcept.engine.tasks import TaskKind
from akcept.engine.verbs import Verb
from akcept.wording import verbs


@dataclass(frozen=True, slots=True)
class Act:
    """A button. `reason`: it unfolds a form that asks for one; `is_link`: it leads to where the act is done."""

    id: str
    url: str
    verb: str
    title: str
    tone: str
    icon: str
    key: str
    revision: int
    reason: bool = False
    is_link: bool = False
    with_limit: bool = False
    solid: str = "primary"
    hint: Promise | str = ""
    chips: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How a decision looks in a list: short words (the dialog has the full ones), tone, icon, key."""

    short: Promise | str
    tone: str
    icon: str
    key: str
    reason: bool = True
    solid: str = "primary"


DECISIONS: Mapping[Verb, Look] = {
    Verb.APPROVE: Look(_("Approve"), "primary", "check", "a", reason=False),
    Verb.RETURN: Look(pgettext_lazy("act in a list", "Return"), "", "arrow-back-up", "r"),
    Verb.REJECT: Look(
        pgettext_lazy("act in a list", "Reject"),
        "danger",
        "ban",
        "d",
        solid="danger-solid",
    ),
    Verb.REFUSE_PAYMENT: Look(
        pgettext_lazy("act in a list", "Refuse"),
        "danger",
        "ban",
        "d",
        solid="danger-solid",
    ),
}
ONE_BY_ONE = _("Each line becomes a point of the initiator's checklist.")
# What the initiator is asked to correct.
CORRECTED = frozenset({Verb.RETURN, Verb.REFUSE_PAYMENT})
CHIPS: Mapping[Verb, tuple[Promise, ...]] = {
    Verb.RETURN: (
        pgettext_lazy("reason", "No contract"),
        pgettext_lazy("reason", "Wrong amount"),
        pgettext_lazy("reason", "Wrong payer"),
        pgettext_lazy("reason", "Wrong bank details"),
    ),
    Verb.REFUSE_PAYMENT: (
        pgettext_lazy("reason", "Wrong bank details"),
        pgettext_lazy("reason", "Wrong payer"),
        pgettext_lazy("reason", "No payment order"),
    ),
    Verb.REJECT: (
        pgettext_lazy("reason", "Not ordered"),
        pgettext_lazy("reason", "Paid already"),
    ),
}
# What takes more than a press is done on the page that has the fields for it.
ELSEWHERE: Mapping[TaskKind, tuple[str, Promise | str, str]] = {
    TaskKind.CORRECT: ("web:edit", pgettext_lazy("act in a list", "Correct"), "edit"),
    TaskKind.PAY: ("web:case", pgettext_lazy("act in a list", "Pay"), "cash-banknote"),
    TaskKind.NAME_APPROVER: ("web:case", pgettext_lazy("act in a list", "Name"), "user-plus"),
    TaskKind.DECIDE_DATE: ("web:case", pgettext_lazy("act in a list", "Decide"), "calendar-event"),
}
# What must be looked at on the card before anybody approves; a new account is a note.
RED = frozenset({Caution.BLOCKED_ACCOUNT, Caution.OTHER_ACCOUNT, Caution.DUPLICATE})
CAUTIONS: Mapping[Caution, str] = {
    Caution.BLOCKED_ACCOUNT: "BLOCKED_ACCOUNT",
    Caution.OTHER_ACCOUNT: "DIFFERENT_ACCOUNT",
    Caution.NEW_ACCOUNT: "NEW_ACCOUNT",
    Caution.DUPLICATE: "DUPLICATE",
}
OFFERED: Mapping[TaskKind, tuple[Verb, ...]] = {
    TaskKind.APPROVE: (Verb.APPROVE, Verb.RETURN, Verb.REJECT),
    TaskKind.PAY: (Verb.REFUSE_PAYMENT,),
}
# Without it the page that is led to would have nothing to offer.
NEEDED: Mapping[TaskKind, Verb] = {
    TaskKind.CORRECT: Verb.RESUBMIT,
    TaskKind.PAY: Verb.PAY,
    TaskKind.NAME_APPROVER: Verb.NAME_APPROVER,
    TaskKind.DECIDE_DATE: Verb.POSTPONE,
}


def acts(task: TaskCard) -> list[Act]:
    """Return the buttons of a task, the main one first."""
    offered = OFFERED.get(task.kind, ())
    found = [_decision(task, verb) for verb in offered if verb in task.options]
    if task.kind in ELSEWHERE and NEEDED[task.kind] in task.options:
        found.insert(0, _elsewhere(task))
    return found


def slug(verb: Verb) -> str:
    """Write a verb as addresses do."""
    return verb.value.lower().replace("_", "-")


def act_url(case_id: UUID, verb: Verb) -> str:
    """Return the address where an act is done."""
    return reverse("web:act", args=[case_id, slug(verb)])


def case_url(case_id: UUID, *, message: int | None = None) -> str:
    """Return the address of a card, or of a message on it."""
    said = f"?tab=discussion#m{message}" if message else ""
    return reverse("web:case", args=[case_id]) + said


def _decision(task: TaskCard, verb: Verb) -> Act:
    look = DECISIONS[verb]
    # What has to be looked at, or given with it, is so on the card.
    is_unread = verb is Verb.APPROVE and (task.asks_more or not RED.isdisjoint(task.cautions))
    return Act(
        id=f"{slug(verb)}-{task.case.id}",
        url=case_url(task.case.id) if is_unread else act_url(task.case.id, verb),
        is_link=is_unread,
        verb=str(look.short),
        title=verbs.words(verb),
        tone=look.tone,
        icon=look.icon,
        key=look.key,
        revision=task.revision,
        reason=look.reason,
        with_limit=verb is Verb.RETURN,
        solid=look.solid,
        hint=ONE_BY_ONE if verb in CORRECTED else "",
        chips=CHIPS.get(verb, ()),
    )


def _elsewhere(task: TaskCard) -> Act:
    name, words, icon = ELSEWHERE[task.kind]
    return Act(
        id="",
        url=reverse(name, args=[task.case.id]),
        verb=str(words),
        title="",
        tone="primary",
        icon=icon,
        key="a",
        revision=task.revision,
        is_link=True,
    )
