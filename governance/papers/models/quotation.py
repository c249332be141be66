"""What people said in surveys and consultations of what a measure is about: words without a name."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.accounts.permissions import Permission
from core.audit import record
from measures.models import Measure

if TYPE_CHECKING:
    from core.accounts.models import User

# Who reads quotations that nobody has checked yet: those who write of a measure and those who check what others write.
CHECKS = (Permission.COMMENTARY_WRITE, Permission.COMMENTARY_APPROVE)


class QuotationQuerySet(models.QuerySet["Quotation"]):
    def approved(self) -> "QuotationQuerySet":
        return self.filter(state=Quotation.State.APPROVED)

    def seen_by(self, user: "User") -> "QuotationQuerySet":
        """Unchecked and withdrawn ones for those who check; of approved ones, all or those fit for everybody."""
        if user.has(*CHECKS):
            return self
        found = self.approved()
        return found if user.has(Permission.RESTRICTED_VIEW) else found.filter(may_be_public=True)

    def by_theme(self) -> "QuotationQuerySet":
        return self.order_by("theme", "-dated", "pk")


@record
class Quotation(models.Model):
    """What one person said. `speaker` says for whom it speaks without a name: "A victim of burglary"."""

    class State(models.TextChoices):
        ENTERED = "entered", "To be checked"
        APPROVED = "approved", "Names nobody"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Kind(models.TextChoices):
        SURVEY = "survey", "Survey"
        CONSULTATION = "consultation", "Consultation"

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="quotations")
    theme = models.CharField(max_length=80)
    words = models.TextField()
    speaker = models.CharField("who it speaks for", max_length=120)
    kind = models.CharField("where it was said", max_length=12, choices=Kind.choices, default=Kind.SURVEY)
    source = models.CharField("which survey or consultation", max_length=160)
    dated = models.DateField("when it was said")  # printed as its month: a day could tell who it was
    may_be_public = models.BooleanField("may be printed in public", default=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ENTERED)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        verbose_name = "quotation"
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(theme="") & ~Q(speaker="") & ~Q(source=""),
                name="a_quotation_has_words_a_theme_and_a_source",
            ),
            models.CheckConstraint(
                condition=Q(state="approved", approved_by__isnull=False, approved_at__isnull=False)
                | (~Q(state="approved") & Q(approved_by__isnull=True, approved_at__isnull=True)),
                name="an_approved_quotation_names_who_checked_it_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"a quotation under “{self.theme}”"  # never its words: they may name somebody

    def get_absolute_url(self) -> str:
        return reverse("quotation-detail", args=[self.pk])

    @property
    def said_where(self) -> str:
        """ "Victim satisfaction survey, September 2019"."""
        return f"{self.source}, {self.dated:%B %Y}"

    @property
    def begins(self) -> str:
        """The first words, by which those who may read it know it."""
        said = self.words.split()
        return self.words if len(said) <= 12 else f"{' '.join(said[:12])} …"
