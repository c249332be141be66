"""A control chart: months against the mean and limits of their phase, signalled months marked.

A phase is a stretch under one way of counting; its mean and limits are the caller's (the ruleset's), drawn as given.
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
from measures.charts.frame import Frame, Key, Page, empty, note_keys
from measures.charts.marks import area_path, dots, line_path, rings, tone_shapes
from measures.charts.months import MonthSeries, month_name, short_month, span_words
from measures.charts.notes import MonthNote, hollow_months, words_of
from measures.charts.palette import BAND, INK, OWN, QUIET, Tone
from measures.charts.scale import Scale, line_scale
from measures.charts.svg import line
from measures.charts.tables import Table, gap_key, gap_words, month_table
from measures.charts.units import drawable, is_known


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of months (both ends within it) with its mean and limits; None where there is too little to say."""

    first: int
    last: int
    mean: float | None
    lower: float | None = None
    upper: float | None = None
    words: str = ""  # why this phase begins: "New recording rules"


@dataclass(frozen=True, slots=True)
class Signal:
    """The months that make one signal, what it means and its words: "Last month above the usual range"."""

    months: tuple[int, ...]
    tone: Tone
    words: str


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A month in two signals is drawn as the first of them."""

    frame: Frame
    series: MonthSeries
    phases: tuple[Phase, ...] = ()
    signals: tuple[Signal, ...] = ()
    notes: tuple[MonthNote, ...] = ()


def draw(data: ControlChart) -> str:
    """The chart as SVG."""
    frame, series = data.frame, data.series
    if series.latest() is None:
        return empty(frame, alt(data))
    page = Page(frame)
    latest, value = series.points()[-1]
    page.headings(Key(f"{series.name}: {frame.unit.say(value)} in {short_month(latest)}", "point"))
    top, bottom = page.plot()
    y = line_scale([v for _, v in series.points()] + _limits(data), frame.unit, bottom, top)
    labels = _limit_labels(data, y)
    right = frame.width - label_room(labels)
    x = MonthScale(series.months[0], series.months[-1], tick_room(y), right)
    page.add(
        *_bands(data, x, y),
        left_out_bands(x, data.notes, top, bottom),
        value_axis(y, x.left, x.right),
        *_centre_lines(data, x, y),
        line_path(x.runs(series, y), stroke=OWN, width=1.4),
        *_points(data, x, y),
        month_axis(x, bottom, frame.width),
        end_labels(labels, x.right, frame.width, top, bottom),
    )
    if frame.interactive:
        page.add(month_spots(x, _labels(data), top, bottom))
    page.y += MONTH_AXIS_HEIGHT
    page.notes(
        [
            *_signal_keys(data),
            *note_keys(data.notes),
            *_phase_keys(data),
            *gap_key(data.series, data.notes),
            *break_note(y),
        ]
    )
    return page.finish(alt(data))


def table(data: ControlChart) -> Table:
    """Month, value, and the mean and limits that month is held against."""
    months = _months(data)
    unit = data.frame.unit
    columns = [(data.series, unit)]
    if data.phases:
        phases = [(month, phase) for month in months if (phase := _phase_of(data, month))]
        held = tuple(month for month, _ in phases)
        for name in ("mean", "lower", "upper"):
            values = tuple(getattr(phase, name) for _, phase in phases)
            heading = "Mean" if name == "mean" else f"{name.capitalize()} limit"
            columns.append((MonthSeries(heading, held, values), unit))
    return month_table(months, columns, data.notes, _signal_words(data))


def alt(data: ControlChart) -> str:
    """The latest month against its mean, and the signals, in sentences."""
    latest, unit = data.series.latest(), data.frame.unit
    if latest is None:
        return f"{data.series.name}: no data."
    month, value = latest
    words = f"Control chart, {span_words(data.series.months, full=True)}. "
    words += f"{data.series.name}: {unit.say(value)} in {month_name(month)}"
    phase = _phase_of(data, month)
    if phase and is_known(phase.mean):
        words += f", against a mean of {unit.format(phase.mean)}"
    if phase and is_known(phase.lower) and is_known(phase.upper):
        words += f" and limits of {unit.format(phase.lower)} and {unit.format(phase.upper)}"
    words += "." + "".join(f" {_say_signal(signal)}." for signal in data.signals)
    return words + gap_words(_months(data), data.series, data.notes)


def _months(data: ControlChart) -> list[int]:
    months = data.series.months
    return list(range(months[0], months[-1] + 1)) if months else []


def _phase_of(data: ControlChart, month: int) -> Phase | None:
    return next((phase for phase in data.phases if phase.first <= month <= phase.last), None)


def _limits(data: ControlChart) -> list[float]:
    given = (limit for phase in data.phases for limit in (phase.mean, phase.lower, phase.upper))
    return [drawable(limit) for limit in given if is_known(limit)]


def _visible(data: ControlChart, x: MonthScale) -> list[tuple[Phase, float, float]]:
    return [
        (phase, x.edge(max(phase.first, x.first)), x.edge(min(phase.last, x.last) + 1))
        for phase in data.phases
        if phase.first <= x.last and phase.last >= x.first
    ]


def _bands(data: ControlChart, x: MonthScale, y: Scale) -> list[str]:
    parts = []
    for phase, left, right in _visible(data, x):
        if is_known(phase.lower) and is_known(phase.upper):
            upper, lower = y.at(phase.upper), y.at(phase.lower)
            parts.append(area_path([(left, upper), (right, upper)], [(left, lower), (right, lower)], fill=BAND))
    return parts


def _centre_lines(data: ControlChart, x: MonthScale, y: Scale) -> list[str]:
    parts = []
    for number, (phase, left, right) in enumerate(_visible(data, x)):
        if is_known(phase.mean):
            parts.append(line(left, y.at(phase.mean), right, y.at(phase.mean), INK, width=1.2))
        for limit in (phase.lower, phase.upper):
            if is_known(limit):
                parts.append(line(left, y.at(limit), right, y.at(limit), QUIET, dash="5 3"))
        if number:
            parts.append(line(left, y.start, left, y.end, QUIET, width=1, dash="1 3"))
    return parts


def _points(data: ControlChart, x: MonthScale, y: Scale) -> list[str]:
    hollow = hollow_months(data.notes)
    tones: dict[int, Tone] = {}
    for signal in data.signals:
        for month in signal.months:
            tones.setdefault(month, signal.tone)
    groups: dict[tuple[Tone | None, bool], list[tuple[float, float]]] = {}
    for month, value in data.series.points():
        groups.setdefault((tones.get(month), month in hollow), []).append((x.at(month), y.at(value)))
    radius = 3.0 if x.step > 7.5 else 2.4
    parts = [dots(groups.get((None, False), []), radius=radius), rings(groups.get((None, True), []))]
    for tone in Tone:
        parts += [tone_shapes(groups.get((tone, False), []), tone)]
        parts += [tone_shapes(groups.get((tone, True), []), tone, hollow=True)]
    return parts


def _limit_labels(data: ControlChart, y: Scale) -> list[EndLabel]:
    """The mean and limits of the phase the latest month is in, at the right of their lines."""
    phase = _phase_of(data, data.series.months[-1])
    if phase is None:
        return []
    named = (("Upper limit", phase.upper, QUIET), ("Mean", phase.mean, INK), ("Lower limit", phase.lower, QUIET))
    return [
        EndLabel(y.at(value), name, data.frame.unit.format(value), colour)
        for name, value, colour in named
        if is_known(value)
    ]


def _say_signal(signal: Signal) -> str:
    months = signal.months
    scattered = len(months) > 1 and len(months) <= months[-1] - months[0]
    count = f"{len(months)} months of " if scattered else ""
    return f"{signal.tone.capitalize()}: {signal.words}, {count}{span_words(months)}"


def _signal_keys(data: ControlChart) -> list[Key]:
    return [Key(_say_signal(signal), signal.tone) for signal in data.signals]


def _phase_keys(data: ControlChart) -> list[Key]:
    return [
        Key(f"{short_month(phase.first)} onwards: {phase.words}", "dash", QUIET) for phase in data.phases if phase.words
    ]


def _signal_words(data: ControlChart) -> dict[int, str]:
    said: dict[int, str] = {}
    for signal in data.signals:
        for month in signal.months:
            words = f"{signal.tone.capitalize()}: {signal.words}"
            said[month] = f"{said[month]}; {words}" if month in said else words
    return said


def _labels(data: ControlChart) -> list[tuple[int, str]]:
    noted, signalled = words_of(data.notes), _signal_words(data)
    held, unit = data.series.by_month(), data.frame.unit
    labels = []
    for month in _months(data):
        extra = [words for words in (signalled.get(month), noted.get(month)) if words]
        labels.append((month, ". ".join([f"{short_month(month)}: {unit.format(held.get(month))}", *extra])))
    return labels
