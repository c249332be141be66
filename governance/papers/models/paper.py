"""The paper of a quarter while it is being made."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.audit import record
from governance.boards.models import AgendaItem
from governance.papers.models.commentary import Quarter
from measures.models import Measure, Priority


@record
class Paper(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "Being prepared"
        IN_REVIEW = "in_review", "In review"
        FOR_SIGNATURE = "for_signature", "Submitted for signature"
        SIGNED = "signed", "Signed"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    quarter = models.OneToOneField(Quarter, on_delete=models.PROTECT, related_name="paper")
    agenda_item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="paper")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=13, choices=State.choices, default=State.DRAFT)
    introduction = models.TextField(blank=True)
    deep_dive = models.ForeignKey(
        Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="deep dive"
    )
    introduction_authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    introduction_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    introduction_approved_at = models.DateTimeField(null=True, blank=True)
    frozen = models.ForeignKey("FrozenPaper", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    correction_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "paper"
        constraints = [
            models.CheckConstraint(
                condition=Q(frozen__isnull=False) | Q(state__in=["draft", "in_review"]),
                name="a_paper_past_review_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(introduction_approved_by__isnull=True, introduction_approved_at__isnull=True)
                | Q(introduction_approved_by__isnull=False, introduction_approved_at__isnull=False),
                name="an_introduction_is_approved_by_someone_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title


CRITERIA = {
    "a": "a significant change, for better or worse",
    "b": "a matter of concern",
    "c": "a matter of excellence",
    "d": "prominent in the media",
}


@record
class SignificantTopic(models.Model):
    """A topic of the introduction, with the criteria that make it significant."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="topics")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField()
    criteria = models.JSONField("criteria it meets", default=list)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "significant topic"
        ordering = ["paper", "position"]

    def __str__(self) -> str:
        return self.title
