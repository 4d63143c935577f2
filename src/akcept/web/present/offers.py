"""The buttons of a card: exactly what is offered to the reader, each with the form it opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akcept.cases.cards import CaseCard, PaymentCard
from akcept.engine.case import PaymentState
from akcept.engine.verbs import Verb
from akcept.web.forms import typed
from akcept.web.present import facts
from akcept.web.present.acts import CHIPS, ONE_BY_ONE
from akcept.wording import verbs


@dataclass(frozen=True, slots=True)
class Look:
    """How an act looks: icon, tone of its button, and the body of its dialog."""

    icon: str
    body: str = ""
    tone: str = ""
    solid: str = "primary"
    key: str = ""
    title: Promise | str = ""
    hint: Promise | str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One act as a button; without a body it is done at once."""

    id: str
    url: str
    verb: str
    title: str
    look: Look
    revision: int
    chips: tuple[Promise, ...] = ()
    settles: PaymentCard | None = None
    sum: str = ""


LOOKS: Mapping[Verb, Look] = {
    Verb.REJECT: Look("ban", "reason", "danger", "danger-solid", "d", _("Reject for good")),
    Verb.RETURN: Look("arrow-back-up", "return", key="r", hint=ONE_BY_ONE),
    Verb.APPROVE: Look("check", tone="primary", key="a"),
    Verb.SUBMIT: Look("send", tone="primary"),
    Verb.REFUSE_PAYMENT: Look("arrow-back-up", "reason", key="r", hint=ONE_BY_ONE),
    Verb.MARK_SENT: Look("send", "sent"),
    Verb.PAY: Look("cash-banknote", "pay", "primary", key="p"),
    Verb.REASSIGN: Look("arrow-forward-up", "reassign", key="f"),
    Verb.FORCE_DECISION: Look("alert-triangle", "override", solid="danger-solid"),
    Verb.REPLACE_PERSON: Look("user-check", "replace", solid="danger-solid"),
    Verb.ADD_APPROVER: Look("user-plus", "person"),
    Verb.NAME_APPROVER: Look("user-check", "person", "primary"),
    Verb.ADD_OBSERVER: Look("eye", "person"),
    Verb.HOLD: Look("player-pause", "hold"),
    Verb.RELEASE: Look("refresh"),
    Verb.CLOSE_REST: Look(
        "circle-x", "reason", hint=_("What is left will not be paid. This cannot be undone.")
    ),
    Verb.WITHDRAW: Look("archive", "perhaps", solid="danger-solid", title=_("Take it back?")),
}
DECIDING = (
    Verb.REJECT, Verb.RETURN, Verb.REFUSE_PAYMENT, Verb.MARK_SENT,
    Verb.NAME_APPROVER, Verb.SUBMIT, Verb.PAY, Verb.APPROVE,
)  # fmt: skip
BESIDE = (
    Verb.REASSIGN, Verb.ADD_APPROVER, Verb.ADD_OBSERVER, Verb.HOLD, Verb.RELEASE,
    Verb.CLOSE_REST, Verb.WITHDRAW, Verb.FORCE_DECISION, Verb.REPLACE_PERSON,
)  # fmt: skip


def url_of(card: CaseCard, verb: Verb) -> str:
    """Return where an act is posted."""
    return reverse("web:act", args=[card.row.id, verb.value.lower().replace("_", "-")])


WITH_REMARKS = Look("message-circle", "remark", key="A")
CHECKED = Look("check", "checked", tone="primary", key="a")
# A step may ask for a remark or a file with the approval.
WITH_MORE = Look("check", "approve", tone="primary", key="a")


def deciding(card: CaseCard) -> tuple[Offer, ...]:
    """Return the acts of the bar that stays in sight; the one most probably meant comes last.

    With a red flag on the card approving asks first whether that was looked at.
    """
    look = _approving(card)
    found = tuple(
        replace(offer, look=look) if offer.look is LOOKS[Verb.APPROVE] else offer
        for offer in _offers(card, DECIDING)
    )
    if Verb.PAY not in card.options or card.rest.minor:
        return found
    return (*(offer for offer in found if offer.look is not LOOKS[Verb.PAY]), *_settling(card))


def _settling(card: CaseCard) -> tuple[Offer, ...]:
    """Where nothing is left but what is on its way, paying is to say that the bank has executed it.

    Of several the list of payments asks, each in its line.
    """
    undone = {payment.returns for payment in card.payments}
    sent = [
        payment
        for payment in card.payments
        if payment.state is PaymentState.SENT and payment.id not in undone
    ]
    if len(sent) != 1:
        return ()
    name, payment = _("Executed by the bank"), sent[0]
    typed_sum = typed.plain(payment.amount.minor, card.row.currency)
    plain = _offer(card, Verb.PAY)
    return (replace(plain, verb=str(name), title=str(name), settles=payment, sum=typed_sum),)


def asked(card: CaseCard) -> Mapping[str, bool]:
    """Return what the step that is on demands with an approval, and whether something is to be checked first."""
    current = [seat for seat in card.seats if seat.is_current]
    return {
        "remark": any(seat.needs_remark for seat in current),
        "file": any(seat.needs_file for seat in current),
        "check": any(flag.tone == "red" and flag.is_to_check for flag in facts.flags(card)),
    }


def _approving(card: CaseCard) -> Look:
    asks = asked(card)
    if asks["remark"] or asks["file"]:
        return WITH_MORE
    return CHECKED if asks["check"] else LOOKS[Verb.APPROVE]


def beside(card: CaseCard) -> tuple[Offer, ...]:
    """Return what can also be done."""
    found = tuple(
        offer for offer in _offers(card, BESIDE) if card.movable or offer.look.body != "reassign"
    )
    if Verb.APPROVE not in card.options or _approving(card) is WITH_MORE:
        return found
    name = str(verbs.APPROVE_WITH_REMARKS)
    plain = _offer(card, Verb.APPROVE)
    return (
        replace(plain, id=f"{plain.id}-remark", verb=name, title=name, look=WITH_REMARKS),
        *found,
    )


def _offers(card: CaseCard, order: Iterable[Verb]) -> tuple[Offer, ...]:
    return tuple(_offer(card, verb) for verb in order if verb in card.options)


def _offer(card: CaseCard, verb: Verb) -> Offer:
    name = verbs.words(verb)
    look = LOOKS[verb]
    return Offer(
        # The id also names the draft of what was typed: another revision begins anew.
        id=f"{verb.value.lower()}-{card.row.number}-{card.revision}",
        url=url_of(card, verb),
        verb=name,
        title=str(look.title or name),
        look=look,
        revision=card.revision,
        chips=CHIPS.get(verb, ()),
    )
