"""Rolling twelve months of the own force beside others (the nation, the region), as lines on one scale.

Forces of different size share a scale only as rates or as an index; `indexed` makes the second.
"""

from dataclasses import dataclass

from measures.charts.axes import (
    MONTH_AXIS_HEIGHT,
    EndLabel,
    MonthScale,
    break_note,
    end_labels,
    label_room,
    left_out_bands,
    month_axis,
    month_spots,
    tick_room,
    value_axis,
)
from measures.charts.frame import Frame, Page, empty, note_keys
from measures.charts.marks import dots, line_path, rings
from measures.charts.months import MonthSeries, all_months, month_name, short_month
from measures.charts.notes import MonthNote, hollow_months, words_of
from measures.charts.palette import OTHER_LINE, OWN, QUIET
from measures.charts.scale import line_scale
from measures.charts.tables import Table, gap_key, gap_words, month_table

DASHES = (None, "7 3", "2 3")  # others beyond the first are told apart in black and white too


@dataclass(frozen=True, slots=True)
class CompareChart:
    """`own` is drawn strongly, `others` quietly; all in the frame's unit."""

    frame: Frame
    own: MonthSeries
    others: tuple[MonthSeries, ...] = ()
    notes: tuple[MonthNote, ...] = ()


def indexed(series: MonthSeries, base: float = 100.0) -> MonthSeries:
    """The series with its first value as 100; all gaps where that value is nought or there is none."""
    points = series.points()
    first = points[0][1] if points else 0.0
    held = series.by_month()
    values = tuple(held[m] / first * base if first and m in held else None for m in series.months)
    return MonthSeries(series.name, series.months, values)


def draw(data: CompareChart) -> str:
    """The chart as SVG."""
    frame, everyone = data.frame, (data.own, *data.others)
    if not any(series.points() for series in everyone):
        return empty(frame, alt(data))
    page = Page(frame)
    top, bottom = page.plot()
    y = line_scale([value for series in everyone for _, value in series.points()], frame.unit, bottom, top)
    months = all_months(*everyone)
    labels = [
        EndLabel(y.at(latest[1]), series.name, frame.unit.format(latest[1]), OWN if series is data.own else QUIET)
        for series in everyone
        if (latest := series.latest())
    ]
    room = label_room(labels)
    x = MonthScale(months[0], months[-1], tick_room(y), frame.width - room)
    page.add(left_out_bands(x, data.notes, top, bottom), value_axis(y, x.left, x.right))
    for number, series in enumerate(data.others):
        page.add(line_path(x.runs(series, y), stroke=OTHER_LINE, width=1.8, dash=DASHES[number % len(DASHES)]))
    page.add(line_path(x.runs(data.own, y), stroke=OWN, width=2.8))
    for series in everyone:
        ends = [place for run in x.runs(series, y) for place in run][-1:]
        page.add(dots(ends, fill=OWN if series is data.own else OTHER_LINE, name="last"))
    hollow = hollow_months(data.notes)
    page.add(rings((x.at(month), y.at(value)) for month, value in data.own.points() if month in hollow))
    page.add(month_axis(x, bottom, frame.width), end_labels(labels, x.right, frame.width, top, bottom))
    if frame.interactive:
        page.add(month_spots(x, _labels(data, months), top, bottom))
    page.y += MONTH_AXIS_HEIGHT
    page.notes([*note_keys(data.notes), *gap_key(data.own, data.notes), *break_note(y)])
    return page.finish(alt(data))


def table(data: CompareChart) -> Table:
    """Month and each line's value."""
    everyone = (data.own, *data.others)
    return month_table(all_months(*everyone), [(series, data.frame.unit) for series in everyone], data.notes)


def alt(data: CompareChart) -> str:
    """Each line's first and latest value."""
    everyone, unit = (data.own, *data.others), data.frame.unit
    if not any(series.points() for series in everyone):
        return f"{data.own.name}: no data."
    parts = []
    for series in everyone:
        points = series.points()
        if points:
            (first, start), (last, end) = points[0], points[-1]
            moved = f"{unit.format(start)} in {month_name(first)} to {unit.say(end)} in {month_name(last)}"
            parts.append(f"{series.name}: from {moved}.")
        else:
            parts.append(f"{series.name}: no data.")
    gaps = gap_words(all_months(data.own), data.own, data.notes)
    return f"Line chart, {len(everyone)} line{'s' if len(everyone) > 1 else ''}. " + " ".join(parts) + gaps


def _labels(data: CompareChart, months: list[int]) -> list[tuple[int, str]]:
    held = [(series.name, series.by_month()) for series in (data.own, *data.others)]
    said = words_of(data.notes)
    return [
        (
            month,
            f"{short_month(month)}: "
            + "; ".join(f"{name} {data.frame.unit.format(by_month.get(month))}" for name, by_month in held)
            + (f". {said[month]}" if month in said else ""),
        )
        for month in months
    ]
