"""The percentages, times and days per person: numerators (or total seconds) over denominators, month by month.

Every pair is built denominator first; the numerator follows a share curve and is then made to meet each published
percentage through a whole-number total, so that the quarter and the rolling twelve are computed and never typed.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from desk.demo import grid
from desk.demo.benchmark import COURT, WINTER, Recipe, months_of, parts_of, random_numbers
from desk.demo.counts import YEAR_17, YEAR_18, YEAR_19, count_months

Q3_Q4 = ("2018-10", "2019-03")
Q1 = ("2019-04", "2019-06")
Q2 = ("2019-07", "2019-09")
OUTAGE = "2019-09"  # paper records of 14 to 17 September keyed in afterwards with the later time

POPULATION = {2012: 684_000, 2013: 689_000, 2014: 694_000, 2015: 699_000, 2016: 703_000, 2017: 707_000, 2018: 711_000}


@dataclass(frozen=True)
class Pair:
    """Two runs of whole-number months of the same length: numerator (or seconds), denominator (or incidents)."""

    numerator: np.ndarray
    denominator: np.ndarray


def population_months(populations: dict[int, int]) -> np.ndarray:
    """The stock denominator: the mid-year estimate of each year from its July to the next June; shape (78,)."""
    years = []
    for position in range(grid.MONTHS):
        month = grid.first_day(position)
        years.append(month.year if month.month >= 7 else month.year - 1)
    return np.array([populations[min(year, max(populations))] for year in years])


def _outcomes(counts: dict[str, np.ndarray]) -> dict[str, Pair]:
    """Crimes with a positive outcome: court and out of court apart, and by four crime types."""
    crimes = counts["crime-volume"]
    court = parts_of(
        "outcomes-court",
        crimes,
        (("2013-04", 0.134), ("2015-09", 0.127), ("2017-03", 0.117), ("2018-09", 0.122), ("2019-09", 0.127)),
        ((*YEAR_17, 5_094), (*YEAR_18, 5_302), (*YEAR_19, 5_611)),  # 5,611 published; each year below the next
    )
    out_of_court = parts_of(
        "outcomes-out-of-court",
        crimes,
        (("2013-04", 0.040), ("2016-04", 0.036), ("2019-09", 0.038)),
        ((*YEAR_17, 1_563), (*YEAR_18, 1_611), (*YEAR_19, 1_685)),  # 1,685 published
    )
    types = {
        # 155 of 1,599 is 9.7 per cent
        "outcome-ratio-sexual": ("sexual-offences", 0.085, ((*YEAR_18, 129), (*YEAR_19, 155))),
        "outcome-ratio-robbery": ("robbery", 0.165, ((*YEAR_18, 49), (*YEAR_19, 62))),
        "outcome-ratio-vehicle": ("vehicle-offences", 0.031, ((*YEAR_18, 98), (*YEAR_19, 73))),
        "outcome-ratio-residential-burglary": ("residential-burglary", 0.052, ((*YEAR_18, 118), (*YEAR_19, 81))),
    }
    made = {
        slug: Pair(parts_of(slug, counts[of], (("2013-04", share),), blocks), counts[of])
        for slug, (of, share, blocks) in types.items()
    }
    made["outcome-ratio"] = Pair(court + out_of_court, crimes)
    made["outcomes-court"] = Pair(court, crimes)
    made["outcomes-out-of-court"] = Pair(out_of_court, crimes)
    return made


def _courts() -> dict[str, Pair]:
    """Convictions (to August 2019) and trials that did not go ahead as listed."""
    prosecuted = months_of(
        Recipe(
            "defendants-prosecuted",
            (("2013-04", 500), ("2016-04", 455), ("2019-08", 412)),
            (("2018-09", "2019-08", 4_993),),
            COURT,
            last="2019-08",
        )
    )
    convicted = parts_of(
        "conviction-rate", prosecuted, (("2013-04", 0.884),), (("2018-09", "2019-08", 4_437),), spread=0.004
    )
    listed = months_of(
        Recipe(
            "trials-listed",
            (("2013-04", 104), ("2016-04", 95), ("2019-09", 85)),
            (("2018-10", "2018-12", 244), ("2019-01", "2019-03", 248), (*Q1, 252), (*Q2, 255)),  # 255 published
            COURT,
        )
    )
    prosecution = parts_of(
        "cracked-trials",
        listed,
        (("2013-04", 0.172), ("2016-04", 0.160), ("2017-04", 0.142), ("2018-03", 0.145), ("2018-12", 0.185)),
        (("2017-04", "2018-03", 157), ("2019-01", "2019-03", 61), (*Q1, 53), (*Q2, 43)),  # 43 published
    )
    other = parts_of(
        "cracked-trials-other-reasons",
        listed,
        (("2013-04", 0.36), ("2019-09", 0.352)),
        ((*Q1, 84), (*Q2, 90)),  # 133 - 43
    )
    return {
        "conviction-rate": Pair(convicted, prosecuted),
        "cracked-trials": Pair(prosecution, listed),
        "cracked-trials-all": Pair(prosecution + other, listed),
    }


def _response(counts: dict[str, np.ndarray]) -> dict[str, Pair]:
    """Arrival times. Seconds carry a fraction of a second in their totals, as real logs do."""
    immediate, priority = counts["incidents-immediate"], counts["incidents-priority"]
    year = round(3_101.2 * 36_329)
    first, second = round(3_206.3 * 9_050), round(3_470.2 * 9_379)
    return {
        "response-immediate": Pair(
            parts_of(
                "response-immediate",
                immediate,
                (("2013-04", 588), ("2016-04", 602), ("2019-03", 614), ("2019-09", 640)),
                ((*Q1, round(626.3 * 4_470)), (*Q2, round(767.2 * 5_029))),
                0.028,
                {OUTAGE: 1.58},
            ),
            immediate,
        ),
        "response-priority": Pair(
            parts_of(
                "response-priority",
                priority,
                (("2013-04", 2_560), ("2016-04", 2_700), ("2018-10", 2_820), ("2019-03", 2_930), ("2019-09", 3_260)),
                ((*Q3_Q4, year - first - second), (*Q1, first), (*Q2, second)),
                0.028,
                {OUTAGE: 1.17},
            ),
            priority,
        ),
    }


Seconds = tuple[str, str, int]  # first month, last month, total


def _total(calls: np.ndarray, window: tuple[str, str], seconds: float) -> Seconds:
    """The total of seconds that gives calls of a window this mean."""
    months = slice(grid.index(window[0]), grid.index(window[1]) + 1)
    return (*window, round(seconds * int(calls[months].sum())))


def _year_and_quarters(calls: np.ndarray, year: float, q1: float, q2: float) -> tuple[Seconds, ...]:
    """October to March as what the two quarters leave of the year; then the quarters."""
    first, second = _total(calls, Q1, q1), _total(calls, Q2, q2)
    return (*Q3_Q4, _total(calls, YEAR_19, year)[2] - first[2] - second[2]), first, second


def _answering(counts: dict[str, np.ndarray]) -> dict[str, Pair]:
    """Waits before an answer; those printed for Sep-17, -18 and -19 are read as rolling twelves."""
    emergency, crib, other = counts["calls-999"], counts["calls-crib"], counts["calls-101"]
    seconds = {
        "answer-999": parts_of(
            "answer-999",
            emergency,
            (("2013-04", 5.6), ("2017-04", 5.3), ("2018-03", 4.3), ("2019-09", 4.2)),
            (
                _total(emergency, YEAR_17, 5.2),
                _total(emergency, YEAR_18, 4.2),
                *_year_and_quarters(emergency, 4.4, 4.2, 5.1),
            ),
            0.045,
            {OUTAGE: 1.5},
        ),
        "answer-crib": parts_of(
            "answer-crib",
            crib,
            (("2013-04", 84), ("2016-03", 112), ("2016-04", 178), ("2017-03", 245), ("2017-08", 236), ("2017-10", 196))
            + (("2017-11", 126), ("2018-09", 80), ("2019-03", 72), ("2019-06", 66), ("2019-09", 82)),
            (_total(crib, YEAR_17, 229.2), _total(crib, YEAR_18, 102.3), *_year_and_quarters(crib, 80.2, 64.3, 105.2)),
            0.05,
            {OUTAGE: 1.75},
        ),
        "answer-101": parts_of(
            "answer-101",
            other,
            (("2013-04", 15), ("2017-06", 12), ("2018-03", 7.2), ("2019-09", 6.0)),
            (_total(other, YEAR_17, 12.1), _total(other, YEAR_18, 7.1), _total(other, YEAR_19, 6.1)),
            0.05,
        ),
    }
    return {slug: Pair(made, counts[slug.replace("answer", "calls")]) for slug, made in seconds.items()}


def _abandoned(counts: dict[str, np.ndarray]) -> dict[str, Pair]:
    """Calls given up: above ten per cent in the nineteen months from April 2016 to October 2017 and in no others."""
    crib = counts["calls-crib"]
    abandoned = parts_of(
        "abandonment-crib",
        crib,
        (("2013-04", 0.060), ("2016-03", 0.086), ("2016-04", 0.118), ("2017-02", 0.156), ("2017-08", 0.152))
        + (("2017-10", 0.126), ("2017-11", 0.086), ("2018-09", 0.046), ("2019-06", 0.034), ("2019-09", 0.044)),
        ((*Q3_Q4, 3_136), (*Q1, 1_319), (*Q2, 2_310)),  # 3.4 and 5.7 per cent; 4.3 for the year
        0.03,
        {OUTAGE: 1.45},
    )
    return {"abandonment-crib": Pair(abandoned, crib)}


def _standards(counts: dict[str, np.ndarray]) -> dict[str, Pair]:
    """Case files, complaints and appeals: small numbers, so the last twelve months are set down one by one."""
    rng = random_numbers("full-file-errors")
    files = months_of(
        Recipe("full-files", (("2013-04", 48), ("2018-04", 52), ("2019-09", 60)), ((*Q1, 160), (*Q2, 185)), COURT)
    )
    errors = rng.binomial(files, np.linspace(0.115, 0.035, grid.MONTHS))
    errors[-6:] = (2, 1, 1, 0, 1, 0)  # four of 160, one of 185

    rng = random_numbers("appeals-upheld")
    completed = 1 + rng.poisson(1.3, grid.MONTHS)  # no month without an appeal, so that every share can be said
    upheld = rng.binomial(completed, 0.22)
    completed[-12:] = (2, 1, 1, 2, 2, 2, 1, 3, 2, 4, 3, 3)  # 10, 6 and 10: 26 in the year
    upheld[-12:] = (0, 0, 0, 1, 0, 0, 0, 2, 1, 1, 0, 1)  # 1, 3 and 2: six in the year

    complaints = counts["complaints"]
    in_time = parts_of(
        "complaints-10-days",
        complaints,
        (("2013-04", 0.78), ("2017-04", 0.72), ("2018-06", 0.58), ("2019-03", 0.40), ("2019-04", 0.92)),
        ((*Q1, 167), (*Q2, 180)),
        0.01,
    )
    january = slice(grid.index("2019-01"), grid.index("2019-03") + 1)
    days = parts_of(
        "complaint-recording-days",
        complaints,
        (("2013-04", 8.5), ("2017-04", 9.5), ("2018-06", 12), ("2019-03", 15), ("2019-04", 7.2), ("2019-09", 7)),
        (("2019-01", "2019-03", 15 * int(complaints[january].sum())), (*Q2, 1_400)),  # 15 and 7 days
        0.06,
    )
    return {
        "full-file-errors": Pair(errors, files),
        "appeals-upheld": Pair(upheld, completed),
        "complaints-10-days": Pair(in_time, complaints),
        "complaint-recording-days": Pair(days, complaints),
    }


def _sickness() -> dict[str, Pair]:
    """Working days lost over a stock of people: officers up 16 per cent in the year, staff up 21."""
    made = {}
    groups = {
        "days-lost-officers": (("2013-04", 1_052), ("2016-04", 1_001), ("2019-09", 1_004), 990, 12_000, 13_920),
        "days-lost-staff": (("2013-04", 968), ("2016-04", 1_004), ("2019-09", 1_042), 1_010, 13_460, 16_287),
    }
    for slug, (early, middle, late, level, year_ago, year) in groups.items():
        strength = np.rint(
            np.interp(np.arange(grid.MONTHS), [0, grid.index(middle[0]), 77], [early[1], middle[1], late[1]])
        )
        days = months_of(
            Recipe(
                slug,
                (
                    ("2013-04", level * 0.86),
                    ("2017-04", level * 0.96),
                    ("2018-10", level * 1.2),
                    ("2019-09", level * 1.36),
                ),
                ((*YEAR_18, year_ago), (*YEAR_19, year)),
                WINTER,
                0.03,
            )
        )
        made[slug] = Pair(days, strength.astype(int))
    officers, staff = made.values()
    made["days-lost"] = Pair(officers.numerator + staff.numerator, officers.denominator + staff.denominator)
    return made


def _rates(counts: dict[str, np.ndarray]) -> dict[str, Pair]:
    """Offences per 1,000 residents, for the comparison with most similar forces."""
    people = population_months(POPULATION)
    return {
        "crime-rate": Pair(counts["crime-volume"], people),
        "violence-rate": Pair(counts["violence-against-person"], people),
        "sexual-offences-rate": Pair(counts["sexual-offences"], people),
    }


@cache
def share_months() -> dict[str, Pair]:
    """Every monthly ratio, duration, rate and days-per-person series by slug."""
    counts = count_months()
    return {
        **_outcomes(counts),
        **_courts(),
        **_response(counts),
        **_answering(counts),
        **_abandoned(counts),
        **_standards(counts),
        **_sickness(),
        **_rates(counts),
    }
