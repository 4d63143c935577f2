"""The rows of a case. `fold` is the case as the engine sees it; everything beside it is a projection for lists,
search and constraints, written in the same transaction by `store`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

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


class Task(models.Model):
    """What one person has to do, or had to; open while `closed_at` is empty."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks", db_index=False)
    key = models.CharField(max_length=80)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    # What the clock has still to do when that moment comes; empty: nothing but remind.
    at_deadline = models.CharField(max_length=8, blank=True, default="")
    # While an answer is awaited: since when, and how many seconds of work were left then (`pauses`).
    paused_at = models.DateTimeField(null=True)
    left_seconds = models.PositiveIntegerField(null=True)
    # How many seconds of work its earlier questions have taken.
    waited_seconds = models.PositiveIntegerField(db_default=0)
    # When its holder was last told of it: opened, then each reminder.
    told_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="cases_task_once")]
        indexes = [
            models.Index(fields=["person", "-id"], condition=Q(closed_at=None), name="cases_inbox"),
            models.Index(
                fields=["due_at"],
                condition=Q(closed_at=None) & ~Q(at_deadline=""),
                name="cases_to_meet",
            ),
            models.Index(fields=["told_at"], condition=Q(closed_at=None), name="cases_to_remind"),
            models.Index(fields=["case"], condition=Q(closed_at=None), name="cases_now_with"),
            models.Index(
                fields=["closed_by", "-closed_at"],
                condition=~Q(closed_at=None),
                name="cases_task_done",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Snooze(models.Model):
    """A task that one person has set aside until a moment."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "person"], name="cases_snoozed_once")
        ]
        indexes = [
            models.Index(fields=["until"], name="cases_to_wake"),
            models.Index(fields=["person", "until"], name="cases_snoozed"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} until {self.until}"


class FeedItem(models.Model):
    """An entry of a case in somebody's feed."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "case", "number"], name="cases_fed_once")
        ]
        indexes = [models.Index(fields=["person", "-id"], name="cases_feed")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Attachment(models.Model):
    """A version of a file of a case."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="attachments", db_index=False)
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=32)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    version = models.PositiveIntegerField()
    replaces = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Whether a search looks through its text.
    is_read = models.BooleanField(db_default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_attachment_once")
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(is_read=False), name="cases_file_unread")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class PlannedPayment(models.Model):
    """A planned date of a case; `left_minor` is neither paid nor on its way."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="planned_payments", db_index=False)
    number = models.PositiveIntegerField()
    on = models.DateField()
    minor = models.BigIntegerField()
    left_minor = models.BigIntegerField()
    first_on = models.DateField()
    moves = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_planned_once"),
            models.CheckConstraint(
                condition=Q(left_minor__gte=0, left_minor__lte=F("minor")),
                name="cases_planned_left",
            ),
        ]
        indexes = [models.Index(fields=["on", "case"], name="cases_planned_on")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.on}"


class Payment(models.Model):
    """A payment row: sent, executed, returned by a counter-row, cancelled."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="payments", db_index=False)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    minor = models.BigIntegerField()
    on = models.DateField()
    order_number = models.CharField(max_length=35, blank=True, default="")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    returns = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_payment_once"),
            models.CheckConstraint(condition=Q(minor__gt=0), name="cases_payment_positive"),
        ]
        indexes = [models.Index(fields=["on", "case"], name="cases_payment_on")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.minor}"


class Value(models.Model):
    """What a field of a type's own holds, laid down by `own` to be filtered and exported; the card has the value."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="values", db_index=False)
    field = models.CharField(max_length=32)
    text = models.CharField(max_length=200, blank=True, default="")
    number = models.BigIntegerField(null=True)
    day = models.DateField(null=True)
    ref = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "field"], name="cases_value_once")]
        indexes = [
            models.Index(fields=["field", "text"], name="cases_value_text", condition=~Q(text="")),
            models.Index(
                fields=["field", "number"], name="cases_value_number", condition=~Q(number=None)
            ),
            models.Index(fields=["field", "day"], name="cases_value_day", condition=~Q(day=None)),
            models.Index(fields=["field", "ref"], name="cases_value_ref", condition=~Q(ref=None)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.field}"


class Message(models.Model):
    """Something said on a case: which entry says it. The words stand in the journal alone."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # In the thread of this person from outside; empty: to everybody who takes part.
    guest = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # The entry that says it in other words, the last of them.
    edited = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_message_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class Mention(models.Model):
    """A message that names somebody, or asks them; open until it is read, or answered."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_question = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number", "person"], name="cases_mention_once")
        ]
        indexes = [
            models.Index(fields=["person", "-id"], condition=Q(is_open=True), name="cases_mentions")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.case_id} {self.number}"


class ReadMark(models.Model):
    """Up to which message somebody has read the discussion of a case."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="cases_read_mark_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} up to {self.number} of {self.case_id}"


class OutsideAsk(models.Model):
    """What somebody from outside is asked on a case, and which of its files are shared; no files: the main one."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    question = models.CharField(max_length=2000, blank=True, default="")
    files = models.JSONField(default=list)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="cases_outside_ask_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.case_id}"


class OutsideLink(models.Model):
    """A link by which somebody from outside decides one task on one revision; neither it nor its codes are kept.

    Whether it still works is not written here but follows from the case (`cases.outside.links`).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    task = models.CharField(max_length=80)
    revision = models.PositiveIntegerField()
    # Sent again, the link gets the next number and the one before no longer works.
    number = models.PositiveIntegerField()
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    question = models.CharField(max_length=2000, blank=True, default="")
    files = models.JSONField(default=list)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    code_number = models.PositiveIntegerField(default=0)
    code_sent_at = models.DateTimeField(null=True)
    code_tries = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person", "number"], name="cases_outside_link_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.task} {self.number}"


class SavedView(models.Model):
    """A way somebody looks at the registry, under a name: filters, columns, table or board, as its address has them."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    owner = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    is_shared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="cases_view_named_once")
        ]
        indexes = [
            models.Index(fields=["name"], condition=Q(is_shared=True), name="cases_view_shared")
        ]

    def __str__(self) -> str:
        return self.name


class FirstView(models.Model):
    """With which saved view a person begins."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.person_id} {self.view_id}"


class SearchWord(models.Model):
    """A folded word that stands in a case, on its card or in one of its files; a search joins them."""

    id = models.BigAutoField(primary_key=True)
    word = models.CharField(max_length=32)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    in_file = models.BooleanField(db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "word", "in_file"], name="cases_word_once")
        ]
        # Walked from its end, the newest case comes first.
        indexes = [models.Index(fields=["word", "case"], name="cases_word_found")]

    def __str__(self) -> str:
        return self.word


class KnownWord(models.Model):
    """A word that stands in any case, to be found by its beginning; `is_read`: its trigrams are laid down."""

    word = models.CharField(max_length=32, primary_key=True)
    is_read = models.BooleanField(db_default=False)

    class Meta:
        indexes = [
            models.Index(fields=["word"], condition=Q(is_read=False), name="cases_word_unread")
        ]

    def __str__(self) -> str:
        return self.word


class WordTrigram(models.Model):
    """Three letters of a known word: what was typed with a slip shares most of them."""

    id = models.BigAutoField(primary_key=True)
    trigram = models.CharField(max_length=3)
    word = models.ForeignKey(KnownWord, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trigram", "word"], name="cases_trigram_once")
        ]

    def __str__(self) -> str:
        return self.trigram
