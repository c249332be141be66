"""What is not monthly: rolling surveys with their margins, and audit samples.

A rolling survey figure is one observation of twelve months; it is never split into months. Published values stand at
their dates, the curve between them is the demo's own, and every sample size is declared because none is published.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from desk.demo import grid
from desk.demo.benchmark import curve, random_numbers
from desk.demo.definitions import DemoObservation, PeriodKind

Z = 1.96  # 95 per cent
FIRST_ROLLING = "2014-09"
CONFIDENCE_ANSWERS = 543  # effective; gives the published margin of 3.5 at 77.7 per cent

GROUPS = (("Hate crime", 0.08), ("Vehicle crime", 0.28), ("Dwelling burglary", 0.29), ("Violent crime", 0.35))


@dataclass(frozen=True)
class Rolling:
    """A rolling twelve-month survey result: published values at their months, own ones between, answers a year."""

    slug: str
    answers: int
    knots: tuple[tuple[str, float], ...]
    wander: float = 0.25  # percentage points between the knots


def _satisfaction(slug: str, answers: int, early: tuple[float, float, float], *published: float) -> Rolling:
    """`published` is Sep-17, Mar-18, Sep-18, Mar-19, Aug-19, Sep-19; the Septembers are those of the report's table."""
    months = ("2014-09", "2015-09", "2016-09", "2017-09", "2018-03", "2018-09", "2019-03", "2019-08", "2019-09")
    return Rolling(slug, answers, tuple(zip(months, (*early, *published), strict=True)))


ROLLING = (
    _satisfaction("satisfaction-whole", 832, (79.4, 78.6, 78.0), 77.2, 75.1, 73.8, 75.2, 76.6, 76.9),
    _satisfaction("satisfaction-informed", 818, (74.0, 72.8, 71.9), 70.6, 67.5, 65.2, 65.0, 64.8, 64.8),
    _satisfaction("satisfaction-treatment", 826, (91.8, 91.6, 91.2), 90.9, 88.7, 87.3, 88.9, 90.4, 90.4),
    _satisfaction("satisfaction-contact", 790, (92.0, 91.8, 91.5), 91.2, 90.4, 90.1, 92.3, 94.1, 94.4),
    _satisfaction("satisfaction-arrival", 402, (85.2, 84.6, 84.1), 83.5, 82.1, 81.1, 83.0, 84.5, 84.7),
    _satisfaction("satisfaction-actions", 815, (69.5, 69.0, 68.4), 67.8, 67.0, 66.7, 67.4, 68.1, 68.2),
    _satisfaction("satisfaction-investigation", 797, (72.4, 71.5, 70.7), 69.6, 65.2, 61.8, 63.0, 64.1, 64.3),
)

CONFIDENCE = Rolling(
    "confidence",
    CONFIDENCE_ANSWERS,
    (
        ("2014-03", 78.1),
        ("2015-06", 80.2),
        ("2016-06", 82.0),
        ("2017-06", 83.6),
        ("2018-06", 84.3),
        ("2018-12", 80.8),
        ("2019-06", 77.7),
    ),
)

# per cent at Sep-17, Sep-18, Sep-19; violent crime takes what the force's own figure leaves
BY_GROUP = {
    "satisfaction-whole": {
        "Hate crime": (74.1, 71.9, 74.6),
        "Vehicle crime": (70.6, 64.9, 66.2),
        "Dwelling burglary": (85.2, 83.9, 87.3),
    },
    "satisfaction-informed": {
        "Hate crime": (69.8, 66.4, 66.9),
        "Vehicle crime": (62.4, 54.0, 52.1),  # down 10.3 points in two years
        "Dwelling burglary": (78.3, 74.8, 75.6),
    },
    "satisfaction-treatment": {
        "Hate crime": (88.2, 85.1, 87.9),
        "Vehicle crime": (88.4, 83.5, 87.0),
        "Dwelling burglary": (94.6, 92.3, 95.1),
    },
    "satisfaction-investigation": {
        "Hate crime": (66.3, 60.7, 63.5),
        "Vehicle crime": (58.9, 50.1, 49.7),  # down 9.2 points in two years
        "Dwelling burglary": (76.4, 70.2, 74.9),
    },
}

