"""The figures as arrays: one read for many series, in the shape the engine and the statistics want.

Months are columns counted from the first month read; a month that is missing, or that a data note leaves out of
baselines, is NaN in `values` and `denominators` and never zero.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from measures import columns, release
from measures.models import (
    CurrentValue,
    DataNote,
    Measure,
    Period,
    PhaseChange,
    Population,
    Series,
    TrendSignal,
)
from measures.models.period import MONTHS_IN_YEAR, month_end, month_index, month_start
from measures.trends.figures import MonthlyData, monthly_data
from measures.trends.periods import Span
from measures.trends.windows import MonthlySeries, counts, ratios

ADDITIVE = (Measure.Kind.COUNT, Measure.Kind.HOURS)
PER = {Measure.Kind.RATIO: 100.0, Measure.Kind.RATE: 1000.0}  # others are quotients as they are
SMALLEST_MONTH, SMALLEST_YEAR = 20, 30  # cases under which a percentage jumps about by itself
IN_ONE_QUERY = 500  # series named in one query: SQLite limits the parameters of a statement
LONGEST_SPAN = 12 * 200  # months; a figure from outside two centuries is a slip, and would make the arrays vast


@dataclass(frozen=True)
class QuarterChoice:
    """A quarter as addresses and the quarter picker know it; `end` is the month index of its last month."""

    end: int

    @property
    def period(self) -> Period:
        """The quarter as a period, not stored."""
        return Period(kind=Period.Kind.QUARTER, start=month_start(self.end - 2), end=month_end(self.end))

    @property
    def value(self) -> str:
        return self.period.code

    @property
    def label(self) -> str:
        said = str(self.period)
        return said[0].upper() + said[1:]

    @property
    def words(self) -> str:
        """ "July to September 2019"."""
        return Span("months", self.end - 2, self.end).words


@dataclass
class Table:
    """N series by M months. `first` is the month index of column 0; `left_out` marks months a data note leaves out."""

    series: list[Series]
    first: int
    values: NDArray[np.float64]
    denominators: NDArray[np.float64]
    left_out: NDArray[np.bool_]
    phases: NDArray[np.int16]

    @property
    def months(self) -> int:
        return self.values.shape[1]

    @property
    def last(self) -> int:
        return self.first + self.months - 1

    def column(self, month: int) -> int:
        """The column of a month: -1 before the first, the last column for a month after it."""
        return min(max(month - self.first, -1), self.months - 1)

    def monthly_series(self, rows: NDArray[np.int64], *, quotient: bool) -> MonthlySeries:
        """Some rows as the engine takes them, the months left out of baselines as missing."""
        values = np.where(self.left_out[rows], np.nan, self.values[rows])
        if not quotient:
            return counts(values, self.phases[rows])
        below = np.where(self.left_out[rows], np.nan, self.denominators[rows])
        measures = [self.series[row].measure for row in rows]
        return ratios(
            values,
            below,
            stock=np.array([measure.stock_denominator for measure in measures], dtype=float),
            per=np.array([PER.get(measure.kind, 1.0) for measure in measures]),
            smallest_denominator=np.array([smallest(measure)[0] for measure in measures], dtype=float),
            smallest_year=np.array([smallest(measure)[1] for measure in measures], dtype=float),
            phase=self.phases[rows],
        )

    def columns(self, months: NDArray[np.int64]) -> NDArray[np.int64]:
        """`column` of many months at once."""
        return np.clip(months - self.first, -1, self.months - 1)

    def last_months(self) -> NDArray[np.int64]:
        """The month index of every series' latest figure; -1 for a series without any."""
        there = ~np.isnan(self.values)
        newest = self.last - np.argmax(there[:, ::-1], axis=1)
        return np.where(there.any(axis=1), newest, -1)

    def last_month(self, row: int) -> int | None:
        """The month index of a series' latest figure."""
        there = np.flatnonzero(~np.isnan(self.values[row]))
        return self.first + int(there[-1]) if there.size else None

    def data(self, row: int, population: float | None = None, until: int | None = None) -> MonthlyData:
        """One series as the registry of statistics takes it; no month after `until`."""
        measure = self.series[row].measure
        stop = self.months if until is None else max(0, self.column(until) + 1)
        months = range(self.first, self.first + stop)
        return monthly_data(
            "duration" if measure.kind == Measure.Kind.AUDIT_SAMPLE else measure.kind,
            months,
            self.values[row, :stop],
            self.denominators[row, :stop] if measure.kind not in ADDITIVE else None,
            population=population,
            stock=measure.stock_denominator,
        )


