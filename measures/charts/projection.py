"""Where a series would go if nothing changed: the line so far, then a fan of 80 and 95 in 100. Never a target."""

from dataclasses import dataclass, field

from measures.charts.axes import (
    MONTH_AXIS_HEIGHT,
    EndLabel,
    MonthScale,
    break_note,
    end_labels,
    label_room,
    left_out_bands,
    left_out_keys,
    month_axis,
    month_spots,
    tick_room,
    value_axis,
)
from measures.charts.frame import Frame, Key, Page, empty
from measures.charts.marks import Place, area_path, dots, line_path
from measures.charts.months import MonthSeries, all_months, month_name, short_month
from measures.charts.notes import MonthNote, words_of
from measures.charts.palette import OTHER_LINE, OWN, OWN_LIGHT, QUIET
from measures.charts.scale import Scale, line_scale
from measures.charts.svg import line
from measures.charts.tables import Table, gap_words, month_table
from measures.charts.units import Unit, is_known

WIDE_FAN = "#d3deea"
NOT_A_TARGET = "A projection of what would follow if nothing changed; not a target."
FAN_NAMES = {
    "central": "Projection",
    "low80": "80% from",
    "high80": "80% to",
    "low95": "95% from",
    "high95": "95% to",
}


@dataclass(frozen=True, slots=True)
class Fan:
    """The projected months: the central value and the ends of the 80 and the 95 per cent interval, one a month each.

    A model leaves no gaps, so neither may this: months follow one another and every value is finite.
    """

    months: tuple[int, ...] = ()
    central: tuple[float, ...] = ()
    low80: tuple[float, ...] = ()
    high80: tuple[float, ...] = ()
    low95: tuple[float, ...] = ()
    high95: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        lines = [getattr(self, name) for name in FAN_NAMES]
        if {len(values) for values in lines} != {len(self.months)}:
            raise ValueError("A projection has all five of its values for every month.")
        if not all(is_known(value) for values in lines for value in values):
            raise ValueError("A projection has no gaps.")
        if self.months and self.months != tuple(range(self.months[0], self.months[0] + len(self.months))):
            raise ValueError("A projection's months follow one another.")

    def series(self, name: str) -> MonthSeries:
        """One of the five as a series."""
        return MonthSeries(FAN_NAMES[name], self.months, getattr(self, name))


@dataclass(frozen=True, slots=True)
class ProjectionChart:
    """`earlier` is the central line of a projection made before, so that it can be held against what came."""

    frame: Frame
    actual: MonthSeries
    fan: Fan = field(default_factory=Fan)
    earlier: MonthSeries = field(default_factory=lambda: MonthSeries("Earlier projection"))
    notes: tuple[MonthNote, ...] = ()


def draw(data: ProjectionChart) -> str:
    """The chart as SVG."""
    frame, everything = data.frame, _everything(data)
    if not any(series.points() for series in everything):
        return empty(frame, alt(data))
    page = Page(frame)
    latest = data.actual.latest()
    if latest:
        page.headings(Key(f"{data.actual.name}: {frame.unit.say(latest[1])} to {short_month(latest[0])}", "line"))
    top, bottom = page.plot()
    y = line_scale([value for series in everything for _, value in series.points()], frame.unit, bottom, top)
    labels, months = _end_labels(data, y), all_months(*everything)
    x = MonthScale(months[0], months[-1], tick_room(y), frame.width - label_room(labels))
    page.add(
        left_out_bands(x, data.notes, top, bottom),
        *_fan(data, x, y),
        value_axis(y, x.left, x.right),
        line_path(x.runs(data.earlier, y), stroke=OTHER_LINE, width=1.6, dash="2 3"),
        line_path(x.runs(data.actual, y), stroke=OWN),
        line_path([_joined(data, "central", x, y)] if data.fan.months else [], stroke=OWN, width=2, dash="6 3"),
    )
    if latest:
        edge = x.at(latest[0])
        page.add(line(edge, top, edge, bottom, QUIET, dash="1 3"), dots([(edge, y.at(latest[1]))], name="last"))
    page.add(month_axis(x, bottom, frame.width), end_labels(labels, x.right, frame.width, top, bottom))
    if frame.interactive:
        page.add(month_spots(x, _labels(data, months), top, bottom))
    page.y += MONTH_AXIS_HEIGHT
    page.notes([*_keys(data, frame.unit), *left_out_keys(data.notes, x), *break_note(y)])
    return page.finish(alt(data))


