"""What the company has set up, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from akcept.company import settings
from akcept.company.checks import EntityFields
from akcept.company.models import (
    CalendarDay,
    PayerEntity,
    Rate,
    Setting,
    SettingsChain,
    VatRate,
)
from akcept.company.rates import RateCard
from akcept.company.settings import CompanySettings
from akcept.company.vat import VatRateCard
from akcept.engine.calendars import AdjustRule, DayKind, PostponeDays
from akcept.engine.refusals import NotFound
from akcept.journal import queries as journal
from akcept.journal.queries import StoredEntry
from akcept.kit.once import once


@dataclass(frozen=True, slots=True)
class EntityCard:
    """A payer entity."""

    id: UUID
    fields: EntityFields


@dataclass(frozen=True, slots=True)
class DayCard:
    """A day that the company has overridden."""

    day: date
    kind: DayKind
    name: str


@once
def settings_of() -> CompanySettings:
    """Return all settings in one query; nothing keeps them for longer, as other processes may change them."""
    return settings.from_rows(dict(Setting.objects.values_list("name", "value")))


@once
def entities(*, only_active: bool = True) -> tuple[EntityCard, ...]:
    """Return the payer entities by name."""
    rows = PayerEntity.objects.order_by("short_name", "id")
    return tuple(_card(row) for row in (rows.filter(is_active=True) if only_active else rows))


def entity(*, entity_id: UUID) -> EntityCard:
    """Return one payer entity, active or not; NotFound if there is none."""
    row = PayerEntity.objects.filter(id=entity_id).first()
    if row is None:
        raise NotFound
    return _card(row)


def days(*, calendar: str, year: int) -> tuple[DayCard, ...]:
    """Return the overridden days of a year."""
    rows = CalendarDay.objects.filter(calendar=calendar, day__year=year).order_by("day")
    return tuple(DayCard(row.day, DayKind(row.kind), row.name) for row in rows)


def rates(*, limit: int = 100) -> tuple[RateCard, ...]:
    """Return the newest rates."""
    rows = Rate.objects.order_by("-on", "currency")[:limit]
    return tuple(RateCard(row.currency, row.on, row.value_e8, row.source) for row in rows)


def vat_rates(*, only_active: bool = True) -> tuple[VatRateCard, ...]:
    """Return the VAT rates in the order they are offered in."""
    rows = VatRate.objects.order_by("position", "code")
    names = [field.name for field in fields(VatRateCard)]
    found = (rows.filter(is_active=True) if only_active else rows).values(*names)
    return tuple(VatRateCard(**row) for row in found)


def history(*, limit: int = 100) -> tuple[StoredEntry, ...]:
    """Return the last changes of what is set up for the whole company and its payers, newest first."""
    chains = (SettingsChain, PayerEntity)
    heads = [head for chain in chains for head in chain.objects.values_list("id", "head_number")]
    return tuple(journal.newest(heads=heads, limit=limit))


def _card(row: PayerEntity) -> EntityCard:
    return EntityCard(
        id=row.id,
        fields=EntityFields(
            name=row.name,
            short_name=row.short_name,
            country=row.country,
            currency=row.currency,
            time_zone=row.time_zone,
            working_calendar=row.working_calendar,
            inn=row.inn,
            kpp=row.kpp,
            vat_id=row.vat_id,
            postpone_at=row.postpone_at,
            postpone_days=PostponeDays(row.postpone_days),
            adjust_rule=AdjustRule(row.adjust_rule),
            is_active=row.is_active,
        ),
    )
