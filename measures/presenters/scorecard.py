"""The scorecard: one row a measure under its priority, the answer first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from measures.charts.months import MonthSeries
from measures.charts.sparkline import Sparkline, draw
from measures.figures import MeasureFigures
from measures.models import Measure, PlanMeasure, Priority
from measures.presenters import certainty
from measures.presenters.marks import Mark, can_be_judged, peer_marks, shows_signal, signal_marks
from measures.presenters.values import chart_unit, monthly_values, number, survey_values
from measures.trends.chance import expected_by_chance
from measures.trends.formatting import number_text, round_half_up
from measures.trends.key import NOT_ENOUGH_DATA
from measures.trends.periods import month_words
from measures.trends.ruleset import Ruleset

SPARK_MONTHS = 24
NOTHING = "–"
ORDINARY = {"peers-in-line-above", "peers-in-line-below", NOT_ENOUGH_DATA}  # symbols that report nothing unusual


@dataclass(frozen=True)
class Cell:
    """A figure as printed, and why there is none."""

    text: str = NOTHING
    why_not: str = ""


@dataclass(frozen=True)
class Row:
    """One measure. `until` says the month its figures reach where that is not the quarter's last.

    `values` are the numbers behind the cells, to sort by; `usual` is how far the latest month lies from the average of
    the months before it, in standard deviations.
    """

    measure: Measure
    until: str
    quarter: Cell
    change: Cell
    rolling: Cell
    rolling_change: Cell
    spark: str
    peers: list[Mark]
    signals: list[Mark]
    is_exception: bool
    note: str = ""
    commentary: str = ""
    values: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def signal_count(self) -> int:
        """How many symbols of the rules show; silence and too few months are none."""
        return sum(bool(one.rule) for one in self.signals)


@dataclass(frozen=True)
class Group:
    """Rows under one heading; a list in another order than the plan's has one group without a priority."""

    priority: Priority | None
    rows: list[Row] = field(default_factory=list)


def row_of(held: MeasureFigures, ruleset: Ruleset, end: int, commentary: str = "") -> Row:
    """One measure's row of the quarter that ended with the month `end`."""
    peers, signals = peer_marks(held), signal_marks(held, ruleset)
    quarter, change, rolling, rolling_change = _cells(held)
    names = _names(held)
    values = {column: number(held.figure(name).value) for column, name in names.items() if name in held.names}
    return Row(
        measure=held.measure,
        until=_until(held, end),
        quarter=quarter,
        change=change,
        rolling=rolling,
        rolling_change=rolling_change,
        spark=_spark(held, signals),
        peers=peers,
        signals=signals,
        is_exception=any(one.slug not in ORDINARY for one in (*peers, *signals)),
        note=note_of(held, ruleset),
        commentary=commentary,
        values=values | {"usual": _from_usual(held, ruleset)},
    )


def note_of(held: MeasureFigures, ruleset: Ruleset) -> str:
    """Why a measure has no symbols at all, in words."""
    if held.series is None:
        return "No figures yet"
    if held.measure.kind == Measure.Kind.SURVEY:
        return "Cannot say: a survey, its twelve months overlap"
    if held.measure.kind == Measure.Kind.AUDIT_SAMPLE:
        return "Cannot say: samples, not months"
    if held.measure.frequency != Measure.Frequency.MONTHLY:
        return "Cannot say: not monthly"
    if held.hides_signals:
        return "Not shown: small numbers"
    return "" if ruleset.name in held.signals else "Not worked out for this quarter"


def _until(held: MeasureFigures, end: int) -> str:
    if held.measure.kind == Measure.Kind.AUDIT_SAMPLE:
        return held.reading.period if held.reading else ""
    return f"to {month_words(held.as_of)}" if held.as_of != end else ""


def _names(held: MeasureFigures) -> dict[str, str]:
    """The statistic in each column; a survey has no quarter, a sample is only set beside the sample before it."""
    if held.measure.kind == Measure.Kind.AUDIT_SAMPLE:
        return {"quarter": "sample", "change": "sample_change"}
    rolling = {"rolling": "rolling12", "rolling_change": _change_name(held, "rolling12_on_year")}
    if held.measure.kind == Measure.Kind.SURVEY:
        return rolling
    return {"quarter": "quarter", "change": _change_name(held, "quarter_on_year")} | rolling


