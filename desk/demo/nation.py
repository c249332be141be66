"""The region, the nation and all forces, invented: SYNTHETIC, but true to each comparison the report states.

Kept: recorded crime up 6 per cent nationally and 1 per cent in the region in the year to June 2019, possession of
weapons up 16, hate crime up 10 in the year to March; the force fourth lowest for crime, sixth for violence, fifth for
sexual offences and fourteenth for knife crime; one of five forces with less crime; sickness no outlier.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from desk.demo import grid
from desk.demo.benchmark import AUTUMN, SUMMER_MILD, SUMMER_STRONG, WINTER, Recipe, months_of, random_numbers
from desk.demo.definitions import DemoObservation, PeriodKind
from desk.demo.months import month_observations
from desk.demo.peers import AREAS, JUNE_18, JUNE_19, PEERS, DemoArea
from desk.demo.plan import NATION, REGION
from desk.demo.surveys import year_to

OTHERS = tuple(f"Force {number:02d}" for number in range(1, 36))  # with the peers and the force, 43
REGION_FORCES = ("Peer B", "Force 04", "Force 17", "Force 29")  # beside the own force
ALL_AREAS = (*AREAS, *(DemoArea(name, "force") for name in OTHERS))

RISING = (("2013-04", 0.66), ("2015-04", 0.72), ("2018-06", 0.97), ("2019-06", 1.0))
LEVEL = (("2013-04", 1.04), ("2019-06", 1.0))


def _line(
    area: str, slug: str, before: int, now: int, shape: tuple, season: tuple, windows: tuple
) -> tuple[str, str, np.ndarray]:
    level = tuple((month, factor * now / 12) for month, factor in shape)
    blocks = ((*windows[0], before), (*windows[1], now))
    last = windows[1][1]
    return area, slug, months_of(Recipe(f"{area} {slug}", level, blocks, season, 0.01, last=last))


def lines() -> list[tuple[str, str, np.ndarray]]:
    """Months of the nation and the region by area and slug, to June 2019 (hate crime to March)."""
    june = (JUNE_18, JUNE_19)
    march = (("2017-04", "2018-03"), ("2018-04", "2019-03"))
    return [
        _line(NATION, "crime-volume", 5_566_000, 5_900_000, RISING, SUMMER_MILD, june),  # up 6 per cent
        _line(REGION, "crime-volume", 402_000, 406_000, RISING, SUMMER_MILD, june),  # up 1 per cent
        _line(NATION, "burglary", 431_000, 418_000, LEVEL, WINTER, june),
        _line(NATION, "vehicle-offences", 455_000, 467_000, LEVEL, AUTUMN, june),
        _line(NATION, "weapons-possession", 38_800, 45_000, RISING, SUMMER_MILD, june),  # up 16 per cent
        _line(NATION, "hate-crime", 94_100, 103_500, RISING, SUMMER_STRONG, march),  # up 10 per cent
    ]


# Per 1,000 people in the year to June 2019, the forces below Barsetshire first; the rest fan out above the peers
BELOW = {
    "crime-rate": (48.3, 55.7, 59.6),  # the force is fourth
    "violence-rate": (14.6, 16.9, 17.8, 19.1),  # one peer is lower too: sixth
    "sexual-offences-rate": (1.62, 1.88, 2.04, 2.13),  # fifth
}
ABOVE = {"crime-rate": (64.5, 118.0), "violence-rate": (21.5, 38.5), "sexual-offences-rate": (2.38, 4.30)}
FALLS = 4  # other forces with less crime than the year before; with Barsetshire five
KNIFE_BELOW, KNIFE_ABOVE = (62, 188), (205, 3_900)  # crimes a year; thirteen forces are below Barsetshire's 196
SICKNESS = {"days-lost-officers": (12.5, 1.6), "days-lost-staff": (13.7, 1.9)}  # mean and spread, year to March 2019


def _fan(slug: str, below: tuple[float, ...], above: tuple[float, float]) -> np.ndarray:
    """Thirty-five values, those below given and the rest spread upwards, in an order that tells nothing."""
    rest = len(OTHERS) - len(below)
    upper = above[0] + (above[1] - above[0]) * np.linspace(0, 1, rest) ** 1.6
    return random_numbers(f"order of {slug}").permutation(np.concatenate([below, upper]))


def _year(slug: str, area: str, last: str, value: int, beneath: int | None = None) -> DemoObservation:
    position = grid.index(last)
    span = (grid.first_day(position - 11), grid.last_day(position))
    return DemoObservation(slug, PeriodKind.YEAR_TO, *span, value, beneath, provisional=True, area=area)


def _rates() -> Iterator[DemoObservation]:
    people = random_numbers("people of other forces").integers(520, 2_900, len(OTHERS)) * 1000
    for slug, below in BELOW.items():
        for area, residents, rate in zip(OTHERS, people, _fan(slug, below, ABOVE[slug]), strict=True):
            yield _year(slug, area, "2019-06", round(rate * residents / 1000), int(residents))
    changes = np.concatenate([np.linspace(-0.034, -0.006, FALLS), np.linspace(0.008, 0.13, len(OTHERS) - FALLS)])
    changes = random_numbers("changes of other forces").permutation(changes)
    rates = _fan("crime-rate", BELOW["crime-rate"], ABOVE["crime-rate"])
    for area, residents, rate, change in zip(OTHERS, people, rates, changes, strict=True):
        yield _year("crime-rate", area, "2018-06", round(rate * residents / 1000 / (1 + change)), int(residents))


def _knife_crime() -> Iterator[DemoObservation]:
    areas = (*PEERS, *OTHERS)
    counts = np.concatenate([np.linspace(*KNIFE_BELOW, 13), np.geomspace(*KNIFE_ABOVE, len(areas) - 13)])
    for area, count in zip(areas, random_numbers("knife crime of other forces").permutation(counts), strict=True):
        yield _year("knife-crime", area, "2019-06", round(count))


def _sickness() -> Iterator[DemoObservation]:
    areas = (*PEERS, *OTHERS)
    for slug, (mean, spread) in SICKNESS.items():
        rng = random_numbers(f"{slug} of other forces")
        strength = rng.integers(900, 5_200, len(areas))
        days = np.clip(rng.normal(mean, spread, len(areas)), mean - 2.1 * spread, mean + 2.1 * spread)
        for area, people, lost in zip(areas, strength, days, strict=True):
            yield _year(slug, area, "2019-03", round(lost * people), int(people))


def nation_observations() -> Iterator[DemoObservation]:
    """Every figure of the region, the nation and the forces without a name."""
    for area, slug, months in lines():
        yield from month_observations(slug, months, area)
    for month, value in (("2018-06", 80.4), ("2019-06", 75.5)):
        yield replace(year_to("confidence", grid.index(month), value, 33_900), area=NATION)
    yield from _rates()
    yield from _knife_crime()
    yield from _sickness()
