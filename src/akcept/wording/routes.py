"""Routes in words: their conditions, their stages, and what is wrong with them.

`names` gives the name of whatever is referred to by its id or code: people, departments, payers, lines of
dictionaries, counterparties, roles, document types.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from akcept.engine.money import Money
from akcept.engine.routes import (
    AtDeadline,
    Condition,
    How,
    OnReturn,
    Op,
    Reach,
    RouteVersion,
    Stage,
    Who,
)
from akcept.routes.lint import Code, Problem
from akcept.wording import money
from akcept.wording.details import any_label
from akcept.wording.documents import is_russian, quoted

Names = Mapping[str, str]
Words = Mapping[str, Promise]
FIELDS: Words = {
    "doctype": gettext_lazy("Document type"),
    "amount": gettext_lazy("Amount in the base currency"),
    "counterparty_group": gettext_lazy("Group of the counterparty"),
    "department": gettext_lazy("Department of the initiator"),
    "new_counterparty": gettext_lazy("The counterparty is new"),
    "unverified_account": gettext_lazy("The bank account is not verified"),
    "account_differs": gettext_lazy("The bank account differs from the last one paid"),
    "duplicate": gettext_lazy("It looks like a duplicate"),
}
OPS: Words = {
    Op.IN: pgettext_lazy("condition", "is one of"),
    Op.NOT_IN: pgettext_lazy("condition", "is none of"),
    Op.AT_LEAST: pgettext_lazy("condition", "is at least"),
    Op.BELOW: pgettext_lazy("condition", "is below"),
    Op.MISSING: pgettext_lazy("condition", "is not given"),
    Op.PRESENT: pgettext_lazy("condition", "is given"),
    Op.IS_SET: pgettext_lazy("condition", "yes"),
}
# With a single value a list would be clumsy.
ONE: Words = {
    Op.IN: pgettext_lazy("condition", "is"),
    Op.NOT_IN: pgettext_lazy("condition", "is not"),
}
# Standing alone, a dash would say nothing in Russian.
CHOICES: Words = {
    Op.IN: pgettext_lazy("comparison", "is one of"),
    Op.NOT_IN: pgettext_lazy("comparison", "is none of"),
    Op.MISSING: pgettext_lazy("comparison", "is not given"),
    Op.PRESENT: pgettext_lazy("comparison", "is given"),
}
NO_FLAG = pgettext_lazy("condition", "no")
WHO: Words = {
    Who.HIERARCHY: gettext_lazy("By hierarchy"),
    Who.NAMED: gettext_lazy("Named people"),
    Who.ROLE: gettext_lazy("Everybody with a role"),
    Who.HEAD: gettext_lazy("Head of a department"),
    Who.COST_CENTRE_OWNER: gettext_lazy("Owner of the cost centre"),
    Who.MY_CHOICE: gettext_lazy("Chosen by the initiator"),
}
HOW: Words = {
    How.IN_TURN: gettext_lazy("One after another"),
    How.ALL: gettext_lazy("All at the same time"),
    How.ANY: gettext_lazy("Any one of them"),
    How.N_OF_M: gettext_lazy("Some of them (a quorum)"),
}
REACH: Words = {
    Reach.TOP: gettext_lazy("to the top"),
    Reach.LIMIT: gettext_lazy("to the first whose limit covers the amount"),
    Reach.LEVELS: gettext_lazy("so many levels up"),
}
AT_DEADLINE: Words = {
    AtDeadline.REMIND: gettext_lazy("Remind"),
    AtDeadline.ESCALATE: gettext_lazy("Hand to the manager"),
    AtDeadline.DEPUTY: gettext_lazy("Hand to the deputy"),
}
ON_RETURN: Words = {
    OnReturn.STOP: gettext_lazy("Back to the initiator at once"),
    OnReturn.COLLECT: gettext_lazy("Collect the remarks of the others first"),
}
PROBLEMS: Words = {
    Code.NO_STAGES: gettext_lazy("Nobody is asked. Add a stage."),
    Code.NO_DEFAULT: gettext_lazy("No route is the default one. Make one the default."),
    Code.NEVER_MATCHES: gettext_lazy("The conditions exclude each other: no document can meet them."),
    Code.UNREACHABLE: gettext_lazy("No document gets here: %(routes)s above takes them all. Move this route up or narrow the other."),
    Code.SHADOWS: gettext_lazy("%(routes)s below will get no documents any more: this route takes them all."),
    Code.AMOUNT_GAP: gettext_lazy("From %(from)s to %(to)s no route of this kind applies; such documents take the default route."),
    Code.UNKNOWN_FIELD: gettext_lazy("No document has the field %(field)s."),
    Code.EMPTY_STAGE: gettext_lazy("Nobody is in this stage. Choose people, or a role that somebody holds."),
    Code.DEACTIVATED: gettext_lazy("Have left or are unknown: %(people)s."),
    Code.ONLY_CONFLICTED: gettext_lazy("On their own documents nobody can take the place of %(people)s: name a manager or a peer for them, or add somebody."),
    Code.QUORUM_IMPOSSIBLE: gettext_lazy("%(needed)s of %(people_count)s is not possible."),
    Code.STAGE_NEVER_APPLIES: gettext_lazy("The conditions of this stage exclude those of the route: it is always passed over."),
    Code.ALL_CONDITIONAL: gettext_lazy("Every stage has a condition: a document that meets none of them cannot be sent."),
    Code.LIMIT_NEVER_ENOUGH: gettext_lazy("Nobody's limit is enough: the highest is %(highest)s."),
    Code.LIMIT_SOMETIMES_NOT_ENOUGH: gettext_lazy("Above %(highest)s nobody's limit is enough."),
    Code.LOOP: gettext_lazy("The reporting line runs in a circle: %(people)s."),
    Code.NOBODY_ABOVE: gettext_lazy("Nobody is above them to decide on their own documents: %(people)s."),
    Code.NO_PAYER: gettext_lazy("Nobody can pay for %(entities)s."),
}  # fmt: skip


class RouteNames(Protocol):
    """Anything that has the names of a route."""

    @property
    def name_en(self) -> str: ...
    @property
    def name_ru(self) -> str: ...


def name(route: RouteNames) -> str:
    """Name a route, or a stage, if need be in the other language."""
    english, russian = route.name_en, route.name_ru
    return (russian or english) if is_russian() else (english or russian)


def field(code: str) -> str:
    """Name a field that conditions read."""
    return str(FIELDS[code]) if code in FIELDS else any_label(code)


def vouched(code: str) -> str:
    """Name a field that a stage may vouch for: the amount as it stands in the document, in whatever currency."""
    return any_label(code)


def condition(row: Condition, names: Names, currency: str) -> str:
    """Say one condition: “Amount is at least 100 000 ₽”."""
    if row.field in FLAG_WORDS:
        return str(FLAG_WORDS[row.field][row.op is Op.IS_SET])
    values = ", ".join(_value(row.field, value, names, currency) for value in row.values)
    return " ".join(filter(None, (field(row.field), comparison(row.op, len(row.values)), values)))


def comparison(op: Op, count: int) -> str:
    """Say how a condition compares with so many values."""
    return str(ONE[op] if count == 1 and op in ONE else OPS[op])


def choice_of(op: Op) -> str:
    """Name a comparison where it is chosen, before any value is."""
    return str(CHOICES[op] if op in CHOICES else OPS[op])


FLAG_WORDS: Mapping[str, tuple[Promise, Promise]] = {
    "new_counterparty": (gettext_lazy("The counterparty is known"), FIELDS["new_counterparty"]),
    "unverified_account": (gettext_lazy("The bank account is verified"), FIELDS["unverified_account"]),
    "account_differs": (gettext_lazy("The bank account is the last one paid"), FIELDS["account_differs"]),
    "duplicate": (gettext_lazy("It does not look like a duplicate"), FIELDS["duplicate"]),
}  # fmt: skip


def _value(code: str, value: str | int, names: Names, currency: str) -> str:
    if code == "amount" and isinstance(value, int):
        return money.amount(Money(value, currency))
    own = names.get(option_key(code, str(value)))
    return own or names.get(str(value), str(value))


def option_key(code: str, option: str) -> str:
    """Return under which key `names` has a choice of a type's own field: two fields may use the same code."""
    return f"{code}={option}"


