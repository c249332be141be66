"""What is held of a measure's own series for a quarter: months, readings, signals, verdicts, residents.

Set by set, so that a quarter costs the same number of queries for any number of measures. No later month than the
quarter's, less the measure's lag, is ever read, and nothing that may not be seen yet (`measures.release`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from measures import reading, release
from measures.models import CurrentValue, Measure, Observation, PeerVerdict, Series, TrendSignal
from measures.models.period import month_index

MONTHS_TO_ESTIMATE = 17  # from the January of a year to the June in which its mid-year population appears


@dataclass(frozen=True)
class Reading:
    """A figure that is not of one month: a survey's twelve months, an audit's sample, a quarterly return."""

    observation: int
    period: str
    first_month: int
    last_month: int
    value: float
    denominator: float | None = None
    margin: float | None = None  # percentage points either side
    sample_size: int | None = None
    provisional: bool = False

    @property
    def months(self) -> range:
        return range(self.first_month, self.last_month + 1)


@dataclass
class Months:
    """What is held of one series, month by month."""

    value: dict[int, float] = field(default_factory=dict)
    denominator: dict[int, float | None] = field(default_factory=dict)
    observation: dict[int, int] = field(default_factory=dict)
    provisional: set[int] = field(default_factory=set)

    def put_back(self, month: int, before: Observation | None) -> None:
        """What was held before, in place of a month that may not be seen yet."""
        self.provisional.discard(month)
        if before is None:
            del self.value[month], self.denominator[month], self.observation[month]
            return
        self.value[month], self.denominator[month] = before.value, before.denominator
        self.observation[month] = before.pk
        if before.provisional:
            self.provisional.add(month)


def months_of(shown: Mapping[int, Measure], end: int, hidden: release.Withheld) -> dict[int, Months]:
    made: dict[int, Months] = {}
    for batch in reading.series_in_batches(shown):
        rows = CurrentValue.objects.monthly().filter(series_id__in=batch, month__lte=end, value__isnull=False)
        for row in rows.values_list("series_id", "month", "value", "denominator", "observation_id", "provisional"):
            series, month, value, denominator, observation, provisional = row
            if month > end - shown[series].lag_months:
                continue
            held = made.setdefault(series, Months())
            held.value[month], held.denominator[month] = value, denominator
            held.observation[month] = observation
            if provisional:
                held.provisional.add(month)
    for series, months in hidden.months().items():
        for month, before in months.items():
            if series in made and month in made[series].value:
                made[series].put_back(month, before)
    return made


def readings_of(shown: Mapping[int, Measure], end: int) -> dict[int, list[Reading]]:
    """What is not monthly and ended by the measure's last month, oldest first."""
    made: dict[int, list[Reading]] = {}
    for batch in reading.series_in_batches(shown):
        rows = CurrentValue.objects.filter(series_id__in=batch, month__isnull=True, observation__isnull=False)
        rows = rows.select_related("period", "observation").order_by("period__end", "period__start")
        for row in release.seen(rows):
            first, last = month_index(row.period.start), month_index(row.period.end)
            if last <= end - shown[row.series_id].lag_months:
                one = row.observation
                made.setdefault(row.series_id, []).append(
                    Reading(
                        observation=one.pk,
                        period=str(row.period),
                        first_month=first,
                        last_month=last,
                        value=one.value,
                        denominator=one.denominator,
                        margin=one.margin,
                        sample_size=one.sample_size,
                        provisional=one.provisional,
                    )
                )
    return made


def signals_of(shown: Mapping[int, Measure], end: int) -> dict[int, dict[str, TrendSignal]]:
    made: dict[int, dict[str, TrendSignal]] = {}
    months = {end - one.lag_months for one in shown.values()}
    for batch in reading.series_in_batches(shown):
        rows = TrendSignal.objects.filter(series_id__in=batch, as_of__in=months).select_related("ruleset")
        for one in rows.order_by("ruleset__version"):  # the latest version of a ruleset is the one shown
            if one.as_of == end - shown[one.series_id].lag_months:
                made.setdefault(one.series_id, {})[one.ruleset.name] = one
    return made


def verdicts_of(held: Mapping[int, Measure], end: int) -> dict[int, PeerVerdict]:
    made: dict[int, PeerVerdict] = {}
    months = {end - one.lag_months for one in held.values()}
    for batch in reading.series_in_batches(held):
        rows = PeerVerdict.objects.filter(series_id__in=batch, as_of__in=months).order_by("ruleset__version")
        made |= {one.series_id: one for one in rows if one.as_of == end - held[one.series_id].lag_months}
    return made


def with_people(series: QuerySet[Series], end: int) -> QuerySet[Series]:
    """With residents: the latest mid-year estimate that was out, each in the June of the year after."""
    return reading.with_people(series, (end - MONTHS_TO_ESTIMATE) // 12)
