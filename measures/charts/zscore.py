"""Two measures of different size on one scale: each in standard deviations from its own mean."""

from dataclasses import dataclass

from measures.charts.axes import (
    MONTH_AXIS_HEIGHT,
    EndLabel,
    MonthScale,
    end_labels,
    label_room,
    left_out_bands,
    month_axis,
    month_spots,
    tick_room,
    value_axis,
)
from measures.charts.frame import Frame, Key, Page, empty, note_keys
from measures.charts.marks import dots, line_path, rings
from measures.charts.months import MonthSeries, all_months, month_name, short_month
from measures.charts.notes import MonthNote, hollow_months, words_of
from measures.charts.palette import OTHER_LINE, OWN, QUIET
from measures.charts.scale import zero_scale
from measures.charts.tables import Table, gap_words, month_table
from measures.charts.units import Kind, Unit

SCORE = Unit(Kind.NUMBER, 1)
EXPLANATION = "Standard deviations above or below each measure's own mean"


@dataclass(frozen=True, slots=True)
class ZScoreChart:
    """Both series as z-scores already; `words` says how closely they move together (r, n and p), where known."""

    frame: Frame
    first: MonthSeries
    second: MonthSeries
    words: str = ""
    notes: tuple[MonthNote, ...] = ()


def draw(data: ZScoreChart) -> str:
    """The chart as SVG."""
    frame, both = data.frame, (data.first, data.second)
    if not any(series.points() for series in both):
        return empty(frame, alt(data))
    page = Page(frame)
    page.headings(Key(EXPLANATION))
    top, bottom = page.plot()
    y = zero_scale([value for series in both for _, value in series.points()], SCORE, bottom, top)
    looks = ((data.first, OWN, OWN, 2.6, None), (data.second, OTHER_LINE, QUIET, 2.0, "6 3"))
    labels = [
        EndLabel(y.at(latest[1]), series.name, SCORE.format(latest[1]), ink)
        for series, _, ink, _, _ in looks
        if (latest := series.latest())
    ]
    months = all_months(*both)
    x = MonthScale(months[0], months[-1], tick_room(y), frame.width - label_room(labels))
    page.add(left_out_bands(x, data.notes, top, bottom), value_axis(y, x.left, x.right))
    for series, colour, _, width, dash in reversed(looks):
        page.add(line_path(x.runs(series, y), stroke=colour, width=width, dash=dash))
        page.add(dots([place for run in x.runs(series, y) for place in run][-1:], fill=colour, name="last"))
    hollow = hollow_months(data.notes)
    page.add(rings((x.at(month), y.at(value)) for month, value in data.first.points() if month in hollow))
    page.add(month_axis(x, bottom, frame.width), end_labels(labels, x.right, frame.width, top, bottom))
    if frame.interactive:
        page.add(month_spots(x, _labels(data, months), top, bottom))
    page.y += MONTH_AXIS_HEIGHT
    page.notes([*([Key(data.words)] if data.words else []), *note_keys(data.notes)])
    return page.finish(alt(data))


def table(data: ZScoreChart) -> Table:
    """Month and both scores."""
    both = (data.first, data.second)
    return month_table(all_months(*both), [(series, SCORE) for series in both], data.notes)


def alt(data: ZScoreChart) -> str:
    """The latest of both, and the words on how they move together."""
    both = (data.first, data.second)
    if not any(series.points() for series in both):
        return f"{data.first.name} and {data.second.name}: no data."
    words = "Two lines in standard deviations from each one's own mean."
    for series in both:
        latest = series.latest()
        said = f"{SCORE.format(latest[1])} in {month_name(latest[0])}" if latest else "no data"
        words += f" {series.name}: {said}."
    words += f" {data.words.rstrip('.')}." if data.words else ""
    return words + gap_words(all_months(data.first), data.first, data.notes)


def _labels(data: ZScoreChart, months: list[int]) -> list[tuple[int, str]]:
    first, second, said = data.first.by_month(), data.second.by_month(), words_of(data.notes)
    return [
        (
            month,
            f"{short_month(month)}: {data.first.name} {SCORE.format(first.get(month))}; "
            f"{data.second.name} {SCORE.format(second.get(month))}" + (f". {said[month]}" if month in said else ""),
        )
        for month in months
    ]
