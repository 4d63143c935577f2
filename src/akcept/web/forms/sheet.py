"""The whole sheet of a document: the form, its rows and its files, read and refused together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict

from akcept.cases.services import CardInput
from akcept.doctypes.cards import TypeCard
from akcept.engine.doctypes import Gate
from akcept.engine.refusals import InvalidInput
from akcept.engine.values import Json
from akcept.parties import checks
from akcept.parties import queries as parties
from akcept.parties.services import AccountFields, PartyFields
from akcept.web.asking import Ask
from akcept.web.forms import payees, rows, typed, uploads
from akcept.web.forms.document import DocumentForm
from akcept.web.forms.fields import wrong
from akcept.web.forms.uploads import Uploads
from akcept.wording import vat

ADDING = {"more-planned": "planned", "more-vat": "vat"}


@dataclass
class Sheet:
    """What stands on the page while a document is being written."""

    form: DocumentForm
    planned: Any
    vat: Any
    uploads: Uploads
    pairs: tuple[tuple[date, int], ...] = ()
    vat_lines: tuple[dict[str, Json], ...] = ()

    @classmethod
    def blank(
        cls,
        type_: TypeCard,
        initial: Mapping[str, Any],
        planned: list[Any],
        vat_rows: list[Any],
    ) -> Sheet:
        """Return a sheet that nobody has sent yet."""
        return cls(
            DocumentForm(type_, initial=initial),
            _planned_rows(type_, initial=planned or [{}]),
            rows.VatRows(prefix="vat", initial=vat_rows or [{}]),
            Uploads(),
        )

    @classmethod
    def sent(cls, type_: TypeCard, request: HttpRequest, ask: Ask) -> Sheet:
        """Return the sheet as it was sent, files kept."""
        data = rows.counted(request.POST, more=ADDING.get(request.POST.get("do", ""), ""))
        return cls(
            DocumentForm(type_, data),
            _planned_rows(type_, data),
            rows.VatRows(data, prefix="vat"),
            uploads.gather(request, by=ask.by.id, at=ask.at),
        )

    @classmethod
    def read(cls, type_: TypeCard, request: HttpRequest) -> Sheet:
        """Return what was typed without keeping any file."""
        data = rows.counted(request.POST)
        return cls(
            DocumentForm(type_, data),
            _planned_rows(type_, data),
            rows.VatRows(data, prefix="vat"),
            Uploads(),
        )

    @property
    def duplicate_reason(self) -> str:
        """Return why it is no duplicate, where that was asked."""
        return str(self.form.cleaned_data.get("duplicate_reason") or "")

    @property
    def type(self) -> TypeCard:
        """Return the type of the document."""
        return self.form.type

    def _asked_rows(self) -> list[Any]:
        """Return the rows that the type asks for."""
        asked = {"planned_on": self.planned, "vat": self.vat}
        return [rows for code, rows in asked.items() if self.type.asks_for(code)]

    def is_valid(self) -> bool:
        """Read everything; all that is wrong is marked at its place at once."""
        form_fits = self.form.is_valid()
        rows_fit = all(rows.is_valid() for rows in self._asked_rows())
        for failed in self.uploads.failed:
            self.form.add_error("attached", f"{failed.name}: {failed.error}")
        if self.form.cleaned_data.get("currency"):
            self._read_vat()
            self._read_planned()
        is_named = self.form.cleaned_data.get("minor") or "amount" in self.form.errors
        if self.form.needs("amount") and not is_named:
            self.form.add_error("amount", wrong("REQUIRED"))
        asked = [row for rows in self._asked_rows() for row in rows]
        rows_fit = rows_fit and not any(row.errors for row in asked)
        return form_fits and rows_fit and not self.form.errors

    def content(self) -> CardInput:
        """Return what services take."""
        card = self.form.card()
        if self.type.asks_for("vat"):
            card["vat"] = [*self.vat_lines]
        return CardInput(card, planned=self.pairs or None, files=self.uploads.new_files)

    def changes(self, old: Mapping[str, Json], planned: list[tuple[date, int]]) -> CardInput:
        """Return only what differs from the card as it is; nothing and an empty text are the same."""
        content = self.content()
        changed = {
            code: value
            for code, value in content.card.items()
            if _plain(value) != _plain(old.get(code))
        }
        pairs = None if content.planned == tuple(planned) else content.planned
        return CardInput(changed, planned=pairs, files=content.files)

    def add_parties(self, ask: Ask) -> None:
        """Create the counterparty and the account that were typed on the spot.

        Refuses wrong requisites at their fields.
        """
        cleaned = self.form.cleaned_data
        self._check_parties()
        if self.form.makes_party:
            name, inn = cleaned.get("new_name") or "", cleaned.get("new_inn") or ""
            made = payees.find_or_create(
                name=name, inn=inn, country=cleaned.get("new_country") or "RU", ask=ask
            )
            self._settle(counterparty=made, counterparty_text=name or inn, new_name="", new_inn="")
        if self.form.makes_account:
            party = UUID(str(cleaned["counterparty"]))
            made = payees.find_or_enter(party=party, typed_in=self._account(), ask=ask)
            self._settle(account=made, account_number="", account_bic="", account_bank="")
            self._settle(account_correspondent="")

    def _check_parties(self) -> None:
        """Refuse a wrong account before the counterparty is made, or only half of it would be there."""
        cleaned = self.form.cleaned_data
        country = cleaned.get("new_country") or "RU"
        if self.form.makes_party:
            name, inn = cleaned.get("new_name") or "", cleaned.get("new_inn") or ""
            checks.checked_party(PartyFields(name=name, country=country, inn=inn))
        elif self.form.makes_account:
            party = UUID(str(cleaned["counterparty"]))
            country = parties.counterparty_line(counterparty_id=party).country
        if self.form.makes_account:
            checks.checked_account(self._account(), country=country)

    def _account(self) -> AccountFields:
        cleaned = self.form.cleaned_data
        return AccountFields(
            number=cleaned["account_number"],
            currency=cleaned["currency"],
            bic=cleaned.get("account_bic") or "",
            bank_name=cleaned.get("account_bank") or "",
            correspondent=cleaned.get("account_correspondent") or "",
        )

    def refuse(self, refusal: InvalidInput) -> None:
        """Show at the fields what a service refused."""
        self.form.refuse(refusal.errors)

    def _settle(self, **values: UUID | str) -> None:
        """Remember what now exists, so that a repeat of the form does not make it twice."""
        told = {name: str(value) for name, value in values.items()}
        self.form.cleaned_data |= told
        assert isinstance(self.form.data, QueryDict)
        data = self.form.data.copy()
        for name, value in told.items():
            data[name] = value
        self.form.data = data
        if self.type.asks_for("account"):
            self.form.offer_accounts()

    def _read_planned(self) -> None:
        form = self.form
        if not self.type.asks_for("planned_on"):
            return
        minor, currency = form.cleaned_data.get("minor"), form.cleaned_data["currency"]
        if minor is None:
            return
        filled = [row for row in self.planned if row.is_valid() and _is_filled(row)]
        read = [_planned(row, currency, minor, alone=len(filled) == 1) for row in filled]
        self.pairs = tuple(pair for pair in read if pair)
        if len(self.pairs) == len(filled) > 1 and sum(part for _, part in self.pairs) != minor:
            form.add_error("planned_on", wrong("PLANNED_SUM"))

    def _read_vat(self) -> None:
        """Compute what was left empty: the tax from the sum, or the sum from base and tax."""
        if not self.type.asks_for("vat"):
            return
        cleaned = self.form.cleaned_data
        filled = [row for row in self.vat if row.is_valid() and row.cleaned_data.get("rate")]
        whole = cleaned.get("minor") if len(filled) == 1 else None
        lines = [_vat_line(row, cleaned["currency"], whole) for row in filled]
        self.vat_lines = tuple(line for line in lines if line)
        if self.vat_lines and not cleaned.get("amount"):
            cleaned["minor"] = sum(_gross(line) for line in self.vat_lines)


def _planned_rows(type_: TypeCard, data: QueryDict | None = None, *, initial: Any = None) -> Any:
    """Return the rows of planned payments, sent or to begin with."""
    field = type_.rules.fields.get("planned_on")
    told = {"is_needed": field is not None and field.required_at is Gate.SUBMIT}
    return rows.PlannedRows(data, prefix="planned", initial=initial, form_kwargs=told)


def _plain(value: Json) -> Any:
    if isinstance(value, (list, tuple)):
        return [dict(item) if isinstance(item, Mapping) else item for item in value]
    return value or []


def _planned(row: Any, currency: str, whole: int, *, alone: bool) -> tuple[date, int] | None:
    """Return day and sum of a row; a row that stands alone plans the whole."""
    on, text = row.cleaned_data.get("on"), row.cleaned_data.get("amount")
    if on is None:
        row.add_error("on", wrong("REQUIRED"))
        return None
    if alone:
        return on, whole
    try:
        return on, typed.amount(text, currency)
    except ValueError as error:
        row.add_error("amount", wrong(str(error) if text else "REQUIRED"))
        return None


def _vat_line(row: Any, currency: str, whole: int | None) -> dict[str, Json] | None:
    percent = vat.percent(row.cleaned_data["rate"]) or Decimal(0)
    base, tax = _part(row, "base", currency), _part(row, "tax", currency)
    if row.errors:
        return None
    if base is None and whole is not None:
        tax = typed.share(whole, percent) if tax is None else tax
        base = whole - tax
    elif base is not None and tax is None:
        tax = typed.tax_on(base, percent)
    if base is None or tax is None:
        row.add_error("base", wrong("REQUIRED"))
        return None
    if base < 0:
        row.add_error("tax", wrong("OUT_OF_RANGE"))
        return None
    return {"rate": row.cleaned_data["rate"], "base": base, "tax": tax}


def _gross(line: dict[str, Json]) -> int:
    return int(str(line["base"])) + int(str(line["tax"]))


def _is_filled(row: Any) -> bool:
    return bool(row.cleaned_data.get("on") or row.cleaned_data.get("amount"))


def _part(row: Any, code: str, currency: str) -> int | None:
    text = row.cleaned_data.get(code)
    if not text:
        return None
    try:
        part = typed.signed(text, currency)
        if part < 0:
            raise ValueError("OUT_OF_RANGE")
    except ValueError as error:
        row.add_error(code, wrong(str(error)))
        return None
    return part
