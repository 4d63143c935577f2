"""Who holds, or has used, two duties that do not belong in one hand; and by which exception."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import pgettext, pgettext_lazy

from akcept.cases.models import Case, Payment
from akcept.company import store as company
from akcept.doctypes.queries import type_card
from akcept.journal.store import Actor, Record
from akcept.people import access, duties, queries, rights
from akcept.people.cards import ExceptionCard
from akcept.people.duties import RuleCode
from akcept.people.labels import RULES
from akcept.people.models import DutyException
from akcept.reports.registry import BOM, harmless
from akcept.wording import dates, documents, routes

# As many documents as a page can show; the rest is told by the registry.
MOST = 500
COLUMNS = (
    pgettext_lazy("duties", "Rule"),
    pgettext_lazy("duties", "What happens"),
    pgettext_lazy("duties", "Person"),
    pgettext_lazy("duties", "Roles"),
    pgettext_lazy("duties", "Document"),
    pgettext_lazy("duties", "Exception allowed by"),
    pgettext_lazy("duties", "From"),
    pgettext_lazy("duties", "Until"),
    pgettext_lazy("duties", "Reason"),
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two duties of a rule in one hand: by roles, or on one document (`case_id`)."""

    rule: RuleCode
    is_hard: bool
    person_id: UUID
    person: str
    roles: tuple[str, ...]
    case_id: UUID | None
    doctype: str
    number: int | None
    exception: ExceptionCard | None


@dataclass(frozen=True, slots=True)
class HeldException:
    """An exception with whose it is, past and future ones too."""

    person_id: UUID
    person: str
    card: ExceptionCard
    is_ended: bool


@dataclass(frozen=True, slots=True)
class Report:
    """Every conflict, and every exception."""

    conflicts: tuple[Conflict, ...]
    exceptions: tuple[HeldException, ...]


@dataclass(frozen=True, slots=True)
class _Doing:
    """Somebody did both duties on one document, on a day of its payer."""

    rule: RuleCode
    person_id: UUID
    person: str
    case_id: UUID
    doctype: str
    number: int
    entity_id: UUID
    on: date | None


def report(*, by: Actor, at: datetime) -> Report:
    """Return every conflict and exception; to administrators and auditors."""
    access.require_looking(by=by, at=at)
    rows = DutyException.objects.select_related("person", "entity", "approved_by")
    held = tuple(
        HeldException(row.person_id, row.person.name, queries.exception_card(row), row.cancelled_at is not None)
        for row in rows.order_by("-starts_on", "-id")
    )  # fmt: skip
    found = [*_by_roles(held, at), *_by_documents(held)]
    return Report(
        tuple(sorted(found, key=lambda one: (not one.is_hard, one.rule, one.person))), held
    )


@transaction.atomic
def write_csv(*, by: Actor, at: datetime) -> bytes:
    """Return the conflicts as CSV in the reader's language; that they were taken along is an entry of the settings' chain."""
    found = report(by=by, at=at).conflicts
    company.record_settings(records=[Record("DUTIES_EXPORTED", {"rows": len(found)})], by=by, at=at)
    stream = io.StringIO(BOM, newline="")
    stream.seek(len(BOM))
    writer = csv.writer(stream, delimiter=";")
    writer.writerow([str(column) for column in COLUMNS])
    roles = {role.code: routes.name(role) for role in queries.roles()}
    writer.writerows([harmless(cell) for cell in _cells(one, roles)] for one in found)
    return stream.getvalue().encode()


def _cells(one: Conflict, roles: Mapping[str, str]) -> list[str]:
    held = one.exception
    return [
        str(RULES[one.rule]),
        _outcome(one),
        one.person,
        " + ".join(roles.get(code, code) for code in one.roles),
        documents.label(type_card(code=one.doctype), one.number) if one.number else "",
        *(
            [held.approved_by, dates.day(held.starts_on), dates.day(held.ends_on), held.reason]
            if held
            else [""] * 4
        ),
    ]


def _outcome(one: Conflict) -> str:
    if one.exception:
        return pgettext("duties", "excepted")
    return pgettext("duties", "forbidden") if one.is_hard else pgettext("duties", "warning")


def _by_roles(held: tuple[HeldException, ...], at: datetime) -> Iterator[Conflict]:
    grants = rights.grants_of(person_ids=None, at=at)
    names = queries.picks(person_ids=grants)
    for person, given in grants.items():
        for clash in duties.clashes(given):
            payer = clash.first.entity_id or clash.second.entity_id
            yield Conflict(
                rule=clash.rule.code,
                is_hard=clash.rule.is_hard,
                person_id=person,
                person=names[person].name,
                roles=tuple(dict.fromkeys((clash.first.role, clash.second.role))),
                case_id=None,
                doctype="",
                number=None,
                exception=_excusing(held, person, clash.rule.code, payer, at.date()),
            )


def _by_documents(held: tuple[HeldException, ...]) -> Iterator[Conflict]:
    for one in (*_paid_by_initiator(), *_accounts_by_initiator()):
        yield Conflict(
            rule=one.rule,
            is_hard=duties.BY_CODE[one.rule].is_hard,
            person_id=one.person_id,
            person=one.person,
            roles=(),
            case_id=one.case_id,
            doctype=one.doctype,
            number=one.number,
            exception=_excusing(held, one.person_id, one.rule, one.entity_id, one.on) if one.on else None,
        )  # fmt: skip


def _paid_by_initiator() -> Iterator[_Doing]:
    rows = Payment.objects.filter(by=F("case__initiator"), returns=None).select_related(
        "case", "case__initiator"
    )
    for row in rows.order_by("-id")[:MOST]:
        case = row.case
        assert case.entity_id is not None, "what is paid has a payer"
        yield _Doing(RuleCode.OWN_PAYMENT, case.initiator_id, case.initiator.name, case.id, case.doctype_id, case.number, case.entity_id, row.on)  # fmt: skip


def _accounts_by_initiator() -> Iterator[_Doing]:
    rows = Case.objects.filter(account__entered_by=F("initiator_id")).exclude(state="DRAFT")
    for case in rows.select_related("initiator").order_by("-id")[:MOST]:
        assert case.entity_id is not None, "what has an account has a payer"
        yield _Doing(RuleCode.DETAILS_ENTRY, case.initiator_id, case.initiator.name, case.id, case.doctype_id, case.number, case.entity_id, None)  # fmt: skip


def _excusing(
    held: tuple[HeldException, ...], person: UUID, rule: RuleCode, payer: UUID | None, on: date
) -> ExceptionCard | None:
    return next(
        (
            one.card
            for one in held
            if one.person_id == person
            and one.card.rule is rule
            and one.card.entity_id in (None, payer)
            and one.card.starts_on <= on <= one.card.ends_on
        ),
        None,
    )
