"""What is granted to one person: roles, limits, deputies, paying one's own documents, a password."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from akcept.company import queries as company
from akcept.engine.refusals import NotFound
from akcept.people import access, queries, services
from akcept.people.cards import PersonCard
from akcept.people.codes import Right
from akcept.people.fields import Absence, Limit, Permit
from akcept.web import filling
from akcept.web.asking import Ask, ask, door
from akcept.web.forms import typed
from akcept.web.forms.laid import LaidForm
from akcept.web.forms.people import (
    AbsenceForm,
    ExceptionForm,
    LimitForm,
    NewPasswordForm,
    RoleForm,
)
from akcept.web.views.changes import told
from akcept.web.views.people import around

Grant = Callable[[Any, UUID, Ask], object]


@dataclass(frozen=True, slots=True)
class Granting:
    """A thing that can be granted: the form for it and the service that does it."""

    title: Promise
    form: type[LaidForm]
    act: Grant
    hint: Promise | str = ""


@door("GET", "POST")
@sensitive_post_parameters("password")
def grant(request: HttpRequest, person_id: UUID, what: str) -> HttpResponseBase:
    """Grant something to a person."""
    asked = ask(request)
    access.require(right=Right.ADMINISTER, by=asked.by.actor, at=asked.at)
    if what not in GRANTINGS:
        raise NotFound
    card = queries.person_card(person_id=person_id)
    granting = GRANTINGS[what]
    form = granting.form(request.POST or None, initial=_begin(card, what, request.GET))
    done: list[object] = []
    if request.method == "POST" and filling.accepted(
        form, lambda _: done.append(granting.act(form, person_id, asked))
    ):
        told(request, done[0])
        return redirect("web:person", person_id)
    context = around(person_id, card.fields.name, str(granting.title)) | {"hint": granting.hint}
    return filling.page(request, "web/settings/form.html", context, form=form)


@door("POST")
def take(request: HttpRequest, person_id: UUID, what: str, granted_id: UUID) -> HttpResponseBase:
    """Take something back from a person."""
    asked = ask(request)
    by, at = asked.by.actor, asked.at
    match what:
        case "role":
            services.revoke_role(grant_id=granted_id, by=by, at=at)
        case "deputy":
            services.cancel_deputy(deputyship_id=granted_id, by=by, at=at)
        case "exception":
            services.end_exception(exception_id=granted_id, by=by, at=at)
        case _:
            raise NotFound
    messages.success(request, _("Taken back."))
    return redirect("web:person", person_id)


def _begin(card: PersonCard, what: str, named: QueryDict) -> dict[str, Any]:
    """Return what stands in the form at first: the limit that is to be changed, where one is named."""
    wanted = (named.get("doctype"), named.get("currency"))
    stated = next((one for one in card.limits if (one.doctype, one.currency) == wanted), None)
    if what != "limit" or stated is None:
        return {"currency": company.settings_of().base_currency}
    amount = typed.plain(stated.amount_minor, stated.currency)
    return {"amount": amount, "currency": stated.currency, "doctype": stated.doctype}


def _role(form: RoleForm, person_id: UUID, asked: Ask) -> object:
    return services.grant_role(
        person_id=person_id, **form.cleaned_data, by=asked.by.actor, at=asked.at
    )


def _limit(form: LimitForm, person_id: UUID, asked: Ask) -> object:
    """Set or drop the limit of one document type in one currency; the others stay."""
    doctype, currency = form.cleaned_data["doctype"], form.cleaned_data["currency"]
    stated = queries.person_card(person_id=person_id).limits
    limits = [one for one in stated if (one.doctype, one.currency) != (doctype, currency)]
    money = form.money()
    if money is not None:
        limits.append(Limit(money.minor, money.currency, doctype))
    return services.set_limits(person_id=person_id, limits=limits, by=asked.by.actor, at=asked.at)


def _deputy(form: AbsenceForm, person_id: UUID, asked: Ask) -> object:
    given = {name: value for name, value in form.cleaned_data.items() if name not in ("amount", "currency")}  # fmt: skip
    absence = Absence(absentee_id=person_id, limit=form.money(), **given)
    return services.set_deputy(absence=absence, by=asked.by.actor, at=asked.at)


def _exception(form: ExceptionForm, person_id: UUID, asked: Ask) -> object:
    permit = Permit(person_id=person_id, **form.cleaned_data)
    return services.allow_exception(permit=permit, by=asked.by.actor, at=asked.at)


def _password(form: NewPasswordForm, person_id: UUID, asked: Ask) -> object:
    password = form.cleaned_data["password"]
    services.set_password(person_id=person_id, password=password, by=asked.by.actor, at=asked.at)
    return None


GRANTINGS: Mapping[str, Granting] = {
    "role": Granting(gettext_lazy("Give a role"), RoleForm, _role),
    "limit": Granting(gettext_lazy("Limit of approval"), LimitForm, _limit),
    "deputy": Granting(
        gettext_lazy("Name a deputy"),
        AbsenceForm,
        _deputy,
        gettext_lazy("The record says for whom the deputy has decided."),
    ),
    "exception": Granting(
        gettext_lazy("Allow an exception"),
        ExceptionForm,
        _exception,
        gettext_lazy(
            "For a firm with one accountant. It stands in the record and in the report of conflicts."
        ),
    ),
    "password": Granting(gettext_lazy("Set a password"), NewPasswordForm, _password),
}
