"""What the desk keeps: the index of words and how far it has come, the private addresses of calendars, and mails."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.audit import operational, record
from desk.auditing.records import LookedAt, Sample, SampleItem, SavedSearch  # noqa: F401  Django finds them here


@operational("the index of words, made again from the record by `manage.py search_index` and every night")
class SearchText(models.Model):
    """That one row of the record can be found by its words; the words lie with the database's own search."""

    kind = models.CharField(max_length=20)
    key = models.BigIntegerField()
    day = models.DateField(null=True)

    class Meta:
        verbose_name = "indexed text"
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["kind", "-day", "-id"], name="indexed_texts_by_day")]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="a_row_is_indexed_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


@operational("how far the index of words has read the log")
class SearchPosition(models.Model):
    """One row. Events after `settled` are read again, for their neighbours may have been committed later."""

    settled = models.BigIntegerField(default=0)
    seen = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "position of the index"

    def __str__(self) -> str:
        return str(self.seen)


@record
class CalendarAddress(models.Model):
    """The private address under which a calendar program reads what its owner may see; only its hash is kept."""

    audit_secret = {"digest"}

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_address")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "calendar address"
        verbose_name_plural = "calendar addresses"

    def __str__(self) -> str:
        return f"calendar of {self.user}"


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self, now: dt.datetime) -> "MailQuerySet":
        return self.filter(state=Mail.State.WAITING, due__lte=now)

    def lapsed(self, before: dt.datetime) -> "MailQuerySet":
        """Taken by a worker that has not said since how it ended: the mail may have gone or not."""
        return self.filter(state=Mail.State.SENDING, claimed_at__lt=before)

    def unsettled(self) -> "MailQuerySet":
        """What an administrator is asked about."""
        return self.filter(state__in=[Mail.State.UNCERTAIN, Mail.State.FAILED])


@record(keeps=("kind", "user", "key", "message_id"))
class Mail(models.Model):
    """A mail of the outbox. `key` says what it is about: a day, or an event of the log.

    Its Message-ID never changes, so that a mail sent twice is one mail to the program that receives it.
    """

    class Kind(models.TextChoices):
        DIGEST = "digest", "Morning mail"
        REMINDER = "reminder", "Reminder"
        ASSIGNMENT = "assignment", "Assignment"
        ACCOUNT = "account", "Accounts and access"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        UNCERTAIN = "uncertain", "Not known whether it went"
        FAILED = "failed", "Not sent"
        KEPT = "kept", "Kept here, not sent"

    CHOSEN = (Kind.DIGEST, Kind.REMINDER, Kind.ASSIGNMENT)  # those a person may decline

    kind = models.CharField(max_length=10, choices=Kind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mails")
    key = models.CharField("what it is about", max_length=60)
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    to_address = models.EmailField("sent to")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    claim = models.CharField(max_length=32, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField("what went wrong", max_length=300, blank=True)
    made_at = models.DateTimeField("written")
    due = models.DateTimeField("not sent before")
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "mail"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["due"], condition=Q(state="waiting"), name="mails_that_wait"),
            models.Index(fields=["state", "-id"], name="mails_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "user", "key"], name="a_mail_is_written_once"),
            models.CheckConstraint(
                condition=Q(state__in=["sending", "uncertain"], claimed_at__isnull=False) & ~Q(claim="")
                | ~Q(state__in=["sending", "uncertain"]) & Q(claim="", claimed_at__isnull=True),
                name="a_mail_is_claimed_while_nobody_knows_its_end",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="a_mail_that_was_sent_says_when",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="a_mail_is_settled_by_somebody_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(problem=""), name="a_mail_not_sent_says_why"),
        ]

    def __str__(self) -> str:
        return f"“{self.subject}” to {self.user}"


@record
class MailChoice(models.Model):
    """Whether a person wants a kind of mail. Without a row they get it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mail_choices")
    kind = models.CharField(max_length=10, choices=Mail.Kind.choices)
    wanted = models.BooleanField("gets it")

    class Meta:
        verbose_name = "choice of mails"
        verbose_name_plural = "choices of mails"
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="a_person_chooses_once_for_a_kind_of_mail")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.user}"


@operational("for which days the morning mails have been written; the mails themselves are logged")
class MailRound(models.Model):
    day = models.DateField(unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "round of morning mails"
        verbose_name_plural = "rounds of morning mails"
        ordering = ["-day"]

    def __str__(self) -> str:
        return str(self.day)


@operational("how far assignments have been read from the log")
class MailPosition(models.Model):
    """One row. Events after `settled` are read again, for their neighbours may have been committed later."""

    settled = models.BigIntegerField()
    seen = models.BigIntegerField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "position of the mails"

    def __str__(self) -> str:
        return str(self.seen)


@record
class Following(models.Model):
    """That a person wants to hear what changes in a thing: its kind is one of `desk.following.KINDS`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="followings")
    kind = models.CharField(max_length=20)
    key = models.BigIntegerField()
    since = models.DateTimeField()

    class Meta:
        verbose_name = "following"
        ordering = ["-since", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "kind", "key"], name="a_person_follows_a_thing_once")]

    def __str__(self) -> str:
        return f"{self.user} follows {self.kind} {self.key}"