def stage_title(stage: Stage, names: Names) -> str:
    """Name a stage; one without a name is called by who sits in it."""
    role, unit = names.get(stage.role, ""), names.get(stage.department or "", "")
    return title_of(stage, stage.who, role=role, department=unit)


def title_of(stage: RouteNames, who: str, *, role: str, department: str) -> str:
    """Name a stage whose role and department are named already."""
    if told := name(stage):
        return told
    if who == Who.ROLE and role:
        return role
    if who == Who.HEAD and department:
        return _("Head of: %(department)s") % {"department": department}
    return str(dict(WHO).get(who, ""))


def people(stage: Stage, names: Names) -> str:
    """Say who sits in a stage."""
    match stage.who:
        case Who.NAMED:
            return _list(stage.people, names)
        case Who.ROLE:
            return names.get(stage.role, stage.role) or "—"
        case Who.HEAD:
            head = names.get(stage.department or "", "—")
            return _("Head of: %(department)s") % {"department": head}
        case Who.COST_CENTRE_OWNER:
            return str(WHO[stage.who])
        case Who.MY_CHOICE:
            chosen = _("One to three people chosen by the initiator")
            return f"{chosen}: {_list(stage.pool, names)}" if stage.pool else chosen
        case Who.HIERARCHY:
            return reach(stage)


