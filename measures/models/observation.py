"""The figures themselves. An observation is superseded, never edited."""

from django.db import models
from django.db.models import Q

from core.audit import derived, frozen, record
from measures.models.area import Area
from measures.models.imports import ImportBatch
from measures.models.measure import Measure
from measures.models.period import Period


class SeriesQuerySet(models.QuerySet["Series"]):
    def own_force(self) -> "SeriesQuerySet":
        return self.filter(area__is_own=True, breakdown="")


@record
class Series(models.Model):
    """One measure in one area, whole or cut by something (a crime group, a team)."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="series")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="series")
    breakdown = models.CharField(max_length=120, blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = "series"
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["measure", "area", "breakdown"], name="a_series_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.measure}, {self.area}" + (f", {self.breakdown}" if self.breakdown else "")


@frozen
class Observation(models.Model):
    """One figure as one batch gave it.

    `value` is the count, the hours, the percentage of a survey, the total of seconds, or the numerator; with a
    `denominator` the figure is their quotient. Floats keep 15 significant digits, more than any official figure has.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="observations", db_index=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.FloatField()
    denominator = models.FloatField(null=True)
    margin = models.FloatField("margin of a survey, plus or minus", null=True)
    sample_size = models.PositiveIntegerField(null=True)
    provisional = models.BooleanField(default=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="observations")
    row = models.PositiveIntegerField("row in the file", null=True)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")

    class Meta:
        verbose_name = "observation"
        indexes = [models.Index(fields=["series", "period"], name="observations_of_a_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "period"],
                condition=Q(supersedes__isnull=True),
                name="one_first_observation_of_a_period",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0), name="a_denominator_is_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}, {self.period}"


LEAN = {"db_index": False, "db_constraint": False}  # a derived table as large as its source checks nothing twice


class CurrentValueQuerySet(models.QuerySet["CurrentValue"]):
    def monthly(self) -> "CurrentValueQuerySet":
        return self.filter(month__isnull=False)


@derived
class CurrentValue(models.Model):
    """What is held now for a series and period: the last observation whose batch has not been withdrawn.

    It is made inside the database from observations, which hold every key of it already.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="current_values", **LEAN)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+", **LEAN)
    month = models.PositiveIntegerField("12 * year + month - 1, for months only", null=True)
    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, null=True, related_name="+", **LEAN)
    head = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="+", **LEAN)
    value = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    provisional = models.BooleanField(default=False)

    objects = CurrentValueQuerySet.as_manager()

    class Meta:
        verbose_name = "current value"
        constraints = [models.UniqueConstraint(fields=["series", "period"], name="one_current_value_of_a_period")]
        indexes = [models.Index(fields=["series", "month"], name="current_values_by_month")]
