"""What is counted, and what a reader must know about the counting."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.audit import record


class MeasureQuerySet(models.QuerySet["Measure"]):
    def in_use(self) -> "MeasureQuerySet":
        return self.filter(retired_on__isnull=True)

    def headline(self) -> "MeasureQuerySet":
        return self.in_use().filter(headline=True)


@record
class Measure(models.Model):
    class Kind(models.TextChoices):
        COUNT = "count", "count"
        RATIO = "ratio", "share of a total"
        RATE = "rate", "rate per 1,000"
        DURATION = "duration", "average time"
        SURVEY = "survey", "survey percentage"
        AUDIT_SAMPLE = "audit_sample", "audit sample"
        HOURS = "hours", "hours"
        DAYS_PER_PERSON = "days_per_person", "days per person"

    class Polarity(models.TextChoices):
        UP = "up", "higher is better"
        DOWN = "down", "lower is better"
        NEUTRAL = "neutral", "neither is better"

    class Frequency(models.TextChoices):
        MONTHLY = "monthly", "monthly"
        QUARTERLY = "quarterly", "quarterly"
        ROLLING = "rolling", "rolling twelve months"
        SAMPLE = "sample", "audit sample"

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField("name as printed", max_length=200)
    short_name = models.CharField(max_length=80)
    definition = models.TextField(blank=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    unit = models.CharField(max_length=60)
    precision = models.PositiveSmallIntegerField("decimal places", default=0)
    polarity = models.CharField(max_length=8, choices=Polarity.choices, default=Polarity.NEUTRAL)
    polarity_reason = models.CharField(max_length=300, blank=True)
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.MONTHLY)
    lag_months = models.PositiveSmallIntegerField("months it comes late", default=0)
    source_system = models.CharField("source", max_length=160, blank=True)
    owner_role = models.CharField("owner", max_length=160, blank=True)
    scrutinised_by = models.CharField("board that scrutinises it", max_length=160, blank=True)
    target_text = models.CharField("target or standard", max_length=200, blank=True)
    target_value = models.FloatField(null=True, blank=True)
    proxy_for = models.CharField("stands in for", max_length=200, blank=True)
    stock_denominator = models.BooleanField("denominator is a stock, not a flow", default=False)
    suppress_small = models.BooleanField("hide counts below five", default=True)
    zeros_shown = models.BooleanField("show zero where counts below five are hidden", default=True)
    small_numbers_reason = models.CharField("why small counts are shown or hidden", max_length=300, blank=True)
    fewest_answers = models.PositiveSmallIntegerField("fewest answers of a survey's part", default=30)
    headline = models.BooleanField("on the scorecard", default=False)
    header = models.JSONField("header row in the paper", default=dict, blank=True)
    charts = models.JSONField("charts in the paper", default=list, blank=True)
    retired_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "measure"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@record
class DataNote(models.Model):
    """Something about the data that must be said wherever it applies: an outage, a change of method."""

    title = models.CharField(max_length=160)
    text = models.TextField()
    starts = models.DateField("first month")
    ends = models.DateField("last month", null=True, blank=True)
    exclude = models.BooleanField("leave these months out of baselines", default=False)
    measures = models.ManyToManyField(Measure, related_name="data_notes")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "data note"
        ordering = ["-starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="a_data_note_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.title


@record
class PhaseChange(models.Model):
    """From this month the measure is judged against itself afresh; one proposes, another approves."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="phase_changes")
    month = models.DateField("first month of the new phase")
    reason = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "phase change"
        constraints = [
            models.UniqueConstraint(fields=["measure", "month"], name="one_phase_change_of_a_measure_in_a_month"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="a_phase_change_is_approved_by_someone_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="a_phase_change_is_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: new phase from {self.month:%B %Y}"
