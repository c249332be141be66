"""A stretch of time that a figure is about."""

import calendar
import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from core.audit import record

MONTHS_IN_YEAR = 12
QUARTER_WORDS = ("one", "two", "three", "four")


def month_index(day: dt.date) -> int:
    """Months since year 0: 12 * year + (month - 1). Integers make windows plain arithmetic."""
    return MONTHS_IN_YEAR * day.year + day.month - 1


def month_start(index: int) -> dt.date:
    return dt.date(index // MONTHS_IN_YEAR, index % MONTHS_IN_YEAR + 1, 1)


def month_end(index: int) -> dt.date:
    start = month_start(index)
    return start.replace(day=calendar.monthrange(start.year, start.month)[1])


class PeriodQuerySet(models.QuerySet["Period"]):
    def month(self, index: int) -> "Period":
        """The period of one month, made when it is first needed."""
        return self.get_or_create(kind=Period.Kind.MONTH, start=month_start(index), end=month_end(index))[0]

    def months(self, indexes: set[int]) -> dict[int, "Period"]:
        """The periods of many months, made where they are first needed, in three queries at most."""
        starts = {month_start(index) for index in indexes}
        held = self._months_from(starts)
        if len(held) < len(starts):
            missing = sorted(indexes - held.keys())
            self._make(Period(kind=Period.Kind.MONTH, start=month_start(one), end=month_end(one)) for one in missing)
            held = self._months_from(starts)
        return held

    def _months_from(self, starts: set[dt.date]) -> dict[int, "Period"]:
        found = self.filter(kind=Period.Kind.MONTH, start__in=starts)
        return {month_index(period.start): period for period in found}

    def spans(self, wanted: set[tuple[str, dt.date, dt.date]]) -> dict[tuple[str, dt.date, dt.date], int]:
        """The primary keys of periods of any kind by (kind, start, end), made where they are first needed."""
        held = self._keys()
        if missing := sorted(wanted - held.keys()):
            self._make(Period(kind=kind, start=start, end=end) for kind, start, end in missing)
            held = self._keys()
        return {span: held[span] for span in wanted}

    def _keys(self) -> dict[tuple[str, dt.date, dt.date], int]:
        return {tuple(key): pk for *key, pk in self.values_list("kind", "start", "end", "pk")}

    def _make(self, periods: Iterable["Period"]) -> None:
        """Two people who enter the first figures of a month at once both need it: whoever is second finds it made."""
        self.bulk_create(periods, ignore_conflicts=True)

    def quarter_ending(self, last_month: int) -> "Period":
        return self.get_or_create(
            kind=Period.Kind.QUARTER, start=month_start(last_month - 2), end=month_end(last_month)
        )[0]


@record
class Period(models.Model):
    """A month, a quarter, a year (or more) to a date, or the span of a sample."""

    class Kind(models.TextChoices):
        MONTH = "month", "month"
        QUARTER = "quarter", "quarter"
        YEAR_TO = "year-to", "twelve months to"
        SAMPLE = "sample", "sample"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    start = models.DateField()
    end = models.DateField()

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "period"
        ordering = ["end", "start"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "start", "end"], name="a_period_is_recorded_once"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="a_period_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        if self.kind == self.Kind.QUARTER:
            return f"quarter {self.quarter_word} {self.financial_year}"
        if self.kind == self.Kind.MONTH:
            return f"{self.start:%B %Y}"
        if self.kind == self.Kind.YEAR_TO:
            return f"twelve months to {self.end:%B %Y}"
        return (
            f"sample of {self.start:%B %Y}"
            if self.start.month == self.end.month
            else f"{self.start:%B %Y} to {self.end:%B %Y}"
        )

    @property
    def last_month(self) -> int:
        return month_index(self.end)

    @property
    def financial_year(self) -> str:
        """The year from April: "2019-20"."""
        year = self.end.year if self.end.month >= 4 else self.end.year - 1
        return f"{year}-{(year + 1) % 100:02d}"

    @property
    def quarter_number(self) -> int:
        return (self.end.month - 4) // 3 % 4 + 1

    @property
    def quarter_word(self) -> str:
        return QUARTER_WORDS[self.quarter_number - 1]

    @property
    def code(self) -> str:
        """How a quarter stands in addresses: "2019-20-q2"."""
        return f"{self.financial_year}-q{self.quarter_number}"
