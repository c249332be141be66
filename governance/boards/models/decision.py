"""Decisions: what was decided and why, in a meeting or outside one; corrected by versions, published as notices."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.audit import frozen, record
from core.documents.models import StoredFile
from governance.boards.models.board import Board
from governance.boards.models.meeting import AgendaItem


class DecisionQuerySet(models.QuerySet["Decision"]):
    def seen_by(self, user: User) -> "DecisionQuerySet":
        """To those who see boards; what is exempt, by its item or by itself, only to those who are cleared."""
        if not user.has(Permission.BOARD_VIEW):
            return self.none()
        if user.has(Permission.RESTRICTED_VIEW):
            return self
        return self.filter(Q(item=None) | Q(item__part=AgendaItem.Part.PUBLIC), exemption="")

    def newest_first(self) -> "DecisionQuerySet":
        return self.order_by(Coalesce("decided_on", "item__meeting__date").desc(), "-ref")

    def to_publish(self) -> "DecisionQuerySet":
        """Of significant public interest and not published yet: those a duty waits on."""
        return self.filter(is_significant=True).exclude(state=Decision.State.PUBLISHED)


@record
class Decision(models.Model):
    """One decision. What was decided is noted in the meeting; why, and on what advice, is completed afterwards."""

    class State(models.TextChoices):
        NOTED = "noted", "Noted"
        DRAFTED = "drafted", "Drafted in full"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"

    class Marking(models.TextChoices):
        OFFICIAL = "OFFICIAL", "OFFICIAL"
        SENSITIVE = "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions_outside")
    ref = models.CharField("reference", max_length=16, unique=True)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField("what was decided")
    decided_by = models.CharField("who decided", max_length=120)
    decided_on = models.DateField("when it was decided", null=True, blank=True)
    options = models.TextField("options considered", blank=True)
    advice = models.TextField("advice taken", blank=True)
    reasons = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    marking = models.CharField(
        "classification", max_length=18, choices=Marking.choices, default=Marking.OFFICIAL, db_default="OFFICIAL"
    )
    exemption = models.CharField(
        "paragraph of Schedule 12A", max_length=2, choices=AgendaItem.Exemption.choices, blank=True, db_default=""
    )
    is_significant = models.BooleanField("of significant public interest", null=True, blank=True)
    publish_by = models.DateField("to be published by", null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.NOTED)
    correction = models.TextField("why it is being corrected", blank=True)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "decision"
        ordering = ["ref"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False) | Q(decided_on__isnull=False),
                name="a_decision_outside_a_meeting_says_when_it_was_taken",
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=True) | Q(board__isnull=True), name="a_decision_in_a_meeting_takes_its_board"
            ),
            models.CheckConstraint(
                condition=Q(state="noted") | (~Q(title="") & ~Q(reasons="") & Q(is_significant__isnull=False)),
                name="a_decision_in_full_has_title_reasons_and_significance",
            ),
            models.CheckConstraint(
                condition=~Q(is_significant=True) | Q(publish_by__isnull=False),
                name="a_significant_decision_says_by_when_it_is_published",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def day(self) -> dt.date:
        return self.decided_on or self.item.meeting.date

    @property
    def paragraph(self) -> str:
        """The paragraph that makes it exempt: its own or its item's; empty for what is public."""
        if self.exemption:
            return self.get_exemption_display()
        return self.item.get_exemption_display() if self.item and self.item.is_exempt else ""


class DecisionVersionQuerySet(models.QuerySet["DecisionVersion"]):
    def published(self) -> "DecisionVersionQuerySet":
        return self.filter(notice__isnull=False)

    def latest(self) -> "DecisionVersionQuerySet":
        """Of each decision its last version among these, the newest decision first."""
        later = self.filter(decision=models.OuterRef("decision"), number__gt=models.OuterRef("number"))
        return self.filter(~models.Exists(later)).order_by("-decided_on", "-decision__ref")


@frozen(log_rows=True)
class DecisionVersion(models.Model):
    """The record of a decision as somebody other than its authors approved it, with its hash."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("version")
    decided_on = models.DateField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField("why it was corrected", blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    objects = DecisionVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "approved decision"
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="a_version_of_a_decision_is_frozen_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="a_corrected_decision_gives_its_reason"),
        ]

    def __str__(self) -> str:
        return f"Decision {self.decision.ref}, version {self.number}"

    @property
    def notice_or_none(self) -> "DecisionNotice | None":
        return getattr(self, "notice", None)


@frozen(log_rows=True)
class DecisionFile(models.Model):
    """The notice of a version as a PDF, of what anybody may read."""

    version = models.OneToOneField(DecisionVersion, on_delete=models.PROTECT, related_name="file")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "file of a decision notice"
        verbose_name_plural = "files of decision notices"

    def __str__(self) -> str:
        return f"PDF of {self.version}"


@frozen(log_rows=True)
class DecisionNotice(models.Model):
    """The publication of a decision, and the day it was due."""

    version = models.OneToOneField(DecisionVersion, on_delete=models.PROTECT, related_name="notice")
    published_on = models.DateField()
    due = models.DateField(null=True, blank=True)
    place = models.CharField("where", max_length=200)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = "decision notice"

    def __str__(self) -> str:
        return f"Notice of {self.version}"

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.published_on > self.due
