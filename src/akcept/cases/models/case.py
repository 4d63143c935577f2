"""Cases and who takes part in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from akcept.company.models import PayerEntity
from akcept.doctypes.models import Category, CostCentre, DocumentType, Project
from akcept.files.models import Blob
from akcept.journal.models import Chained
from akcept.kit import ids
from akcept.parties.models import BankAccount, Counterparty
from akcept.people.models import Person


class Case(Chained):
    """One document on its way. Newest first is by id: ids are time-ordered."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    # Without an index of its own: one below begins with it. Every index is written with every case.
    doctype = models.ForeignKey(DocumentType, models.PROTECT, related_name="+", db_index=False)
    number = models.BigIntegerField()
    initiator = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    entity = models.ForeignKey(PayerEntity, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=12)
    revision = models.PositiveIntegerField()
    round = models.PositiveIntegerField()
    title = models.CharField(max_length=300, blank=True, default="")
    comment = models.TextField(blank=True, default="")
    counterparty = models.ForeignKey(
        Counterparty, models.PROTECT, null=True, related_name="+", db_index=False
    )
    account = models.ForeignKey(BankAccount, models.PROTECT, null=True, related_name="+")
    # No amount, no currency: not every type of document is about a sum.
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    supplier_number = models.CharField(max_length=100, blank=True, default="")
    normalised_number = models.CharField(max_length=100, blank=True, default="")
    issued_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    # The earliest planned date that is not paid; the last one when everything is.
    planned_on = models.DateField(null=True)
    moves = models.PositiveIntegerField(default=0)
    executed_minor = models.BigIntegerField(default=0)
    sent_minor = models.BigIntegerField(default=0)
    held_until = models.DateField(null=True)
    contract = models.CharField(max_length=1000, blank=True, default="")
    approval_type = models.CharField(max_length=12, blank=True, default="")
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    cost_centre = models.ForeignKey(CostCentre, models.PROTECT, null=True, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="+")
    # By which version of which route a round runs now; empty when none does.
    route_version = models.UUIDField(null=True)
    main_file = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    fold = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["doctype", "number"], name="cases_number_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="cases_amount_positive"),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="cases_state"),
            models.Index(fields=["entity", "-id"], name="cases_entity"),
            models.Index(fields=["counterparty", "-id"], name="cases_counterparty"),
            models.Index(fields=["initiator", "-id"], name="cases_initiator"),
            models.Index(fields=["counterparty", "normalised_number"], name="cases_twin_number"),
            models.Index(fields=["main_file"], name="cases_twin_file"),
            models.Index(
                fields=["planned_on", "entity"],
                condition=Q(state="TO_PAY"),
                name="cases_to_pay_on",
            ),
            models.Index(
                fields=["route_version"],
                condition=~Q(route_version=None),
                name="cases_running",
            ),
            models.Index(fields=["held_until"], condition=~Q(held_until=None), name="cases_held"),
        ]

    def __str__(self) -> str:
        return f"{self.doctype_id} {self.number}"


class Participation(models.Model):
    """Somebody who takes or took part, and so sees the case. `follows`: what happens stands in their feed."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="participations", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    follows = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="cases_takes_part_once")
        ]
        indexes = [models.Index(fields=["person", "-case"], name="cases_takes_part")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.case_id}"
