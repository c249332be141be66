"""What was projected, when, from which months: kept for good, so that what came can be set against it."""

from django.db import models

from core.audit import frozen
from measures.models.observation import Series
from measures.models.period import month_end
from measures.trends.projection import LINES, RARE, SMOOTHING, YEAR_AGO


@frozen(log_rows=True)
class Projection(models.Model):
    """The rolling twelve-month totals of a series' next twelve months, as the figures held at its last month had them.

    `fan` holds five lists of twelve: central, low95, low80, high80, high95. A later revision of the figures changes
    nothing here.
    """

    class Method(models.TextChoices):
        SMOOTHING = SMOOTHING, "smoothing with a season"
        RARE = RARE, "steady rate of a rare event"
        YEAR_AGO = YEAR_AGO, "the year before, repeated"

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="projections", db_index=False)
    as_of = models.PositiveIntegerField("12 * year + month - 1, of the last month it was made from")
    version = models.PositiveSmallIntegerField("version of the methods")
    method = models.CharField(max_length=10, choices=Method.choices)
    months_used = models.PositiveSmallIntegerField()
    fan = models.JSONField()
    made_on = models.DateField()

    class Meta:
        verbose_name = "projection"
        constraints = [
            models.UniqueConstraint(
                fields=["series", "as_of", "version"], name="one_projection_of_a_series_at_a_month"
            ),
            models.CheckConstraint(
                condition=models.Q(months_used__gte=24), name="a_projection_uses_two_years_of_months"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}, from {self.as_of_date:%B %Y}"

    @property
    def as_of_date(self):
        return month_end(self.as_of)

    def at(self, month: int) -> dict[str, float] | None:
        """The five values of the total to a month; None for a month it does not reach."""
        ahead = month - self.as_of - 1
        return {line: self.fan[line][ahead] for line in LINES} if 0 <= ahead < len(self.fan["central"]) else None
