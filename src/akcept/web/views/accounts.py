"""Bank accounts: entered by one person, vouched for by another."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from akcept.company import queries as company
from akcept.engine.refusals import NotFound
from akcept.parties import queries, services
from akcept.parties.codes import How
from akcept.people.access import require
from akcept.people.codes import Right
from akcept.web import filling
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.counterparties import AccountForm, ReasonForm, VerifyForm

TITLES = {
    "verify": (gettext_lazy("Verify the account"), gettext_lazy("Verify"), "primary"),
    "block": (gettext_lazy("Block the account"), gettext_lazy("Block"), "danger-solid"),
    "unblock": (gettext_lazy("Unblock the account"), gettext_lazy("Unblock"), "primary"),
}


@door("GET", "POST")
def add(request: HttpRequest, counterparty_id: UUID) -> HttpResponseBase:
    """Add an account, unverified."""
    asked = ask(request)
    line = queries.counterparty_line(counterparty_id=counterparty_id)
    base = company.settings_of().base_currency
    form = AccountForm(request.POST or None, initial={"currency": "RUB" if line.country == "RU" else base})  # fmt: skip
    if request.method == "POST" and filling.accepted(form, lambda _: _enter(form, line.id, asked)):
        messages.success(request, _("The account is added. Somebody else has to verify it."))
        return redirect("web:counterparty", line.id)
    context = {"place": "counterparties", "line": line}
    return filling.page(request, "web/counterparties/account.html", context, form=form)


@door("GET", "POST")
def check(request: HttpRequest, account_id: UUID, verb: str) -> HttpResponseBase:
    """Verify, block or unblock an account."""
    asked = ask(request)
    if verb not in TITLES:
        raise NotFound
    require(right=Right.VERIFY_ACCOUNTS, by=asked.by.actor, at=asked.at)
    account = queries.account(account_id=account_id)
    form = (VerifyForm if verb == "verify" else ReasonForm)(request.POST or None)
    if request.method == "POST" and filling.accepted(
        form, lambda _: _check(form, account_id, verb, asked)
    ):
        messages.success(request, _("Saved."))
        return redirect("web:counterparty", account.counterparty_id)
    title, button, tone = TITLES[verb]
    line = queries.counterparty_line(counterparty_id=account.counterparty_id)
    context = {"place": "counterparties", "account": account, "line": line, "title": title, "verb": button, "tone": tone}  # fmt: skip
    return filling.page(request, "web/counterparties/check.html", context, form=form)


def _enter(form: AccountForm, counterparty_id: UUID, asked: Ask) -> None:
    services.enter_account(
        counterparty_id=counterparty_id,
        fields=form.fields_given(),
        by=asked.by.actor,
        at=asked.at,
        key=asked.key,
    )


def _check(form: forms.Form, account_id: UUID, verb: str, asked: Ask) -> None:
    given, by, at, key = form.cleaned_data, asked.by.actor, asked.at, asked.key
    if verb == "verify":
        how = How(given["how"])
        services.verify_account(
            account_id=account_id, how=how, note=given["note"], by=by, at=at, key=key
        )
        return
    act = services.block_account if verb == "block" else services.unblock_account
    act(account_id=account_id, reason=given["reason"], by=by, at=at, key=key)
