"""Payer entities, the days they work, the exchange and VAT rates they count with, and the settings of the company."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from django.db import models
from django.db.models import Q

from akcept.engine.calendars import AdjustRule, PostponeDays
from akcept.journal.models import Chained
from akcept.kit import ids

SETTINGS_ID = UUID("00000000-0000-4000-8000-000000005e77")


class PayerEntity(Chained):
    """A legal entity of the company that pays invoices."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=60)
    country = models.CharField(max_length=2)
    inn = models.CharField(max_length=12, blank=True, default="")
    kpp = models.CharField(max_length=9, blank=True, default="")
    vat_id = models.CharField(max_length=20, blank=True, default="")
    currency = models.CharField(max_length=3)
    time_zone = models.CharField(max_length=60)
    working_calendar = models.CharField(max_length=10)
    postpone_at = models.TimeField(default=time(11))
    postpone_days = models.CharField(max_length=10, default=PostponeDays.WORKING.value)
    adjust_rule = models.CharField(max_length=20, default=AdjustRule.FOLLOWING.value)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["short_name", "id"]

    def __str__(self) -> str:
        return self.short_name


class CalendarDay(models.Model):
    """One day of a working calendar that the company knows better than the calendar's source."""

    id = models.BigAutoField(primary_key=True)
    calendar = models.CharField(max_length=10)
    day = models.DateField()
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "day"], name="company_one_kind_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.calendar} {self.day} {self.kind}"


class Rate(models.Model):
    """What one unit of a currency costs in the base currency from a day on, times 10^8."""

    id = models.BigAutoField(primary_key=True)
    currency = models.CharField(max_length=3)
    on = models.DateField()
    value_e8 = models.BigIntegerField()
    source = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "on"], name="company_one_rate_a_day"),
            models.CheckConstraint(condition=Q(value_e8__gt=0), name="company_rate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.on} {self.value_e8}"


class VatRate(models.Model):
    """A VAT rate under the code that invoices keep; no basis points is no VAT at all, which is not 0 %."""

    code = models.CharField(primary_key=True, max_length=10)
    basis_points = models.PositiveIntegerField(null=True, blank=True)
    name_en = models.CharField(max_length=60)
    name_ru = models.CharField(max_length=60)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField()
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code


class NumberSeries(models.Model):
    """The last number given out in a series of numbers that people see."""

    name = models.CharField(primary_key=True, max_length=60)
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class Setting(models.Model):
    """One setting that differs from its default."""

    name = models.CharField(primary_key=True, max_length=60)
    value = models.JSONField()

    def __str__(self) -> str:
        return self.name


class SettingsChain(Chained):
    """The one row that holds the head of the chain of everything the company has set up."""

    id = models.UUIDField(primary_key=True, default=SETTINGS_ID, editable=False)

    def __str__(self) -> str:
        return "SETTINGS"
