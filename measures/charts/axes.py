"""Axes, gridlines, labels at the ends of lines, and the points a keyboard can reach."""

from collections.abc import Sequence
from dataclasses import dataclass

from measures.charts.frame import SMALL, WORDS, Key
from measures.charts.marks import bar_path, hatching
from measures.charts.months import APRIL, MonthSeries, short_month
from measures.charts.notes import MonthNote, NoteKind
from measures.charts.palette import AXIS, GRID, INK, LEFT_OUT, LEFT_OUT_STROKE, QUIET
from measures.charts.scale import Scale
from measures.charts.svg import line, num, shorten, tag, text, text_width, wrap

MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)  # months between labels
LABEL_LEADING = 15.0  # between the lines of a label at a line's end
LABEL_ROOM = 124.0  # the widest such label


@dataclass(frozen=True, slots=True)
class MonthScale:
    """Maps months to the middles of equal columns between left and right."""

    first: int
    last: int
    left: float
    right: float

    @property
    def step(self) -> float:
        """The width of one month's column."""
        return (self.right - self.left) / (self.last - self.first + 1)

    def at(self, month: int) -> float:
        """The middle of a month's column."""
        return self.left + (month - self.first + 0.5) * self.step

    def edge(self, month: int) -> float:
        """The left edge of a month's column."""
        return self.left + (month - self.first) * self.step

    def runs(self, series: MonthSeries, y: Scale) -> list[list[tuple[float, float]]]:
        """The series as places, broken at gaps."""
        return [[(self.at(month), y.at(value)) for month, value in run] for run in series.segments()]


def tick_room(scale: Scale) -> float:
    """The width the axis's words need, with a space beside them."""
    return max((text_width(words, SMALL) for _, words in scale.ticks), default=0.0) + 8


def value_axis(scale: Scale, left: float, right: float) -> str:
    """Gridlines across, values at their left, a stronger line at nought."""
    grid = "".join(f"M{num(left)} {num(scale.at(v))}H{num(right)}" for v, _ in scale.ticks)
    words = "".join(
        text(left - 6, scale.at(value) + 4, label, size=SMALL, anchor="end", fill=QUIET) for value, label in scale.ticks
    )
    zero = line(left, scale.at(0), right, scale.at(0), AXIS) if scale.from_zero else ""
    return tag("path", d=grid, stroke=GRID) + zero + words


def break_note(scale: Scale) -> list[Key]:
    """A line beneath the chart where nought is not on the axis."""
    return [] if scale.from_zero else [Key("The scale does not start at nought.")]


def right_axis(scale: Scale, right: float) -> str:
    """A second scale's values at the right of a grid it shares."""
    return "".join(text(right + 6, scale.at(v) + 4, label, size=SMALL, fill=QUIET) for v, label in scale.ticks)


def month_axis(x: MonthScale, bottom: float, width: float) -> str:
    """Ticks and names of months, as close as they can be read; Aprils where they are a year or more apart."""
    room = text_width("Sep 2019", SMALL) + 10
    step = next((s for s in MONTH_STEPS if s * x.step >= room), MONTH_STEPS[-1])
    first = x.first + (APRIL - x.first) % step
    marked = range(first, x.last + 1, step) if first <= x.last else [x.last]
    half = text_width("Sep 2019", SMALL) / 2
    ticks, words, reached = "", "", -half
    for month in marked:
        place = min(max(x.at(month), half), width - half)
        ticks += f"M{num(x.at(month))} {num(bottom)}v5"
        if place - half >= reached:
            words += text(place, bottom + 18, short_month(month), size=SMALL, anchor="middle", fill=QUIET)
            reached = place + half
    return tag("path", d=ticks, stroke=AXIS) + words


MONTH_AXIS_HEIGHT = 22.0


