"""What administrators say about people."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.engine.money import Money
from akcept.people import duties, queries
from akcept.people.codes import PersonKind, Right
from akcept.people.duties import RuleCode
from akcept.people.labels import PERSON_KINDS, RIGHTS, RULES
from akcept.web import choices
from akcept.web.forms import typed
from akcept.web.forms.fields import MoneyField, TextField, wrong
from akcept.web.forms.laid import LaidForm
from akcept.web.forms.picking import PersonField

DAY = {"type": "date"}
NEW_PASSWORD = {"autocomplete": "new-password"}
Options = list[tuple[str, str | Promise]]


def _departments() -> Options:
    return [("", _("None")), *((str(one.id), one.name) for one in queries.departments())]


def _every_department() -> Options:
    return [("", _("All departments")), *_departments()[1:]]


def everywhere() -> Options:
    """Return the payers, after all of them."""
    return [
        ("", _("All payers")),
        *((str(one.id), one.fields.short_name) for one in company.entities()),
    ]


def document_types() -> Options:
    """Return the document types, after all of them."""
    russian = get_language() == "ru"
    types = doctypes.type_cards()
    return [("", _("All types")), *((one.code, one.name_ru if russian else one.name_en) for one in types)]  # fmt: skip


def _rules() -> Options:
    return [(rule.code.value, RULES[rule.code]) for rule in duties.RULES if rule.has_exceptions]


def _roles() -> Options:
    russian = get_language() == "ru"
    return [(role.code, role.name_ru if russian else role.name_en) for role in queries.roles()]


def to_id(value: str) -> UUID | None:
    """Return the id chosen, None for all."""
    return UUID(value) if value else None


class PersonForm(LaidForm):
    """Everything about a person but rights."""

    halves: ClassVar[frozenset[str]] = frozenset(
        {"email", "kind", "position", "department_id", "manager_id", "peer_id", "language", "time_zone"}
    )  # fmt: skip
    name = TextField(label=_("Full name"), longest=200, required=True)
    email = TextField(label=_("E-mail"), longest=254)
    kind = forms.ChoiceField(label=_("Who it is"), choices=[(k.value, PERSON_KINDS[k]) for k in PersonKind])  # fmt: skip
    position = TextField(label=_("Position"), longest=200)
    department_id = forms.TypedChoiceField(
        label=_("Department"), choices=_departments, coerce=to_id, empty_value=None, required=False
    )
    manager_id = PersonField(label=_("Manager"), required=False)
    peer_id = PersonField(
        label=_("Who decides on their own documents"),
        required=False,
        help_text=_("Needed where nobody stands above."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=choices.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=choices.time_zones)


class MoveForm(LaidForm):
    """Where somebody stands."""

    department_id = forms.TypedChoiceField(
        label=_("Department"), choices=_departments, coerce=to_id, empty_value=None, required=False
    )
    manager_id = PersonField(label=_("Manager"), required=False)


class NewPersonForm(PersonForm):
    """A person, who may be let in at once."""

    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        help_text=_("Leave it empty for somebody who does not log in, or sets it by the letter “forgot the password”."),
        widget=forms.PasswordInput(NEW_PASSWORD),
    )  # fmt: skip


class NewPasswordForm(LaidForm):
    """A password somebody else sets."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 8 characters, not a common word and not digits alone."),
        widget=forms.PasswordInput(NEW_PASSWORD),
    )


class RoleForm(LaidForm):
    """A role, for one payer or all."""

    role = forms.ChoiceField(label=_("Role"), choices=_roles)
    entity_id = forms.TypedChoiceField(
        label=_("Payer"), choices=everywhere, coerce=to_id, empty_value=None, required=False
    )
    department_id = forms.TypedChoiceField(
        label=_("Department"),
        choices=_every_department,
        coerce=to_id,
        empty_value=None,
        required=False,
    )


class RightsForm(LaidForm):
    """What a role is called and lets its holders do."""

    halves: ClassVar[frozenset[str]] = frozenset({"name_en", "name_ru"})
    name_en = TextField(label=_("Name in English"), longest=100, required=True)
    name_ru = TextField(label=_("Name in Russian"), longest=100, required=True)
    may = forms.MultipleChoiceField(
        label=_("Rights"),
        required=False,
        choices=[(right.value, RIGHTS[right]) for right in Right],
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )


