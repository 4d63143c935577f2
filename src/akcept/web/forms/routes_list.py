"""The name of a route, in one language or both."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from akcept.web.forms.fields import TextField
from akcept.web.forms.laid import LaidForm


class RouteNameForm(LaidForm):
    """What a route is called."""

    halves: ClassVar[frozenset[str]] = frozenset({"name_en", "name_ru"})
    name_en = TextField(label=_("Name in English"), longest=200)
    name_ru = TextField(
        label=_("Name in Russian"),
        longest=200,
        help_text=_("A name in one language stands for both."),
    )