def reach(stage: Stage) -> str:
    """Say how far up a stage goes."""
    if stage.reach is Reach.LEVELS:
        levels = max(1, stage.levels)
        text = ngettext("%(count)d level up from the initiator", "%(count)d levels up from the initiator", levels)  # fmt: skip
        return text % {"count": levels}
    if stage.reach is Reach.LIMIT:
        return _("From the initiator up to the first whose limit covers the amount")
    return _("From the initiator up to the top")


def how(stage: Stage) -> str:
    """Say how many have to agree."""
    if stage.how is How.N_OF_M:
        return _("%(needed)d of them, at the same time") % {"needed": stage.needed}
    return str(HOW[stage.how])


def terms(stage: Stage, names: Names, currency: str) -> list[str]:
    """Say everything else about a stage, a line for each."""
    told = [_("Only if: %(condition)s") % {"condition": condition(row, names, currency)} for row in stage.conditions]  # fmt: skip
    if stage.hours:
        hours = ngettext("%(count)d working hour", "%(count)d working hours", stage.hours)
        told.append(f"{hours % {'count': stage.hours}}: {str(AT_DEADLINE[stage.at_deadline]).lower()}")  # fmt: skip
    if stage.needs_remark:
        told.append(_("A remark is required"))
    if stage.needs_file:
        told.append(_("A file is required"))
    if stage.on_return is OnReturn.COLLECT:
        told.append(_("A return waits for the remarks of the others"))
    if stage.vouches_for:
        told.append(_("Vouches for: %(fields)s") % {"fields": ", ".join(vouched(code) for code in stage.vouches_for)})  # fmt: skip
    return told


def stage_lines(stage: Stage, names: Names, currency: str) -> list[str]:
    """Say a stage in full; what its title says already is not said again."""
    who = people(stage, names)
    told = [] if who == stage_title(stage, names) else [who]
    return [*told, how(stage), *terms(stage, names, currency)]


def route_lines(version: RouteVersion, names: Names, currency: str) -> list[str]:
    """Say what stands around the stages: when the route applies, who pays, what happens after a return."""
    when = [condition(row, names, currency) for row in version.conditions]
    told = [_("When: %(condition)s") % {"condition": row} for row in when] or [
        _("For any document")
    ]
    payer = names.get(version.payer_role, version.payer_role)
    told.append(_("Paid by: %(role)s") % {"role": payer or _("whoever may pay")})
    if version.resumes:
        told.append(_("After a return it goes on with whoever returned it"))
    if version.partial_rework:
        told.append(_("A correction voids only the approvals it touches"))
    return told


def problem(found: Problem, names: Names, currency: str) -> str:
    """Say what is wrong and what to do."""
    values: dict[str, Any] = {
        key: money.amount(Money(value, currency)) if key in ("from", "to", "highest") and isinstance(value, int) else value
        for key, value in found.told.items()
    }  # fmt: skip
    values["people_count"] = found.told.get("people", 0)
    values["people"] = _list(found.people, names)
    for key in ("routes", "entities"):
        rows = found.told.get(key, ())
        values[key] = ", ".join(quoted(names.get(str(row), str(row))) for row in rows) if isinstance(rows, (list, tuple)) else ""  # fmt: skip
    return str(PROBLEMS[found.code]) % values


def _list(people: tuple[str, ...], names: Names) -> str:
    return ", ".join(names.get(person, person) for person in people) or "—"
