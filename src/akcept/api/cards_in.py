"""The card of a document as programs write it: only what is named changes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from akcept.api.taken import Day, Id, In, Line, MoneyIn, Note, Revision, Sha256, Small
from akcept.cases.services import CardInput, NewFile
from akcept.doctypes.catalogue import CORE
from akcept.engine.refusals import InvalidInput
from akcept.engine.values import Json

MOST_ROWS = 20
# INVOICE is the document itself, whatever its type; a file field of the type's own is named by its code.
Purpose = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
OwnCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
# What a body says beside the fields of the card.
BESIDE = frozenset({"amount", "vat", "planned", "files", "values"})


class VatIn(In):
    rate: Annotated[Line, Field(min_length=1)]
    base: MoneyIn
    tax: MoneyIn


class PlannedIn(In):
    on: Day
    amount: MoneyIn


class NewFileIn(In):
    """A file uploaded before; `replaces` names the attachment it is a version of."""

    purpose: Purpose
    sha256: Sha256
    name: Annotated[Line, Field(min_length=1)]
    replaces: Small | None = None

    @property
    def file(self) -> NewFile:
        """Return it as the services know it."""
        return NewFile(self.purpose, self.sha256, self.name, self.replaces)


class CardIn(In):
    """The fields of GET /document-types; what is left out stays as it is."""

    title: Line = ""
    comment: Note = ""
    amount: MoneyIn | None = None
    vat: Annotated[list[VatIn], Field(max_length=MOST_ROWS)] = []
    entity: Id | None = None
    counterparty: Id | None = None
    account: Id | None = None
    supplier_number: Line = ""
    issued_on: Day | None = None
    due_on: Day | None = None
    approval_type: Literal["HIERARCHY", "LIST", "MY_CHOICE"] | None = None
    choice: Annotated[list[Id], Field(max_length=MOST_ROWS)] = []
    contract: Line = ""
    client_request: Line = ""
    category: Id | None = None
    cost_centre: Id | None = None
    project: Id | None = None
    payment_order_required: Annotated[bool, Field(strict=True)] = False
    payment_purpose: Line = ""
    planned: Annotated[list[PlannedIn], Field(max_length=MOST_ROWS)] | None = None
    files: Annotated[list[NewFileIn], Field(max_length=MOST_ROWS)] = []
    values: Annotated[
        dict[OwnCode, MoneyIn | Note | None],
        Field(max_length=60, description="the type's own fields by code, as GET /document-types names them"),
    ] = {}  # fmt: skip

    def content(self, currency: str | None = None) -> CardInput:
        """Return what the services take; refuses sums in another currency than the document's.

        `currency` is that of the stored document, where the body does not name an amount.
        """
        currency = self.amount.currency if self.amount else currency
        return CardInput(
            card=self._fields(currency),
            planned=self._planned(currency),
            files=tuple(row.file for row in self.files),
        )

    @property
    def names_sums(self) -> bool:
        """Say whether there are sums whose currency the stored document has to tell."""
        return self.amount is None and bool(self.planned or self.vat)

    def _fields(self, currency: str | None) -> dict[str, Json]:
        named = self.model_fields_set & set(CardIn.model_fields) - BESIDE
        card: dict[str, Json] = self.model_dump(mode="json", include=named)
        if self.amount is not None:
            money = self.amount.money("amount.amount")
            card |= {"amount": money.minor, "currency": money.currency}
        if "vat" in self.model_fields_set:
            card["vat"] = [
                {
                    "rate": row.rate,
                    "base": minor_of(row.base, currency, f"vat.{place}.base"),
                    "tax": minor_of(row.tax, currency, f"vat.{place}.tax"),
                }
                for place, row in enumerate(self.vat)
            ]
        return card | self._own()

    def _own(self) -> dict[str, Json]:
        """Return the type's own fields; refuses a field that has a place of its own in the body."""
        placed = {f"values.{code}": "UNKNOWN_FIELD" for code in self.values if code in CORE}
        if placed:
            raise InvalidInput(placed)
        own: dict[str, Json] = {}
        for code, value in self.values.items():
            if isinstance(value, MoneyIn):
                money = value.money(f"values.{code}.amount")
                own[code] = {"minor": money.minor, "currency": money.currency}
            else:
                own[code] = value
        return own

    def _planned(self, currency: str | None) -> tuple[tuple[date, int], ...] | None:
        if self.planned is None:
            return None
        return tuple(
            (row.on, minor_of(row.amount, currency, f"planned.{place}.amount"))
            for place, row in enumerate(self.planned)
        )


class MakeIn(CardIn):
    """A new document; `submit` sends it for approval in the same act."""

    type: Annotated[Line, Field(min_length=1)] = "INVOICE"
    submit: Annotated[bool, Field(strict=True)] = False
    duplicate_reason: Note = ""


class CreateIn(MakeIn):
    """A new document, perhaps after an earlier one."""

    copy_of: Id | None = None


class ReviseIn(CardIn):
    revision: Revision | None = None


class SubmitIn(In):
    """`card` saves last changes in the same act."""

    revision: Revision | None = None
    card: CardIn | None = None
    duplicate_reason: Note = ""


class AnswerIn(In):
    """What was done about a remark; an empty answer ticks it as corrected."""

    remark: Small
    answer: Note = ""


class ResubmitIn(SubmitIn):
    answers: Annotated[list[AnswerIn], Field(max_length=100)] = []


class PreviewIn(CardIn):
    """`case_id` names the stored document that these changes are meant for."""

    type: Annotated[Line, Field(min_length=1)] = "INVOICE"
    case_id: Id | None = None


class FilesIn(In):
    files: Annotated[list[NewFileIn], Field(min_length=1, max_length=MOST_ROWS)]


def minor_of(sum_of: MoneyIn, currency: str | None, field: str) -> int:
    """Return minor units; refuses another currency than the document's."""
    if currency is not None and sum_of.currency != currency:
        raise InvalidInput({f"{field}.currency": "CURRENCY_DIFFERS"})
    return sum_of.money(f"{field}.amount").minor