def _cells(held: MeasureFigures) -> tuple[Cell, Cell, Cell, Cell]:
    """Quarter, its change on a year ago, rolling twelve, its change on a year ago."""
    names = _names(held)
    cells = {column: _cell(held, name) for column, name in names.items()}
    if held.measure.kind == Measure.Kind.SURVEY:
        cells["rolling"] = _with_margin(held, cells["rolling"])
    for level, moved in (("quarter", "change"), ("rolling", "rolling_change")):
        if moved in cells and certainty.is_of_few(held, held.figure(names[level])):
            cells[moved] = Cell(why_not="Of too few to be compared.")
    quarter, change, rolling, moved = (
        cells.get(one, Cell()) for one in ("quarter", "change", "rolling", "rolling_change")
    )
    return quarter, change, rolling, moved


def _from_usual(held: MeasureFigures, ruleset: Ruleset) -> float | None:
    signal = held.signals.get(ruleset.name)
    numbers = signal.statistics if signal else {}
    if not numbers.get("r1_sd") or "value" not in numbers:  # a latest month may be missing
        return None
    return (numbers["value"] - numbers["r1_mean"]) / numbers["r1_sd"]


def _with_margin(held: MeasureFigures, cell: Cell) -> Cell:
    read = held.reading
    if read is None or read.margin is None or cell.why_not:
        return cell
    return Cell(f"{cell.text} ±{number_text(read.margin, held.measure.precision)}")


def _change_name(held: MeasureFigures, pair: str) -> str:
    """Percentages change in points, everything else by per cent of what it was."""
    relative = f"{pair}_percentage"
    return relative if relative in held.names else f"{pair}_change"


def _cell(held: MeasureFigures, name: str) -> Cell:
    if name not in held.names:
        return Cell()
    figure = held.figure(name)
    return Cell(held.say(figure), figure.why_not)


def _spark(held: MeasureFigures, signals: list[Mark]) -> str:
    if held.measure.kind == Measure.Kind.AUDIT_SAMPLE:
        series = _samples(held)
    elif held.measure.kind == Measure.Kind.SURVEY:
        series = survey_values(held, SPARK_MONTHS)
    else:
        series = monthly_values(held, SPARK_MONTHS)
    tone = next((one.tone for one in signals if one.rule == "r1"), None)
    uid = f"spark-{held.measure.slug}"
    return draw(Sparkline(uid, held.measure.short_name, series, chart_unit(held.measure), tone))


def _samples(held: MeasureFigures) -> MonthSeries:
    shown = [one for one in held.readings[-4:] if held.exact or not held.cover.words(one.months)]
    by_month = {one.last_month: 100 * one.value / (one.denominator or 100) for one in shown}
    months = tuple(by_month)
    every = max((later - one for one, later in zip(months, months[1:], strict=False)), default=1)
    return MonthSeries("Sample", months, tuple(by_month.values()), every=every)


def grouped(places: Iterable[PlanMeasure], rows: Mapping[int, Row]) -> list[Group]:
    """Rows under their priorities, in the plan's order; measures and priorities without a row left out."""
    groups: dict[int, Group] = {}
    for place in places:
        if place.measure_id in rows:
            groups.setdefault(place.priority_id, Group(place.priority)).rows.append(rows[place.measure_id])
    return list(groups.values())


def judged(held: Iterable[MeasureFigures], ruleset: Ruleset) -> int:
    """How many measures the rules have an answer for: chance is asked of these alone."""
    return sum(can_be_judged(one, ruleset) for one in held)


def headline(held: Iterable[MeasureFigures], ruleset: Ruleset) -> str:
    """ "6 of 28 measures show a signal; about 3 would by chance alone.", chance among those the rules can judge."""
    everything = list(held)
    showing = sum(shows_signal(one, ruleset) for one in everything)
    answered = judged(everything, ruleset)
    if not answered:
        return "No measure can be judged for this quarter yet."
    expected = int(round_half_up(expected_by_chance(ruleset, answered)))
    verb = "shows" if showing == 1 else "show"
    answer = f"{showing} of {len(everything)} measures {verb} a signal; about {expected} would by chance alone."
    unjudged = len(everything) - answered
    if not unjudged:
        return answer
    return f"{answer} The rules cannot judge {unjudged} of them: surveys, samples, or too few months."
