"""One address for everything that can be done on a case: `/cases/<id>/act/<verb>/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akcept.cases.cards import Outcome
from akcept.engine.refusals import NotFound, Refusal
from akcept.engine.verbs import Verb
from akcept.web import undoing
from akcept.web.asking import ask, door, refused
from akcept.web.forms.acts import Said
from akcept.web.present.names import label_of
from akcept.web.reading import back
from akcept.web.views import card, decide, pay


class Act(NamedTuple):
    """How a verb is done and what is said when it is."""

    do: Callable[[Said], Outcome]
    done: Promise


ACTS: Mapping[Verb, Act] = {
    Verb.ATTACH: Act(decide.attach, _("A file was added to %(document)s.")),
    Verb.SUBMIT: Act(decide.submit, _("%(document)s was sent for approval.")),
    Verb.APPROVE: Act(decide.approve, _("You approved %(document)s.")),
    Verb.RETURN: Act(decide.give_back, _("%(document)s was returned for rework.")),
    Verb.REJECT: Act(decide.reject, _("%(document)s is rejected.")),
    Verb.WITHDRAW: Act(decide.withdraw, _("%(document)s is withdrawn.")),
    Verb.REASSIGN: Act(decide.reassign, _("The task of %(document)s was passed on.")),
    Verb.FORCE_DECISION: Act(decide.override, _("You decided on %(document)s by override.")),
    Verb.REPLACE_PERSON: Act(decide.replace, _("An approver of %(document)s was replaced.")),
    Verb.ADD_APPROVER: Act(decide.add_approver, _("An approver was added to %(document)s.")),
    Verb.NAME_APPROVER: Act(decide.name_approver, _("Somebody was named for %(document)s.")),
    Verb.ADD_OBSERVER: Act(decide.add_observer, _("An observer was added to %(document)s.")),
    Verb.HOLD: Act(decide.hold, _("%(document)s is on hold.")),
    Verb.RELEASE: Act(decide.release, _("%(document)s is no longer on hold.")),
    Verb.MARK_SENT: Act(pay.mark_sent, _("%(document)s is marked as sent to the bank.")),
    Verb.PAY: Act(pay.pay, _("The payment of %(document)s is recorded.")),
    Verb.REFUSE_PAYMENT: Act(pay.refuse, _("Payment of %(document)s was refused.")),
    Verb.RECORD_RETURN: Act(pay.take_back, _("The payment of %(document)s is taken back.")),
    Verb.CLOSE_REST: Act(pay.close_rest, _("The rest of %(document)s is closed.")),
    Verb.POSTPONE: Act(pay.postpone, _("The planned date of %(document)s is moved.")),
    Verb.COMMENT: Act(decide.comment, _("Your comment is added.")),
    Verb.WITHDRAW_QUESTION: Act(decide.withdraw_question, _("The question is withdrawn.")),
    Verb.UNDO: Act(decide.undo, _("Your decision on %(document)s is taken back.")),
}


@door("POST")
def act(request: HttpRequest, case_id: UUID, verb: str) -> HttpResponseBase:
    """Do it and go back to where the button was; a refusal is shown on the card."""
    chosen = ACTS.get(verb_of(verb))
    if chosen is None:
        raise NotFound
    asked = ask(request)
    said = Said(case_id, asked, request.POST, request.FILES.get("file"))
    try:
        outcome = chosen.do(said)
    except Refusal as refusal:
        if request.headers.get("HX-Request"):
            return refused(request, refusal)
        return card.page(request, asked, case_id, refusal=refusal)
    done = chosen.done % {"document": label_of(outcome.doctype, outcome.number, outcome.stamp)}
    if draft := request.POST.get("draft"):
        # Only then: a session that changes costs a commit of its own.
        request.session["draft_done"] = draft
    card_url = reverse("web:case", args=[case_id])
    there = back(request, card_url)
    if not undoing.carry(request, verb_of(verb), done, outcome, asked.at):
        messages.success(request, done)
    return HttpResponseRedirect(there)


def verb_of(text: str) -> Verb:
    """Return the verb of an address; what is none does not exist."""
    try:
        return Verb(text.upper().replace("-", "_"))
    except ValueError:
        raise NotFound from None
