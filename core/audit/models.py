"""The log itself: one row for every change of a row, written by triggers, never changed and never removed."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from core.audit.chain import new_salt
from core.audit.kinds import frozen, operational, record

LONGEST_TRANSACTION = timedelta(hours=1)


class ExactNumbers(json.JSONDecoder):
    """Reads 12.50 as the decimal 12.50."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(parse_float=Decimal, **kwargs)


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def for_object(self, table: str, key: Any) -> "AuditEventQuerySet":
        return self.filter(table=table, key=str(key))

    def by_actor(self, actor: Any) -> "AuditEventQuerySet":
        """What this user, or the user with this id, did."""
        return self.filter(actor_id=getattr(actor, "pk", actor))

    def of_action(self, action: str) -> "AuditEventQuerySet":
        return self.filter(action=action)

    def in_request(self, request_id: str) -> "AuditEventQuerySet":
        return self.filter(request_id=request_id)

    def in_transaction_of(self, event: "AuditEvent") -> "AuditEventQuerySet":
        """Looked for about its time: an index on the transaction would cost every write and serve this alone."""
        return self.between(event.at - LONGEST_TRANSACTION, event.at + LONGEST_TRANSACTION).filter(
            transaction=event.transaction
        )

    def between(self, start: datetime | None = None, end: datetime | None = None) -> "AuditEventQuerySet":
        """From `start` up to but not including `end`; None leaves that side open."""
        found = self if start is None else self.filter(at__gte=start)
        return found if end is None else found.filter(at__lt=end)

    def with_reason(self) -> "AuditEventQuerySet":
        return self.exclude(reason="")

    def unattributed(self) -> "AuditEventQuerySet":
        """Changes nobody owned up to. There should be none."""
        return self.filter(actor_name="")

    def newest_first(self) -> "AuditEventQuerySet":
        return self.order_by("-pk")

    def latest_in(self, tables: Iterable[str]) -> "AuditEvent | None":
        """The last change of any of these tables. One query, with one look into an index for each table."""
        quote, own = connection.ops.quote_name, AuditEvent._meta
        one = f"SELECT max({quote(own.pk.column)}) AS latest FROM {quote(own.db_table)} WHERE {quote('table')} = %s"
        wanted = list(tables) or [""]  # grouped by table, SQLite would walk through every change of each
        each = f"SELECT max(latest) FROM ({' UNION ALL '.join([one] * len(wanted))}) AS every"
        return self.filter(pk=RawSQL(each, wanted)).first()  # noqa: S611  our own names; the tables are parameters


