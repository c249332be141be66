"""Two series side by side, and a change by its parts, as their page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from measures.charts import zscore
from measures.charts.frame import Frame
from measures.charts.months import MonthSeries
from measures.models import Measure
from measures.presenters.charts import Drawing, drawing
from measures.presenters.measure import peer_text
from measures.presenters.values import PERCENTAGES
from measures.side_by_side import Side
from measures.trends import words
from measures.trends.association import Association, changes_on_year, correlate, z_scores
from measures.trends.contributions import Contribution, Explained, leading, overlaps
from measures.trends.formatting import duration_text, number_text, per_cent_text, points_text
from measures.trends.periods import YEAR_MONTHS, month_words
from measures.trends.year_on_year import FEWEST_PAIRS, year_against_year_before

MONTHS = 48
LEVEL = 0.05  # two-sided, as in the office's rules
SHARED_WARNING = (
    "Two measures that both rise, or that share a season, correlate without having to do with each other. So the same "
    "is asked of each month’s change on the year before, from which season and steady trend are gone. If that shows "
    "little, the first says little. Neither shows what causes what."
)


@dataclass(frozen=True)
class Beside:
    """What the page shows of two series."""

    lead: str
    drawing: Drawing | None
    said: list[str]
    months: list[tuple[str, str, str, str, str, str, str]]


def beside(first: Side, second: Side, credits: Sequence[str] = ()) -> Beside:
    """The overlay, the correlations and the year on year table of two series to the latest month of both.

    `credits`: what the publishers of their figures ask to be said, behind the chart's source.
    """
    one, other = first.monthly(MONTHS + YEAR_MONTHS), second.monthly(MONTHS + YEAR_MONTHS)
    levels = correlate(_latest(one), _latest(other))
    changes = correlate(changes_on_year(one), changes_on_year(other))
    drawn = _overlay(first, second, _latest(one), _latest(other), levels)
    return Beside(
        lead=_lead(first, second, levels, changes),
        drawing=drawn.credited(credits) if drawn else None,
        said=[
            _said("Month by month", levels),
            _said("Changes on the year before", changes),
            *(_year_said(side, values) for side, values in ((first, one), (second, other))),
        ],
        months=[_row(first, second, one, other, month) for month in _shown(one, other)],
    )


def _latest(values: dict[int, float]) -> dict[int, float]:
    last = max(values, default=0)
    return {month: value for month, value in values.items() if month > last - MONTHS}


def _shown(one: dict[int, float], other: dict[int, float]) -> list[int]:
    return sorted(one.keys() | other.keys(), reverse=True)[:YEAR_MONTHS]


def r_words(found: Association) -> str:
    """ "r = −0.31 over 48 months, p = 0.03"."""
    if found.r is None or found.p is None:
        return found.why_not
    p = "p < 0.001" if found.p < 0.001 else f"p = {number_text(found.p, 3 if found.p < 0.01 else 2)}"
    return f"r = {number_text(found.r, 2, signed=True)} over {found.months} months, {p}"


def _said(what: str, found: Association) -> str:
    if found.r is None or found.p is None:
        return f"{what}: cannot say. {found.why_not}"
    return f"{what}: {r_words(found)}; {_how(found)} (by chance alone {words.chance_of(found.p)})."


def _year_said(side: Side, values: dict[int, float]) -> str:
    """A year against the year before, month for month: whether chance would do as much."""
    measure, found = side.series.measure, year_against_year_before(values, side.as_of)
    start = f"{side.name}, each of the twelve months to {month_words(side.as_of)} against the same month a year before"
    if not found.sayable.all():  # type: ignore[union-attr]
        return f"{start}: cannot say. {FEWEST_PAIRS} pairs of months are needed."
    change, p = float(found.slope[0]), float(found.p()[0])
    if not change:
        return f"{start}: no different on average."
    moved = f"{_step_text(measure, abs(change))} {'higher' if change > 0 else 'lower'} on average"
    held = "no more than chance would show" if p >= LEVEL else "more than chance would show"
    return f"{start}: {moved}; {held} (by chance alone {words.chance_of(p)})."


def _step_text(measure: Measure, change: float) -> str:
    """A mean difference, a place finer than the measure is printed to."""
    if measure.kind in PERCENTAGES:
        return points_text(change, measure.precision + 1)
    if measure.kind == Measure.Kind.DURATION:
        return duration_text(change)
    return number_text(change, measure.precision + 1)


def _how(found: Association) -> str:
    r = found.r or 0.0
    if (found.p or 0.0) >= 0.05:
        return "no more than chance would show"
    size = "closely" if abs(r) >= 0.7 else "fairly closely" if abs(r) >= 0.4 else "loosely"
    return f"they move {size} {'together' if r > 0 else 'in opposite ways'}"


def _lead(first: Side, second: Side, levels: Association, changes: Association) -> str:
    names = f"{first.name} and {second.name}"
    if levels.r is None:
        return f"It cannot be said whether {names} move together. {levels.why_not}"
    apart = changes.p is None or changes.p >= 0.05
    if (levels.p or 0) >= 0.05:
        return f"{names} do not move together by more than chance would show."
    if apart:
        way = "together" if levels.r > 0 else "in opposite ways"
        return f"{names} move {way}, but their changes on the year do not: it may be a trend or season both have."
    return f"{names}: {_how(changes)}, trend and season apart."


def _overlay(
    first: Side, second: Side, one: dict[int, float], other: dict[int, float], levels: Association
) -> Drawing | None:
    lines = [(first.name, z_scores(one)), (second.name, z_scores(other))]
    if not any(scores for _, scores in lines):
        return None
    drawn = [MonthSeries(name, *_columns(scores)) for name, scores in lines]
    frame = Frame(
        uid="overlay",
        title=f"{first.name} and {second.name}, on one scale",
        subtitle=f"Each month to {month_words(max(*one, *other))}",
        source=first.series.measure.source_system,
        interactive=True,
    )
    return drawing(zscore, zscore.ZScoreChart(frame, *drawn, words=r_words(levels)), "Both in standard deviations")


def _columns(scores: dict[int, float]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    months = tuple(sorted(scores))
    return months, tuple(scores[month] for month in months)


def _row(
    first: Side, second: Side, one: dict[int, float], other: dict[int, float], month: int
) -> tuple[str, str, str, str, str, str, str]:
    cells: list[str] = []
    for side, values in ((first, one), (second, other)):
        measure, now, then = side.series.measure, values.get(month), values.get(month - YEAR_MONTHS)
        cells += [_text(measure, now), _text(measure, then), _moved(measure, now, then)]
    return (month_words(month), *cells)  # type: ignore[return-value]


def _text(measure: Measure, value: float | None) -> str:
    return "–" if value is None else peer_text(measure, value)


def _moved(measure: Measure, now: float | None, then: float | None) -> str:
    if now is None or then is None:
        return "–"
    if measure.kind in PERCENTAGES:
        return points_text(now - then, measure.precision, "table", signed=True)
    return "–" if not then else per_cent_text(100 * (now - then) / then, 1, "table", signed=True)


@dataclass(frozen=True)
class Parts:
    """A change by its parts: the sentence, the rows, a warning where the parts overlap."""

    sentence: str
    rows: list[tuple[str, str, str, str, str]]
    warning: str = ""


def parts_of(measure: Measure, explained: Explained, month: int) -> Parts:
    """What explains the change of the twelve months to a month on the twelve before."""
    warning = ""
    if overlaps(explained):
        warning = "These parts come to more than the whole: some of them overlap, so their shares say too much."
    rows = [_part_row(measure, one) for one in explained.parts]
    whole = (
        "All",
        _amount(measure, float(explained.before)),
        _amount(measure, float(explained.after)),
        _change(measure, float(explained.change)),
        "100%" if explained.change else "–",
    )
    return Parts(_sentence(measure, explained, month), [*rows, whole], warning)


def _sentence(measure: Measure, explained: Explained, month: int) -> str:
    period = f"the twelve months to {month_words(month)}"
    if not explained.change:
        return f"{measure.short_name} is as it was a year before: there is no change to explain."
    way = "rise" if explained.change > 0 else "fall"
    most = leading(explained)
    moved = f"the {way} of {_change(measure, abs(float(explained.change)), signed=False)} over {period}"
    if most is None or most.share is None:
        return f"None of the parts explains {moved}."
    if most.share > 1:
        others = "fell" if way == "rise" else "rose"
        return f"{most.name} accounts for more than {moved}: others together {others}."
    return f"{most.name} accounts for {per_cent_text(100 * most.share, 0)} of {moved}."


def _part_row(measure: Measure, one: Contribution) -> tuple[str, str, str, str, str]:
    share = "–" if one.share is None else per_cent_text(100 * one.share, 0, "table")
    return (
        one.name,
        _amount(measure, float(one.before)),
        _amount(measure, float(one.after)),
        _change(measure, float(one.change)),
        share,
    )


def _amount(measure: Measure, value: float) -> str:
    if measure.kind in PERCENTAGES:
        return per_cent_text(value, measure.precision + 1, "table")
    return number_text(value, measure.precision)


def _change(measure: Measure, value: float, *, signed: bool = True) -> str:
    if measure.kind in PERCENTAGES:
        return points_text(value, measure.precision + 1, "table" if signed else "prose", signed=signed)
    return number_text(value, measure.precision, signed=signed)


def named(series: Sequence, measure: Measure) -> list[str]:
    """The name of each series beside a measure: the place for its own elsewhere, else the other measure."""
    return [
        one.area.name
        if one.measure_id == measure.pk and not one.area.is_own
        else one.breakdown or one.measure.short_name
        for one in series
    ]
