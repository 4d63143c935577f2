"""Document types for programs: read them with their fields, make and change them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from ninja import Status
from pydantic import Field, StrictBool, StrictInt

from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import Out
from akcept.api.taken import In, Line
from akcept.doctypes import queries, services
from akcept.doctypes.cards import FieldCard, OptionCard
from akcept.doctypes.checks import LONGEST_HOLD, MOST_FIELDS, MOST_OPTIONS, TypeFields
from akcept.doctypes.codes import WhoStarts
from akcept.engine.doctypes import FieldKind, Gate
from akcept.people import access
from akcept.people.codes import Right, TokenScope

door = Door(tags=["Document types"])
ADMINISTER = TokenScope.ADMINISTER
MOST_STARTERS = 500


class OptionIn(In):
    """A choice; one without a code gets it from its English name."""

    code: Line = ""
    name_en: Line
    name_ru: Line
    is_retired: StrictBool = False


class FieldIn(In):
    """A field. The code of a ready one makes it that; one of its own without a code gets it from its English label."""

    code: Line = ""
    kind: FieldKind
    label_en: Line
    label_ru: Line
    required_at: Gate | None = None
    is_material: StrictBool = False
    vouches_for: Line = ""
    options: Annotated[list[OptionIn], Field(max_length=MOST_OPTIONS)] = []
    is_retired: StrictBool = False


Fields = Annotated[list[FieldIn], Field(max_length=MOST_FIELDS)]
Days = Annotated[StrictInt, Field(ge=1, le=LONGEST_HOLD)]
Starters = Annotated[
    list[Line],
    Field(max_length=MOST_STARTERS, description="codes of roles, or ids of departments"),
]


class TypeIn(In):
    """A new type; `fields` in the order of the sheet."""

    code: Line
    name_en: Line
    name_ru: Line
    plural_en: Line
    plural_ru: Line
    title_en: Line
    title_ru_genitive: Line
    title_ru_accusative: Line
    ends_in_payment: StrictBool
    fields: Fields
    series: Line = ""
    is_confidential: StrictBool = False
    never_postpone: StrictBool = False
    max_hold_days: Days = 30
    who_starts: WhoStarts = WhoStarts.EVERYBODY
    starters: Starters = []
    is_active: StrictBool = True


class TypeChangesIn(In):
    """What is left out stays as it is. A field that is missing from `fields` is retired."""

    name_en: Line = ""
    name_ru: Line = ""
    plural_en: Line = ""
    plural_ru: Line = ""
    title_en: Line = ""
    title_ru_genitive: Line = ""
    title_ru_accusative: Line = ""
    fields: Fields = []
    is_confidential: StrictBool = False
    never_postpone: StrictBool = False
    max_hold_days: Days = 30
    who_starts: WhoStarts = WhoStarts.EVERYBODY
    starters: Starters = []
    is_active: StrictBool = True


class OptionOut(Out):
    code: str
    name_en: str
    name_ru: str
    is_retired: bool


class FieldOut(Out):
    code: str
    kind: FieldKind
    choices_from: str
    label_en: str
    label_ru: str
    required_at: Gate | None
    is_material: bool
    vouches_for: str
    options: list[OptionOut]
    is_core: bool
    is_retired: bool


class TypeOut(Out):
    code: str
    name_en: str
    name_ru: str
    plural_en: str
    plural_ru: str
    title_en: str
    title_ru_genitive: str
    title_ru_accusative: str
    series: str
    ends_in_payment: bool
    is_confidential: bool
    never_postpone: bool
    max_hold_days: int
    who_starts: WhoStarts
    starters: list[str]
    is_active: bool
    stamp: UUID
    fields: list[FieldOut]


@door.read("/document-types", list[TypeOut], summary="Document types with their fields")
def list_document_types(request: ApiRequest) -> list[TypeOut]:
    """Return the document types in use: their fields, labels, and what is required when."""
    return [TypeOut.model_validate(card) for card in queries.type_cards()]


@door.read("/document-types/{doctype}", TypeOut, summary="A document type")
def show_document_type(request: ApiRequest, doctype: str) -> TypeOut:
    """Return one document type, in use or not."""
    return _found(doctype)


@door.act("/document-types", TypeOut, ADMINISTER, summary="Make a document type", status=201)
def create_document_type(request: ApiRequest, body: TypeIn) -> Status[TypeOut]:
    """Make a document type. Its code, its series and whether it ends in a payment never change."""
    call = request.auth
    fields = TypeFields(**_given(body))

    def work() -> None:
        services.create_type(code=body.code, fields=fields, by=call.by.actor, at=call.at)

    call.once(request, work, lambda _: None)
    return Status(201, _found(body.code))


@door.act(
    "/document-types/{doctype}",
    TypeOut,
    ADMINISTER,
    summary="Change a document type",
    method="PATCH",
)
def change_document_type(request: ApiRequest, doctype: str, body: TypeChangesIn) -> TypeOut:
    """Change what is given; it counts at once. Nothing is deleted: what is not asked for any more is retired."""
    call = request.auth
    access.require(right=Right.ADMINISTER, by=call.by.actor, at=call.at)
    old = services.fields_of(queries.type_card(code=doctype))
    fields = replace(old, **_given(body))

    def work() -> None:
        services.change_type(code=doctype, fields=fields, by=call.by.actor, at=call.at)

    call.once(request, work, lambda _: None)
    return _found(doctype)


def _given(body: TypeIn | TypeChangesIn) -> dict[str, Any]:
    """Return what a body says, as the room wants it; what it leaves out is not there."""
    said = {name: getattr(body, name) for name in body.model_fields_set - {"code"}}
    if "fields" in said:
        said["fields"] = tuple(_field(row) for row in body.fields)
    if "starters" in said:
        said["starters"] = tuple(body.starters)
    return said


def _field(row: FieldIn) -> FieldCard:
    options = tuple(OptionCard(**option.model_dump()) for option in row.options)
    return FieldCard(**row.model_dump(exclude={"options"}), options=options)


def _found(code: str) -> TypeOut:
    return TypeOut.model_validate(queries.type_card(code=code))
