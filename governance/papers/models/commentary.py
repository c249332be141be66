"""A quarter that has been opened, and what is written of each measure in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.audit import record
from governance.boards.models import Meeting
from measures.models import Measure, Period, Plan


class QuarterQuerySet(models.QuerySet["Quarter"]):
    def latest_open(self) -> "Quarter | None":
        return self.select_related("period", "meeting__board").order_by("-period__end").first()

    def unpublished(self) -> "QuarterQuerySet":
        """Those whose paper has not gone out: their deadlines still mean something."""
        return self.exclude(paper__state__in=["published", "withdrawn"])


@record
class Quarter(models.Model):
    """Opening a quarter makes its slots and counts its deadlines back from the panel's meeting."""

    period = models.OneToOneField(Period, on_delete=models.PROTECT, related_name="quarter")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="quarters")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="quarters")
    commentary_due = models.DateField()
    approval_due = models.DateField()
    paper_due = models.DateField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    objects = QuarterQuerySet.as_manager()

    class Meta:
        verbose_name = "quarter"
        ordering = ["-period__end"]

    def __str__(self) -> str:
        return f"Q{self.period.quarter_number} {self.period.financial_year}"

    @property
    def code(self) -> str:
        return self.period.code


class CommentaryQuerySet(models.QuerySet["Commentary"]):
    def approved(self) -> "CommentaryQuerySet":
        return self.filter(state=Commentary.State.APPROVED)


@record
class Commentary(models.Model):
    """What the office says of one measure in one quarter, and what the commissioner did about it."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        REVIEW = "review", "In review"
        APPROVED = "approved", "Approved"

    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="commentaries")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="commentaries")
    text = models.TextField(blank=True)
    did = models.TextField("what the commissioner did", blank=True)
    quotations = models.ManyToManyField("papers.Quotation", related_name="cited_in", blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="commentaries"
    )
    due = models.DateField()
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CommentaryQuerySet.as_manager()

    class Meta:
        verbose_name = "commentary"
        verbose_name_plural = "commentaries"
        constraints = [
            models.UniqueConstraint(fields=["quarter", "measure"], name="one_commentary_of_a_measure_in_a_quarter"),
            models.CheckConstraint(
                condition=Q(state="approved", approved_by__isnull=False, approved_at__isnull=False)
                | (~Q(state="approved") & Q(approved_by__isnull=True, approved_at__isnull=True)),
                name="an_approved_commentary_names_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.quarter}"
