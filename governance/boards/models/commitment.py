"""What a paper promised, and what became of it."""

import datetime as dt
import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.accounts.models import Owned, Person, User, theirs
from core.accounts.permissions import Permission
from core.audit import frozen, record
from core.documents.models import StoredFile
from governance.boards.models.board import Board
from governance.boards.models.meeting import Meeting

SETTLED = ("kept", "dropped")
BY = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}


def sentence_key(sentence: str) -> str:
    """What tells a sentence from others however it is spaced, capitalised or closed."""
    return hashlib.sha256(" ".join(sentence.casefold().split()).rstrip(".;:!").encode()).hexdigest()


class CommitmentKind(models.TextChoices):
    REPORT = "report", "Report to the panel"
    BOARD_PAPER = "board_paper", "Paper or report for a board"
    ACTION = "action", "Action set"
    MILESTONE = "milestone", "Milestone"
    REVIEW = "review", "Review or evaluation"
    RECOMMENDATION = "advice", "Recommendation to answer"
    ASSURANCE = "assurance", "Assurance"
    ATTENDANCE = "attendance", "Attendance"
    INTENTION = "intention", "Intention"
    SCOPE = "scope", "Change of what is reported"


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def open(self) -> "CommitmentQuerySet":
        return self.exclude(status__in=SETTLED)

    def waiting_for(self, meeting: Meeting) -> "CommitmentQuerySet":
        """Open commitments this board is to hear of: due by the meeting, without a day, or put before the board itself.

        The longest due first.
        """
        asked = self.model.objects.filter(escalations__board=meeting.board_id).values("pk")
        wanted = Q(due__isnull=True) | Q(due__lte=meeting.date) | Q(pk__in=asked)
        found = self.open().filter(wanted, board=meeting.board_id)
        return (
            found.filter(made_on__lt=meeting.date).select_related("owner").order_by(F("due").asc(nulls_last=True), "pk")
        )

    def unheard(self, day: dt.date, redatings: int) -> "CommitmentQuerySet":
        """Open ones that a board would be asked about, being late or so often given another day, if any heard of them.

        The longest due first.
        """
        wanted = Q(due__lt=day) | Q(redated__gte=redatings)
        return self.open().filter(wanted, board=None).order_by(F("due").asc(nulls_last=True), "pk")

    def owned_by(self, user: User) -> "CommitmentQuerySet":
        """What this person keeps, or is the deputy for."""
        return self.filter(theirs(user))

    def seen_by(self, user: User) -> "CommitmentQuerySet":
        """Everything to those who see papers being prepared, since it is taken from them; to others what is theirs."""
        return self if user.has(Permission.PAPER_VIEW) else self.owned_by(user)

    def before_quarter(self, code: str) -> "CommitmentQuerySet":
        """Those of earlier quarters' papers. Codes ("2019-20-q2") stand in the order of their quarters."""
        return self.filter(paper__lt=code)


@record(keeps=("paper", "paragraph", "sentence", "key"))
class Commitment(Owned, models.Model):
    """A promise in a paper's words. Where it stood is kept as values: papers are a matter of the app above."""

    Kind = CommitmentKind

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        CARRIED = "carried", "Carried on"
        KEPT = "kept", "Kept"
        DROPPED = "dropped", "No longer intended"

    paper = models.CharField("quarter of the paper", max_length=16)
    paper_version = models.PositiveSmallIntegerField("version of the paper", default=1)
    place = models.CharField("where in the paper", max_length=200, blank=True)
    paragraph = models.CharField(max_length=32, blank=True)
    sentence = models.TextField()
    key = models.CharField("key of the sentence", max_length=64, editable=False)
    kind = models.CharField(max_length=11, choices=CommitmentKind.choices)
    made_on = models.DateField("day it was taken from the paper")
    board = models.ForeignKey(
        Board,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name="board that hears",
    )
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments")
    owner_role = models.CharField("owner’s role in this", max_length=120, blank=True)
    deputy = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="deputised_commitments"
    )
    unowned_why = models.CharField("why nobody owns it", max_length=300, blank=True)
    due = models.DateField(null=True, blank=True)
    undated_why = models.CharField("why it has no day", max_length=300, blank=True)
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.OPEN)
    redated = models.PositiveSmallIntegerField("times it was given another day", default=0)
    version = models.PositiveIntegerField(default=1)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = "commitment"
        ordering = [F("due").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["due", "id"], name="commitments_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["paper", "key"], name="a_sentence_of_a_paper_is_a_commitment_once"),
            models.CheckConstraint(condition=~Q(sentence=""), name="a_commitment_keeps_its_sentence"),
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | ~Q(unowned_why=""), name="a_commitment_has_an_owner_or_says_why_not"
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=False) | ~Q(undated_why=""), name="a_commitment_has_a_day_or_says_why_not"
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | Q(owner__isnull=False) & ~Q(deputy=F("owner")),
                name="a_deputy_stands_beside_another_who_keeps_a_commitment",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence if len(self.sentence) <= 120 else f"{self.sentence[:117]}..."

    @property
    def is_open(self) -> bool:
        return self.status not in SETTLED

    def is_overdue(self, day: dt.date) -> bool:
        return self.is_open and self.due is not None and self.due < day


@frozen(log_rows=True)
class Disposition(models.Model):
    """What became of a commitment, said by somebody on a day; the next paper tells it."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="dispositions")
    was = models.CharField(max_length=7, choices=Commitment.Status.choices)
    now = models.CharField(max_length=7, choices=Commitment.Status.choices)
    why = models.TextField()
    due_before = models.DateField(null=True, blank=True)
    due = models.DateField("new day", null=True, blank=True)
    by = models.ForeignKey(**BY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "disposition of a commitment"
        verbose_name_plural = "dispositions of commitments"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="what_became_of_a_commitment_is_said"),
            models.CheckConstraint(
                condition=~Q(now="carried") | Q(due__isnull=False), name="a_commitment_is_carried_on_to_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_now_display()}: {self.why[:80]}"


@frozen(log_rows=True)
class DispositionFile(models.Model):
    """A file that shows what is said of a commitment: the report that was promised, a letter, a picture."""

    disposition = models.ForeignKey(Disposition, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name = "file that shows what became of a commitment"
        verbose_name_plural = "files that show what became of commitments"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["disposition", "file"], name="a_file_shows_what_became_of_it_once"),
        ]

    def __str__(self) -> str:
        return self.name


@frozen(log_rows=True)
class CommitmentProgress(models.Model):
    """How an open commitment is going, said by somebody on a day; it moves nothing."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField()
    by = models.ForeignKey(**BY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "progress of a commitment"
        verbose_name_plural = "progress of commitments"
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="progress_of_a_commitment_is_said")]

    def __str__(self) -> str:
        return self.text[:80]


@frozen(log_rows=True)
class DismissedSuggestion(models.Model):
    """A sentence that somebody looked at and found to promise nothing: it is not put forward again."""

    key = models.CharField("key of the sentence", max_length=64, unique=True)
    sentence = models.TextField()
    paper = models.CharField("quarter of the paper", max_length=16)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(**BY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "dismissed suggestion"

    def __str__(self) -> str:
        return self.sentence[:120]
