"""The force's most similar forces, all invented: SYNTHETIC months for every measure the paper compares.

"Peer A" to "Peer G" stand for the seven of a most similar group. What the report publishes of them is kept: the group
mean (own force included, unweighted) and where the force stands against one standard deviation of the group. Their
single values are invented, so no real force is described. Regions, nation and all forces are in `nation`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np

from desk.demo import grid
from desk.demo.benchmark import SUMMER_MILD, Block, Recipe, months_of, parts_of
from desk.demo.counts import YEAR_18, YEAR_19
from desk.demo.definitions import DemoObservation
from desk.demo.months import month_observations
from desk.demo.plan import FORCE, NATION, REGION
from desk.demo.shares import POPULATION, Pair, population_months, share_months
from desk.demo.surveys import year_to

SYNTHETIC = "SYNTHETIC: invented for the demonstration"
JUNE_19 = ("2018-07", "2019-06")
JUNE_18 = ("2017-07", "2018-06")
PROVISIONAL_FROM = date(2019, 7, 1)  # later months of other forces were not yet national statistics
GROWTH = 0.006  # of a peer's population a year

PEERS: dict[str, int] = {  # people in the middle of 2018
    "Peer A": 1_138_000,
    "Peer B": 642_000,
    "Peer C": 903_000,
    "Peer D": 857_000,
    "Peer E": 764_000,
    "Peer F": 1_262_000,
    "Peer G": 586_000,
}

# Per 1,000 people over twelve months, Peer A to Peer G. With the force's own 61.2 the first averages 73.0.
CRIME_RATES = (75.9, 70.9, 77.5, 73.4, 71.8, 78.7, 74.6)  # to June 2019
CRIME_RISES = (0.071, 0.034, 0.082, 0.048, 0.029, 0.090, 0.055)  # in the year to June 2019: all seven rose
VIOLENCE_RATES = (24.0, 21.2, 26.6, 22.4, 18.9, 25.2, 23.1)  # to September 2019
SEXUAL_RATES = (2.90, 2.62, 3.08, 2.78, 2.71, 2.97, 2.84)  # to September 2019

# Per cent over the twelve months to September 2019: of crimes, positive outcomes.
OUTCOME_RATIOS = (12.8, 16.4, 10.6, 15.0, 18.7, 11.5, 13.7)  # with the force's 16.5 they average 14.4
TYPE_RATIOS = {
    "outcome-ratio-sexual": (7.3, 8.3, 6.9, 7.7, 7.9, 7.1, 7.5),  # with 9.7 they average 7.8
    "outcome-ratio-robbery": (17.8, 23.5, 14.9, 20.1, 21.6, 16.2, 19.4),
    "outcome-ratio-vehicle": (5.2, 6.1, 4.6, 5.9, 6.6, 4.9, 5.5),
    "outcome-ratio-residential-burglary": (7.1, 8.2, 6.4, 7.9, 8.8, 6.8, 7.5),
}
TYPE_RATES = {"outcome-ratio-robbery": 0.55, "outcome-ratio-vehicle": 5.4, "outcome-ratio-residential-burglary": 3.7}

# Per cent confident, twelve months to June 2018 and to June 2019, and adults interviewed
CONFIDENCE = (
    (79.6, 74.8, 611),
    (82.3, 78.8, 548),
    (78.1, 71.9, 590),
    (80.9, 76.5, 572),
    (84.0, 80.2, 555),
    (77.7, 73.4, 634),
    (81.2, 75.6, 541),
)

RISING = (("2013-04", 0.74), ("2016-06", 0.83), ("2018-06", 0.95), ("2019-09", 1.0))
FALLING_SHARE = (("2013-04", 1.5), ("2017-04", 1.25), ("2019-09", 1.0))
STEADY_SHARE = (("2013-04", 1.15), ("2019-09", 1.0))


@dataclass(frozen=True)
class DemoArea:
    """A place of the demo: the force, a peer, the region, the nation or a force without a name."""

    name: str
    kind: str  # force, region or nation
    is_own: bool = False
    in_peer_group: bool = False


@dataclass(frozen=True)
class DemoPopulation:
    """People living in an area in the middle of a year."""

    area: str
    year: int
    value: int
    source: str


def populations_of(peer: str) -> dict[int, int]:
    """Mid-year estimates of a peer by year, growing evenly to that of 2018."""
    return {year: round(PEERS[peer] / (1 + GROWTH) ** (2018 - year)) for year in POPULATION}


def populations() -> list[DemoPopulation]:
    """The force and its peers, mid-2012 to mid-2018."""
    own = [DemoPopulation(FORCE, year, people, "Mid-year estimate, declared") for year, people in POPULATION.items()]
    others = [
        DemoPopulation(peer, year, people, SYNTHETIC) for peer in PEERS for year, people in populations_of(peer).items()
    ]
    return [*own, *others]


def _offences(peer: str, slug: str, blocks: tuple[Block, ...]) -> np.ndarray:
    """Months of a peer's offences: a rising level in a mild season, meeting the totals."""
    level = blocks[-1][2] / 12
    return months_of(
        Recipe(f"{peer} {slug}", tuple((m, share * level) for m, share in RISING), blocks, SUMMER_MILD, 0.015)
    )


