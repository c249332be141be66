"""The demo's observations: seventy-eight months and more of every series, reconciled with the published figures.

`observations` gives everything of the force itself; `as_csv` gives its months in the long form the import reads, so
that the demo is loaded as an office loads its own data. Other forces are in `peers`. Method: docs/demo.md.
"""

import csv
import io
from collections.abc import Iterator
from functools import cache

import numpy as np

from desk.demo import grid
from desk.demo.counts import count_months
from desk.demo.definitions import DemoObservation, PeriodKind
from desk.demo.notes import CALL_AND_RESPONSE
from desk.demo.plan import MEASURE_BY_SLUG, MEASURES
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
    """Months by slug: an array of counts, or a pair of numerators and denominators."""
    made: dict[str, np.ndarray | Pair] = {**count_months(), **share_months()}
    for slug in OUTCOME_COUNTS:
        made[slug] = share_months()[slug].numerator
    made["outcomes-volume"] = share_months()["outcome-ratio"].numerator
    return {slug: made[slug] for slug in MEASURE_BY_SLUG if slug in made}


def month_observations(slug: str, months: np.ndarray | Pair, area: str | None = None) -> Iterator[DemoObservation]:
    """The months of one series, for the own force unless an area is named."""
    paired = isinstance(months, Pair)
    values = months.numerator if paired else months
    for position, value in enumerate(values):
        own = {} if area is None else {"area": area}
        yield DemoObservation(
            series_slug=slug,
            period_kind=PeriodKind.MONTH,
            start=grid.first_day(position),
            end=grid.last_day(position),
            value=int(value),
            denominator=int(months.denominator[position]) if paired else None,
            provisional=area is None and slug in CALL_AND_RESPONSE and grid.name(position) == OUTAGE,
            **own,
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


def as_csv(rows: list[DemoObservation] | None = None) -> str:
    """Months in long form: series,month,value,numerator,denominator. Counts fill `value`, pairs the other two."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("series", "month", "value", "numerator", "denominator"))
    for item in observations() if rows is None else rows:
        if item.period_kind is PeriodKind.MONTH:
            month = item.start.strftime("%Y-%m")
            whole = int(item.value)
            if item.denominator is None:
                writer.writerow((item.series_slug, month, whole, "", ""))
            else:
                writer.writerow((item.series_slug, month, "", whole, item.denominator))
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
