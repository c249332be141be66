"""Monthly bars with the rolling twelve months as a line: two axes, both from nought, on one grid."""

from collections.abc import Sequence
from dataclasses import dataclass

from measures.charts.axes import (
    MONTH_AXIS_HEIGHT,
    MonthScale,
    left_out_bands,
    month_axis,
    month_spots,
    right_axis,
    tick_room,
    value_axis,
)
from measures.charts.frame import Frame, Key, Page, empty, note_keys
from measures.charts.marks import Box, bar_path, line_path
from measures.charts.months import MonthSeries, all_months, month_name, short_month
from measures.charts.notes import MonthNote, hollow_months, words_of
from measures.charts.palette import AXIS, GAP, OWN, OWN_LIGHT, WHITE
from measures.charts.scale import Scale, shared_grid
from measures.charts.svg import line
from measures.charts.tables import Table, gap_key, gap_words, month_table
from measures.charts.units import Unit

GRID_STEPS = 5
NOUGHT = 3.0  # height of the bar that stands for nought, user units
BARS_REACH, LINE_REACHES = 0.72, 0.97  # of the height: the line runs above the bars where it can


@dataclass(frozen=True, slots=True)
class MonthlyChart:
    """`bars` the months, `rolling` the twelve months to each month; neither below nought."""

    frame: Frame
    bars: MonthSeries
    rolling: MonthSeries
    notes: tuple[MonthNote, ...] = ()


def draw(data: MonthlyChart) -> str:
    """The chart as SVG."""
    frame, months = data.frame, all_months(data.bars, data.rolling)
    if data.bars.latest() is None and data.rolling.latest() is None:
        return empty(frame, alt(data))
    page = Page(frame)
    page.headings(
        Key(_heading(data.bars, frame.unit, "in"), "bar", OWN_LIGHT),
        Key(_heading(data.rolling, frame.unit, "to"), "line", OWN),
    )
    top, bottom = page.plot()
    y = shared_grid((v for _, v in data.bars.points()), frame.unit, bottom, top, steps=GRID_STEPS, fill=BARS_REACH)
    y2 = shared_grid(
        (v for _, v in data.rolling.points()), frame.unit, bottom, top, steps=GRID_STEPS, fill=LINE_REACHES
    )
    x = MonthScale(months[0], months[-1], tick_room(y), frame.width - tick_room(y2))
    runs = x.runs(data.rolling, y2)
    page.add(
        left_out_bands(x, data.notes, top, bottom),
        value_axis(y, x.left, x.right),
        right_axis(y2, x.right),
        *month_bars(data.bars, data.notes, x, y),
        line(x.left, bottom, x.right, bottom, AXIS),
        line_path(runs, stroke=WHITE, width=5, name="halo"),  # keeps the line apart from the bars
        line_path(runs, stroke=OWN),
        month_axis(x, bottom, frame.width),
    )
    if frame.interactive:
        page.add(month_spots(x, _labels(data, months), top, bottom))
    page.y += MONTH_AXIS_HEIGHT
    page.notes([*note_keys(data.notes, "outline"), *gap_key(data.bars, data.notes, "band")])
    return page.finish(alt(data))


def table(data: MonthlyChart) -> Table:
    """Month, month's value, twelve months' value."""
    unit = data.frame.unit
    return month_table(all_months(data.bars, data.rolling), [(data.bars, unit), (data.rolling, unit)], data.notes)


def alt(data: MonthlyChart) -> str:
    """The latest of both in a sentence, and what is missing."""
    months, unit = all_months(data.bars, data.rolling), data.frame.unit
    last, total = data.bars.latest(), data.rolling.latest()
    if last is None and total is None:
        return f"{data.bars.name}: no data."
    parts = []
    if last:
        parts.append(f"{data.bars.name}: {unit.say(last[1])} in {month_name(last[0])}")
    if total:
        parts.append(f"{data.rolling.name}: {unit.say(total[1])} to {month_name(total[0])}")
    span = f"Bars and a line, {month_name(months[0])} to {month_name(months[-1])}. "
    return span + "; ".join(parts) + "." + gap_words(months, data.bars, data.notes)


def _heading(series: MonthSeries, unit: Unit, preposition: str) -> str:
    latest = series.latest()
    if latest is None:
        return f"{series.name}: no data"
    return f"{series.name}: {unit.say(latest[1])} {preposition} {short_month(latest[0])}"


def _labels(data: MonthlyChart, months: list[int]) -> list[tuple[int, str]]:
    said, bars, rolling, unit = words_of(data.notes), data.bars.by_month(), data.rolling.by_month(), data.frame.unit
    labels = []
    for month in months:
        words = f"{short_month(month)}: {unit.format(bars.get(month))}"
        if month in rolling:
            words += f"; {data.rolling.name.lower()} {unit.format(rolling[month])}"
        labels.append((month, words + (f". {said[month]}" if month in said else "")))
    return labels


def month_bars(series: MonthSeries, notes: Sequence[MonthNote], x: MonthScale, y: Scale) -> list[str]:
    """Bars from nought, the noted months outlined; nought itself is a sliver, a month without data a pale column."""
    width = x.step * 0.72
    hollow = hollow_months(notes)
    base = y.at(0)
    full: list[Box] = []
    outlined: list[Box] = []
    held = series.by_month()
    gaps = [(x.edge(month), y.end, x.step, base - y.end) for month in all_months(series) if month not in held]
    for month, value in series.points():
        height = base - y.at(value) if value else NOUGHT
        place = (x.at(month) - width / 2, min(base, base - height), width, abs(height))
        (outlined if month in hollow else full).append(place)
    return [
        bar_path(gaps, fill=GAP, name="gaps"),
        bar_path(full, fill=OWN_LIGHT, name="bars"),
        bar_path(outlined, fill=WHITE, stroke=OWN, name="bars-hollow"),
    ]
