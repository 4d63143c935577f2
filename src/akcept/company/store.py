"""The only writer of what the company has set up; every change becomes an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from akcept.company import settings, vat
from akcept.company.checks import EntityFields, checked_entity
from akcept.company.models import (
    SETTINGS_ID,
    CalendarDay,
    PayerEntity,
    Rate,
    Setting,
    SettingsChain,
    VatRate,
)
from akcept.company.rates import RateCard
from akcept.company.vat import VatFields
from akcept.engine.calendars import DayKind
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.journal import store as journal
from akcept.journal.canonical import JSON
from akcept.journal.store import Actor, Record


class Chain(StrEnum):
    """The chains this room writes."""

    PAYER_ENTITY = "PAYER_ENTITY"
    SETTINGS = "SETTINGS"


def lock_settings() -> SettingsChain:
    """Let nobody else set anything up until the transaction ends."""
    SettingsChain.objects.get_or_create(id=SETTINGS_ID)
    return SettingsChain.objects.select_for_update().get(id=SETTINGS_ID)


def record_settings(*, records: Sequence[Record], by: Actor, at: datetime) -> None:
    """Append to the chain of everything set up for the whole company; nothing if there is nothing.

    Rooms below use it for what has no chain of its own: departments, roles, dictionaries.
    """
    if not records:
        return
    journal.record(row=lock_settings(), chain=Chain.SETTINGS, records=records, by=by, at=at)


@transaction.atomic
def create_entity(*, fields: EntityFields, by: Actor, at: datetime) -> UUID:
    """Add a payer entity; refuses fields that cannot be accepted."""
    columns = asdict(checked_entity(fields))
    entity = PayerEntity(**columns)
    entity.save(force_insert=True)
    created = Record("PAYER_ENTITY_CREATED", _plain(columns))
    journal.record(row=entity, chain=Chain.PAYER_ENTITY, records=[created], by=by, at=at)
    return entity.id


@transaction.atomic
def change_entity(*, entity_id: UUID, fields: EntityFields, by: Actor, at: datetime) -> None:
    """Give a payer entity new fields; refuses those that cannot be accepted."""
    new = asdict(checked_entity(fields))
    entity = PayerEntity.objects.select_for_update().filter(id=entity_id).first()
    if entity is None:
        raise NotFound
    changes = _differences({name: getattr(entity, name) for name in new}, new)
    if not changes:
        return
    for name in changes:
        setattr(entity, name, new[name])
    entity.save(update_fields=list(changes))
    changed = Record("PAYER_ENTITY_CHANGED", {"changes": changes})
    journal.record(row=entity, chain=Chain.PAYER_ENTITY, records=[changed], by=by, at=at)


@transaction.atomic
def change_settings(*, changes: Mapping[str, object], by: Actor, at: datetime) -> None:
    """Set what is named; refuses unknown names, wrong values, and a new base currency once rates are stated in the old one."""
    new = _checked_settings(changes)
    lock_settings()
    stored = settings.from_rows(dict(Setting.objects.values_list("name", "value")))
    differences = _differences({name: getattr(stored, name) for name in new}, new)
    if "base_currency" in differences and Rate.objects.exists():
        raise InvalidInput({"base_currency": "RATES_EXIST"})
    for name in differences:
        Setting.objects.update_or_create(name=name, defaults={"value": new[name]})
    if differences:
        changed = Record("SETTINGS_CHANGED", {"changes": differences})
        record_settings(records=[changed], by=by, at=at)


@transaction.atomic
def set_days(
    *, calendar: str, days: Mapping[date, tuple[DayKind | None, str]], by: Actor, at: datetime
) -> int:
    """Override days of a calendar (None takes an override back) and return how many changed.

    Refuses days before today in UTC: what has been counted is never counted again.
    """
    today = at.date()
    past = {day.isoformat(): "DAY_IS_PAST" for day in days if day < today}
    if past:
        raise InvalidInput(past)
    known = {
        row.day: (DayKind(row.kind), row.name)
        for row in CalendarDay.objects.filter(calendar=calendar, day__in=days)
    }
    records = []
    for day, (kind, name) in sorted(days.items()):
        old = known.get(day, (None, ""))
        if old == (kind, name):
            continue
        _save_day(calendar, day, kind, name)
        data: dict[str, JSON] = {"calendar": calendar, "day": day, "name": name}
        records.append(Record("CALENDAR_DAY_SET", data | {"kind": [old[0], kind]}))
    record_settings(records=records, by=by, at=at)
    return len(records)


def _save_day(calendar: str, day: date, kind: DayKind | None, name: str) -> None:
    if kind is None:
        CalendarDay.objects.filter(calendar=calendar, day=day).delete()
        return
    CalendarDay.objects.update_or_create(
        calendar=calendar, day=day, defaults={"kind": kind.value, "name": name}
    )


@transaction.atomic
def set_rates(*, rates: Sequence[RateCard], by: Actor, at: datetime) -> int:
    """Enter or correct rates and return how many changed; documents keep the rate they were sent with."""
    currencies, days = {rate.currency for rate in rates}, {rate.on for rate in rates}
    known = {
        (row.currency, row.on): (row.value_e8, row.source)
        for row in Rate.objects.filter(currency__in=currencies, on__in=days)
    }
    records = []
    for rate in rates:
        old = known.get((rate.currency, rate.on))
        if old == (rate.value_e8, rate.source):
            continue
        Rate.objects.update_or_create(
            currency=rate.currency,
            on=rate.on,
            defaults={"value_e8": rate.value_e8, "source": rate.source},
        )
        data: dict[str, JSON] = {"currency": rate.currency, "on": rate.on, "source": rate.source}
        data["value_e8"] = [old and str(old[0]), str(rate.value_e8)]
        records.append(Record("RATE_SET", data))
    record_settings(records=records, by=by, at=at)
    return len(records)


@transaction.atomic
def add_vat_rate(*, rate: VatFields, by: Actor, at: datetime) -> None:
    """Offer one more VAT rate, after the others; refuses a code that was ever used."""
    columns = asdict(vat.checked(rate))
    # The lock keeps two administrators from the same code and the same place.
    lock_settings()
    if VatRate.objects.filter(code=rate.code).exists():
        raise InvalidInput({"code": "TAKEN"})
    last = VatRate.objects.aggregate(last=Max("position"))["last"] or 0
    VatRate.objects.create(**columns, position=last + 1)
    record_settings(records=[Record("VAT_RATE_ADDED", columns)], by=by, at=at)


@transaction.atomic
def offer_vat_rate(*, code: str, is_offered: bool, by: Actor, at: datetime) -> None:
    """Retire a VAT rate or bring it back; invoices that have it keep it, and read as they did."""
    lock_settings()
    row = VatRate.objects.filter(code=code).first()
    if row is None:
        raise NotFound
    if row.is_active == is_offered:
        return
    row.is_active = is_offered
    row.save(update_fields=["is_active"])
    kind = "VAT_RATE_BROUGHT_BACK" if is_offered else "VAT_RATE_RETIRED"
    record_settings(records=[Record(kind, {"code": code})], by=by, at=at)


def _checked_settings(changes: Mapping[str, object]) -> dict[str, settings.Value]:
    new: dict[str, settings.Value] = {}
    errors: dict[str, str] = {}
    for name, value in changes.items():
        if name not in settings.CHECKS:
            errors[name] = "UNKNOWN_SETTING"
            continue
        try:
            new[name] = settings.check(name, value)
        except ValueError as error:
            errors[name] = str(error)
    if errors:
        raise InvalidInput(errors)
    return new


def _differences(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, JSON]:
    plain_old, plain_new = _plain(old), _plain(new)
    return {
        name: [plain_old[name], plain_new[name]]
        for name in plain_new
        if plain_old[name] != plain_new[name]
    }


def _plain(values: Mapping[str, object]) -> dict[str, JSON]:
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: object) -> JSON:
    if isinstance(value, time):
        return value.isoformat("minutes")
    assert value is None or isinstance(value, (str, int, bool))
    return value
