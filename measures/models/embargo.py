"""Figures that only some may see until a day and time."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.audit import record
from measures.models.imports import ImportBatch
from measures.models.measure import Measure


@record
class Embargo(models.Model):
    """An import, or months of a measure, kept from everybody but those who may see figures under embargo.

    It ends by itself at `until`. It is never deleted: one that was ended early says so.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="embargoes")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="embargoes")
    first_month = models.DateField(null=True, blank=True)
    last_month = models.DateField("last day of the last month", null=True, blank=True)
    until = models.DateTimeField("until")
    cleared = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "embargo"
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    batch__isnull=False, measure__isnull=True, first_month__isnull=True, last_month__isnull=True
                )
                | Q(batch__isnull=True, measure__isnull=False, first_month__isnull=False, last_month__isnull=False),
                name="an_embargo_is_on_an_import_or_on_months",
            ),
            models.CheckConstraint(
                condition=Q(last_month__isnull=True) | Q(last_month__gte=F("first_month")),
                name="an_embargo_ends_with_a_later_month",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="an_embargo_is_ended_by_someone_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        if self.batch_id:
            return f"embargo on {self.batch}"
        first, last = f"{self.first_month:%B %Y}", f"{self.last_month:%B %Y}"
        return f"embargo on {self.measure}, {first if first == last else f'{first} to {last}'}"


@record
class RevisionNote(models.Model):
    """Why the figures of an import are not those that were held before."""

    batch = models.OneToOneField(ImportBatch, on_delete=models.PROTECT, related_name="revision_note")
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "revision note"

    def __str__(self) -> str:
        return f"revision note on {self.batch}"
