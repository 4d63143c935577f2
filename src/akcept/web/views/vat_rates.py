"""The VAT rates that invoices choose from."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from akcept.company import queries as company
from akcept.people import services
from akcept.web import filling
from akcept.web.asking import ask, door
from akcept.web.forms.settings import VatRateForm
from akcept.web.present.setting import around, looking, setting_up
from akcept.wording import vat


@door("GET", "POST")
def vat_rates(request: HttpRequest) -> HttpResponseBase:
    """Show the VAT rates, and add one."""
    asked = ask(request)
    looking(asked)
    form = VatRateForm(request.POST or None)

    def add(_given: dict[str, Any]) -> None:
        services.add_vat_rate(rate=form.rate(), by=asked.by.actor, at=asked.at)

    if request.method == "POST" and filling.accepted(form, add):
        messages.success(request, _("Added."))
        return redirect("web:vat_rates")
    rows = [(rate, vat.name(rate)) for rate in company.vat_rates(only_active=False)]
    return filling.page(
        request,
        "web/settings/vat_rates.html",
        around("vat_rates", asked) | {"rows": rows},
        form=form,
    )


@door("POST")
def offer(request: HttpRequest, *, code: str, is_offered: bool) -> HttpResponseBase:
    """Take a VAT rate out of choice, or put it back."""
    asked = ask(request)
    setting_up(asked)
    services.offer_vat_rate(code=code, is_offered=is_offered, by=asked.by.actor, at=asked.at)
    told = _("Offered again.") if is_offered else _("Retired. Documents that have it keep it.")
    messages.success(request, told)
    return redirect("web:vat_rates")
