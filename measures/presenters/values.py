"""The months of a measure as a chart takes them: the same exact figures, as floats at the last moment."""

from collections.abc import Callable
from fractions import Fraction

from measures.charts.months import MonthSeries
from measures.charts.units import Kind, Unit
from measures.figures import MeasureFigures
from measures.models import Measure
from measures.trends.figures import MonthlyData, over
from measures.trends.periods import Span, month_span, rolling_span

PERCENTAGES = (Measure.Kind.RATIO, Measure.Kind.SURVEY, Measure.Kind.AUDIT_SAMPLE)


def chart_unit(measure: Measure) -> Unit:
    """How a chart writes the measure's values."""
    if measure.kind in PERCENTAGES:
        return Unit(Kind.PERCENT, measure.precision)
    if measure.kind == Measure.Kind.DURATION:
        return Unit(Kind.DURATION)
    if measure.kind == Measure.Kind.COUNT:
        return Unit(Kind.COUNT, 0, measure.unit)
    return Unit(Kind.NUMBER, measure.precision, measure.unit)


def monthly_values(held: MeasureFigures, months: int) -> MonthSeries:
    """The latest so many months up to the one the figures are read at; a month without a figure is a gap."""
    first, last = _window(held.data, held.as_of, months)
    return _series("Month", held.data, range(first, last + 1), month_span)


def rolling_values(held: MeasureFigures, months: int) -> MonthSeries:
    """The twelve months to each of the latest so many months."""
    first, last = _window(held.data, held.as_of, months)
    return _series("Twelve months", held.data, range(first, last + 1), rolling_span)


def survey_values(held: MeasureFigures, months: int) -> MonthSeries:
    """The survey's own readings by the last month each covers."""
    shown = [one for one in held.readings if held.as_of - months < one.last_month <= held.as_of]
    gaps = [later.last_month - one.last_month for one, later in zip(shown, shown[1:], strict=False)]
    ends = tuple(one.last_month for one in shown)
    return MonthSeries("Twelve months to", ends, tuple(one.value for one in shown), every=max(gaps, default=1))


def months_between(data: MonthlyData, first: int, last: int, name: str = "Month") -> MonthSeries:
    """Each month from one to another of any series; a month without a figure is a gap."""
    return _series(name, data, range(first, last + 1), month_span)


def _window(data: MonthlyData, last: int, months: int) -> tuple[int, int]:
    """First and last month to show: no earlier than the first month that has a figure."""
    return max(last - months + 1, min(data.numerator, default=last)), last


def _series(name: str, data: MonthlyData, months: range, span: Callable[[int], Span]) -> MonthSeries:
    values = tuple(number(over(data, span(month), "", "").value) for month in months)
    return MonthSeries(name, tuple(months), values)


def number(value: Fraction | None) -> float | None:
    """An exact value as the nearest float."""
    return None if value is None else float(value)
