"""How sure a proportion or a rate is: its interval in words, and a badge where it is of few."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from measures import reading
from measures.figures import MeasureFigures
from measures.models import Measure
from measures.trends import intervals
from measures.trends.figures import Figure, MonthlyData, over
from measures.trends.formatting import value_text
from measures.trends.periods import Span, month_span, month_words
from measures.trends.verdicts import Amount, likely

SMALL = "small number: read with care"
PROPORTIONS = (Measure.Kind.RATIO, Measure.Kind.AUDIT_SAMPLE)
YEAR_MONTHS = 12


def interval_of(held: MeasureFigures, figure: Figure) -> intervals.Interval | None:
    """The 95 per cent interval of a proportion, a rate or a survey, in the figure's own unit; None where none is."""
    if figure.value is None:
        return None
    if held.measure.kind == Measure.Kind.SURVEY:
        margins = {one.last_month: one.margin for one in held.readings}
        margin = margins.get(figure.months[-1]) if len(figure.months) == 1 else None
        return intervals.survey(float(figure.value), margin) if margin else None
    return _of_parts(held.measure, figure)


def _of_parts(measure: Measure, figure: Figure) -> intervals.Interval | None:
    if figure.value is None or len(figure.parts) != 2 or figure.unit not in ("per_cent", "per_1000"):
        return None
    if figure.unit == "per_cent" and measure.kind not in PROPORTIONS:
        return None
    above, below = (float(part) for part in figure.parts)
    ends = likely(Amount(float(figure.value), above, below, 1000.0 if figure.unit == "per_1000" else 100.0))
    return intervals.Interval(*map(np.asarray, ends)) if ends else None


def interval_words(held: MeasureFigures, figure: Figure) -> str:
    """ "Likely range 5.7% to 51.0%"; empty where the figure has no interval."""
    found = interval_of(held, figure)
    return "Likely range {} to {}".format(*_ends(held.measure, figure, found)) if found else ""


def _ends(measure: Measure, figure: Figure, found: intervals.Interval) -> tuple[str, str]:
    places = max(1, measure.precision)
    lower, upper = (value_text(float(one), figure.unit, "table", places) for one in found)
    return lower, upper


def fewest(measure: Measure, figure: Figure) -> int:
    """The fewest cases such a figure is compared and judged of (docs/method.md); 0 where there is no such limit."""
    month, year = reading.smallest(measure)
    if measure.kind == Measure.Kind.AUDIT_SAMPLE:
        return reading.SMALLEST_YEAR
    return year if len(figure.months) >= YEAR_MONTHS else month


def is_of_few(held: MeasureFigures, figure: Figure) -> bool:
    """Whether a figure is of too few to be compared or given an arrow."""
    return _few(held.measure, figure)


def _few(measure: Measure, figure: Figure) -> bool:
    return len(figure.parts) == 2 and figure.unit == "per_cent" and figure.parts[1] < fewest(measure, figure)


RANGE_HEADER = ("Likely from", "to", "Small number")


@dataclass(frozen=True)
class Certainty:
    """The further cells of a row of a chart's table: as people read them, and as a spreadsheet wants them."""

    texts: tuple[str, ...]
    values: tuple[str | float | None, ...]


def of_months(
    measure: Measure, data: MonthlyData, months: Iterable[int], span: Callable[[int], Span] = month_span
) -> dict[str, Certainty]:
    """By month in words, the range and the badge of a proportion or a rate; empty for every other kind of measure.

    `span`: what a month stands for: itself, or the twelve months to it.
    """
    if measure.kind not in (*PROPORTIONS, Measure.Kind.RATE):
        return {}
    found = {}
    for month in months:
        figure = over(data, span(month), "", "")
        ends = _of_parts(measure, figure)
        badge = SMALL if _few(measure, figure) else ""
        texts = _ends(measure, figure, ends) if ends else ("", "")
        values = (float(ends.lower), float(ends.upper)) if ends else (None, None)
        found[month_words(month)] = Certainty((*texts, badge), (*values, badge))
    return found


def ranges(found: Mapping[str, Certainty], months: Iterable[int]) -> tuple[tuple[float, float] | None, ...]:
    """The two ends of each month's range, as a chart draws them; None where a month has none."""
    held = [found[words].values[:2] if (words := month_words(month)) in found else (None, None) for month in months]
    return tuple((low, high) if low is not None and high is not None else None for low, high in held)
