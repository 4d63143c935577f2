"""What a door brings, checked before a transaction begins: types, lengths, and that what is named exists.

All problems are reported at once, per field. What the rules demand at a gate is not asked here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from akcept.cases import access, core, own
from akcept.cases.models import Attachment, Case
from akcept.company import vat
from akcept.company.models import PayerEntity, VatRate
from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import FieldCard, TypeCard
from akcept.doctypes.models import Category, CostCentre, Project
from akcept.engine.doctypes import FieldKind
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.engine.routes import ApprovalType
from akcept.engine.values import Json
from akcept.files import queries as kept_files
from akcept.kit import sql
from akcept.parties.models import BankAccount, Counterparty
from akcept.people.askers import Asker
from akcept.people.codes import PersonKind
from akcept.people.models import Person

PURPOSES = (
    "INVOICE", "CONTRACT", "ACT", "JUSTIFICATION", "CLIENT_REQUEST", "PAYMENT_ORDER", "OTHER",
)  # fmt: skip
MOST_CHOSEN = 3
LONGEST_NAME = 300
ROWS = {
    "entity": PayerEntity,
    "counterparty": Counterparty,
    "category": Category,
    "cost_centre": CostCentre,
    "project": Project,
    "account": BankAccount,
}
ACTIVE = "ACTIVE"
RATE = "rate "
VAT_RATES = VatRate._meta.db_table
# Whom and what a field of the type's own may name. The codes of fields are letters, digits and underscores.
OWN_ROWS = {
    FieldKind.PERSON: Person._meta.db_table,
    FieldKind.COUNTERPARTY: Counterparty._meta.db_table,
}
STORED = f"""
SELECT t.code, t.stamp, c.counterparty_id, {access.TAKES_PART.format(who="%s")}
  FROM cases_case c JOIN doctypes_documenttype t ON t.code = c.doctype_id WHERE c.id = %s
