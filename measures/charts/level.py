"""A monthly average or percentage as a line, with the target or standard it is held to and its mean."""

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
from measures.charts.frame import Frame, Key, Page, empty, note_keys
from measures.charts.marks import area_path, dots, line_path, rings
from measures.charts.months import MonthSeries, all_months, month_name, short_month, span_words
from measures.charts.notes import MonthNote, hollow_months, words_of
from measures.charts.palette import INK, MARGIN, OWN, OWN_LIGHT, QUIET
from measures.charts.scale import Scale, line_scale
from measures.charts.svg import line
from measures.charts.tables import Table, gap_key, gap_words, month_table
from measures.charts.units import drawable, is_known

RANGE_WORDS = "Likely range: where chance alone would put each figure 95 times in 100"
MOST_DOTTED = 36  # months; beyond them every month's point would touch the next


@dataclass(frozen=True, slots=True)
class Target:
    """A level to reach or a standard to keep: its value, and its name ("Standard: within an hour")."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class LevelChart:
    """`mean` is the caller's, over the period its name says; `ranges` are the two ends of each month's likely range."""

    frame: Frame
    series: MonthSeries
    target: Target | None = None
    mean: float | None = None
    mean_words: str = "Mean"
    notes: tuple[MonthNote, ...] = ()
    ranges: tuple[tuple[float, float] | None, ...] = ()

    def __post_init__(self) -> None:
        if self.ranges and len(self.ranges) != len(self.series.values):
            raise ValueError(f"{self.series.name}: {len(self.series.values)} values but {len(self.ranges)} ranges.")

    def likely(self) -> dict[int, tuple[float, float]]:
        """The likely range of each month that has one and a value."""
        held, shown = zip(self.series.months, self.ranges, strict=False), self.series.by_month()
        return {month: (drawable(ends[0]), drawable(ends[1])) for month, ends in held if ends and month in shown}


def draw(data: LevelChart) -> str:
    """The chart as SVG."""
    frame, series = data.frame, data.series
    latest = series.latest()
    if latest is None:
        return empty(frame, alt(data))
    page = Page(frame)
    page.headings(Key(f"{series.name}: {frame.unit.say(latest[1])} in {short_month(latest[0])}", "line"))
    top, bottom = page.plot()
    levels, likely = _levels(data), data.likely()
    ends = [end for both in likely.values() for end in both]
    y = line_scale([v for _, v in series.points()] + [v for _, v, _, _ in levels] + ends, frame.unit, bottom, top)
    labels = [EndLabel(y.at(value), name, frame.unit.format(value), colour) for name, value, colour, _ in levels]
    room = label_room(labels)
    x = MonthScale(series.months[0], series.months[-1], tick_room(y), frame.width - room)
    page.add(left_out_bands(x, data.notes, top, bottom), *_bands(data, x, y), value_axis(y, x.left, x.right))
    for _, value, colour, dash in levels:
        page.add(line(x.left, y.at(value), x.right, y.at(value), colour, width=1.6, dash=dash))
    page.add(line_path(x.runs(series, y), stroke=OWN), *_points(data, x, y), month_axis(x, bottom, frame.width))
    page.add(end_labels(labels, x.right, frame.width, top, bottom))
    if frame.interactive:
        page.add(month_spots(x, _labels(data), top, bottom))
    page.y += MONTH_AXIS_HEIGHT
    band = [Key(RANGE_WORDS, "band", MARGIN)] if likely else []
    page.notes([*band, *note_keys(data.notes), *gap_key(data.series, data.notes), *break_note(y)])
    return page.finish(alt(data))


def table(data: LevelChart) -> Table:
    """Month and value; the target in a column of its own."""
    months, unit = all_months(data.series), data.frame.unit
    columns = [(data.series, unit)]
    if data.target:
        columns.append((MonthSeries(data.target.words, tuple(months), (data.target.value,) * len(months)), unit))
    return month_table(months, columns, data.notes)


def alt(data: LevelChart) -> str:
    """The latest value, the target and the mean, the highest and the lowest."""
    latest, unit = data.series.latest(), data.frame.unit
    if latest is None:
        return f"{data.series.name}: no data."
    words = f"Line chart, {span_words(data.series.months, full=True)}. "
    words += f"{data.series.name}: {unit.say(latest[1])} in {month_name(latest[0])}."
    words += "".join(f" {name}: {unit.format(value)}." for name, value, _, _ in _levels(data))
    points = data.series.points()
    high, low = max(points, key=lambda point: point[1]), min(points, key=lambda point: point[1])
    words += f" Highest {unit.format(high[1])} in {month_name(high[0])}"
    words += f", lowest {unit.format(low[1])} in {month_name(low[0])}."
    if latest[0] in data.likely():
        words += " Likely range of the latest: {} to {}.".format(*map(unit.format, data.likely()[latest[0]]))
    return words + gap_words(all_months(data.series), data.series, data.notes)


def _levels(data: LevelChart) -> list[tuple[str, float, str, str | None]]:
    levels: list[tuple[str, float, str, str | None]] = []
    if data.target and is_known(data.target.value):
        levels.append((data.target.words, drawable(data.target.value), INK, "6 4"))
    if is_known(data.mean):
        levels.append((data.mean_words, drawable(data.mean), QUIET, None))
    return levels


def _points(data: LevelChart, x: MonthScale, y: Scale) -> list[str]:
    hollow = hollow_months(data.notes)
    places = [(month, (x.at(month), y.at(value))) for month, value in data.series.points()]
    last = places[-1][0]
    dotted = len(places) <= MOST_DOTTED
    filled = [place for month, place in places if month not in hollow and (dotted or month == last)]
    return [dots(filled), rings([place for month, place in places if month in hollow])]


def _labels(data: LevelChart) -> list[tuple[int, str]]:
    said, held, unit = words_of(data.notes), data.series.by_month(), data.frame.unit
    likely = {m: f", likely {unit.format(low)} to {unit.format(high)}" for m, (low, high) in data.likely().items()}
    return [
        (m, f"{short_month(m)}: {unit.format(held.get(m))}{likely.get(m, '')}" + (f". {said[m]}" if m in said else ""))
        for m in all_months(data.series)
    ]


def _bands(data: LevelChart, x: MonthScale, y: Scale) -> list[str]:
    likely, parts = data.likely(), []
    for run in data.series.segments():
        held = [(x.at(month), likely[month]) for month, _ in run if month in likely]
        upper = [(place, y.at(high)) for place, (_, high) in held]
        lower = [(place, y.at(low)) for place, (low, _) in held]
        parts.append(area_path(upper, lower, fill=OWN_LIGHT, opacity=0.4))
    return parts