def table(data: ProjectionChart) -> Table:
    """Month, actual, and the projection with its intervals."""
    unit, everything = data.frame.unit, _everything(data)
    return month_table(all_months(*everything), [(series, unit) for series in everything if series.months], data.notes)


def alt(data: ProjectionChart) -> str:
    """The latest value and the last projected one, with its intervals."""
    unit, latest, end = data.frame.unit, data.actual.latest(), data.fan.series("central").latest()
    if latest is None and end is None:
        return f"{data.actual.name}: no data."
    words = "Line with a projection."
    if latest:
        words += f" {data.actual.name}: {unit.say(latest[1])} to {month_name(latest[0])}."
    if end:
        words += f" Projected: {unit.say(end[1])} to {month_name(end[0])}{_intervals(data, unit)}."
        words += f" {NOT_A_TARGET}"
    return words + gap_words(all_months(data.actual), data.actual)


def _everything(data: ProjectionChart) -> list[MonthSeries]:
    return [data.actual, *(data.fan.series(name) for name in FAN_NAMES), data.earlier]


def _intervals(data: ProjectionChart, unit: Unit) -> str:
    month = data.fan.months[-1]
    parts = []
    for share in ("80", "95"):
        low, high = data.fan.series(f"low{share}").value(month), data.fan.series(f"high{share}").value(month)
        if low is not None and high is not None:
            parts.append(f"{share} in 100 between {unit.format(low)} and {unit.format(high)}")
    return f" ({'; '.join(parts)})" if parts else ""


def _joined(data: ProjectionChart, name: str, x: MonthScale, y: Scale) -> list[Place]:
    """A line of the fan from the last actual month on."""
    latest = data.actual.latest()
    points = data.fan.series(name).points()
    start = [latest] if latest and points and latest[0] == points[0][0] - 1 else []
    return [(x.at(month), y.at(value)) for month, value in [*start, *points]]


def _fan(data: ProjectionChart, x: MonthScale, y: Scale) -> list[str]:
    edges = {name: _joined(data, name, x, y) for name in FAN_NAMES}
    return [
        area_path(edges["high95"], edges["low95"], fill=WIDE_FAN),
        area_path(edges["high80"], edges["low80"], fill=OWN_LIGHT),
    ]


def _end_labels(data: ProjectionChart, y: Scale) -> list[EndLabel]:
    unit = data.frame.unit
    named = (("high95", "95% to", QUIET), ("central", "Projection", OWN), ("low95", "95% from", QUIET))
    labels = []
    for name, words, colour in named:
        latest = data.fan.series(name).latest()
        if latest:
            labels.append(EndLabel(y.at(latest[1]), words, unit.format(latest[1]), colour))
    return labels


def _keys(data: ProjectionChart, unit: Unit) -> list[Key]:
    keys = []
    if data.fan.months:
        keys += [
            Key("80 in 100 such projections hold within the darker fan", "band", OWN_LIGHT),
            Key("95 in 100 within the lighter", "band", WIDE_FAN),
        ]
    if data.earlier.points():
        month, value = data.earlier.points()[-1]
        keys.append(Key(f"{data.earlier.name}: {unit.format(value)} to {short_month(month)}", "dash", OTHER_LINE))
    return [*keys, Key(NOT_A_TARGET)] if data.fan.months else keys


def _labels(data: ProjectionChart, months: list[int]) -> list[tuple[int, str]]:
    unit, actual, said = data.frame.unit, data.actual.by_month(), words_of(data.notes)
    held = {name: data.fan.series(name).by_month() for name in FAN_NAMES}
    labels = []
    for month in months:
        if month in held["central"]:
            words = f"projected {unit.format(held['central'][month])}"
            for share in ("80", "95"):
                low, high = held[f"low{share}"].get(month), held[f"high{share}"].get(month)
                if low is not None and high is not None:
                    words += f"; {share}%: {unit.format(low)} to {unit.format(high)}"
        else:
            words = unit.format(actual.get(month))
        labels.append((month, f"{short_month(month)}: {words}" + (f". {said[month]}" if month in said else "")))
    return labels
