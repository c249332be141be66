"""The demo's observations: seventy-eight months and more of every series, reconciled with the published figures.

`observations` gives everything of the force itself; `as_csv` gives its months in the long form the import reads, so
that the demo is loaded as an office loads its own data. Other forces are in `peers`. Method: docs/demo.md.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np

from desk.demo import grid
from desk.demo.counts import count_months
from desk.demo.definitions import DemoObservation, PeriodKind
from desk.demo.notes import CALL_AND_RESPONSE
from desk.demo.plan import FORCE, MEASURE_BY_SLUG, MEASURES
from desk.demo.shares import OUTAGE, Pair, share_months
from desk.demo.surveys import sample_observations, survey_observations

OUTCOME_COUNTS = ("outcomes-court", "outcomes-out-of-court")
# seconds and incidents after the paper records of September were corrected, as a share of what was first recorded
CORRECTED = {
    "response-immediate": 0.64,
    "response-priority": 0.88,
    "answer-999": 0.74,
    "answer-crib": 0.68,
    "abandonment-crib": 0.80,
}


@cache
def monthly() -> dict[str, np.ndarray | Pair]:
    """Months by slug in the plan's order: an array of counts, or a pair of numerators and denominators."""
    made: dict[str, np.ndarray | Pair] = {**count_months(), **share_months()}
    for slug in OUTCOME_COUNTS:
        made[slug] = share_months()[slug].numerator
    made["outcomes-volume"] = share_months()["outcome-ratio"].numerator
    return {slug: made[slug] for slug in MEASURE_BY_SLUG if slug in made}


def month_observations(slug: str, months: np.ndarray | Pair, area: str = FORCE) -> Iterator[DemoObservation]:
    """The months of one series, for the own force unless another area is named."""
    values, beneath = (months.numerator, months.denominator) if isinstance(months, Pair) else (months, None)
    for position, value in enumerate(values):
        yield DemoObservation(
            series_slug=slug,
            period_kind=PeriodKind.MONTH,
            start=grid.first_day(position),
            end=grid.last_day(position),
            value=int(value),
            denominator=None if beneath is None else int(beneath[position]),
            provisional=area == FORCE and slug in CALL_AND_RESPONSE and grid.name(position) == OUTAGE,
            area=area,
        )


def observations() -> list[DemoObservation]:
    """Every figure of the force: months, then rolling surveys, then audit samples. The same list every time."""
    made = [item for slug, months in monthly().items() for item in month_observations(slug, months)]
    return [*made, *survey_observations(), *sample_observations()]


def revisions() -> list[DemoObservation]:
    """September 2019 of the five outage measures once the paper records were corrected: arrives after publication."""
    last = [item for item in observations() if item.series_slug in CORRECTED and item.provisional]
    return [
        DemoObservation(
            item.series_slug,
            item.period_kind,
            item.start,
            item.end,
            round(item.value * CORRECTED[item.series_slug]),
            item.denominator,
        )
        for item in last
    ]


def as_csv(rows: Iterable[DemoObservation] | None = None, *, with_area: bool = False) -> str:
    """Months in long form: series,month,value,numerator,denominator, after an area column where one is asked for.

    Counts and hours fill `value`, pairs the other two; total seconds are the numerator of a time. What is not monthly is left out.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    area = ["area"] if with_area else []
    writer.writerow([*area, "series", "month", "value", "numerator", "denominator"])
    for item in observations() if rows is None else rows:
        if item.period_kind is PeriodKind.MONTH:
            whole = int(item.value)
            figures = (whole, "", "") if item.denominator is None else ("", whole, item.denominator)
            where = [item.area] if with_area else []
            writer.writerow([*where, item.series_slug, item.start.strftime("%Y-%m"), *figures])
    return text.getvalue()


def periods_as_csv() -> str:
    """What is not monthly, in long form: series,breakdown,period,start,end,value,denominator,margin,sample size."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("series", "breakdown", "period", "start", "end", "value", "denominator", "margin", "sample_size"))
    for item in observations():
        if item.period_kind is not PeriodKind.MONTH:
            span = (item.period_kind.value, item.start.isoformat(), item.end.isoformat())
            rest = (item.value, item.denominator, item.margin, item.sample_size)
            writer.writerow((item.series_slug, item.breakdown, *span, *("" if cell is None else cell for cell in rest)))
    return text.getvalue()


def series_without_figures() -> tuple[str, ...]:
    """Slugs of the plan that have no observation; empty unless a definition was added without its data."""
    held = {item.series_slug for item in observations()}
    return tuple(measure.slug for measure in MEASURES if measure.slug not in held)