def series_in_batches(pks: Iterable[int]) -> Iterator[list[int]]:
    held = list(pks)
    for start in range(0, len(held), IN_ONE_QUERY):
        yield held[start : start + IN_ONE_QUERY]


def smallest(measure: Measure) -> tuple[int, int]:
    """The fewest cases in a month, and in twelve, of which a percentage is judged (docs/method.md)."""
    return (SMALLEST_MONTH, SMALLEST_YEAR) if measure.kind == Measure.Kind.RATIO else (0, 0)


def load(series: list[Series], *, until: int | None = None) -> Table:
    """Every month held of these series (measures selected with them), in the order given; at least up to `until`."""
    pks = np.array([one.pk for one in series], dtype=np.int64)
    read = _read(pks)
    months = read["month"].astype(np.int64)
    last = int(max(months.max(initial=0), until or 0))
    first = max(int(months.min(initial=last)), last - LONGEST_SPAN)
    shape = (len(series), last - first + 1)
    values, denominators = np.full(shape, np.nan), np.full(shape, np.nan)
    inside = months >= first
    order = np.argsort(pks)
    rows = order[np.searchsorted(pks, read["series_id"][inside], sorter=order)]
    place = (rows, months[inside] - first)
    values[place], denominators[place] = read["value"][inside], read["denominator"][inside]
    table = Table(series, first, values, denominators, np.zeros(shape, bool), np.zeros(shape, np.int16))
    _hold_back(table)
    _mark_left_out(table)
    _mark_phases(table)
    return table


def _read(pks: NDArray[np.int64]) -> NDArray:
    """The figures held of these series by month, those of nothing left aside."""
    figures = {"series_id": "i8", "month": "i4", "value": "f8", "denominator": "f8"}
    table = CurrentValue._meta.db_table
    return columns.read(table, figures, among={"series_id": pks}, recorded=("month", "value"))


def _hold_back(table: Table) -> None:
    """Put what was held before in place of months that who is reading may not see yet."""
    row_of = {one.pk: row for row, one in enumerate(table.series)}
    for pk, months in release.withheld(row_of).months().items():
        for month, shown in months.items():
            if table.first <= month <= table.last:
                place = (row_of[pk], month - table.first)
                table.values[place] = np.nan if shown is None else shown.value
                below = None if shown is None else shown.denominator
                table.denominators[place] = np.nan if below is None else below


def _mark_left_out(table: Table) -> None:
    rows_of = _rows_by_measure(table)
    notes = DataNote.measures.through.objects.filter(datanote__exclude=True, measure_id__in=rows_of)
    for measure, starts, ends in notes.values_list("measure_id", "datanote__starts", "datanote__ends"):
        begin = max(0, month_index(starts) - table.first)
        end = table.months if ends is None else max(0, month_index(ends) - table.first + 1)
        table.left_out[rows_of[measure], begin:end] = True


def _mark_phases(table: Table) -> None:
    rows_of = _rows_by_measure(table)
    approved = PhaseChange.objects.filter(approved_at__isnull=False, measure_id__in=rows_of)
    for measure, month in approved.values_list("measure_id", "month"):
        table.phases[rows_of[measure], max(0, month_index(month) - table.first) :] += 1


def _rows_by_measure(table: Table) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row, one in enumerate(table.series):
        found.setdefault(one.measure_id, []).append(row)
    return found


def with_people(series: QuerySet[Series], year: int) -> QuerySet[Series]:
    """Each with `people`: its area's population in the middle of `year`, or the latest before it; the earliest held
    if none is; None where no estimate is."""
    held = Population.objects.filter(area=OuterRef("area_id"))
    latest = held.filter(year__lte=year).order_by("-year").values("value")[:1]
    return series.annotate(people=Coalesce(Subquery(latest), Subquery(held.order_by("year").values("value")[:1])))


def frontier() -> int | None:
    """The latest month the own force's figures reach. Where every measure comes late, the least lag is allowed for.

    Each series is asked for its latest month, which an index has at hand, and not the figures for theirs.
    """
    latest = CurrentValue.objects.monthly().filter(series=OuterRef("pk"), value__isnull=False).order_by("-month")
    own = Series.objects.filter(area__is_own=True).annotate(latest=Subquery(latest.values("month")[:1]))
    held = own.values_list("latest", "measure__lag_months")
    found = [(month, lag) for month, lag in held.iterator() if month is not None]
    return max(month for month, _ in found) + min(lag for _, lag in found) if found else None


