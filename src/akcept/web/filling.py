"""Forms at the door: what the rules refuse stands beside the fields, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from akcept.engine.refusals import InvalidInput, NotAllowed, NotFound, Refusal
from akcept.wording import fields, refusals


def accepted(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Do what a well-formed form asks for; False where it was refused, with the words in the form.

    What a person may not do or see at all is no matter of the form and goes on to the door.
    """
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except (NotAllowed, NotFound):
        raise
    except InvalidInput as refusal:
        put(form, refusal.errors)
    except Refusal as refusal:
        form.add_error(None, refusals.words(refusal))
    return not form.errors


def put(form: forms.Form, errors: Mapping[str, str]) -> None:
    """Write codes of what is wrong beside their fields, or above the form where it has no such field."""
    for field, code in errors.items():
        form.add_error(home(form, field), fields.words(code))


def home(form: forms.Form, field: str) -> str | None:
    """Return the form's name of a field; one that takes several things at once stands for each of them."""
    if field in form.fields:
        return field
    return next((name for name in form.fields if field.startswith(f"{name}_")), None)


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    form: forms.Form,
    other: forms.Form | None = None,
) -> HttpResponse:
    """Show a page with a form, or two; 422 when one was refused."""
    is_refused = form.errors or (other is not None and other.errors)
    shown = {**context, "form": form}
    return render(request, template, shown, status=422 if is_refused else 200)