# month -> (met the standard, examined); the first three by the old method
SAMPLES = {
    "compliance-rate": {
        "2014-09": (301, 420),
        "2016-09": (329, 420),
        "2017-11": (347, 418),
        "2019-03": (362, 420),
        "2019-06": (370, 420),
        "2019-09": (386, 423),
    },
    "compliance-partner-referrals": {"2019-09": (77, 78)},
    "compliance-sexual": {"2019-09": (45, 45)},
    "compliance-domestic": {"2019-09": (60, 60)},
}


def margin_of(per_cent: float, answers: int, places: int = 1) -> float:
    """Half-width of the 95 per cent interval of a percentage, in percentage points."""
    share = per_cent / 100
    return round(100 * Z * math.sqrt(share * (1 - share) / answers), places)


def year_to(
    slug: str, position: int, value: float, answers: int, breakdown: str = "", places: int = 1
) -> DemoObservation:
    """One rolling twelve-month figure ending at a position of the grid."""
    return DemoObservation(
        series_slug=slug,
        period_kind=PeriodKind.YEAR_TO,
        start=grid.first_day(position - 11),
        end=grid.last_day(position),
        value=value,
        margin=margin_of(value, answers, places),
        sample_size=answers,
        breakdown=breakdown,
    )


def rolling_values(survey: Rolling) -> dict[int, float]:
    """Percentage to one place at each month from the first knot to the last; exact at the knots."""
    fixed = {grid.index(month): value for month, value in survey.knots}
    first, last = min(fixed), max(fixed)
    drift = np.convolve(random_numbers(survey.slug).normal(0, survey.wander, grid.MONTHS), np.ones(3) / 3, "same")
    line = curve(survey.knots)
    return {at: fixed.get(at, round(float(line[at] + drift[at]), 1)) for at in range(first, last + 1)}


def answers_at(survey: Rolling, position: int) -> int:
    """Answers behind a figure: a sixth more in 2014 than at the end, falling evenly."""
    behind = (grid.MONTHS - 1 - position) / grid.MONTHS
    return round(survey.answers * (1 + behind / 5))


def _groups(survey: Rolling) -> Iterator[DemoObservation]:
    """Four crime groups at the three Septembers, weighted so that together they give the force's figure."""
    values = rolling_values(survey)
    for column, month in enumerate(("2017-09", "2018-09", "2019-09")):
        position = grid.index(month)
        total = answers_at(survey, position)
        left_answers, left_points = total, values[position] * total
        for group, weight in GROUPS[:-1]:
            answers, value = round(total * weight), BY_GROUP[survey.slug][group][column]
            left_answers, left_points = left_answers - answers, left_points - value * answers
            yield year_to(survey.slug, position, value, answers, group)
        yield year_to(survey.slug, position, round(left_points / left_answers, 1), left_answers, GROUPS[-1][0])


def survey_observations() -> Iterator[DemoObservation]:
    """Every rolling survey figure: satisfaction monthly, confidence quarterly, crime groups at three dates."""
    for survey in ROLLING:
        for position, value in rolling_values(survey).items():
            yield year_to(survey.slug, position, value, answers_at(survey, position))
        if survey.slug in BY_GROUP:
            yield from _groups(survey)
    for position, value in rolling_values(CONFIDENCE).items():
        if (position + 1) % 3 == 0:  # March, June, September, December
            yield year_to(CONFIDENCE.slug, position, value, CONFIDENCE_ANSWERS)
    yield year_to("not-told-what-next", grid.index("2019-09"), 67.6, 76, places=2)


def sample_observations() -> Iterator[DemoObservation]:
    """Every audit sample, as records that met the standard out of records examined."""
    for slug, months in SAMPLES.items():
        for month, (met, examined) in months.items():
            position = grid.index(month)
            yield DemoObservation(
                slug, PeriodKind.SAMPLE, grid.first_day(position), grid.last_day(position), met, examined
            )