def _frontier_seen() -> int | None:
    """`frontier`, of the figures that who is reading may see."""
    own = CurrentValue.objects.monthly().filter(series__area__is_own=True, value__isnull=False)
    rows = list(own.values_list("series_id", "period_id", "month", "series__measure__lag_months").iterator())
    hidden = release.withheld({series for series, *_ in rows}).cells
    held = [(month, lag) for series, period, month, lag in rows if hidden.get((series, period), True) is not None]
    return max(month for month, _ in held) + min(lag for _, lag in held) if held else None


def last_month_of(series: Series) -> int | None:
    """The month index of a series' latest figure."""
    held = CurrentValue.objects.monthly().filter(series=series, value__isnull=False)
    return held.aggregate(latest=Max("month"))["latest"]


def never_judged() -> set[int]:
    """Monthly series kept since signals were last worked out: those behind the last that has any.

    Whoever judges some series judges these as well, so that none is left behind; the nightly run is for what a
    cancelled one left out.
    """
    last = TrendSignal.objects.aggregate(last=Max("series_id"))["last"] or 0
    monthly = Series.objects.filter(measure__frequency=Measure.Frequency.MONTHLY, pk__gt=last)
    return set(monthly.values_list("pk", flat=True))


def rolling_twelve(table: Table) -> NDArray[np.float64]:
    """The twelve months to each month of every row: a sum, a quotient of sums, or of a sum and the mean of a stock.

    NaN unless all twelve months are there. A month that a data note leaves out counts: it was recorded.
    """
    rolled = np.full(table.values.shape, np.nan)
    if table.months < MONTHS_IN_YEAR:
        return rolled
    above = sliding_window_view(table.values, MONTHS_IN_YEAR, axis=1).sum(axis=2)
    below = sliding_window_view(table.denominators, MONTHS_IN_YEAR, axis=1).sum(axis=2)
    for row, one in enumerate(table.series):
        kind = one.measure.kind
        if kind in ADDITIVE:
            rolled[row, MONTHS_IN_YEAR - 1 :] = above[row]
            continue
        factor = PER.get(kind, 1.0) * (MONTHS_IN_YEAR if one.measure.stock_denominator else 1)
        np.divide(factor * above[row], below[row], out=rolled[row, MONTHS_IN_YEAR - 1 :], where=below[row] > 0)
    return rolled


def quarter_ends(last: int, count: int) -> list[int]:
    """The month indexes at which the `count` latest quarters that are over by `last` ended, newest first."""
    end = last - (last - 2) % 3
    return [end - 3 * back for back in range(count)]


def frontier_seen() -> int | None:
    """The frontier as who is reading may see it."""
    return _frontier_seen() if release.held_back() else frontier()


def quarters(count: int) -> list[QuarterChoice]:
    """The latest quarters that the own force's figures cover, newest first; none while there are no figures.

    As who is reading may see them: a month whose figures are all under embargo is not there yet.
    """
    last = frontier_seen()
    return [] if last is None else [QuarterChoice(end) for end in quarter_ends(last, count)]


def monthly_series() -> list[int]:
    """The primary keys of every series of a monthly measure, in order."""
    monthly = Series.objects.filter(measure__frequency=Measure.Frequency.MONTHLY)
    return list(monthly.order_by("pk").values_list("pk", flat=True))


def monthly_series_of(pks: Iterable[int] | None = None) -> list[Series]:
    """Series of monthly measures, in order, their measures with them (each made once); all, or those named."""
    measures = Measure.objects.filter(frequency=Measure.Frequency.MONTHLY).in_bulk()
    if pks is None:
        held = list(Series.objects.order_by("pk"))
    else:
        batches = series_in_batches(sorted(pks))
        held = [one for batch in batches for one in Series.objects.filter(pk__in=batch).order_by("pk")]
    kept = [one for one in held if one.measure_id in measures]
    for one in kept:
        one.measure = measures[one.measure_id]
    return kept


def series_of_areas(measures: Iterable[int], areas: Iterable[int]) -> list[Series]:
    wanted = Q(measure_id__in=list(measures), area_id__in=list(areas), breakdown="")
    return list(Series.objects.filter(wanted).select_related("measure", "area").order_by("measure_id", "area_id"))