def _rates(peer: str, column: int) -> dict[str, Pair]:
    """Offences over residents of one peer, for the three compared rates."""
    people = PEERS[peer]
    year_to_june = round(CRIME_RATES[column] * people / 1000)
    before = round(year_to_june / (1 + CRIME_RISES[column]))
    totals: dict[str, tuple[Block, ...]] = {
        "crime-rate": ((*JUNE_18, before), (*JUNE_19, year_to_june)),
        "violence-rate": ((*YEAR_19, round(VIOLENCE_RATES[column] * people / 1000)),),
        "sexual-offences-rate": ((*YEAR_19, round(SEXUAL_RATES[column] * people / 1000)),),
    }
    residents = population_months(populations_of(peer))
    return {slug: Pair(_offences(peer, slug, blocks), residents) for slug, blocks in totals.items()}


def _ratio(peer: str, slug: str, crimes: np.ndarray, per_cent: float, shape: tuple[tuple[str, float], ...]) -> Pair:
    """Crimes with a positive outcome of one peer, meeting its ratio for the year to September 2019."""
    year = slice(grid.index(YEAR_19[0]), grid.index(YEAR_19[1]) + 1)
    total = round(per_cent / 100 * int(crimes[year].sum()))
    share = tuple((month, factor * per_cent / 100) for month, factor in shape)
    return Pair(parts_of(f"{peer} {slug}", crimes, share, ((*YEAR_19, total),)), crimes)


@cache
def peer_months() -> dict[str, dict[str, Pair]]:
    """Months by peer and slug, for every compared measure that is monthly."""
    made: dict[str, dict[str, Pair]] = {}
    for column, peer in enumerate(PEERS):
        held = _rates(peer, column)
        crimes, sexual = held["crime-rate"].numerator, held["sexual-offences-rate"].numerator
        held["outcome-ratio"] = _ratio(peer, "outcome-ratio", crimes, OUTCOME_RATIOS[column], FALLING_SHARE)
        for slug, ratios in TYPE_RATIOS.items():
            if slug in TYPE_RATES:
                yearly = round(TYPE_RATES[slug] * PEERS[peer] / 1000)
                offences = _offences(peer, f"{slug} crimes", ((*YEAR_18, yearly), (*YEAR_19, yearly)))
            else:
                offences = sexual
            held[slug] = _ratio(peer, slug, np.maximum(offences, 1), ratios[column], STEADY_SHARE)
        made[peer] = held
    return made


def peer_observations() -> Iterator[DemoObservation]:
    """Every figure of the peers: months of rates and ratios, and two years of the confidence survey."""
    for peer, held in peer_months().items():
        for slug, months in held.items():
            for item in month_observations(slug, months, peer):
                yield replace(item, provisional=item.start >= PROVISIONAL_FROM)
    for peer, (year_ago, latest, adults) in zip(PEERS, CONFIDENCE, strict=True):
        for month, value in (("2018-06", year_ago), ("2019-06", latest)):
            yield replace(year_to("confidence", grid.index(month), value, adults), area=peer)


def rolling_twelve(slug: str, last: str, scale: float) -> dict[str, float]:
    """A compared measure over twelve months by area, own force first.

    `scale` is 1,000 for a rate (mean stock beneath) or 100 for a ratio (sums over sums). Used by the tests and the
    method note; pages use the registry of statistics.
    """
    months = slice(grid.index(last) - 11, grid.index(last) + 1)
    by_area = {FORCE: share_months()[slug], **{peer: held[slug] for peer, held in peer_months().items()}}
    made = {}
    for area, pair in by_area.items():
        beneath = pair.denominator[months].mean() if scale == 1000 else pair.denominator[months].sum()
        made[area] = scale * float(pair.numerator[months].sum()) / float(beneath)
    return made


AREAS = (
    DemoArea(FORCE, "force", is_own=True),
    *(DemoArea(peer, "force", in_peer_group=True) for peer in PEERS),
    DemoArea(REGION, "region"),
    DemoArea(NATION, "nation"),
)
