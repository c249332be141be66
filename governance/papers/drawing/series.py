"""Values of the book in the shapes the charts take: months, rolling years, one figure an area, notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from governance.papers.book import Book, Kept
from measures.charts.months import MonthSeries
from measures.charts.notes import MonthNote, NoteKind, hidden_notes
from measures.charts.units import Kind, Unit
from measures.models import DataNote, Measure
from measures.models.period import month_index
from measures.reading import PER
from measures.trends import periods
from measures.trends.figures import MonthlyData, over
from measures.trends.verdicts import Amount

PERCENTAGES = {Measure.Kind.RATIO, Measure.Kind.SURVEY, Measure.Kind.AUDIT_SAMPLE}
RATE_WORDS = "per 1,000 people"


@dataclass(frozen=True)
class Spec:
    """One chart as it is kept with its measure."""

    kind: str
    series: tuple[str, ...]
    caption: str
    drawn: str = "months"
    months: int = 36
    ends: int = 0
    areas: str = "own"
    breakdown: str = ""
    marking: str = "OFFICIAL"

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Spec":
        return cls(**stored | {"series": tuple(stored["series"])})


def unit_of(measure: Measure) -> Unit:
    if measure.kind in PERCENTAGES:
        return Unit(Kind.PERCENT, measure.precision)
    if measure.kind == Measure.Kind.DURATION:
        return Unit(Kind.DURATION)
    if measure.kind in (Measure.Kind.COUNT, Measure.Kind.HOURS):
        return Unit(Kind.COUNT, 0, measure.unit)
    words = RATE_WORDS if measure.kind == Measure.Kind.RATE else measure.unit
    return Unit(Kind.NUMBER, measure.precision, words)


def last_month(book: Book, spec: Spec, kept: Kept) -> int:
    """The month a chart ends with: the measure's own last, less what the instructions say."""
    return min(book.last_month(kept.measure), book.month - spec.ends)


def value_at(data: MonthlyData, month: int, span: periods.Span) -> float | None:
    figure = over(data, span, "", "")
    return None if figure.value is None else float(figure.value)


def monthly(book: Book, kept: Kept, last: int, count: int, name: str) -> MonthSeries:
    """The measure month by month; a month without a value, or whose value may not be shown, is a gap."""
    months = tuple(range(last - count + 1, last + 1))
    return MonthSeries(name, months, tuple(value_at(kept.data, month, periods.month_span(month)) for month in months))


def rolling(book: Book, kept: Kept, last: int, count: int, name: str) -> MonthSeries:
    """The rolling twelve months to each month."""
    if kept.is_rolling:
        ends = [month for month in kept.years if last - count < month <= last]
        every = min((b - a for a, b in zip(ends, ends[1:], strict=False)), default=1)
        return MonthSeries(name, tuple(ends), tuple(kept.years[month].value for month in ends), every)
    data = kept.data
    months = tuple(range(last - count + 1, last + 1))
    return MonthSeries(name, months, tuple(value_at(data, month, periods.rolling_span(month)) for month in months))


def mean_of_twelve(book: Book, kept: Kept, last: int, count: int) -> MonthSeries:
    yearly = rolling(book, kept, last, count, "Average of twelve months")
    values = tuple(None if value is None else value / periods.YEAR_MONTHS for value in yearly.values)
    return MonthSeries(yearly.name, yearly.months, values)


def year_figure(book: Book, kept: Kept, last: int) -> float | None:
    """One twelve-month figure: as it was given, or worked out from the months."""
    held = kept.years.get(last)
    if held is None:
        return None if kept.is_rolling else value_at(kept.data, last, periods.rolling_span(last))
    if held.denominator is None:
        return held.value
    return PER.get(Measure.Kind(kept.measure.kind), 1.0) * held.value / held.denominator


def year_amount(kept: Kept, last: int, value: float) -> Amount:
    """What a twelve-month figure is made of, where that is known."""
    held, per = kept.years.get(last), PER.get(Measure.Kind(kept.measure.kind), 1.0)
    if held is not None:
        return Amount(value, held.value if held.denominator else None, held.denominator, per)
    parts = [float(part) for part in over(kept.data, periods.rolling_span(last), "", "").parts]
    return Amount(value, *(parts if len(parts) == 2 else ()), per=per)


def month_notes(kept: Kept, shown: MonthSeries, notes: Sequence[DataNote]) -> tuple[MonthNote, ...]:
    """What to say beneath a chart of months: left out, provisional, not shown."""
    found: list[MonthNote] = []
    for note in notes:
        if note.exclude:
            end = month_index(note.ends) if note.ends else shown.months[-1] if shown.months else 0
            months = tuple(m for m in shown.months if month_index(note.starts) <= m <= end)
            if months:
                found.append(MonthNote(months, NoteKind.EXCLUDED, note.title))
    provisional = [
        m for m in shown.months if m not in kept.cover.hidden and m in kept.months and kept.months[m].provisional
    ]
    if provisional:
        found.append(MonthNote(tuple(provisional), NoteKind.PROVISIONAL))
    return (*found, *hidden_notes(kept.cover, shown.months))
