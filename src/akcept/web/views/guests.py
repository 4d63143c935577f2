"""What people of the company do about approvers from outside: ask them, send their link again, revoke it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from akcept.cases import queries
from akcept.cases.cards import CaseCard
from akcept.cases.outside import inviting
from akcept.engine.refusals import NotYourTurn
from akcept.engine.verbs import Verb
from akcept.web import filling
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.outside import GuestForm, SharingForm
from akcept.web.present.names import label_of
from akcept.web.shell import place_of


@door("GET", "POST")
def invite(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """Ask somebody from outside to approve as well."""
    asked = ask(request)
    card = queries.case_card(by=asked.by, case_id=case_id, at=asked.at)
    if Verb.ASK_OUTSIDE not in card.options:
        raise NotYourTurn
    begin = {"language": get_language()}
    form = GuestForm(request.POST or None, offered=card.files, initial=begin)
    if request.method == "POST" and filling.accepted(form, lambda _: _invited(case_id, form, asked)):  # fmt: skip
        messages.success(request, _("Asked. The link goes to them when it is their turn."))
        return redirect("web:case", case_id)
    hint = _(
        "A letter with a link goes to them when it is their turn. On its page they prove by a code that the mailbox is theirs, and decide; they need no account."
    )
    return _page(request, card, _("Ask somebody from outside"), form, hint)


@door("GET", "POST")
def again(request: HttpRequest, case_id: UUID, person_id: UUID) -> HttpResponseBase:
    """Send the link again, perhaps with another question or other files."""
    asked = ask(request)
    card = queries.case_card(by=asked.by, case_id=case_id, at=asked.at)
    known = inviting.link_to_manage(case_id=case_id, by=asked.by, person=person_id, at=asked.at)
    begin = {"question": known.question, "shown": list(known.files)}
    form = SharingForm(request.POST or None, offered=card.files, initial=begin)
    if request.method == "POST" and filling.accepted(form, lambda _: _sent(case_id, person_id, form, asked)):  # fmt: skip
        messages.success(request, _("A new link is on its way; the one before no longer works."))
        return redirect("web:case", case_id)
    title = _("Send the link to %(name)s again") % {"name": known.person.name}
    return _page(request, card, title, form)


@door("POST")
def revoke(request: HttpRequest, case_id: UUID, person_id: UUID) -> HttpResponseBase:
    """Let a link no longer work."""
    asked = ask(request)
    inviting.revoke(case_id=case_id, by=asked.by, person=person_id, at=asked.at)
    messages.success(request, _("The link no longer works."))
    return redirect("web:case", case_id)


def _invited(case_id: UUID, form: GuestForm, asked: Ask) -> None:
    inviting.invite(
        case_id=case_id,
        by=asked.by,
        guest=form.guest(),
        shared=form.shared(),
        at=asked.at,
        key=asked.key,
    )


def _sent(case_id: UUID, person_id: UUID, form: SharingForm, asked: Ask) -> None:
    inviting.send_again(
        case_id=case_id, by=asked.by, person=person_id, at=asked.at, shared=form.shared()
    )


def _page(
    request: HttpRequest, card: CaseCard, title: str, form: Any, hint: str = ""
) -> HttpResponseBase:
    context = {
        "place": place_of(card.row.type.code),
        "title": title,
        "hint": hint,
        "verb": _("Send"),
        "back": reverse("web:case", args=[card.row.id]),
        "back_label": label_of(card.row.type.code, card.row.number),
    }
    return filling.page(request, "web/settings/form.html", context, form=form)
