"""What somebody says of a letter that came in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from akcept.web.forms.fields import TextField
from akcept.web.forms.picking import PersonField


class AsideForm(forms.Form):
    """Why no document comes of it."""

    reason = TextField(label=_("Reason (required)"), longest=1000, lines=2, required=True)


class GiveForm(forms.Form):
    """Whose it is from now on."""

    person = PersonField(label=_("Colleague"), required=True)
