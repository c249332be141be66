"""The counts: one recipe a series, its totals those of the published quarters and rolling twelves.

Where a total is published it is written here once and its consequences are worked out beside it. A total marked
"declared" is the demo's own, chosen to be plausible and to keep a statement of the report true.
"""

from functools import cache

import numpy as np

from desk.demo.benchmark import (
    AUTUMN,
    SUMMER_MILD,
    SUMMER_STRONG,
    WINTER,
    Block,
    Recipe,
    months_of,
    random_numbers,
)

YEAR_19 = ("2018-10", "2019-09")
YEAR_18 = ("2017-10", "2018-09")
YEAR_17 = ("2016-10", "2017-09")


def quarters(q1: int, q2: int, rolling_q1: int, rolling_q2: int, rolling_year_ago: int) -> tuple[Block, ...]:
    """The four blocks that two quarters and three rolling twelves imply.

    October 2018 to March 2019 is what the two quarters leave of the year to September 2019; July to September 2018 is
    what those months and quarter one leave of the year to June 2019; the rest of the year before follows.
    """
    winter_half = rolling_q2 - q1 - q2
    q2_year_ago = rolling_q1 - winter_half - q1
    return (
        ("2017-10", "2018-06", rolling_year_ago - q2_year_ago),
        ("2018-07", "2018-09", q2_year_ago),
        ("2018-10", "2019-03", winter_half),
        ("2019-04", "2019-06", q1),
        ("2019-07", "2019-09", q2),
    )


