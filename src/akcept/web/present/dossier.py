"""Who has set up what about one person, old and new, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from akcept.company import queries as company
from akcept.engine.money import Money
from akcept.journal.queries import REMOVED, StoredEntry
from akcept.people import queries as people
from akcept.people.duties import RuleCode
from akcept.people.labels import RULES
from akcept.web.forms.people import PersonForm, document_types
from akcept.web.forms.profile import ProfileForm
from akcept.web.present.chronicle import NOTHING, Told
from akcept.wording import dates, money

Data = Mapping[str, Any]
Names = Mapping[str, str]
DEEDS: Mapping[str, Promise] = {
    "PERSON_CREATED": pgettext_lazy("person", "added this person"),
    "PERSON_CHANGED": pgettext_lazy("person", "changed this person"),
    "PERSON_DEACTIVATED": pgettext_lazy("person", "switched this person off"),
    "PERSON_REACTIVATED": pgettext_lazy("person", "switched this person on again"),
    "PASSWORD_SET": pgettext_lazy("person", "set a password"),
    "FEED_TOKEN_MADE": pgettext_lazy("person", "made an address of the calendar"),
    "TOKEN_MADE": pgettext_lazy("person", "made an API key"),
    "TOKEN_REVOKED": pgettext_lazy("person", "revoked an API key"),
    "ROLE_GRANTED": pgettext_lazy("person", "gave a role"),
    "ROLE_REVOKED": pgettext_lazy("person", "took a role back"),
    "LIMITS_SET": pgettext_lazy("person", "set the limits of approval"),
    "DEPUTY_SET": pgettext_lazy("person", "entered an absence"),
    "DEPUTY_CANCELLED": pgettext_lazy("person", "ended an absence"),
    "EXCEPTION_ALLOWED": pgettext_lazy("person", "allowed an exception"),
    "EXCEPTION_ENDED": pgettext_lazy("person", "ended an exception"),
    "OUTSIDE_LINK_ISSUED": pgettext_lazy("person", "sent a link"),
    "OUTSIDE_CODE_SENT": pgettext_lazy("person", "sent a code"),
    "OUTSIDE_LINK_REVOKED": pgettext_lazy("person", "revoked a link"),
}


def lines(entries: Iterable[StoredEntry]) -> list[Told]:
    """Return what was set up about a person, in the order given."""
    known = list(entries)
    names = _names(known) if known else {}
    return [
        Told(
            _("(removed)") if entry.actor.name is REMOVED else str(entry.actor.name),
            DEEDS.get(entry.kind, entry.kind),
            entry.at,
            tuple(DETAILS[entry.kind](entry.data, names)) if entry.kind in DETAILS else (),
        )
        for entry in known
    ]


def _names(entries: Iterable[StoredEntry]) -> dict[str, str]:
    """Return the names of departments, payers, roles and document types, and of the people named, by id or code."""
    russian = get_language() == "ru"
    named: set[UUID] = set()
    for entry in entries:
        named |= {UUID(one) for one in _people_in(entry.data)}
    found = {str(one.id): one.name for one in people.picks(person_ids=named).values()}
    found |= {str(one.id): one.name for one in people.departments()}
    found |= {str(one.id): one.fields.short_name for one in company.entities(only_active=False)}
    found |= {one.code: one.name_ru if russian else one.name_en for one in people.roles()}
    return found | {code: str(name) for code, name in document_types() if code}


def _people_in(data: Data) -> Iterator[str]:
    if data.get("deputy"):
        yield str(data["deputy"])
    changes: Data = data.get("changes") or {}
    for field in ("manager_id", "peer_id"):
        yield from (str(one) for one in changes.get(field, ()) if one)


def _changed(data: Data, names: Names) -> Iterator[str]:
    fields = ProfileForm.base_fields | PersonForm.base_fields
    for field, (old, new) in data["changes"].items():
        label = fields[field].label if field in fields else field
        yield f"{label}: {_word(old, names)} → {_word(new, names)}"


def _role(data: Data, names: Names) -> Iterator[str]:
    where = [names.get(str(data[one]), "") for one in ("entity_id", "department_id") if data.get(one)]  # fmt: skip
    yield " · ".join([names.get(data["role"], data["role"]), *where])


def _limits(data: Data, names: Names) -> Iterator[str]:
    old, new = ("; ".join(_limit(names, *one) for one in held) or NOTHING for held in data["limits"])  # fmt: skip
    yield f"{old} → {new}"


def _limit(names: Names, doctype: str, minor: int, currency: str) -> str:
    written = money.amount(Money(minor, currency))
    return f"{names.get(doctype, doctype)}: {written}" if doctype else written


def _deputy(data: Data, names: Names) -> Iterator[str]:
    deputy = names.get(str(data["deputy"]), NOTHING) if data["deputy"] else _("nobody acts")
    scope = [names.get(str(data[one]), "") for one in ("entity", "doctype") if data[one]]
    yield " · ".join([deputy, _days(data), *scope])


def _exception(data: Data, names: Names) -> Iterator[str]:
    yield " · ".join([str(RULES[RuleCode(data["rule"])]), *([_days(data)] if "from" in data else [])])  # fmt: skip
    if isinstance(data.get("reason"), str):
        yield data["reason"]


def _days(data: Data) -> str:
    return " – ".join(dates.day(date.fromisoformat(data[one])) for one in ("from", "to"))


def _word(value: object, names: Names) -> str:
    if value is REMOVED:
        return _("(removed)")
    return names.get(str(value), str(value)) if value not in (None, "") else NOTHING


DETAILS: Mapping[str, Callable[[Data, Names], Iterator[str]]] = {
    "PERSON_CHANGED": _changed,
    "ROLE_GRANTED": _role,
    "ROLE_REVOKED": _role,
    "LIMITS_SET": _limits,
    "DEPUTY_SET": _deputy,
    "EXCEPTION_ALLOWED": _exception,
    "EXCEPTION_ENDED": _exception,
}