def left_out_bands(x: MonthScale, notes: Sequence[MonthNote], top: float, bottom: float) -> str:
    """The months left out of baselines as pale hatched columns, behind everything else, on every axis of months."""
    months = {month for note in notes if note.kind is NoteKind.EXCLUDED for month in note.months}
    inside = sorted(month for month in months if x.first <= month <= x.last)
    boxes: list[tuple[float, float, float, float]] = []
    spans: list[tuple[float, float, float, float]] = []
    for month in inside:
        left, right = max(x.edge(month), x.left), min(x.edge(month + 1), x.right)
        boxes.append((left, top, right - left, bottom - top))
        if month - 1 in months and spans:
            spans[-1] = (spans[-1][0], top, right - spans[-1][0], bottom - top)
        else:
            spans.append(boxes[-1])
    return bar_path(boxes, fill=LEFT_OUT, name="left-out") + hatching(
        spans, stroke=LEFT_OUT_STROKE, name="left-out-hatching"
    )


def left_out_keys(notes: Sequence[MonthNote], x: MonthScale) -> list[Key]:
    """What those columns are, for a chart whose points are not of single months and so are not drawn hollow."""
    left_out = [note for note in notes if note.kind is NoteKind.EXCLUDED]
    seen = [note for note in left_out if any(x.first <= month <= x.last for month in note.months)]
    return [Key(note.say(), "hatched", LEFT_OUT) for note in seen]


@dataclass(frozen=True, slots=True)
class EndLabel:
    """Words beside the end of a line: its name, its latest value beneath in bold."""

    y: float
    name: str
    value: str = ""
    colour: str = INK

    @property
    def lines(self) -> list[str]:
        """The name in one line or two."""
        return wrap(self.name, WORDS, LABEL_ROOM, 2)

    @property
    def height(self) -> float:
        """Room the label takes."""
        return LABEL_LEADING * (len(self.lines) + bool(self.value))


def label_room(labels: Sequence[EndLabel]) -> float:
    """The width labels at the right need, with a space before them."""
    names = [text_width(words, WORDS) for label in labels for words in label.lines]
    values = [text_width(label.value, WORDS * 1.06) for label in labels]
    return min(LABEL_ROOM, max(names + values, default=0.0)) + 10


def end_labels(labels: Sequence[EndLabel], x: float, width: float, top: float, bottom: float) -> str:
    """The labels right of x, moved apart where they would touch, each in its line's colour."""
    ordered = sorted(labels, key=lambda label: label.y)
    tops = spread([label.y - label.height / 2 for label in ordered], [label.height for label in ordered], top, bottom)
    parts = []
    for label, place in zip(ordered, tops, strict=True):
        room = width - x - 8
        for words in label.lines:
            parts.append(text(x + 8, place + 12, words, fill=label.colour))
            place += LABEL_LEADING
        if label.value:
            value = shorten(label.value, WORDS * 1.06, room)
            parts.append(text(x + 8, place + 12, value, fill=label.colour, bold=True))
    return "".join(parts)


def spread(tops: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Ascending tops moved so that no box touches the next and, where they fit at all, none leaves low..high."""
    placed: list[float] = []
    reached = low
    for top, height in zip(tops, heights, strict=True):
        placed.append(max(top, reached))
        reached = placed[-1] + height
    limit = high
    for number in range(len(placed) - 1, -1, -1):
        placed[number] = min(placed[number], limit - heights[number])
        limit = placed[number]
    return placed


@dataclass(frozen=True, slots=True)
class Spot:
    """A place whose value can be read on hover and with the arrow keys: a box and what it says."""

    x: float
    y: float
    width: float
    height: float
    says: str


def spots(places: Sequence[Spot]) -> str:
    """The reachable points. One stop for the Tab key, at the last; static/js/chart.js moves on from there."""
    parts = []
    for number, spot in enumerate(places):
        d = f"M{num(spot.x)} {num(spot.y)}h{num(spot.width)}v{num(spot.height)}h{num(-spot.width)}z"
        if number == len(places) - 1:
            parts.append(tag("path", tabindex="0", role="img", aria_label=spot.says, data_label=spot.says, d=d))
        else:
            parts.append(tag("path", data_label=spot.says, d=d))
    if not parts:
        return ""
    return tag("g", "".join(parts), class_="chart-points", fill="none", pointer_events="all")


def month_spots(x: MonthScale, says: Sequence[tuple[int, str]], top: float, bottom: float) -> str:
    """A reachable column for each month that says something."""
    return spots([Spot(x.edge(month), top, x.step, bottom - top, words) for month, words in says])
