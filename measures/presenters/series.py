"""The analyst's list of series, and the page of one: what is held, where it stops, what is missing."""

from dataclasses import dataclass

from django.urls import reverse

from measures.browsing import Held
from measures.charts import level
from measures.charts.frame import Frame
from measures.charts.months import MonthSeries
from measures.charts.notes import MonthNote, NoteKind
from measures.charts.sparkline import Sparkline, draw
from measures.models import Measure, Series
from measures.presenters import certainty
from measures.presenters.drawings import Drawing, drawing
from measures.presenters.marks import Mark, marks_of
from measures.presenters.sources import SourceRow, source_rows
from measures.presenters.values import chart_unit, months_between
from measures.provenance import Source
from measures.trends.periods import month_words
from measures.trends.ruleset import DEFAULT

SPARK_MONTHS = 24
MONTHS_DRAWN = 120


@dataclass(frozen=True)
class SeriesRow:
    """One series of the list."""

    name: str
    area: str
    breakdown: str
    href: str
    spark: str
    last: str
    behind: bool
    length: str
    gaps: int
    marks: list[Mark]


def row_of(held: Held, due: int | None) -> SeriesRow:
    """`due` is the month figures without a lag reach by now."""
    one = held.series
    late = held.last is not None and due is not None and held.last < due - one.measure.lag_months
    return SeriesRow(
        name=one.measure.short_name,
        area=str(one.area),
        breakdown=one.breakdown,
        href=reverse("series-detail", args=[one.pk]),
        spark=_spark(held),
        last=month_words(held.last) if held.last is not None else "",
        behind=late,
        length=_length(held),
        gaps=held.gaps,
        marks=marks_of(one.measure, held.signal, DEFAULT) if held.signal and held.months else [],
    )


def _length(held: Held) -> str:
    parts = []
    if held.months:
        parts.append(f"{len(held.months):,} month{'s' if len(held.months) > 1 else ''}")
    if held.readings:
        parts.append(f"{held.readings:,} other period{'s' if held.readings > 1 else ''}")
    return " and ".join(parts) or "No figures"


def _spark(held: Held) -> str:
    if not held.months:
        return ""
    last = held.months[-1]
    shown = months_between(held.data, max(held.months[0], last - SPARK_MONTHS + 1), last)
    title = f"{held.series.measure.short_name}, {held.series.area}"
    return draw(Sparkline(f"spark-{held.series.pk}", title, shown, chart_unit(held.series.measure)))


def chart(held: Held, as_at: str) -> Drawing | None:
    """Every month as a line that stops where a month is missing."""
    if not held.months:
        return None
    one, last = held.series, held.months[-1]
    first = max(held.months[0], last - MONTHS_DRAWN + 1)
    months: MonthSeries = months_between(held.data, first, last)
    of = f"{one.area}, {one.breakdown}" if one.breakdown else str(one.area)
    frame = Frame(
        uid="months",
        title=f"{one.measure.short_name}, {of}: each month",
        subtitle=f"{month_words(first)} to {month_words(last)}, {one.measure.unit}",
        unit=chart_unit(one.measure),
        source=one.measure.source_system,
        as_at=as_at,
        interactive=True,
    )
    hidden = tuple(month for month in months.months if held.data.cover.words((month,)))
    notes = (MonthNote(hidden, NoteKind.SUPPRESSED),) if hidden else ()
    caption = f"{one.measure.short_name}, {of}, month by month"
    sure = certainty.of_months(one.measure, held.data, months.months)
    data = level.LevelChart(frame, months, notes=notes, ranges=certainty.ranges(sure, months.months))
    return drawing(level, data, caption, certainty=sure)


@dataclass(frozen=True)
class PeriodRow:
    """A period of the series: its figure with its import, or that there is none."""

    period: str
    source: SourceRow | None


def period_rows(held: Held, sources: list[Source]) -> list[PeriodRow]:
    """Every month newest first, those without a figure too; other periods after them."""
    made = source_rows(held.series.measure, sources, held.hidden)
    if not held.months:
        return [PeriodRow(one.period, one) for one in made]
    by_period = {one.period: one for one in made}
    months = [month_words(month) for month in range(held.months[-1], held.months[0] - 1, -1)]
    others = [PeriodRow(one.period, one) for one in made if one.period not in set(months)]
    return [*(PeriodRow(month, by_period.get(month)) for month in months), *others]


HEADER = (
    "Measure", "Area", "Breakdown", "Period", "Figure", "Value", "Denominator", "Margin", "Answers", "Provisional",
    "As at", "File", "Row", "Times revised",
)  # fmt: skip


def lines(series: Series, held: Held, sources: list[Source]) -> list[list[object]]:
    """The series for a spreadsheet, newest first, under `HEADER`; a month without a figure is a row without one."""
    by_period = {one.period: one for one in sources}
    start = [series.measure.short_name, str(series.area), series.breakdown]
    made = []
    for row in period_rows(held, sources):
        source = by_period.get(row.period)
        facts = _facts(held, source) if source else [None] * 10
        made.append([*start, row.period, *facts])
    return made


def _facts(held: Held, source: Source) -> list[object]:
    measure, one = held.series.measure, source.observation
    scale = {Measure.Kind.RATIO: 100, Measure.Kind.AUDIT_SAMPLE: 100, Measure.Kind.RATE: 1000}.get(measure.kind, 1)
    figure = one.value if one.denominator is None else scale * one.value / one.denominator
    batch = one.batch
    provisional = "yes" if one.provisional else "no"
    words = held.hidden(one)
    numbers = [words, None, None, None, None] if words else [
        figure, one.value, one.denominator, one.margin, one.sample_size,
    ]  # fmt: skip
    return [*numbers, provisional, batch.as_at, batch.file_name or "by hand", one.row, len(source.earlier)]
