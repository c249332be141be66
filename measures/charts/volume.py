"""A volume by month (calls, outcomes): bars from nought, the average of twelve months as a line on the same scale."""

from dataclasses import dataclass, field

from measures.charts.axes import (
    MONTH_AXIS_HEIGHT,
    MonthScale,
    left_out_bands,
    month_axis,
    month_spots,
    tick_room,
    value_axis,
)
from measures.charts.frame import Frame, Key, Page, empty, note_keys
from measures.charts.marks import line_path
from measures.charts.monthly import month_bars
from measures.charts.months import MonthSeries, all_months, month_name, short_month, span_words
from measures.charts.notes import MonthNote, words_of
from measures.charts.palette import AXIS, OWN, OWN_LIGHT
from measures.charts.scale import zero_scale
from measures.charts.svg import line
from measures.charts.tables import Table, gap_key, gap_words, month_table

YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class VolumeChart:
    """`average` is the mean month of the twelve to each month, or empty."""

    frame: Frame
    series: MonthSeries
    average: MonthSeries = field(default_factory=lambda: MonthSeries("Average of twelve months"))
    notes: tuple[MonthNote, ...] = ()


def draw(data: VolumeChart) -> str:
    """The chart as SVG."""
    frame, latest = data.frame, data.series.latest()
    if latest is None:
        return empty(frame, alt(data))
    page = Page(frame)
    keys = [Key(f"{data.series.name}: {frame.unit.say(latest[1])} in {short_month(latest[0])}", "bar", OWN_LIGHT)]
    mean = data.average.latest()
    if mean:
        keys.append(Key(f"{data.average.name}: {frame.unit.format(mean[1])}", "line"))
    page.headings(*keys)
    top, bottom = page.plot()
    months = all_months(data.series, data.average)
    values = [value for series in (data.series, data.average) for _, value in series.points()]
    y = zero_scale(values, frame.unit, bottom, top)
    x = MonthScale(months[0], months[-1], tick_room(y), frame.width - 4)
    page.add(
        left_out_bands(x, data.notes, top, bottom),
        value_axis(y, x.left, x.right),
        *month_bars(data.series, data.notes, x, y),
        line(x.left, y.at(0), x.right, y.at(0), AXIS),
        line_path(x.runs(data.average, y), stroke=OWN),
        month_axis(x, bottom, frame.width),
    )
    if frame.interactive:
        page.add(month_spots(x, _labels(data, months), top, bottom))
    page.y += MONTH_AXIS_HEIGHT
    page.notes([*note_keys(data.notes, "outline"), *gap_key(data.series, data.notes, "band")])
    return page.finish(alt(data))


def table(data: VolumeChart) -> Table:
    """Month, volume, average where there is one."""
    columns = [(series, data.frame.unit) for series in (data.series, data.average) if series.months]
    return month_table(all_months(data.series, data.average), columns or [(data.series, data.frame.unit)], data.notes)


def alt(data: VolumeChart) -> str:
    """The latest month beside the same month a year before."""
    latest, unit = data.series.latest(), data.frame.unit
    if latest is None:
        return f"{data.series.name}: no data."
    month, value = latest
    words = f"Bars, {span_words(data.series.months, full=True)}. "
    words += f"{data.series.name}: {unit.say(value)} in {month_name(month)}"
    before = data.series.value(month - YEAR)
    words += f", {unit.format(before)} a year before." if before is not None else "."
    return words + gap_words(all_months(data.series), data.series, data.notes)


def _labels(data: VolumeChart, months: list[int]) -> list[tuple[int, str]]:
    said, held, average = words_of(data.notes), data.series.by_month(), data.average.by_month()
    labels = []
    for month in months:
        words = f"{short_month(month)}: {data.frame.unit.format(held.get(month))}"
        if month in average:
            words += f"; {data.average.name.lower()} {data.frame.unit.format(average[month])}"
        labels.append((month, words + (f". {said[month]}" if month in said else "")))
    return labels
