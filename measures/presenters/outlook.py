"""Projections in words, as a chart, and set against what came."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from measures.charts import projection as chart
from measures.charts.frame import Frame
from measures.charts.months import MonthSeries
from measures.figures import MeasureFigures
from measures.models import DataNote, Measure, Projection
from measures.presenters.charts import Drawing, drawing, left_out, month_notes
from measures.presenters.values import chart_unit, rolling_values
from measures.projecting import Outcome
from measures.trends.formatting import number_text
from measures.trends.periods import (
    YEAR_MONTHS,
    Span,
    financial_year_start,
    financial_year_words,
    month_words,
)

MONTHS_SHOWN = 48
NOT_A_TARGET = "a projection, not a target"
METHOD_WORDS = {
    Projection.Method.SMOOTHING: (
        "Exponential smoothing with a season and no trend, fitted to {months} months. The interval follows the joint "
        "path of the months to come."
    ),
    Projection.Method.RARE: (
        "The rate of the last {months} months, as for rare events: the coming number is negative binomial."
    ),
    Projection.Method.YEAR_AGO: (
        "Each month as the same month a year before: only {months} months are held, too few to tell a season."
    ),
}


def year_end(as_of: int) -> int:
    """The March that ends the financial year the month after `as_of` is in."""
    return financial_year_start(as_of + 1) + YEAR_MONTHS - 1


def outlook(measure: Measure, made: Projection) -> str:
    """The financial year's total in words: an interval wide enough to be said in round numbers, and what it is."""
    end = year_end(made.as_of)
    found = made.at(end)
    if found is None:
        return ""
    low, high = outward(found["low95"], found["high95"])
    year = financial_year_words(end)
    return (
        f"Between {number_text(low)} and {number_text(high)} {measure.unit} in the financial year {year}, to "
        f"{month_words(end)}, if nothing changes; {NOT_A_TARGET}."
    )


def basis(measure: Measure, made: Projection, held: MeasureFigures) -> str:
    """What of the year's total is recorded and what projected."""
    end = year_end(made.as_of)
    first = financial_year_start(end)
    if first > made.as_of:
        return "All twelve months of that year are projected."
    recorded = Span("months", first, made.as_of)
    rest = Span("months", made.as_of + 1, end)
    figure = held.figure("year_to_date") if held.as_of == made.as_of else None
    amount = "" if figure is None or figure.value is None else f"{number_text(figure.value)} {measure.unit} "
    return f"{amount}recorded in {recorded.words}; {rest.words} projected, and only that part is uncertain."


def outward(low: float, high: float) -> tuple[int, int]:
    """Ends of an interval in round numbers (three figures), rounded so that it is never narrower than it is."""
    step = 10 ** max(0, len(str(int(max(abs(low), abs(high))))) - 3)
    return math.floor(low / step) * step, math.ceil(high / step) * step


def method_words(made: Projection) -> str:
    return METHOD_WORDS[Projection.Method(made.method)].format(months=made.months_used)


def projection_chart(
    held: MeasureFigures, made: Projection, earlier: Projection | None, notes: Iterable[DataNote], as_at: str
) -> Drawing:
    """The rolling total so far with its fan, and the central line of a projection made a year before.

    Months that a data note leaves out are shaded: the projection was worked out without reaching across them.
    """
    measure = held.measure
    fan = chart.Fan(
        tuple(range(made.as_of + 1, made.as_of + 1 + YEAR_MONTHS)),
        **{line: tuple(made.fan[line]) for line in chart.FAN_NAMES},
    )
    before = MonthSeries("Earlier projection")
    if earlier:
        months = tuple(range(earlier.as_of + 1, earlier.as_of + 1 + YEAR_MONTHS))
        before = MonthSeries(f"Projected from {month_words(earlier.as_of)}", months, tuple(earlier.fan["central"]))
    actual = rolling_values(held, MONTHS_SHOWN)
    frame = Frame(
        uid="projection",
        title=f"{measure.short_name}: where it would go if nothing changed",
        subtitle=f"{measure.short_name}, rolling twelve months, projected from {month_words(made.as_of)}",
        unit=chart_unit(measure),
        source=measure.source_system,
        as_at=as_at,
        interactive=True,
    )
    data = chart.ProjectionChart(frame, actual, fan, before, left_out(month_notes(held, notes)))
    return drawing(chart, data, f"{measure.short_name}: rolling twelve months and their projection")


@dataclass(frozen=True)
class OutcomeRow:
    """One projection set against what came."""

    made: str
    total_to: str
    projected: str
    interval: str
    actual: str
    fell: str


def outcome_rows(outcomes: Sequence[Outcome]) -> list[OutcomeRow]:
    """Newest first; the longest look ahead of each projection that can be checked by now."""
    return [
        OutcomeRow(
            made=month_words(one.as_of),
            total_to=f"{month_words(one.month)}, {one.month - one.as_of} months on",
            projected=number_text(one.central),
            interval=f"{number_text(one.low95)} to {number_text(one.high95)}",
            actual=number_text(one.actual),
            fell="within" if one.within95 else "above" if one.actual > one.high95 else "below",
        )
        for one in sorted(outcomes, key=lambda one: (-one.as_of, -one.month))
    ]


def coverage_words(outcomes: Iterable[Outcome], of: str) -> str:
    """How many totals fell within their intervals, against how many were promised."""
    held = list(outcomes)
    if not held:
        return f"No projection {of} can be checked yet: the first is when a quarter has passed since it was made."
    within95, within80 = sum(one.within95 for one in held), sum(one.within80 for one in held)
    return (
        f"Of {number_text(len(held))} projected total{'' if len(held) == 1 else 's'} {of} that can be checked by now, "
        f"{number_text(within95)} fell within the 95 per cent interval and {number_text(within80)} within the 80."
    )
