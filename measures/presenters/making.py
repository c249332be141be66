"""How one printed figure is made: its unit, period and formula in words, what was put into it, and from where."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from measures.figures import MeasureFigures
from measures.models import Measure, Observation
from measures.presenters import certainty
from measures.presenters.sources import SourceRow, source_rows
from measures.provenance import Source
from measures.trends.figures import Figure
from measures.trends.periods import month_words
from measures.trends.statistics import PAIRS

UNIT_WORDS = {
    "hours": "hours",
    "per_cent": "per cent",
    "seconds": "minutes and seconds",
    "per_1000": "per 1,000 people",
    "days": "days a person",
    "percentage_points": "percentage points",
    "per_cent_change": "per cent of the earlier figure",
}
COMPARED = (
    {  # a change's two figures, the later first
        f"{name}_{kind}": pair[:2] for name, pair in PAIRS.items() for kind in ("change", "percentage")
    }
    | {"sample_change": ("sample", "previous_sample")}
)


@dataclass(frozen=True)
class Making:
    """One statistic of a measure as its own page tells it; `rows` are the observations it used, oldest first."""

    title: str
    value: str
    why_not: str
    unit: str
    period: str
    formula: str
    put_in: list[tuple[str, str]]
    interval: str  # "5.7% to 51.0%", or empty
    badge: str
    rows: list[SourceRow]
    absent: list[str]


def making(
    held: MeasureFigures, name: str, used: Iterable[Observation], hidden: Callable[[Observation], str]
) -> Making:
    """What is said of a statistic. `used` are the observations `observations_of` names, with period and batch;
    `hidden` says what stands in place of one that the reader may not see.
    """
    figure = held.figure(name)
    behind = observations_of(held, figure)
    sources = [Source(str(one.period), one) for one in sorted(used, key=lambda one: one.period.end)]
    return Making(
        title=figure.title[:1].upper() + figure.title[1:],
        value=held.say(figure, "prose") if figure.value is not None else held.say(figure),
        why_not=figure.why_not,
        unit=_unit(held.measure, figure),
        period=figure.period,
        formula=figure.formula,
        put_in=_put_in(held, figure),
        interval=certainty.interval_words(held, figure).removeprefix("Likely range "),
        badge=certainty.SMALL if certainty.is_of_few(held, figure) else "",
        rows=source_rows(held.measure, sources, hidden),
        absent=[] if held.readings else [month_words(month) for month in figure.months if month not in behind],
    )


def observations_of(held: MeasureFigures, figure: Figure) -> Mapping[int, int]:
    """The observation behind each month (of a survey or sample, behind its last month) of a figure."""
    if held.readings:
        return {one.last_month: one.observation for one in held.readings if one.last_month in figure.months}
    return {month: held.observations[month] for month in figure.months if month in held.observations}


def listed(held: MeasureFigures) -> list[tuple[str, Figure, str]]:
    """Every statistic that makes sense of the measure: its name in addresses, the figure, and its words."""
    return [(name, held.figure(name), held.text(name)) for name in held.names]


def _unit(measure: Measure, figure: Figure) -> str:
    return measure.unit if figure.unit == "count" else UNIT_WORDS[figure.unit]


def _put_in(held: MeasureFigures, figure: Figure) -> list[tuple[str, str]]:
    """What the formula took: two figures that were compared, or what was divided by what."""
    if figure.value is None or len(figure.parts) != 2:
        return []
    compared = COMPARED.get(figure.name)
    if compared:
        pair = [held.figure(one) for one in compared]
        return [(f"{one.title[:1].upper()}{one.title[1:]}, {one.period}", held.say(one)) for one in pair]
    first, second = figure.parts
    return [("Divided", f"{float(first):,.12g}"), ("By", f"{float(second):,.12g}")]
