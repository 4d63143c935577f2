"""Whom the company pays, and to which accounts."""

from __future__ import annotations

from django.db import models

from akcept.journal.models import Chained
from akcept.kit import ids


class Counterparty(Chained):
    """A supplier or any other payee."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    name = models.CharField(max_length=300)
    country = models.CharField(max_length=2)
    inn = models.CharField(max_length=12, blank=True, default="")
    kpp = models.CharField(max_length=9, blank=True, default="")
    ogrn = models.CharField(max_length=15, blank=True, default="")
    vat_id = models.CharField(max_length=20, blank=True, default="")
    group = models.CharField(
        max_length=60, blank=True, default="", help_text="a label that routes may ask for"
    )
    sort_key = models.CharField(max_length=300, help_text="the name without case")
    search = models.TextField(help_text="names and numbers as `suggest` looks for them")
    is_new = models.BooleanField(default=True, help_text="nothing was ever paid to it")
    is_active = models.BooleanField(default=True)
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inn", "kpp"],
                condition=~models.Q(inn=""),
                name="parties_counterparty_inn_once",
            ),
            models.UniqueConstraint(
                fields=["vat_id"],
                condition=~models.Q(vat_id=""),
                name="parties_counterparty_vat_once",
            ),
        ]
        indexes = [models.Index(fields=["sort_key", "id"], name="parties_counterparty_sorted")]

    def __str__(self) -> str:
        return self.name


class BankAccount(models.Model):
    """Requisites of one account, never changed after entry: a change is a new row."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    counterparty = models.ForeignKey(
        Counterparty, on_delete=models.PROTECT, related_name="accounts"
    )
    number = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True, default="")
    bank_name = models.CharField(max_length=200, blank=True, default="")
    correspondent = models.CharField(max_length=20, blank=True, default="")
    currency = models.CharField(max_length=3)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of what money follows")
    entered_by = models.UUIDField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["counterparty", "fingerprint"], name="parties_account_once"
            ),
        ]
        indexes = [models.Index(fields=["number"], name="parties_account_number")]

    def __str__(self) -> str:
        return self.number


class AccountCheck(models.Model):
    """What somebody found out about an account; the last one counts."""

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="checks")
    state = models.CharField(max_length=12)
    how = models.CharField(max_length=12, blank=True, default="")
    note = models.CharField(max_length=1000, blank=True, default="")
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-id"], name="parties_check_last")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.state}"
