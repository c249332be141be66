"""A piece of long work: what was asked, by whom, how far it is and how it ended."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.audit import operational
from core.jobs import limits


class State(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


ACTIVE = [State.WAITING, State.RUNNING]
ENDED = [State.DONE, State.FAILED, State.CANCELLED]


def _outside(field: str, now: datetime, seconds: float) -> Q:
    """The field is further from now than this; into the future too, because a clock may have been put back."""
    span = timedelta(seconds=seconds)
    return Q(**{f"{field}__lt": now - span}) | Q(**{f"{field}__gt": now + span})


class JobQuerySet(models.QuerySet["Job"]):
    def asked_by(self, user_id: int) -> "JobQuerySet":
        return self.filter(requested_by_id=user_id)

    def active(self) -> "JobQuerySet":
        return self.filter(state__in=ACTIVE)

    def claimed(self, job_id: int, claim: str) -> "JobQuerySet":
        """The one row, if this claim on it still stands. Every write of a worker goes through here."""
        return self.filter(pk=job_id, state=State.RUNNING, claim=claim)

    def claimable(self, now: datetime) -> "JobQuerySet":
        return self.filter(state=State.WAITING, due__lte=now)

    def unsent(self, now: datetime) -> "JobQuerySet":
        """Waiting, and nobody seems to have been told: never sent, or sent so long ago that the message is lost."""
        overdue = Q(sent__isnull=True)
        for resends in range(limits.MAX_DOUBLINGS):
            overdue |= Q(resends=resends) & _outside("sent", now, limits.PENDING * 2**resends)
        most = limits.PENDING * 2**limits.MAX_DOUBLINGS
        overdue |= Q(resends__gte=limits.MAX_DOUBLINGS) & _outside("sent", now, most)
        return self.claimable(now).filter(overdue)

    def lapsed(self, now: datetime) -> "JobQuerySet":
        """Running, but their worker has given no sign of life."""
        return self.filter(state=State.RUNNING).filter(_outside("heartbeat", now, limits.LAPSE))


@operational("work in hand; its effects are logged, not its progress")
class Job(models.Model):
    kind = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=list)
    dedupe_key = models.CharField(max_length=200, blank=True)
    requested_by_id = models.BigIntegerField(null=True, blank=True)  # values: the person may be gone before the job is
    requested_by_name = models.CharField(max_length=200, blank=True)
    part_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="pieces")
    context = models.JSONField(default=dict)  # who and why, carried into the audit log by the work

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    cancel_requested = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)  # a token only the worker at work knows
    percent = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)  # a sentence for the user
    detail = models.TextField(blank=True)  # the traceback, for who looks into it

    created = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField(default=timezone.now)  # not to be tried before
    sent = models.DateTimeField(null=True, blank=True)  # when the broker last took the message
    resends = models.PositiveSmallIntegerField(default=0)
    started = models.DateTimeField(null=True, blank=True)
    heartbeat = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "due"], name="job_by_state"),
            models.Index(fields=["requested_by_id", "-created"], name="job_by_person"),
            models.Index(fields=["dedupe_key"], condition=Q(state="waiting"), name="job_waiting_by_key"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["part_of", "dedupe_key"], name="job_has_each_piece_once"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="job_percent_is_at_most_100"),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, finished__isnull=False) | Q(state__in=ACTIVE, finished__isnull=True),
                name="job_has_finish_time_once_ended",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.RUNNING, heartbeat__isnull=False, started__isnull=False) & ~Q(claim=""))
                | (~Q(state=State.RUNNING) & Q(claim="")),
                name="job_is_claimed_while_running_only",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.FAILED) & ~Q(error="")) | ~Q(state=State.FAILED),
                name="job_that_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(attempts__lte=limits.MAX_ATTEMPTS),
                name="job_is_tried_three_times_at_most",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (job {self.pk})"

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def is_stopping(self) -> bool:
        return self.is_active and self.cancel_requested

    @property
    def url(self) -> str:
        """Where its outcome can be seen, or what stopped it mended, if it left an address."""
        return (self.result or {}).get("url", "") if self.state in {State.DONE, State.FAILED} else ""