"""  # noqa: S608
FACTS = dict.fromkeys(ROWS, f"CASE WHEN is_active THEN '{ACTIVE}' ELSE '' END") | {
    "account": "CAST(counterparty_id AS TEXT)"
}


@dataclass(frozen=True, slots=True)
class NewFile:
    """A kept file that is to become part of a case; `replaces` numbers the attachment it is a version of."""

    purpose: str
    sha256: str
    name: str
    replaces: int | None = None


def completed(*, type_: TypeCard, card: Mapping[str, Json], by: Asker) -> dict[str, Json]:
    """Fill in what the person need not say: the payer they used last, its currency, the approval type."""
    full, fields = dict(card), type_.rules.fields
    if not full.get("entity"):
        usual = last_entity(by=by) or _first_entity()
        full["entity"] = str(usual) if usual else None
    if "currency" in fields and not full.get("currency"):
        known = PayerEntity.objects.filter(id=str(full["entity"])).values_list(
            "currency", flat=True
        )
        full["currency"] = next(iter(known), "RUB")
    if "approval_type" in fields and not full.get("approval_type"):
        full["approval_type"] = ApprovalType.HIERARCHY.value
    return full


def checked(
    *,
    type_: TypeCard,
    card: Mapping[str, Json],
    files: Sequence[NewFile],
    by: Asker,
    at: datetime,
) -> dict[str, Json]:
    """Return the card with clean texts.

    Refuses a field that cannot be what it says, and a file that is not this person's to attach.
    """
    _refuse(_errors(type_, card, card.get("counterparty")))
    check_files(type_=type_, files=files, by=by, at=at)
    return _cleaned(type_, card)


def checked_changes(
    *,
    case_id: UUID,
    card: Mapping[str, Json],
    by: Asker,
    at: datetime,
    files: Sequence[NewFile] = (),
) -> dict[str, Json]:
    """Check changed fields and new files against the case they are for; refuses one that the person may not see.

    Another counterparty takes the account away.
    """
    type_, known = _stored(case_id, by, at)
    changes = dict(card)
    payee = str(changes.get("counterparty") or known)
    if payee != str(known) and type_.asks_for("account"):
        changes.setdefault("account", None)
    _refuse(_errors(type_, changes, payee))
    check_files(type_=type_, files=files, by=by, at=at)
    return _cleaned(type_, changes)


def check_files_of(*, case_id: UUID, files: Sequence[NewFile], by: Asker, at: datetime) -> None:
    """Refuse files that a case cannot have, and a case that the person may not see."""
    type_, _ = _stored(case_id, by, at)
    check_files(type_=type_, files=files, by=by, at=at)


def _stored(case_id: UUID, by: Asker, at: datetime) -> tuple[TypeCard, UUID | None]:
    """Return the type and the counterparty of a case that somebody sees."""
    found = sql.rows(STORED, [by.id, case_id])
    if not found:
        raise NotFound
    ((code, stamp, payee, takes_part),) = found
    if not takes_part:
        access.check(case_id=case_id, person_id=by.id, at=at)
    type_ = doctypes.type_card(code=code, stamp=sql.as_uuid(stamp))
    return type_, sql.as_uuid(payee) if payee else None


def _cleaned(type_: TypeCard, card: Mapping[str, Json]) -> dict[str, Json]:
    return {code: _clean_value(type_.field(code), value) for code, value in card.items()}


def _clean_value(field: FieldCard | None, value: Json) -> Json:
    if field is None or not isinstance(value, str):
        return value
    if not field.is_core:
        return own.cleaned(field, value)
    return core.cleaned(field.code, value) if field.kind is FieldKind.TEXT else value


def check_files(
    *, files: Sequence[NewFile], by: Asker, at: datetime, type_: TypeCard | None = None
) -> None:
    """Refuse files of a purpose that neither everybody nor the type knows, not the person's to attach, or nameless.

    What somebody else has uploaded is answered like what nobody has, so a hash alone tells nothing.
    """
    errors: dict[str, str] = {}
    own_fields = type_.own if type_ else ()
    purposes = {*PURPOSES, *(field.code for field in own_fields if field.kind is FieldKind.FILE)}
    had = _had(files, by, at)
    for place, file in enumerate(files):
        if file.purpose not in purposes:
            errors[f"files.{place}.purpose"] = "NOT_A_CHOICE"
        if file.sha256 not in had:
            errors[f"files.{place}.sha256"] = "FILE_UNKNOWN"
        if not 0 < len(file.name) <= LONGEST_NAME:
            errors[f"files.{place}.name"] = "REQUIRED" if not file.name else "TOO_LONG"
    _refuse(errors)


def _had(files: Sequence[NewFile], by: Asker, at: datetime) -> frozenset[str]:
    """Return which contents a person has had: uploaded, or read on a case that they see."""
    wanted = {file.sha256 for file in files}
    had = kept_files.uploaded(sha256s=wanted, by=by.id) if wanted else frozenset()
    rest = wanted - had
    if not rest:
        return had
    cases = Case.objects.filter(access.visible(by=by, at=at), attachments__blob__in=rest)
    seen = Attachment.objects.filter(case__in=cases, blob__in=rest)
    return had | frozenset(seen.values_list("blob_id", flat=True))


def _refuse(errors: dict[str, str]) -> None:
    if errors:
        raise InvalidInput(errors)


def last_entity(*, by: Asker) -> UUID | None:
    """Return the payer a person used last, if they ever used one."""
    mine = Case.objects.filter(initiator_id=by.id).order_by("-id")
    return mine.values_list("entity_id", flat=True).first()


def _first_entity() -> UUID | None:
    return PayerEntity.objects.filter(is_active=True).values_list("id", flat=True).first()


def _errors(type_: TypeCard, card: Mapping[str, Json], payee: Json) -> dict[str, str]:
    fields = {field.code: field for field in type_.used}
    named = _named(type_, card)
    errors: dict[str, str] = {}
    for code, value in card.items():
        field = fields.get(code)
        kind = field.kind if field else None
        if field and not field.is_core:
            problem = own.problem(field, value, is_known=code in named)
        elif code == "choice":
            problem = _choice(value) if field else "UNKNOWN_FIELD"
        elif kind is not None and value and code in ROWS:
            problem = _row(code, named.get(code), payee)
        else:
            problem = core.problem(code, kind, value)
            if code == "vat" and not problem:
                problem = _rates_problem(value, named)
        if problem:
            errors[code] = problem
    return errors


def _named(type_: TypeCard, card: Mapping[str, Json]) -> dict[str, str]:
    """Return of every row that the card names what decides whether it may be named, in one query."""
    parts: list[str] = []
    keys: list[UUID | str] = []
    tables = {code: (model._meta.db_table, FACTS[code]) for code, model in ROWS.items()}
    for field in type_.own:
        if field.kind in OWN_ROWS:
            tables[field.code] = (OWN_ROWS[field.kind], "''")
    for code, (table, fact) in tables.items():
        with suppress(ValueError):
            keys.append(UUID(str(card.get(code) or "")))
            parts.append(f"SELECT '{code}', {fact} FROM {table} WHERE id = %s")  # noqa: S608
    for rate in _rates(card.get("vat")):
        keys.append(rate)
        parts.append(f"SELECT '{RATE}' || code, '' FROM {VAT_RATES} WHERE code = %s")  # noqa: S608
    return dict(sql.rows(" UNION ALL ".join(parts), keys)) if parts else {}


def _rates(value: Json) -> set[str]:
    """Return the codes of rates that might exist; what is no code is not looked up."""
    if core.problem("vat", FieldKind.ROWS, value):
        return set()
    return {rate for rate in _codes(value) if vat.CODE.fullmatch(rate)}


def _codes(value: Any) -> set[str]:
    return {str(line["rate"]) for line in value or ()}


def _rates_problem(value: Json, named: Mapping[str, str]) -> str:
    """Refuse a code that means nothing; a retired one still means what it meant."""
    is_known = all(f"{RATE}{rate}" in named for rate in _codes(value))
    return "" if is_known else "VAT_RATE_UNKNOWN"


def _row(code: str, fact: str | None, payee: Json) -> str:
    if fact is None:
        return "NOT_FOUND"
    if code == "account":
        return "" if str(sql.as_uuid(fact)) == str(payee) else "NOT_FOUND"
    return "" if fact == ACTIVE else "NOT_ACTIVE"


def _choice(value: Json) -> str:
    if not isinstance(value, (list, tuple)):
        return "NOT_A_CHOICE"
    try:
        chosen = {UUID(str(person)) for person in value}
    except ValueError:
        return "NOT_FOUND"
    if len(chosen) != len(value) or len(chosen) > MOST_CHOSEN:
        return "CHOOSE_UP_TO_THREE"
    known = Person.objects.filter(id__in=chosen, is_active=True, kind=PersonKind.INTERNAL.value)
    return "" if known.count() == len(chosen) else "NOT_FOUND"
