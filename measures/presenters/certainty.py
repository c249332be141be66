"""How sure a proportion or a rate is: its interval in words, and a badge where it is of few."""

from measures import reading
from measures.figures import MeasureFigures
from measures.models import Measure
from measures.trends import intervals
from measures.trends.figures import Figure
from measures.trends.formatting import value_text

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
    if len(figure.parts) != 2 or figure.unit not in ("per_cent", "per_1000"):
        return None
    above, below = (float(part) for part in figure.parts)
    if figure.unit == "per_1000":
        return intervals.rate(above, below, 1000)
    if held.measure.kind not in PROPORTIONS or not 0 <= above <= below:
        return None
    lower, upper = intervals.wilson(above, below)
    return intervals.Interval(100 * lower, 100 * upper)


def interval_words(held: MeasureFigures, figure: Figure) -> str:
    """ "Likely range 5.7% to 51.0%"; empty where the figure has no interval."""
    found = interval_of(held, figure)
    if found is None:
        return ""
    places = max(1, held.measure.precision)
    lower, upper = (value_text(float(one), figure.unit, "table", places) for one in found)
    return f"Likely range {lower} to {upper}"


def fewest(held: MeasureFigures, figure: Figure) -> int:
    """The fewest cases such a figure is compared and judged of (docs/method.md); 0 where there is no such limit."""
    month, year = reading.smallest(held.measure)
    if held.measure.kind == Measure.Kind.AUDIT_SAMPLE:
        return reading.SMALLEST_YEAR
    return year if len(figure.months) >= YEAR_MONTHS else month


def is_of_few(held: MeasureFigures, figure: Figure) -> bool:
    """Whether a figure is of too few to be compared or given an arrow."""
    return len(figure.parts) == 2 and figure.unit == "per_cent" and figure.parts[1] < fewest(held, figure)
