"""A document type as its administrator writes it: its names, who begins it, and its fields in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akcept.doctypes import catalogue
from akcept.doctypes.cards import FieldCard, OptionCard, TypeCard
from akcept.doctypes.checks import TypeFields
from akcept.doctypes.codes import WhoStarts
from akcept.engine.doctypes import FieldKind, Gate
from akcept.people import queries as people
from akcept.web.forms.fields import ChoiceField, TextField
from akcept.wording import doctypes as words
from akcept.wording import fields as problems
from akcept.wording.details import label_of
from akcept.wording.documents import is_russian

MOST_ROWS = 60
OWN, CORE = "own", "core"
GATES = [("", _("never")), *((gate.value, word) for gate, word in words.GATES.items())]
TICKS = {"class": "form-check-input"}


class TypeForm(forms.Form):
    """Everything of a type but its fields."""

    code = TextField(label=_("Code"), longest=32, required=True, help_text=_("Capital Latin letters, like POWER_OF_ATTORNEY. It stays."))  # fmt: skip
    name_en = TextField(label=_("Name in English"), required=True)
    name_ru = TextField(label=_("Name in Russian"), required=True)
    plural_en = TextField(label=_("Several of them, in English"), required=True)
    plural_ru = TextField(label=_("Several of them, in Russian"), required=True)
    title_en = TextField(label=_("In a task, in English"), required=True, help_text=_("“Approval of … 49”: power of attorney"))  # fmt: skip
    title_ru_genitive = TextField(label=_("In a task, in Russian: of what"), required=True, help_text=_("«Согласование … № 49»: доверенности"))  # fmt: skip
    title_ru_accusative = TextField(label=_("In a task, in Russian: what"), required=True, help_text=_("«Откорректировать … № 49»: доверенность"))  # fmt: skip
    series = TextField(label=_("Number series"), longest=32, help_text=_("Empty: numbers of its own. Types with the same series share one."))  # fmt: skip
    ends_in_payment = forms.BooleanField(label=_("Ends in a payment"), required=False, help_text=_("Otherwise it ends when everybody has approved. This stays as it is."))  # fmt: skip
    approval_types = forms.BooleanField(label=_("The initiator chooses the approval type"), required=False, help_text=_("Otherwise the routes alone decide."))  # fmt: skip
    is_confidential = forms.BooleanField(label=_("Confidential: only who takes part and auditors see it"), required=False)  # fmt: skip
    never_postpone = forms.BooleanField(label=_("Its payments are never postponed by themselves"), required=False)  # fmt: skip
    max_hold_days = forms.IntegerField(label=_("Longest hold, in days"), initial=30)
    is_active = forms.BooleanField(label=_("In use: new documents can be begun"), required=False, initial=True)  # fmt: skip
    who_starts = ChoiceField(label=_("Who may begin one"), choices=[(who.value, word) for who, word in words.WHO.items()])  # fmt: skip
    roles = forms.MultipleChoiceField(label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple(TICKS))  # fmt: skip
    departments = forms.MultipleChoiceField(label=_("Departments, with those below"), required=False, widget=forms.CheckboxSelectMultiple(TICKS))  # fmt: skip

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        russian = is_russian()
        for name, offered in (
            (
                "roles",
                [(row.code, row.name_ru if russian else row.name_en) for row in people.roles()],
            ),
            ("departments", [(str(row.id), row.name) for row in people.departments()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = offered
        if not is_new:
            for name in ("code", "series", "ends_in_payment"):
                del self.fields[name]
        self.fields["max_hold_days"].error_messages["required"] = problems.words("REQUIRED")

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Show what is wrong with the type itself."""
        for name, code in errors.items():
            place = "roles" if name == "starters" else name
            self.add_error(place if place in self.fields else None, problems.words(code))


