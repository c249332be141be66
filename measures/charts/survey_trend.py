"""Survey results over time: a line a question or group, with its margin of error as a band where it is known."""

from dataclasses import dataclass

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
from measures.charts.frame import Frame, Key, Page, empty, note_keys
from measures.charts.marks import area_path, dots, line_path
from measures.charts.months import MonthSeries, all_months, month_name, short_month
from measures.charts.notes import MonthNote, NoteKind, words_of
from measures.charts.palette import MARGIN, OTHER_LINE, OWN, OWN_LIGHT, QUIET
from measures.charts.scale import Scale, line_scale
from measures.charts.tables import Table, gap_key, gap_words, month_table
from measures.charts.units import drawable, is_known

DASHES = (None, "7 3", "2 3", "10 3 2 3")


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """Results by the last month each covers, and half the width of each one's confidence interval (None: unknown)."""

    series: MonthSeries
    margins: tuple[float | None, ...] = ()

    def __post_init__(self) -> None:
        if self.margins and len(self.margins) != len(self.series.values):
            raise ValueError(f"{self.series.name}: {len(self.series.values)} values but {len(self.margins)} margins.")

    def margin(self) -> MonthSeries:
        """The margins as a series of their own."""
        held = self.margins or (None,) * len(self.series.months)
        return MonthSeries(f"{self.series.name}, margin", self.series.months, held, self.series.every)


@dataclass(frozen=True, slots=True)
class SurveyTrend:
    """The first line is drawn strongly, with its band; the others quietly."""

    frame: Frame
    lines: tuple[SurveyLine, ...]
    notes: tuple[MonthNote, ...] = ()


def draw(data: SurveyTrend) -> str:
    """The chart as SVG."""
    frame = data.frame
    shown = [survey for survey in data.lines if survey.series.points()]
    if not shown:
        return empty(frame, alt(data))
    page = Page(frame)
    top, bottom = page.plot()
    banded = data.lines[0]
    y = line_scale(_extent(data), frame.unit, bottom, top)
    labels = [_end_label(survey, data, y) for survey in shown]
    months = all_months(*(survey.series for survey in data.lines))
    x = MonthScale(months[0], months[-1], tick_room(y), frame.width - label_room(labels))
    page.add(left_out_bands(x, data.notes, top, bottom), value_axis(y, x.left, x.right), *_bands(banded, x, y))
    for number, survey in reversed(list(enumerate(data.lines))):
        colour, width = (OWN, 2.8) if number == 0 else (OTHER_LINE, 1.8)
        runs = x.runs(survey.series, y)
        page.add(line_path(runs, stroke=colour, width=width, dash=DASHES[number % len(DASHES)]))
        places = [place for run in runs for place in run]
        page.add(dots(places if number == 0 and len(places) <= 24 else places[-1:], fill=colour))
    page.add(month_axis(x, bottom, frame.width), end_labels(labels, x.right, frame.width, top, bottom))
    if frame.interactive:
        page.add(month_spots(x, _labels(data, months), top, bottom))
    page.y += MONTH_AXIS_HEIGHT
    others = [note for note in data.notes if note.kind is not NoteKind.EXCLUDED]
    noted = [*note_keys(others, ""), *left_out_keys(data.notes, x)]
    band = [Key(f"{banded.series.name}: margin of error", "band", MARGIN)] if banded.margin().points() else []
    page.notes([*band, *noted, *gap_key(banded.series, data.notes), *break_note(y)])
    return page.finish(alt(data))


def table(data: SurveyTrend) -> Table:
    """Month, and each line's value and margin."""
    columns = []
    for survey in data.lines:
        columns.append((survey.series, data.frame.unit))
        if survey.margins:
            columns.append((survey.margin(), data.frame.unit))
    return month_table(all_months(*(survey.series for survey in data.lines)), columns, data.notes)


def alt(data: SurveyTrend) -> str:
    """Each line's first and latest value, with the latest margin."""
    unit, parts = data.frame.unit, []
    for survey in data.lines:
        points = survey.series.points()
        if not points:
            parts.append(f"{survey.series.name}: no data.")
            continue
        (first, start), (last, end) = points[0], points[-1]
        margin = survey.margin().value(last)
        give = f" give or take {unit.format(margin)}" if margin is not None else ""
        parts.append(
            f"{survey.series.name}: {unit.format(start)} in {month_name(first)}, "
            f"{unit.say(end)}{give} in {month_name(last)}."
        )
    first_line = data.lines[0].series if data.lines else MonthSeries("")
    gaps = gap_words(all_months(first_line), first_line, data.notes) if first_line.points() else ""
    return " ".join(["Survey results over time.", *parts]) + gaps


def _extent(data: SurveyTrend) -> list[float]:
    values = [value for survey in data.lines for _, value in survey.series.points()]
    margins = data.lines[0].margin().by_month()
    for month, value in data.lines[0].series.points():
        if month in margins:
            values += [value - margins[month], value + margins[month]]
    return [drawable(value) for value in values if is_known(value)]


def _end_label(survey: SurveyLine, data: SurveyTrend, y: Scale) -> EndLabel:
    month, value = survey.series.points()[-1]
    margin, unit = survey.margin().value(month), data.frame.unit
    words = unit.format(value) + (f" ±{unit.format(margin)}" if margin is not None else "")
    return EndLabel(y.at(value), survey.series.name, words, OWN if survey is data.lines[0] else QUIET)


def _bands(survey: SurveyLine, x: MonthScale, y: Scale) -> list[str]:
    margins, parts = survey.margin().by_month(), []
    for run in survey.series.segments():
        held = [(x.at(month), value, margins[month]) for month, value in run if month in margins]
        upper = [(place, y.at(value + margin)) for place, value, margin in held]
        lower = [(place, y.at(value - margin)) for place, value, margin in held]
        parts.append(area_path(upper, lower, fill=OWN_LIGHT, opacity=0.4))
    return parts


def _labels(data: SurveyTrend, months: list[int]) -> list[tuple[int, str]]:
    unit, said = data.frame.unit, words_of(data.notes)
    held = [(survey.series.name, survey.series.by_month(), survey.margin().by_month()) for survey in data.lines]
    labels = []
    for month in months:
        parts = []
        for name, values, margins in held:
            margin = f" ±{unit.format(margins[month])}" if month in margins and month in values else ""
            parts.append(f"{name} {unit.format(values.get(month))}{margin}")
        noted = f". {said[month]}" if month in said else ""
        labels.append((month, f"{short_month(month)}: " + "; ".join(parts) + noted))
    return labels
