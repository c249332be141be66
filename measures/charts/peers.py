"""The own force among its most similar forces: bars across, highest first, with the mean and the usual spread."""

from dataclasses import dataclass

from measures.charts.axes import Spot, spots
from measures.charts.frame import SMALL, WORDS, Key, Page, empty
from measures.charts.marks import Box, bar_path, whisker_paths
from measures.charts.palette import AXIS, BAND, GRID, INK, OTHER, OWN, QUIET
from measures.charts.ranking import (
    Bar,
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
from measures.charts.svg import line, num, rect, shorten, tag, text, text_width
from measures.charts.tables import Table
from measures.charts.units import is_known

ROW = 24.0  # height of one area's row
BAR = 15.0  # of which the bar
NARROW, NARROW_NAMES = 480.0, 0.42  # on a phone the names of forces take more of the width


@dataclass(frozen=True, slots=True)
class PeersChart(Ranking):
    """The most similar group. Print peers as "Peer A" and so on where their names are not to be published."""

    bounds_words: str = "In line with peers"
    mean_words: str = "Peer mean"


def draw(data: PeersChart) -> str:
    """The chart as SVG."""
    return draw_rows(data, alt(data))


def table(data: PeersChart) -> Table:
    """Place, area, value, then mean and bounds."""
    return ranking_table(data)


def alt(data: PeersChart) -> str:
    """Own value, place, mean and bounds."""
    return ranking_alt(data, "Bars")


def draw_rows(data: Ranking, description: str) -> str:
    """Bars across, one a row; likely ranges where there are any."""
    frame, held = data.frame, known_bars(data)
    if not held:
        return empty(frame, description)
    page = Page(frame)
    page.headings(*_headings(data))
    top, bottom = page.plot(ROW * len(held) + 4)
    names = min(
        frame.width * (NARROW_NAMES if frame.width < NARROW else 0.34),
        max(text_width(bar.name, WORDS) * 1.06 for bar in held) + 10,
    )
    room = max(text_width(frame.unit.format(bar.value), WORDS) * 1.06 for bar in held) + 14
    x = zero_scale(extent(data), frame.unit, names, frame.width - room)
    page.add(*_background(data, x, top, bottom))
    rows = [(bar, top + 4 + number * ROW) for number, bar in enumerate(held)]
    page.add(*_bars(rows, x), *_levels(data, x, top, bottom), *_whiskers(rows, x))
    for bar, y in rows:
        page.add(*_row_words(data, bar, y, x, names))
    if frame.interactive:
        page.add(spots([Spot(0, y - 4, frame.width, ROW, bar_words(data, bar)) for bar, y in rows]))
    page.add(_axis_words(x, bottom, frame.width))
    page.y += 20
    page.notes(whisker_key(data))
    return page.finish(description)


def _headings(data: Ranking) -> list[Key]:
    unit, keys = data.frame.unit, []
    own = next((bar for bar in known_bars(data) if bar.own), None)
    if own:
        keys.append(Key(f"{own.name}: {unit.say(own.value)}, {place_words(data)}", "bar", OWN))
    if is_known(data.mean):
        keys.append(Key(f"{data.mean_words} {unit.format(data.mean)}", "dash", INK))
    if is_known(data.lower) and is_known(data.upper):
        keys.append(
            Key(f"{data.bounds_words}: {unit.format(data.lower)} to {unit.format(data.upper)}", "band", "#d5dce4")
        )
    return keys


def _background(data: Ranking, x: Scale, top: float, bottom: float) -> list[str]:
    parts = []
    if is_known(data.lower) and is_known(data.upper):
        low, high = sorted((x.at(data.lower), x.at(data.upper)))
        parts.append(rect(low, top, high - low, bottom - top, BAND))
    grid = "".join(f"M{num(x.at(value))} {num(top)}V{num(bottom)}" for value, _ in x.ticks)
    return [*parts, tag("path", d=grid, stroke=GRID)]


def _axis_words(x: Scale, bottom: float, width: float) -> str:
    parts = ""
    for value, words in x.ticks:
        half = text_width(words, SMALL) / 2
        place = min(max(x.at(value), half), width - half)
        parts += text(place, bottom + 16, words, size=SMALL, anchor="middle", fill=QUIET)
    return parts


def _bars(rows: list[tuple[Bar, float]], x: Scale) -> list[str]:
    zero = x.at(0)
    boxes: dict[bool, list[Box]] = {False: [], True: []}
    for bar, y in rows:
        end = x.at(bar.amount)
        boxes[bar.own].append((min(zero, end), y, abs(end - zero), BAR))
    return [bar_path(boxes[False], fill=OTHER, name="bars"), bar_path(boxes[True], fill=OWN, name="bars-own")]


def _levels(data: Ranking, x: Scale, top: float, bottom: float) -> list[str]:
    parts = [line(x.at(0), top, x.at(0), bottom, AXIS)]
    for value in (data.lower, data.upper):
        if is_known(value):
            parts.append(line(x.at(value), top, x.at(value), bottom, QUIET, dash="2 3"))
    if is_known(data.mean):
        parts.append(line(x.at(data.mean), top, x.at(data.mean), bottom, INK, width=1.8, dash="5 3"))
    return parts


def _whiskers(rows: list[tuple[Bar, float]], x: Scale) -> list[str]:
    d = ""
    for bar, y in rows:
        if bar.interval:
            low, high, middle = x.at(bar.interval[0]), x.at(bar.interval[1]), y + BAR / 2
            d += f"M{num(low)} {num(middle)}H{num(high)}M{num(low)} {num(middle - 4)}v8M{num(high)} {num(middle - 4)}v8"
    return whisker_paths(d)


def _row_words(data: Ranking, bar: Bar, y: float, x: Scale, names: float) -> list[str]:
    name = shorten(bar.name, WORDS * (1.06 if bar.own else 1), names - 6)
    value = data.frame.unit.format(bar.value)
    fill = OWN if bar.own else INK
    return [
        text(x.start - 6, y + 12, name, anchor="end", bold=bar.own, fill=fill),
        text(data.frame.width, y + 12, value, anchor="end", bold=bar.own, fill=fill),
    ]