class FieldForm(forms.Form):
    """One field of a type."""

    code = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    kind = forms.CharField(max_length=16, widget=forms.HiddenInput)
    label_en = TextField(label=_("Label in English"), required=True)
    label_ru = TextField(label=_("Label in Russian"), required=True)
    required_at = ChoiceField(
        label=pgettext_lazy("field", "Required"), required=False, choices=GATES
    )
    vouches_for = ChoiceField(label=_("Vouched for as"), required=False, choices=[("", "—"), *words.VOUCHED.items()])  # fmt: skip
    options = TextField(label=_("Choices"), longest=8000, lines=4, help_text=_("One a line: English | Russian"))  # fmt: skip
    is_material = forms.BooleanField(label=_("A change voids approvals"), required=False)
    is_retired = forms.BooleanField(label=_("Not asked for any more"), required=False)

    @property
    def is_list(self) -> bool:
        """Tell whether it has choices of its own."""
        return self._said("kind") == FieldKind.CHOICE and not self.is_core

    @property
    def is_core(self) -> bool:
        """Tell whether it is one of the fields that every type may ask for."""
        return self._said("code") in catalogue.CORE

    @property
    def kind_words(self) -> str:
        """Say what the field holds."""
        return words.kind(self._said("kind"))

    @property
    def label(self) -> str:
        """Say what the field is called, in the reader's language."""
        return self._said("label_ru" if is_russian() else "label_en")

    def field_card(self, known: FieldCard | None) -> FieldCard:
        """Return the field as it is written here."""
        given = self.cleaned_data
        old = {option.name_en: option for option in known.options} if known else {}
        options = tuple(
            replace(
                old.get(english, OptionCard("", english, russian)),
                name_ru=russian,
                is_retired=False,
            )
            for english, russian in _options(given["options"])
        )
        return FieldCard(
            code=given["code"],
            kind=FieldKind(given["kind"]),
            label_en=given["label_en"],
            label_ru=given["label_ru"],
            required_at=Gate(given["required_at"]) if given["required_at"] else None,
            is_material=given["is_material"],
            vouches_for=given["vouches_for"],
            options=options,
            is_retired=given["is_retired"],
        )

    def clean_kind(self) -> str:
        """Return the kind; refuses what is none."""
        kind: str = self.cleaned_data["kind"]
        if kind not in set(FieldKind):
            raise forms.ValidationError(problems.words("NOT_A_CHOICE"))
        return kind

    def _said(self, name: str) -> str:
        return str(self[name].value() or "")


@dataclass
class TypeSheet:
    """The page of a type: the form and its rows, read and refused together."""

    form: TypeForm
    rows: list[FieldForm]
    card: TypeCard | None

    @classmethod
    def of(cls, card: TypeCard | None) -> TypeSheet:
        """Return the page of a type as it is, or of a new one."""
        fields = card.fields if card else tuple(catalogue.CORE[code] for code in ("title", "entity", "comment", "main_file"))  # fmt: skip
        return cls._laid(card, _initial(card), [_row(field) for field in fields])

    @classmethod
    def sent(cls, data: QueryDict, card: TypeCard | None) -> TypeSheet:
        """Return the page as it was sent, to be kept."""
        count = _count(data)
        rows = [FieldForm(data, prefix=f"field-{place}") for place in range(count)]
        return cls(TypeForm(data, is_new=card is None), rows, card)

    @classmethod
    def changed(cls, data: QueryDict, card: TypeCard | None) -> TypeSheet:
        """Return the page with a row moved or added, as the pressed button says; nothing is judged yet."""
        rows = [_raw(data, place) for place in range(_count(data))]
        verb, _sign, place = data.get("do", "").partition("-")
        if verb == "add" and len(rows) < MOST_ROWS:
            rows += _added(data.get("add", ""), {row["code"] for row in rows})
        elif verb in ("up", "down") and place.isdigit():
            _move(rows, int(place), -1 if verb == "up" else 1)
        typed = {name: data.get(name, "") for name in TypeForm.base_fields}
        lists = {name: data.getlist(name) for name in ("roles", "departments")}
        return cls._laid(card, typed | lists, rows)

    @classmethod
    def _laid(
        cls, card: TypeCard | None, initial: Mapping[str, Any], rows: list[dict[str, Any]]
    ) -> TypeSheet:
        form = TypeForm(initial=initial, is_new=card is None)
        laid = [FieldForm(initial=row, prefix=f"field-{n}") for n, row in enumerate(rows)]
        return cls(form, laid, card)

    def is_valid(self) -> bool:
        """Tell whether everything can be read; what cannot is marked."""
        return all([self.form.is_valid(), *(row.is_valid() for row in self.rows)])

    def fields(self) -> TypeFields:
        """Return the type as it is written here."""
        given = self.form.cleaned_data
        known = {field.code: field for field in self.card.fields} if self.card else {}
        rows = [row.field_card(known.get(row.cleaned_data["code"])) for row in self.rows]
        who = WhoStarts(given["who_starts"] or WhoStarts.EVERYBODY)
        chosen = {WhoStarts.ROLES: "roles", WhoStarts.DEPARTMENTS: "departments"}.get(who)
        plain = ("is_confidential", "never_postpone", "max_hold_days", "is_active")
        names = [name for name in TypeFields.__dataclass_fields__ if name in TypeForm.base_fields]
        return TypeFields(
            fields=_with_approval_type(rows, wanted=given["approval_types"]),
            who_starts=who,
            starters=tuple(given[chosen]) if chosen else (),
            **{name: given.get(name, "") for name in names if name not in {*plain, "who_starts"}},
            **{name: given[name] for name in plain},
        )

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Show what was refused, each at its place."""
        own: dict[str, str] = {}
        for name, code in errors.items():
            head, _dot, rest = name.partition(".")
            place, _dot, field = rest.partition(".")
            if head == "fields" and place.isdigit() and int(place) < len(self.rows):
                row = self.rows[int(place)]
                is_shown = field in row.fields and field not in ("code", "kind")
                row.add_error(field if is_shown else None, problems.words(code))
            else:
                own[name] = code
        self.form.refuse(own)

    @property
    def addable(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return what may be added: fields of its own by kind, then the ready ones it does not have."""
        here = {str(row["code"].value() or "") for row in self.rows}
        own = [(f"{OWN}:{kind}", words.kind(kind)) for kind in catalogue.OWN_KINDS]
        core = [(f"{CORE}:{code}", label_of(field)) for code, field in catalogue.CORE.items() if code not in here]  # fmt: skip
        return [(str(_("A field of its own")), own), (str(_("A ready field")), core)]


