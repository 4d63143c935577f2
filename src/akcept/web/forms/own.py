"""The fields that a document type has of its own, as fields of the form of a document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from akcept.doctypes.cards import FieldCard, TypeCard
from akcept.engine.doctypes import FieldKind, Gate
from akcept.engine.values import Json
from akcept.parties import queries as parties
from akcept.people import queries as people
from akcept.web.choices import currency_codes
from akcept.web.forms import typed
from akcept.web.forms.fields import (
    NEEDED_TO_SEND,
    ChoiceField,
    DayField,
    MoneyField,
    TextField,
    wrong,
)
from akcept.wording.details import label_of
from akcept.wording.documents import is_russian

PREFIX = "own-"
LONGEST = 1000
PICKED = (FieldKind.PERSON, FieldKind.COUNTERPARTY)
SIGNED_NUMBER = re.compile(r"[+-]?\d{1,12}([.,]\d{1,6})?", re.ASCII)
SEVERAL = _("Several fit this. Choose one from the list, or type more.")
UNKNOWN = _("Nothing of this name is known. Choose from the list.")


class OwnFields:
    """Puts a type's own fields into a form, and reads them back as JSON of the card."""

    def __init__(self, type_: TypeCard, form: forms.Form) -> None:
        self.form = form
        self.asked = [field for field in type_.used if not field.is_core]
        for field in self.asked:
            shown = _fields(field)
            form.fields |= shown
            if field.required_at is Gate.SUBMIT and shown:
                next(iter(shown.values())).help_text = NEEDED_TO_SEND

    def name(self, field: FieldCard) -> str:
        """Return the name under which a field stands in the form."""
        return f"{PREFIX}{field.code}"

    def place(self, field: FieldCard) -> str:
        """Return the name of the form's field that shows what is wrong with a field of the card."""
        name = self.name(field)
        return f"{name}_text" if field.kind in PICKED else name

    def clean(self) -> None:
        """Read what needs more than one input: names with their ids, sums with their currency."""
        for field in self.asked:
            try:
                self._read(field)
            except ValueError as error:
                self.form.add_error(self.place(field), wrong(str(error)))

    def card(self) -> dict[str, Json]:
        """Return the values as JSON of the card; files come beside it."""
        cleaned = self.form.cleaned_data
        return {
            field.code: cleaned.get(f"{PREFIX}{field.code}=")
            for field in self.asked
            if field.kind is not FieldKind.FILE
        }

    def _read(self, field: FieldCard) -> None:
        cleaned, name = self.form.cleaned_data, f"{PREFIX}{field.code}"
        said: Any = cleaned.get(name) or ""
        value: Json = said
        match field.kind:
            case FieldKind.DATE:
                value = said.isoformat() if said else None
            case FieldKind.NUMBER:
                value = number(said)
            case FieldKind.MONEY:
                value = _money(said, cleaned.get(f"{name}-currency") or "")
            case FieldKind.CHOICE:
                value = said or None
            case FieldKind.PERSON | FieldKind.COUNTERPARTY:
                value = self._picked(field, said, cleaned.get(f"{name}_text") or "")
            case _:
                pass
        cleaned[f"{name}="] = value
        if field.required_at is Gate.SAVE and not value and not self.form.errors.get(name):
            raise ValueError("REQUIRED")

    def _picked(self, field: FieldCard, said: str, words: str) -> str | None:
        """Return whom the list named, or whom the typed words name without a doubt."""
        if known := _known(field.kind, said):
            return known
        if not words:
            return None
        found = _suggested(field.kind, words)
        if len(found) == 1:
            return found[0]
        self.form.add_error(self.place(field), str(SEVERAL if found else UNKNOWN))
        return None


def initial(type_: TypeCard, card: Mapping[str, Json], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of a card as the form shows them; `names` says what ids stand for."""
    shown: dict[str, Any] = {}
    for field in type_.used:
        value: Any = card.get(field.code)
        if field.is_core or value in (None, ""):
            continue
        name = f"{PREFIX}{field.code}"
        match field.kind:
            case FieldKind.MONEY:
                currency = str(value["currency"])
                shown |= {
                    name: typed.plain(int(value["minor"]), currency),
                    f"{name}-currency": currency,
                }
            case FieldKind.NUMBER:
                shown[name] = str(value).replace(".", "," if is_russian() else ".")
            case FieldKind.DATE:
                shown[name] = typed.day(str(value))
            case FieldKind.PERSON | FieldKind.COUNTERPARTY:
                shown |= {name: str(value), f"{name}_text": names.get(str(value), "")}
            case _:
                shown[name] = value
    return shown


def _fields(field: FieldCard) -> dict[str, forms.Field]:
    name, label = f"{PREFIX}{field.code}", label_of(field)
    required = field.required_at is Gate.SAVE
    match field.kind:
        case FieldKind.FILE:
            return {}
        case FieldKind.DATE:
            return {name: DayField(label=label, required=required)}
        case FieldKind.CHOICE:
            return {name: ChoiceField(label=label, required=required, choices=_choices(field))}
        case FieldKind.NUMBER:
            return {name: MoneyField(label=label, required=required)}
        case FieldKind.MONEY:
            currency = ChoiceField(label=_("Currency"), choices=currency_codes())
            return {
                name: MoneyField(label=label, required=required),
                f"{name}-currency": currency,
            }
        case FieldKind.PERSON | FieldKind.COUNTERPARTY:
            hidden = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
            return {name: hidden, f"{name}_text": TextField(label=label, longest=300)}
        case _:
            return {name: TextField(label=label, longest=LONGEST, lines=2, required=required)}


def _choices(field: FieldCard) -> list[tuple[str, str]]:
    russian = is_russian()
    offered = [
        (option.code, option.name_ru if russian else option.name_en)
        for option in field.options
        if not option.is_retired
    ]
    return [("", "—"), *offered]


def number(said: str) -> str | None:
    """Return a plain decimal of what somebody typed; refuses what is no number."""
    plain = re.sub(r"[\s'’_]", "", said)
    if not plain:
        return None
    if not SIGNED_NUMBER.fullmatch(plain):
        raise ValueError("NOT_A_NUMBER")
    return plain.replace(",", ".").removeprefix("+")


def _money(said: str, currency: str) -> Json:
    if not said:
        return None
    return {"minor": typed.signed(said, currency or "RUB"), "currency": currency or "RUB"}


def _known(kind: FieldKind, said: str) -> str | None:
    try:
        key = UUID(said)
    except ValueError:
        return None
    known = people.picks(person_ids=[key]) if kind is FieldKind.PERSON else parties.lines(ids=[key])
    return said if key in known else None


def _suggested(kind: FieldKind, words: str) -> list[str]:
    if kind is FieldKind.PERSON:
        return [str(row.id) for row in people.directory(search=words, limit=2)]
    return [str(row.id) for row in parties.suggest(text=words, limit=2)]
