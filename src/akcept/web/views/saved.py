"""The saved views of the registry: keep one, rename, share, begin with it, forget it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from akcept.cases import saved
from akcept.engine.refusals import NotFound
from akcept.web import filling
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.fields import TextField
from akcept.web.present import registry as present


class ViewForm(forms.Form):
    """What a saved view is called, who is offered it, and whether one begins with it."""

    name = TextField(label=gettext_lazy("Name"), longest=saved.LONGEST_NAME, required=True)
    is_shared = forms.BooleanField(label=gettext_lazy("Offer it to everybody"), required=False)
    is_first = forms.BooleanField(label=gettext_lazy("Begin with it"), required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False)


@door("GET", "POST")
def views(request: HttpRequest) -> HttpResponseBase:
    """Show the saved views one has, and keep what the registry shows as one more."""
    asked = ask(request)
    form = ViewForm(request.POST or None, initial={"query": request.GET.get("query", "")})

    def save(given: dict[str, Any]) -> None:
        key = saved.save(
            by=asked.by,
            name=given["name"],
            query=given["query"],
            is_shared=given["is_shared"],
            at=asked.at,
        )
        if given["is_first"]:
            saved.begin_with(view_id=key, by=asked.by, at=asked.at)
        form.cleaned_data["id"] = key

    if request.method == "POST" and filling.accepted(form, save):
        messages.success(request, _("The view is saved."))
        query = "&".join(
            filter(None, (form.cleaned_data["query"], f"saved={form.cleaned_data['id']}"))
        )
        return redirect(f"{reverse('web:registry')}?{query}")
    cards = saved.views(by=asked.by, at=asked.at)
    shown = {
        "place": "registry",
        "lines": [(card, f"{reverse('web:registry')}?{present.opening(card)}") for card in cards],
        "may_share": saved.may_share(by=asked.by, at=asked.at),
    }
    return filling.page(request, "web/registry/views.html", shown, form=form)


@door("POST")
def change(request: HttpRequest, view_id: UUID) -> HttpResponseBase:
    """Do with a saved view what the button says."""
    asked = ask(request)
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise NotFound
    deed(request, asked, view_id)
    messages.success(request, _("Saved."))
    return redirect("web:views")


def _rename(request: HttpRequest, asked: Ask, view_id: UUID) -> None:
    saved.change(view_id=view_id, by=asked.by, at=asked.at, name=request.POST.get("name", ""))


def _replace(request: HttpRequest, asked: Ask, view_id: UUID) -> None:
    saved.change(view_id=view_id, by=asked.by, at=asked.at, query=request.POST.get("query", ""))


def _share(request: HttpRequest, asked: Ask, view_id: UUID) -> None:
    saved.change(view_id=view_id, by=asked.by, at=asked.at, is_shared=True)


def _keep_to_oneself(request: HttpRequest, asked: Ask, view_id: UUID) -> None:
    saved.change(view_id=view_id, by=asked.by, at=asked.at, is_shared=False)


def _begin(request: HttpRequest, asked: Ask, view_id: UUID) -> None:
    saved.begin_with(view_id=view_id, by=asked.by, at=asked.at)


def _begin_with_everything(request: HttpRequest, asked: Ask, view_id: UUID) -> None:
    saved.begin_with(view_id=None, by=asked.by, at=asked.at)


def _remove(request: HttpRequest, asked: Ask, view_id: UUID) -> None:
    saved.remove(view_id=view_id, by=asked.by, at=asked.at)


DEEDS = {
    "rename": _rename,
    "replace": _replace,
    "share": _share,
    "keep": _keep_to_oneself,
    "begin": _begin,
    "everything": _begin_with_everything,
    "remove": _remove,
}
