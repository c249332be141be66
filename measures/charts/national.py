"""Every force as a narrow column, highest first: where the own force stands in the nation. Names are in the table."""

from dataclasses import dataclass

from measures.charts.axes import EndLabel, Spot, end_labels, label_room, spots, tick_room, value_axis
from measures.charts.frame import SMALL, Key, Page, empty
from measures.charts.marks import Box, bar_path, whisker_paths
from measures.charts.palette import AXIS, BAND, INK, OTHER, OWN, QUIET
from measures.charts.ranking import (
    Ranking,
    bar_words,
    extent,
    known_bars,
    place_words,
    ranking_alt,
    ranking_table,
    whisker_key,
)
from measures.charts.scale import Scale, zero_scale
from measures.charts.svg import line, num, rect, text
from measures.charts.tables import Table
from measures.charts.units import is_known

SHORTEST = 4.0  # user units a likely range takes up before it is drawn
TOO_SHORT = "Likely ranges, by chance alone, are too narrow to be drawn at this scale: they are in the table."


@dataclass(frozen=True, slots=True)
class NationalChart(Ranking):
    """All forces; the bounds are those of an outlier."""

    bounds_words: str = "Usual spread"
    mean_words: str = "National mean"


def draw(data: NationalChart) -> str:
    """The chart as SVG."""
    frame, held = data.frame, known_bars(data)
    if not held:
        return empty(frame, alt(data))
    page = Page(frame)
    own = next((bar for bar in held if bar.own), None)
    if own:
        page.headings(Key(f"{own.name}: {frame.unit.say(own.value)}, {place_words(data)}", "bar", OWN))
    top, bottom = page.plot()
    y = zero_scale(extent(data), frame.unit, bottom, top)
    labels = _labels(data, y)
    left = tick_room(y)
    right = frame.width - label_room(labels)
    page.add(*_band(data, y, left, right), value_axis(y, left, right), *_columns(data, y, left, right))
    for value, dash in ((data.lower, "2 3"), (data.upper, "2 3"), (data.mean, "5 3")):
        if is_known(value):
            page.add(line(left, y.at(value), right, y.at(value), INK, width=1.4, dash=dash))
    page.add(line(left, y.at(0), right, y.at(0), AXIS), end_labels(labels, right, frame.width, top, bottom))
    page.add(text(left, bottom + 16, f"{len(held)} forces, highest first", size=SMALL, fill=QUIET))
    if frame.interactive:
        step = (right - left) / len(held)
        says = [bar_words(data, bar) for bar in held]
        page.add(spots([Spot(left + n * step, top, step, bottom - top, words) for n, words in enumerate(says)]))
    page.y += 20
    key = whisker_key(data)
    page.notes(key if not key or _are_seen(data, y) else [Key(TOO_SHORT)])
    return page.finish(alt(data))


def table(data: NationalChart) -> Table:
    """Place, force, value, then mean and bounds."""
    return ranking_table(data)


def alt(data: NationalChart) -> str:
    """Own value, place, mean and bounds."""
    return ranking_alt(data, "Columns")


def _band(data: Ranking, y: Scale, left: float, right: float) -> list[str]:
    if not (is_known(data.lower) and is_known(data.upper)):
        return []
    high, low = sorted((y.at(data.lower), y.at(data.upper)))
    return [rect(left, high, right - left, low - high, BAND)]


def _columns(data: Ranking, y: Scale, left: float, right: float) -> list[str]:
    held = known_bars(data)
    step, zero = (right - left) / len(held), y.at(0)
    boxes: dict[bool, list[Box]] = {False: [], True: []}
    for number, bar in enumerate(held):
        end = y.at(bar.amount)
        boxes[bar.own].append((left + (number + 0.14) * step, min(end, zero), step * 0.72, abs(zero - end)))
    bars = [bar_path(boxes[False], fill=OTHER, name="bars"), bar_path(boxes[True], fill=OWN, name="bars-own")]
    if not _are_seen(data, y):
        return bars
    ends = [(left + (number + 0.5) * step, bar.interval) for number, bar in enumerate(held) if bar.interval]
    d = "".join(f"M{num(x)} {num(y.at(low))}V{num(y.at(high))}" for x, (low, high) in ends)
    return [*bars, *whisker_paths(d)]


def _are_seen(data: Ranking, y: Scale) -> bool:
    """Whether any likely range is long enough to be a line at all: of a whole force's crimes it is a speck."""
    held = [bar.interval for bar in known_bars(data) if bar.interval]
    return any(abs(y.at(high) - y.at(low)) >= SHORTEST for low, high in held)


def _labels(data: Ranking, y: Scale) -> list[EndLabel]:
    named = ((data.mean_words, data.mean), ("Upper bound", data.upper), ("Lower bound", data.lower))
    return [EndLabel(y.at(value), words, data.frame.unit.format(value)) for words, value in named if is_known(value)]