@frozen
class AuditEvent(models.Model):
    """One change of one row, or one batch of rows added to a frozen table."""

    class Op(models.TextChoices):
        INSERT = "I", "added"
        UPDATE = "U", "changed"
        DELETE = "D", "removed"
        BATCH = "B", "batch added"

    table = models.CharField(max_length=63)
    key = models.CharField(max_length=64, help_text="The primary key of the row, as text. Empty for a batch.")
    op = models.CharField("operation", max_length=1, choices=Op.choices)
    at = models.DateTimeField()
    transaction = models.CharField(max_length=20)
    role = models.CharField("database role", max_length=63, blank=True)
    # The name is kept beside the id because it has to outlive the account; so there is no foreign key either.
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    address = models.CharField(max_length=45, blank=True)
    job = models.CharField(max_length=100, blank=True)
    # Of a change the old values of the columns that changed, of a removal the whole old row.
    old_changed = models.JSONField(null=True, decoder=ExactNumbers)
    new_full = models.JSONField(null=True, decoder=ExactNumbers)
    # Hashed with the content, without which a short text could be guessed from its hash. None: from before the chain.
    salt = models.CharField(max_length=32, null=True, default=new_salt)
    # Only of an event that was redacted: the hash of what stood there. `core.audit.chain` says of what it is made.
    content_sha256 = models.CharField(max_length=64, null=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["table", "key", "id"], name="audit_event_of_object"),
            models.Index(fields=["table", "id"], name="audit_event_of_table"),
            models.Index(fields=["actor_id", "id"], name="audit_event_by_actor"),
            models.Index(fields=["action", "id"], name="audit_event_of_action"),
            models.Index(fields=["at"], name="audit_event_at"),
            models.Index(fields=["request_id"], name="audit_event_in_request", condition=~Q(request_id="")),
            models.Index(fields=["id"], name="audit_event_with_reason", condition=~Q(reason="")),
            models.Index(fields=["id"], name="audit_event_unattributed", condition=Q(actor_name="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_op_display()} {self.table} {self.key}".strip()

    @property
    def is_redacted(self) -> bool:
        return self.content_sha256 is not None


@frozen
class AuditSeal(models.Model):
    """A link of the chain: made with its event, at the commit, by the database itself. Seal 0 is the beginning."""

    seq = models.IntegerField(primary_key=True)
    # No foreign key: a seal whose event is missing is to be found, not refused.
    event_id = models.BigIntegerField(null=True, unique=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"seal {self.seq}"


@operational("holds what is being committed on PostgreSQL, for the moment of the commit")
class Sealing(models.Model):
    """A transaction whose events wait for their seals: put here by its first event, taken away by the seals."""

    transaction = models.CharField(max_length=20, primary_key=True)
    first = models.BigIntegerField()

    def __str__(self) -> str:
        return self.transaction


@frozen(log_rows=True)
class Verification(models.Model):
    """The log was looked over, and this is how it was. Itself part of the log, and so of the chain."""

    at = models.DateTimeField()
    start = models.IntegerField(help_text="The seal after which the look began; 0 for the whole chain.")
    seq = models.IntegerField(help_text="The last seal there was.")
    head = models.CharField(max_length=64, blank=True)
    events = models.IntegerField()
    checkpoints = models.IntegerField(default=0)
    faults = models.IntegerField()
    first_seq = models.IntegerField(null=True)
    told = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "verification of the log"
        verbose_name_plural = "verifications of the log"

    def __str__(self) -> str:
        return f"up to change {self.seq:,}: {'all is well' if not self.faults else 'something is wrong'}"


class ReadEventQuerySet(models.QuerySet["ReadEvent"]):
    def for_object(self, table: str, key: Any) -> "ReadEventQuerySet":
        return self.filter(table=table, key=str(key))

    def by_actor(self, actor: Any) -> "ReadEventQuerySet":
        return self.filter(actor_id=getattr(actor, "pk", actor))


@frozen
class ReadEvent(models.Model):
    """Somebody read or exported something restricted."""

    class How(models.TextChoices):
        READ = "read", "read"
        EXPORT = "export", "exported"

    table = models.CharField(max_length=63, blank=True)
    key = models.CharField(max_length=64, blank=True)
    label = models.CharField(max_length=200)
    how = models.CharField(max_length=6, choices=How.choices)
    rows = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    transaction = models.CharField(max_length=20)
    role = models.CharField("database role", max_length=63, blank=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    address = models.CharField(max_length=45, blank=True)

    objects = ReadEventQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["table", "key"], name="read_event_of_object"),
            models.Index(fields=["actor_id", "id"], name="read_event_by_actor"),
            models.Index(fields=["at"], name="read_event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()} {self.label}"


@record(keeps=("events", "reason", "basis", "asked_by", "asked_at"))
class Redaction(models.Model):
    """Somebody asked that what changes said be taken out of the log; somebody else agrees or refuses."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        DONE = "done", "Carried out"
        REFUSED = "refused", "Refused"

    events = models.JSONField("changes", help_text="The numbers of the events in the log.")
    reason = models.TextField()
    basis = models.CharField("legal basis", max_length=300)
    state = models.CharField(max_length=7, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField("why it was refused", blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(basis=""), name="a_redaction_gives_reason_and_basis"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(state="asked") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_redaction_is_decided_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="a_redaction_is_not_decided_by_who_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"redaction {self.pk}"


@frozen(log_rows=True)
class RedactedEvent(models.Model):
    """The tombstone of one redacted event: the hash of what it said. The chain holds it, so it verifies for ever."""

    redaction = models.ForeignKey(Redaction, on_delete=models.PROTECT, related_name="tombstones")
    event_id = models.BigIntegerField("event", unique=True)  # no foreign key: it outlives the event in an archive
    content_sha256 = models.CharField("hash of what it said", max_length=64)

    class Meta:
        ordering = ["event_id"]

    def __str__(self) -> str:
        return f"change {self.event_id} of the log"


@frozen(log_rows=True)
class PrunePoint(models.Model):
    """Events up to a seal were taken out of the database; a signed archive has them. Signed as the archive is."""

    seq = models.IntegerField("last seal archived", unique=True)
    head = models.CharField(max_length=64)
    events = models.IntegerField()
    archive_sha256 = models.CharField("hash of the archive's manifest", max_length=64)
    place = models.CharField("where the archive was put", max_length=300)
    at = models.CharField("signed", max_length=20)
    key = models.CharField("id of the key", max_length=16)
    signature = models.CharField(max_length=128)
    reason = models.TextField()
    # What verifying the stored figures still needs of the batches that went: their tables, lookups, counts, digests.
    batches = models.JSONField(default=list)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"up to change {self.seq}"