class NewRoleForm(RightsForm):
    """A role that is not there yet."""

    code = TextField(
        label=_("Code"),
        longest=40,
        required=True,
        help_text=_("Programs and tables call the role by it, for example OVERRIDER. It stays."),
    )
    field_order = ("name_en", "name_ru", "code", "may")


class SumForm(LaidForm):
    """An amount with its currency, both or none."""

    def money(self) -> Money | None:
        """Return the amount, None for none."""
        given = self.cleaned_data
        text = given["amount"]
        return Money(typed.amount(text, given["currency"]), given["currency"]) if text else None

    def clean(self) -> dict[str, Any]:
        """Refuse what is no amount."""
        try:
            if "amount" in self.cleaned_data:
                self.money()
        except ValueError as error:
            self.add_error("amount", wrong(str(error)))
        return self.cleaned_data


class LimitForm(SumForm):
    """The largest amount somebody may approve, for documents of all types or of one."""

    halves: ClassVar[frozenset[str]] = frozenset({"amount", "currency"})
    doctype = forms.ChoiceField(label=_("Document type"), choices=document_types, required=False)
    amount = MoneyField(
        label=_("May approve up to"),
        help_text=_("Empty: no limit is stated for this type in this currency."),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=choices.currencies)


class AbsenceForm(SumForm):
    """Who acts for somebody, and how far."""

    halves: ClassVar[frozenset[str]] = frozenset(
        {"starts_on", "ends_on", "entity_id", "doctype", "amount", "currency", "order_number", "order_date"}
    )  # fmt: skip
    deputy_id = PersonField(
        label=_("Deputy"),
        required=False,
        help_text=_("Empty: away, and nobody acts. Further deputies are named one by one: whoever is in conflict leaves it to the next."),
    )  # fmt: skip
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(DAY))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(DAY))
    entity_id = forms.TypedChoiceField(
        label=_("Payer"), choices=everywhere, coerce=to_id, empty_value=None, required=False
    )
    doctype = forms.ChoiceField(label=_("Document type"), choices=document_types, required=False)
    position = forms.IntegerField(
        label=_("Place among the deputies"),
        required=False,
        min_value=1,
        max_value=20,
        help_text=_("Empty: after those already named for these days."),
    )
    amount = MoneyField(
        label=_("Limit by order"), help_text=_("Empty: the lower limit of the two counts.")
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=choices.currencies)
    order_number = TextField(label=_("Order No."), longest=60)
    order_date = forms.DateField(
        label=_("Date of the order"), required=False, widget=forms.DateInput(DAY)
    )
    reason = TextField(label=_("Reason"), longest=300)


class ExceptionForm(LaidForm):
    """For how long somebody is excepted from a rule about duties."""

    halves: ClassVar[frozenset[str]] = frozenset({"starts_on", "ends_on"})
    rule = forms.TypedChoiceField(label=_("Rule"), choices=_rules, coerce=RuleCode)
    entity_id = forms.TypedChoiceField(
        label=_("Payer"), choices=everywhere, coerce=to_id, empty_value=None, required=False
    )
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(DAY))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(DAY))
    reason = TextField(label=_("Reason"), longest=300, required=True)


class HeirsForm(LaidForm):
    """Who gets what a leaver leaves behind."""

    halves: ClassVar[frozenset[str]] = frozenset(
        {"tasks", "routes", "roles", "deputyships", "reports", "departments"}
    )
    tasks = PersonField(
        label=_("Open tasks"),
        required=False,
        help_text=_("Empty: deputies first, then upwards. The same for a task this person may not have."),
    )  # fmt: skip
    routes = PersonField(
        label=_("Places in routes"), required=False, help_text=_("Empty: taken out of them.")
    )
    roles = PersonField(
        label=_("Roles"), required=False, help_text=_("Empty: nobody gets the roles.")
    )
    deputyships = PersonField(
        label=_("Deputyships"), required=False, help_text=_("Empty: they end.")
    )
    reports = PersonField(
        label=_("People who report to them"), required=False, help_text=_("Empty: left as it is.")
    )
    departments = PersonField(
        label=_("Departments they head"), required=False, help_text=_("Empty: a vacancy.")
    )


class DepartmentForm(LaidForm):
    """A department with its head."""

    name = TextField(label=_("Name"), longest=200, required=True)
    parent_id = forms.TypedChoiceField(
        label=_("Part of"), choices=_departments, coerce=to_id, empty_value=None, required=False
    )
    head_id = PersonField(label=_("Head"), required=False)
