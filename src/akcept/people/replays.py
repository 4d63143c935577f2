"""How the proposed changes of this room are made by a second person, and how they are shown before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from akcept.company import queries as company
from akcept.engine.money import Money
from akcept.journal.store import Actor
from akcept.people import queries, services
from akcept.people.codes import Right
from akcept.people.duties import RuleCode
from akcept.people.fields import Absence, Limit, Permit
from akcept.people.models import ApprovalLimit, Role
from akcept.people.proposals import Arguments, Change, Difference, Handler, Shown


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _grant_role(given: Arguments, by: Actor, at: datetime) -> object:
    return services.grant_role(
        person_id=UUID(given["person_id"]),
        role=given["role"],
        entity_id=_id(given["entity_id"]),
        department_id=_id(given["department_id"]),
        by=by,
        at=at,
    )


def _show_role(given: Arguments) -> Shown:
    units = {one.id: one.name for one in queries.departments()}
    where = [_payer(given["entity_id"]), units.get(_id(given["department_id"]))]  # type: ignore[arg-type]
    named = " · ".join([given["role"], *(one for one in where if one)])
    return Shown(_name(given["person_id"]), (Difference("role", None, named),))


def _save_role(given: Arguments, by: Actor, at: datetime) -> object:
    return services.save_role(
        code=given["code"],
        name_en=given["name_en"],
        name_ru=given["name_ru"],
        may=[Right(right) for right in given["may"]],
        by=by,
        at=at,
    )


def _show_saved_role(given: Arguments) -> Shown:
    known = Role.objects.filter(code=given["code"]).first()
    old = ", ".join(sorted(known.rights)) if known else None
    return Shown(given["code"], (Difference("rights", old, ", ".join(sorted(given["may"]))),))


def _set_limits(given: Arguments, by: Actor, at: datetime) -> object:
    limits = [
        Limit(one["amount_minor"], one["currency"], one["doctype"]) for one in given["limits"]
    ]
    return services.set_limits(person_id=UUID(given["person_id"]), limits=limits, by=by, at=at)


def _show_limits(given: Arguments) -> Shown:
    rows = ApprovalLimit.objects.filter(person_id=given["person_id"]).order_by(
        "doctype", "currency"
    )
    old = [Limit(row.amount_minor, row.currency, row.doctype) for row in rows]
    new = [Limit(one["amount_minor"], one["currency"], one["doctype"]) for one in given["limits"]]
    words = (_limits(old), _limits(new))
    return Shown(_name(given["person_id"]), (Difference("limits", *words),))


def _set_deputy(given: Arguments, by: Actor, at: datetime) -> object:
    return services.set_deputy(absence=_absence(given), by=by, at=at)


def _absence(given: Arguments) -> Absence:
    limit = given["limit"]
    return Absence(
        absentee_id=UUID(given["absentee_id"]),
        deputy_id=_id(given["deputy_id"]),
        starts_on=date.fromisoformat(given["starts_on"]),
        ends_on=date.fromisoformat(given["ends_on"]),
        entity_id=_id(given["entity_id"]),
        doctype=given["doctype"],
        position=given["position"],
        limit=Money(limit["minor"], limit["currency"]) if limit else None,
        order_number=given["order_number"],
        order_date=date.fromisoformat(given["order_date"]) if given["order_date"] else None,
        reason=given["reason"],
    )


def _show_deputy(given: Arguments) -> Shown:
    absence = _absence(given)
    limit = _money(absence.limit) if absence.limit else None
    days = f"{absence.starts_on} – {absence.ends_on}"
    scope = " · ".join(one for one in (_payer(given["entity_id"]), absence.doctype) if one)
    found = [
        Difference("deputy", None, _name(given["deputy_id"])),
        Difference("days", None, days),
        Difference("scope", None, scope or None),
        Difference("limit", None, limit and f"{limit}, {absence.order_number}"),
    ]
    return Shown(_name(given["absentee_id"]), tuple(one for one in found if one.new))


def _allow(given: Arguments, by: Actor, at: datetime) -> object:
    permit = Permit(
        person_id=UUID(given["person_id"]),
        starts_on=date.fromisoformat(given["starts_on"]),
        ends_on=date.fromisoformat(given["ends_on"]),
        reason=given["reason"],
        entity_id=_id(given["entity_id"]),
        rule=RuleCode(given["rule"]),
    )
    return services.allow_exception(permit=permit, by=by, at=at)


def _show_exception(given: Arguments) -> Shown:
    days = f"{given['starts_on']} – {given['ends_on']}"
    found = [
        Difference("rule", None, given["rule"]),
        Difference("scope", None, _payer(given["entity_id"])),
        Difference("days", None, days),
        Difference("reason", None, given["reason"]),
    ]
    return Shown(_name(given["person_id"]), tuple(one for one in found if one.new))


def _name(person_id: str) -> str:
    found = queries.picks(person_ids=[UUID(person_id)])
    return next((one.name for one in found.values()), "")


def _payer(entity_id: str | None) -> str | None:
    names = {str(one.id): one.fields.short_name for one in company.entities()}
    return names.get(entity_id) if entity_id else None


def _money(money: Money) -> str:
    return f"{money.decimal} {money.currency}"


def _limits(limits: list[Limit]) -> str | None:
    words = [
        f"{one.doctype}: {_money(money)}" if one.doctype else _money(money)
        for one in limits
        for money in [Money(one.amount_minor, one.currency)]
    ]
    return ", ".join(words) or None


HANDLERS: Mapping[str, Handler] = {
    Change.GRANT_ROLE: Handler(_grant_role, _show_role),
    Change.SAVE_ROLE: Handler(_save_role, _show_saved_role),
    Change.SET_LIMITS: Handler(_set_limits, _show_limits),
    Change.SET_DEPUTY: Handler(_set_deputy, _show_deputy),
    Change.ALLOW_EXCEPTION: Handler(_allow, _show_exception),
}
