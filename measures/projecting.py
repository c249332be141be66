"""Projections of the own force's totals, made once when its figures reach the end of a quarter and kept for good."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from core.accounts.clock import today
from measures import disclosure, reading, release
from measures.models import Measure, Projection, Series
from measures.trends.projection import LINES, NONE, VERSION, project

WITHIN = 8 * 12  # months read
QUARTER, YEAR = 3, 12  # months


def project_new(pks: Iterable[int] | None, end: int) -> int:
    """Project the own force's whole series among these (None: all) from a quarter's end, less each measure's lag.

    What has been projected from that month already stays as it is. How many rows were written.
    """
    wanted = Series.objects.own_force().filter(
        measure__kind__in=reading.ADDITIVE, measure__frequency=Measure.Frequency.MONTHLY
    )
    asked = None if pks is None else set(pks)
    if asked is not None and len(asked) <= reading.IN_ONE_QUERY:
        wanted = wanted.filter(pk__in=asked)
    made = set(
        Projection.objects.filter(version=VERSION, as_of__range=(end - WITHIN, end)).values_list("series_id", "as_of")
    )
    series = [
        one
        for one in wanted.select_related("measure", "area").order_by("pk")
        if (asked is None or one.pk in asked) and (one.pk, end - one.measure.lag_months) not in made
    ]
    rows = [row for lag in {one.measure.lag_months for one in series} for row in _of_lag(series, lag, end - lag)]
    Projection.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _of_lag(series: list[Series], lag: int, as_of: int) -> list[Projection]:
    """The projections of those series whose measure comes so many months late, all at once."""
    table = reading.load([one for one in series if one.measure.lag_months == lag], until=as_of)
    stop = table.column(as_of) + 1
    part = slice(max(0, stop - WITHIN), stop)
    phases = table.phases[:, part]
    fans = project(table.values[:, part], ~table.left_out[:, part] & (phases == phases[:, -1:]))
    return [
        Projection(
            series=one,
            as_of=as_of,
            version=VERSION,
            method=str(fans.method[row]),
            months_used=int(fans.months[row]),
            fan={line: [round(float(value), 4) for value in getattr(fans, line)[row]] for line in LINES},
            made_on=today(),
        )
        for row, one in enumerate(table.series)
        if fans.method[row] != NONE
    ]


@dataclass(frozen=True)
class Outcome:
    """A total projected once, beside what it came to: the figures as they are held now."""

    series: int
    as_of: int
    month: int
    central: float
    low95: float
    low80: float
    high80: float
    high95: float
    actual: float

    @property
    def within95(self) -> bool:
        return self.low95 <= self.actual <= self.high95

    @property
    def within80(self) -> bool:
        return self.low80 <= self.actual <= self.high80


def outcomes(until: int, *, exact: bool) -> list[Outcome]:
    """Every quarter's end that a projection reached by `until` less the measure's lag, beside what the total came to.

    A series of which anything may not be shown is left out, unless `exact`.

    Totals of overlapping years are not independent: how many lay within is a count, not a test.
    """
    made = Projection.objects.filter(as_of__lt=until).select_related("series__measure", "series__area")
    rows = list(release.released_signals(made.order_by("series_id", "as_of")))
    if not exact:
        hidden = disclosure.covers({one.series_id: one.series for one in rows}.values())
        rows = [one for one in rows if one.series_id not in hidden]
    series = list({one.series_id: one.series for one in rows}.values())
    if not series:
        return []
    table = reading.load(series, until=until)
    rolling = reading.rolling_twelve(table)
    row_of = {one.pk: row for row, one in enumerate(table.series)}
    found = []
    for one in rows:
        last = until - one.series.measure.lag_months
        for month in range(one.as_of + QUARTER, min(last, one.as_of + YEAR) + 1, QUARTER):
            actual = rolling[row_of[one.series_id], table.column(month)] if month >= table.first else np.nan
            fan = one.at(month)
            if fan and not np.isnan(actual):
                found.append(Outcome(one.series_id, one.as_of, month, actual=float(actual), **fan))
    return found
