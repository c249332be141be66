"""The paper of a quarter while it is being made."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.audit import operational, record
from core.documents.models import StoredFile
from governance.boards.models import AgendaItem
from governance.papers.models.commentary import Quarter
from measures.models import Measure, Priority


class PaperQuerySet(models.QuerySet["Paper"]):
    def with_places(self) -> "PaperQuerySet":
        """With everything that says which paper it is: quarter, meeting, agenda item."""
        return self.select_related(
            "quarter__period", "quarter__plan", "agenda_item__meeting__board", "deep_dive", "frozen__submitted_by"
        )

    def published(self) -> "PaperQuerySet":
        return self.filter(versions__publication__isnull=False).distinct()

    def visible_to(self, user: User) -> "PaperQuerySet":
        """Every paper to those who see papers being made; to others the published ones."""
        if user.is_authenticated and user.has(Permission.PAPER_VIEW):
            return self
        return self.published()


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

    objects = PaperQuerySet.as_manager()

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

    def get_absolute_url(self) -> str:
        return reverse("paper-detail", args=[self.code])

    @property
    def code(self) -> str:
        """How the paper stands in addresses: as its quarter does."""
        return self.quarter.code

    @property
    def is_open(self) -> bool:
        """Whether its own texts may be edited."""
        return self.state in (self.State.DRAFT, self.State.IN_REVIEW)


@operational("the latest preview of a draft, made again on demand; what is signed is frozen apart")
class Preview(models.Model):
    """A PDF of a paper as it stood at a moment, every page marked DRAFT."""

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="preview")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "preview of a paper"
        verbose_name_plural = "previews of papers"


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
    version = models.PositiveIntegerField(default=0)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "significant topic"
        ordering = ["paper", "position"]

    def __str__(self) -> str:
        return self.title
