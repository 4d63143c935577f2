"""What a program has to know before it can write: who it is, who and what there is to choose from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from akcept.api.calls import ApiRequest, Call
from akcept.api.door import Door
from akcept.api.given import Out
from akcept.api.taken import In, Line
from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.people import queries as people
from akcept.people import services
from akcept.people.codes import Theme, TokenScope

door = Door(tags=["Company"])
MOST_PEOPLE = 50


class MeOut(Out):
    id: UUID
    name: str
    language: str
    time_zone: str
    undo_seconds: int | None
    single_keys: bool
    theme: Theme
    scopes: list[TokenScope]


class MeIn(In):
    """What is left out stays as it is; `undo_seconds` null: as the company has set."""

    language: Annotated[str, Field(max_length=2)] | None = None
    time_zone: Annotated[str, Field(max_length=60)] | None = None
    undo_seconds: Annotated[int, Field(ge=0, le=60)] | None = None
    single_keys: bool | None = None
    theme: Theme | None = None


class PickOut(Out):
    id: UUID
    name: str
    short_name: str
    position: str


class EntityOut(Out):
    id: UUID
    name: str
    short_name: str
    country: str
    currency: str
    time_zone: str
    inn: str
    kpp: str
    vat_id: str


class LineOut(Out):
    id: UUID
    code: str
    name: str


class VatRateOut(Out):
    code: str
    percent: Decimal | None
    name_en: str
    name_ru: str
    starts_on: date | None
    ends_on: date | None


class DictionariesOut(Out):
    categories: list[LineOut]
    cost_centres: list[LineOut]
    projects: list[LineOut]


@door.read("/me", MeOut, summary="Whom this token stands for")
def me(request: ApiRequest) -> MeOut:
    """Return the person behind the token, and how far the token reaches."""
    return _me(request.auth)


@door.act("/me", MeOut, TokenScope.DRAFT, summary="Set how Akcept speaks to oneself", method="PATCH", is_keyed=False)  # fmt: skip
def change_me(request: ApiRequest, body: MeIn) -> MeOut:
    """Change the fields that are given, as the profile does."""
    call = request.auth
    changes = body.model_dump(exclude_unset=True)
    services.change_person(person_id=call.by.id, changes=changes, by=call.by.actor, at=call.at)
    return _me(call)


@door.read("/people", list[PickOut], summary="Find people")
def list_people(
    request: ApiRequest,
    search: Line = "",
    limit: Annotated[int, Field(ge=1, le=MOST_PEOPLE)] = 20,
) -> list[PickOut]:
    """Return active people whose name, position or e-mail has all the words."""
    found = people.directory(search=search, limit=limit)
    return [PickOut.model_validate(person) for person in found]


@door.read("/entities", list[EntityOut], summary="Payer entities")
def list_entities(request: ApiRequest) -> list[EntityOut]:
    """Return the companies that can pay."""
    return [
        EntityOut.model_validate(
            {name: getattr(card.fields, name, card.id) for name in EntityOut.model_fields}
        )
        for card in company.entities()
    ]


@door.read("/dictionaries", DictionariesOut, summary="Categories, cost centres, projects")
def list_dictionaries(request: ApiRequest) -> DictionariesOut:
    """Return what the fields of a card choose from."""
    return DictionariesOut(
        categories=_lines("CATEGORY"),
        cost_centres=_lines("COST_CENTRE"),
        projects=_lines("PROJECT"),
    )


@door.read("/vat-rates", list[VatRateOut], summary="VAT rates")
def list_vat_rates(request: ApiRequest) -> list[VatRateOut]:
    """Return the VAT rates offered, whose `code` goes into `vat` of a card; `percent` is null for no VAT at all."""
    return [VatRateOut.model_validate(rate) for rate in company.vat_rates()]


def _lines(name: str) -> list[LineOut]:
    return [LineOut.model_validate(line) for line in doctypes.dictionary(name=name)]


def _me(call: Call) -> MeOut:
    card = people.person_card(person_id=call.by.id)
    return MeOut(
        id=call.by.id,
        name=card.fields.name,
        language=card.fields.language,
        time_zone=card.fields.time_zone,
        undo_seconds=card.undo_seconds,
        single_keys=card.single_keys,
        theme=card.theme,
        scopes=sorted(call.scopes),
    )
