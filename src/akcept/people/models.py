"""Everybody Akcept knows, how they stand to each other, and what each may do."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from akcept.company.models import PayerEntity
from akcept.journal.models import Chained
from akcept.journal.store import Actor, ActorKind
from akcept.kit import ids, sql
from akcept.people import names
from akcept.people.codes import ChangeState, PersonKind, Theme

NOBODY = Value(UUID(int=0), output_field=models.UUIDField())


class Department(models.Model):
    """A unit of the company."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    head = models.ForeignKey("Person", models.PROTECT, null=True, blank=True, related_name="heads")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="people_unit_not_in_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Finds people for Django's log-in; people are written by the store."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Find a person by e-mail, in whatever case it was typed."""
        return self.get(email=(username or "").strip().lower())

    def logged_in(self, key: UUID) -> Person | None:
        """Return a person who may come in, by one plain statement: every request begins with it."""
        return next(iter(sql.loaded(self.model, "id = %s AND is_active", [key])), None)

    def create_user(self, *, email: str | None, name: str, password: str | None = None) -> Person:
        """Make a bare person without a journal entry; for tools and tests of Django itself."""
        person = self.model(email=email.lower() if email else None, name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, Chained):
    """A human being: with or without a log-in, inside or outside of the company."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    kind = models.CharField(max_length=10, default=PersonKind.INTERNAL.value)
    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=200, blank=True, default="")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="people"
    )
    manager = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reports"
    )
    # Decides on this person's own documents where nobody stands above.
    peer = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="peer_of")
    language = models.CharField(max_length=2, default="en")
    time_zone = models.CharField(max_length=60, default="UTC")
    working_calendar = models.CharField(max_length=10, blank=True, default="")
    undo_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    single_keys = models.BooleanField(default=True)
    theme = models.CharField(max_length=5, default=Theme.AUTO.value)
    # Beside the person, so that no page has to ask for it; nobody's record is made of it.
    hints_seen = models.JSONField(default=list, blank=True)
    # Folded name, e-mail and position, also in Latin letters: SQLite's LIKE knows no Cyrillic case.
    search_text = models.TextField(blank=True, default="")
    feed_token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(manager=None) | ~Q(manager=F("id")), name="people_not_own_manager"
            ),
            models.CheckConstraint(
                condition=Q(peer=None) | ~Q(peer=F("id")), name="people_not_own_peer"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """Return the name for lists: Иванов И. И."""
        return names.short(self.name)

    @property
    def actor(self) -> Actor:
        """Return this person as the author of an act."""
        return Actor(ActorKind.PERSON, self.id, self.name)


class Role(models.Model):
    """A name the company has for a set of rights."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name_en = models.CharField(max_length=100)
    name_ru = models.CharField(max_length=100)
    rights = models.JSONField(default=list)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class RoleGrant(models.Model):
    """A role given to a person, for one payer entity or for all, in one department or in all."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants")
    entity = models.ForeignKey(PayerEntity, models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # SQLite knows no NULLS NOT DISTINCT.
            models.UniqueConstraint(
                "person",
                "role",
                Coalesce("entity", NOBODY),
                Coalesce("department", NOBODY),
                condition=Q(revoked_at=None),
                name="people_grant_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role_id}"


class ApprovalLimit(models.Model):
    """The largest amount a person may approve; no row for a person means no limit is stated.

    A row for the document's type counts before one for all; of several, the one in the document's currency does.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="limits")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    # Empty: for every document type.
    doctype = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "doctype", "currency"], name="people_limit_once"
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0), name="people_limit_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.amount_minor} {self.currency}"


class Deputy(models.Model):
    """Somebody is away, in their own days, and who acts meanwhile, if anybody."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    absentee = models.ForeignKey(Person, models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="deputises"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    # Of several the lowest comes first; whoever is in conflict leaves it to the next.
    position = models.PositiveSmallIntegerField(default=1)
    entity = models.ForeignKey(PayerEntity, models.PROTECT, null=True, blank=True, related_name="+")
    # Empty: for every document type.
    doctype = models.CharField(max_length=40, blank=True, default="")
    limit_minor = models.BigIntegerField(null=True, blank=True)
    limit_currency = models.CharField(max_length=3, blank=True, default="")
    order_number = models.CharField(max_length=60, blank=True, default="")
    order_date = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deputies"
        constraints = [
            models.CheckConstraint(
                condition=~Q(absentee=F("deputy")), name="people_not_own_deputy"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="people_deputy_has_days"
            ),
            models.CheckConstraint(
                condition=Q(limit_minor=None) | ~Q(limit_currency=""),
                name="people_deputy_limit_has_currency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id or 'nobody'} for {self.absentee_id}"


class DutyException(models.Model):
    """A dated permission to do what the separation of duties forbids: a firm with one accountant."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="duty_exceptions")
    # Code of a rule in `duties`.
    rule = models.CharField(max_length=30)
    # Empty: for every payer.
    entity = models.ForeignKey(PayerEntity, models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=300)
    # Empty: the system itself.
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="people_exception_has_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.rule}"


class PendingChange(models.Model):
    """A change that would benefit its author: nothing of it counts until a second person confirms it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    # What is done on confirmation, with its arguments as plain JSON.
    command = models.CharField(max_length=30)
    arguments = models.JSONField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="proposals")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=ChangeState.WAITING.value)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ChangeState.CONFIRMED.value) | ~Q(author=F("settled_by")),
                name="people_author_confirms_nothing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["proposed_at"],
                condition=Q(state=ChangeState.WAITING.value),
                name="people_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.command} {self.state}"


class ApiToken(models.Model):
    """A key to the API; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, db_index=True)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return self.prefix