def _with_approval_type(rows: list[FieldCard], *, wanted: bool) -> tuple[FieldCard, ...]:
    """Ask for the approval type, or not any more, as the tick says."""
    pair = ("approval_type", "choice")
    found = [replace(row, is_retired=not wanted) if row.code in pair else row for row in rows]
    here = {row.code for row in rows}
    return (*found, *(catalogue.CORE[code] for code in pair if wanted and code not in here))


def _initial(card: TypeCard | None) -> dict[str, Any]:
    if card is None:
        return {"max_hold_days": 30, "is_active": True, "approval_types": True, "who_starts": WhoStarts.EVERYBODY}  # fmt: skip
    shown = {name: getattr(card, name, "") for name in TypeForm.base_fields}
    return shown | {
        "approval_types": card.asks_for("approval_type"),
        "roles": card.starters if card.who_starts is WhoStarts.ROLES else (),
        "departments": card.starters if card.who_starts is WhoStarts.DEPARTMENTS else (),
    }


def _row(field: FieldCard) -> dict[str, Any]:
    shown = [option for option in field.options if not option.is_retired]
    return {
        "code": field.code,
        "kind": field.kind.value,
        "label_en": field.label_en,
        "label_ru": field.label_ru,
        "required_at": field.required_at or "",
        "vouches_for": field.vouches_for,
        "options": "\n".join(f"{option.name_en} | {option.name_ru}" for option in shown),
        "is_material": field.is_material,
        "is_retired": field.is_retired,
    }


def _count(data: QueryDict) -> int:
    said = data.get("field-count", "0")
    return min(int(said), MOST_ROWS) if said.isdigit() else 0


def _raw(data: QueryDict, place: int) -> dict[str, Any]:
    return {name: data.get(f"field-{place}-{name}", "") for name in FieldForm.base_fields}


def _added(said: str, here: set[str]) -> list[dict[str, Any]]:
    """Return the row of a new field, or nothing for what cannot be added."""
    where, _colon, what = said.partition(":")
    if where == CORE and what in catalogue.CORE and what not in here:
        return [_row(catalogue.CORE[what])]
    if where == OWN and what in catalogue.OWN_KINDS:
        return [_row(FieldCard("", FieldKind(what), "", ""))]
    return []


def _move(rows: list[dict[str, Any]], place: int, step: int) -> None:
    if 0 <= place < len(rows) and 0 <= place + step < len(rows):
        rows.insert(place + step, rows.pop(place))


def _options(text: str) -> list[tuple[str, str]]:
    """Read choices, one a line; one name serves both languages where only one is given."""
    found = []
    for line in text.splitlines():
        english, _bar, russian = (part.strip() for part in line.partition("|"))
        if english or russian:
            found.append((english or russian, russian or english))
    return found
