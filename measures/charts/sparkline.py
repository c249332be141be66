"""A line the size of a word, for a row of the scorecard: the shape of a series and where it stands now."""

from dataclasses import dataclass

from measures.charts.axes import MonthScale
from measures.charts.marks import TONE_SHAPES, dots, line_path, shapes
from measures.charts.months import MonthSeries, all_months, month_name, span_words
from measures.charts.palette import GRID, OWN, QUIET, TONES, Tone
from measures.charts.scale import Scale
from measures.charts.svg import check_identifier, document, line, text
from measures.charts.tables import Table, month_table
from measures.charts.units import Unit

WIDTH, HEIGHT = 120.0, 30.0  # user units
EDGE = 5.0  # room for the last point


@dataclass(frozen=True, slots=True)
class Sparkline:
    """`tone` is that of the signal at the latest month, None for none."""

    uid: str
    title: str
    series: MonthSeries
    unit: Unit
    tone: Tone | None = None

    def __post_init__(self) -> None:
        check_identifier(self.uid)


def draw(data: Sparkline) -> str:
    """The line as SVG, its last month marked."""
    points = data.series.points()
    if points:
        body = _body(data, points)
    else:
        dashes = line(EDGE, HEIGHT - 8, WIDTH - EDGE, HEIGHT - 8, GRID, dash="3 3")
        body = dashes + text(WIDTH / 2, HEIGHT - 12, "No data", size=11, anchor="middle", fill=QUIET)
    return document(
        uid=data.uid, width=WIDTH, height=HEIGHT, title=data.title, description=alt(data), body=body, role="img"
    )


def table(data: Sparkline) -> Table:
    """Month and value."""
    return month_table(all_months(data.series), [(data.series, data.unit)])


def alt(data: Sparkline) -> str:
    """First, latest, highest and lowest."""
    points, unit = data.series.points(), data.unit
    if not points:
        return f"{data.series.name}: no data."
    values = [value for _, value in points]
    last, value = points[-1]
    return (
        f"{data.series.name}, {span_words(data.series.months, full=True)}: {unit.say(value)} in {month_name(last)}; "
        f"between {unit.format(min(values))} and {unit.format(max(values))}."
    )


def _body(data: Sparkline, points: tuple[tuple[int, float], ...]) -> str:
    values = [value for _, value in points]
    low, high = min(values), max(values)
    if high == low:
        low, high = low - (abs(low) * 0.1 or 1.0), high + (abs(high) * 0.1 or 1.0)
    y = Scale(low, high, HEIGHT - EDGE, EDGE)
    x = MonthScale(data.series.months[0], data.series.months[-1], EDGE, WIDTH - EDGE)
    last = (x.at(points[-1][0]), y.at(points[-1][1]))
    drawn = line_path(x.runs(data.series, y), stroke=OWN, width=1.5)
    if data.tone is None:
        return drawn + dots([last], radius=2.6, name="last")
    colour = TONES[data.tone]
    return drawn + shapes([last], TONE_SHAPES[data.tone], radius=3.6, fill=colour, stroke=colour, name="last")