RECIPES = (
    Recipe(
        "crime-volume",
        (("2013-04", 2990), ("2015-04", 3080), ("2016-06", 3330), ("2017-06", 3640), ("2019-09", 3690)),
        # July to September 2017 is declared: the year to June 2018 must stand above 43,523 for crime to have fallen
        (("2017-07", "2017-09", 11_612), *quarters(10_952, 11_856, 43_523, 44_340, 43_082)),
        SUMMER_MILD,
        0.012,
    ),
    Recipe(
        "cyber-flagged",
        (("2013-04", 34), ("2015-04", 62), ("2017-04", 140), ("2018-01", 180), ("2018-08", 240), ("2019-09", 243)),
        quarters(668, 726, 2_999, 3_015, 2_385),
    ),
    Recipe(
        "hate-crime",
        (("2013-04", 24), ("2015-04", 30), ("2016-06", 44), ("2017-06", 55), ("2018-06", 56), ("2019-09", 51)),
        quarters(163, 178, 624, 619, 658),  # 658 read as the year to September 2018
        SUMMER_STRONG,
        events={"2016-07": 1.32, "2017-06": 1.15},
    ),
    Recipe(
        "asb-volume",
        (("2013-04", 2160), ("2015-04", 1860), ("2016-06", 1650), ("2017-06", 1440), ("2019-09", 1400)),
        quarters(4_424, 4_764, 16_848, 16_792, 16_369),
        SUMMER_STRONG,
        0.02,
        {"2018-01": 0.86, "2018-02": 0.84, "2018-03": 0.80},
    ),
    Recipe(
        "ksi-collisions",
        (("2013-04", 17.5), ("2016-04", 19.5), ("2018-06", 22), ("2019-06", 23)),
        (("2017-07", "2018-06", 258), ("2018-07", "2019-06", 273)),  # 258 declared
        AUTUMN,
        last="2019-06",
    ),
    Recipe(
        "specials-hours",
        (("2013-04", 4300), ("2015-06", 5150), ("2017-06", 5900), ("2019-03", 5500), ("2019-09", 5150)),
        (("2019-04", "2019-06", 16_469), ("2019-07", "2019-09", 15_205)),
        SUMMER_MILD,
        0.05,
    ),
    Recipe(
        "section-136",
        (("2013-04", 16), ("2017-11", 18.5), ("2017-12", 20.5), ("2019-09", 24)),
        (
            (*YEAR_18, 240),
            ("2018-10", "2019-03", 141),  # 285 - 70 - 74
            ("2019-04", "2019-06", 70),
            ("2019-07", "2019-09", 74),
        ),
    ),
    Recipe(
        "cse-crimes",
        (("2013-04", 6), ("2015-06", 10), ("2017-06", 12.5), ("2019-09", 12)),
        (
            (*YEAR_18, 151),
            ("2018-10", "2019-03", 78),  # 146 - 33 - 35
            ("2019-04", "2019-06", 33),
            ("2019-07", "2019-09", 35),
        ),
    ),
    Recipe(
        "domestic-abuse",
        (("2013-04", 305), ("2015-04", 340), ("2017-04", 450), ("2018-04", 515), ("2019-09", 550)),
        quarters(1_594, 1_735, 6_516, 6_610, 5_989),
        SUMMER_MILD,
    ),
    Recipe(
        "sexual-offences",
        (("2013-04", 66), ("2015-04", 92), ("2016-10", 124), ("2018-03", 144), ("2019-09", 133)),
        quarters(380, 425, 1_601, 1_599, 1_703),
        SUMMER_MILD,
    ),
    Recipe(
        "complaints",
        (("2013-04", 46), ("2017-04", 44), ("2018-10", 45), ("2019-03", 62), ("2019-09", 65)),
        (
            (*YEAR_18, 529),
            ("2018-10", "2019-03", 359),  # 739 - 180 - 200
            ("2019-04", "2019-06", 180),
            ("2019-07", "2019-09", 200),
        ),
        # held back, then cleared: the spikes are the standards department catching up
        events={"2018-11": 0.75, "2018-12": 0.6, "2019-02": 1.25, "2019-03": 1.75, "2019-06": 0.8, "2019-07": 1.3},
    ),
    Recipe(
        "violence-against-person",
        (("2013-04", 560), ("2015-04", 720), ("2016-06", 950), ("2017-06", 1140), ("2019-09", 1200)),
        ((*YEAR_18, 13_905), (*YEAR_19, 14_470)),  # declared: 20.4 per 1,000
        SUMMER_MILD,
        0.015,
    ),
    Recipe(
        "burglary",
        (("2013-04", 395), ("2015-04", 360), ("2017-04", 375), ("2017-11", 345), ("2018-06", 300), ("2019-09", 245)),
        ((*YEAR_17, 4_382), (*YEAR_19, 3_026)),  # published: down 30.94 per cent over the two years
        WINTER,
    ),
    Recipe(
        "residential-burglary",
        (("2013-04", 262), ("2015-04", 245), ("2017-04", 255), ("2017-11", 235), ("2018-06", 205), ("2019-09", 162)),
        (("2017-07", "2018-06", 2_780), ("2018-07", "2019-06", 2_029)),  # declared so as to fall by 27 per cent
        WINTER,
    ),
    Recipe(
        "vehicle-offences",
        (("2013-04", 300), ("2016-04", 310), ("2017-10", 350), ("2018-06", 320), ("2019-03", 245), ("2019-09", 238)),
        (("2017-07", "2018-06", 4_100), ("2018-07", "2019-06", 3_034)),  # declared so as to fall by 26 per cent
        AUTUMN,
    ),
    Recipe(
        "theft-from-person",
        (("2013-04", 36), ("2016-04", 32), ("2018-01", 33), ("2019-09", 26)),
        (("2017-07", "2018-06", 388), ("2018-07", "2019-06", 327)),  # declared so as to fall by nearly 16 per cent
        SUMMER_MILD,
    ),
    Recipe(
        "drug-offences",
        (("2013-04", 118), ("2015-04", 92), ("2017-10", 74), ("2018-06", 78), ("2019-09", 96)),
        (("2017-07", "2018-06", 900), ("2018-07", "2019-06", 1_089)),  # declared so as to rise by 21 per cent
    ),
    Recipe(
        "weapons-possession",
        (("2013-04", 13), ("2016-04", 17), ("2018-01", 23), ("2019-09", 31)),
        (("2017-07", "2018-06", 275), ("2018-07", "2019-06", 352)),  # declared so as to rise by 28 per cent
    ),
    Recipe(
        "knife-crime",
        (("2013-04", 9), ("2016-04", 11), ("2018-01", 15), ("2019-09", 17)),
        (("2018-07", "2019-06", 196),),  # declared: fourteenth lowest in the country
    ),
    Recipe(
        "robbery",
        (("2013-04", 15), ("2016-04", 18), ("2018-01", 25), ("2019-09", 25)),
        ((*YEAR_18, 305), (*YEAR_19, 298)),  # declared
        SUMMER_MILD,
    ),
    Recipe(
        "trials-ended-witness",
        (("2013-04", 9), ("2017-04", 6.5), ("2018-10", 7.5), ("2019-07", 7)),
        (("2018-08", "2019-07", 86),),
        last="2019-07",
    ),
    Recipe(
        "incidents-immediate",
        (("2013-04", 1180), ("2016-04", 1290), ("2018-04", 1410), ("2019-09", 1510)),
        # 5,029 and 17,918 are published; how the rest divides is declared
        (("2018-10", "2019-03", 8_419), ("2019-04", "2019-06", 4_470), ("2019-07", "2019-09", 5_029)),
        SUMMER_MILD,
        0.015,
    ),
    Recipe(
        "incidents-priority",
        (("2013-04", 2760), ("2016-04", 2850), ("2018-04", 2960), ("2019-09", 3030)),
        (("2018-10", "2019-03", 17_900), ("2019-04", "2019-06", 9_050), ("2019-07", "2019-09", 9_379)),
        SUMMER_MILD,
        0.012,
    ),
    Recipe(
        "calls-999",
        (("2013-04", 5650), ("2015-04", 5900), ("2017-04", 6700), ("2018-04", 7150), ("2019-09", 7800)),
        # 27,163 and 92,676 are published; how the rest divides, and the year before, are declared
        (
            (*YEAR_18, 86_410),
            ("2018-10", "2019-03", 42_113),
            ("2019-04", "2019-06", 23_400),
            ("2019-07", "2019-09", 27_163),
        ),
        (0.94, 0.87, 0.95, 0.95, 1.02, 1.04, 1.15, 1.10, 1.03, 1.01, 0.97, 0.97),
        0.012,
    ),
    Recipe(
        "calls-crib",
        (("2013-04", 15900), ("2016-04", 15100), ("2018-04", 13700), ("2019-09", 13200)),
        # 40,524 is published; the rest is declared
        (("2018-10", "2019-03", 78_000), ("2019-04", "2019-06", 38_800), ("2019-07", "2019-09", 40_524)),
        SUMMER_MILD,
        0.015,
    ),
    Recipe(
        "calls-101",
        (("2013-04", 27500), ("2016-04", 25500), ("2019-09", 23000)),
        (),
        SUMMER_MILD,
        0.015,
    ),
)

CYBER_PARTS = (  # share of the cyber-flagged crimes; stalking and harassment the commonest, then sexual, then public order
    ("cyber-stalking-harassment", 0.43),
    ("cyber-sexual-offences", 0.15),
    ("cyber-public-order", 0.11),
)


@cache
def count_months() -> dict[str, np.ndarray]:
    """Every monthly count by slug, from April 2013 to the last month that measure has."""
    made = {recipe.slug: months_of(recipe) for recipe in RECIPES}
    shares = [share for _, share in CYBER_PARTS]
    parts = random_numbers("cyber-parts").multinomial(made["cyber-flagged"], [*shares, 1 - sum(shares)])
    for column, (slug, _) in enumerate(CYBER_PARTS):
        made[slug] = parts[:, column]
    return made
