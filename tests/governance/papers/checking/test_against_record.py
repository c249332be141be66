"""What is said of a measure against the figures of the record: values, changes and directions."""

import pytest

from governance.papers.checking.check import check
from governance.papers.checking.facts import facts_of
from governance.papers.checking.periods import parse_quarter

QUARTER = parse_quarter("2019-20Q2")
FACTS = facts_of(
    [
        ("hate-crime", "quarter", "2018-19Q2", 227),
        ("hate-crime", "quarter", "2019-20Q2", 263),
        ("hate-crime", "rolling12", "2018-09", 826),
        ("hate-crime", "rolling12", "2019-09", 1041),
        ("burglary", "quarter", "2018-19Q2", 975),
        ("burglary", "quarter", "2019-20Q2", 843),
        ("burglary", "rolling12", "2018-09", 3558),
        ("burglary", "rolling12", "2019-09", 3133),
        ("robbery", "quarter", "2018-19Q2", 93),
        ("robbery", "quarter", "2019-20Q2", 86),
        ("vehicle-crime", "quarter", "2018-19Q2", 1016),
        ("vehicle-crime", "quarter", "2019-20Q2", 855),
        ("anti-social-behaviour", "quarter", "2018-19Q2", 3851),
        ("anti-social-behaviour", "quarter", "2019-20Q2", 4712),
        ("victim-satisfaction", "quarter", "2018-19Q2", 74.2),
        ("victim-satisfaction", "quarter", "2019-20Q2", 76.9),
        ("abandonment-rate", "quarter", "2018-19Q2", 5.1),
        ("abandonment-rate", "quarter", "2019-20Q2", 4.7),
        ("immediate-response-time", "quarter", "2018-19Q2", 640),
        ("immediate-response-time", "quarter", "2019-20Q2", 679),
    ]
)
RULES = {"value-against-record", "value-of-another-period", "change-against-record", "direction-against-record"}


def rules(text: str) -> set[str]:
    return {one.rule for one in check(text, FACTS, quarter=QUARTER, meeting=(2019, 12, 19)) if one.severity in "ABC"}


WRONG = [
    "The Panel wished to know the number of robberies in quarter two; it was 68.",
    "Vehicle crime came to 585 in the quarter to September 2019.",
    "During the three months to September 2019 officers dealt with 4,217 anti-social behaviour incidents.",
    "Victim satisfaction was 67.9 per cent in quarter two.",
    "For quarter two the abandonment rate stood at 7.4 per cent.",
    "The force recorded 1,401 hate crimes over the 12 months to September 2019.",
    "It took 13 minutes and 19 seconds on average to reach an immediate incident; that is the response time for quarter two.",
    "More burglaries came to light in quarter two than in quarter two 2018-19.",
    "Fewer hate crimes were seen in quarter two than in the same quarter last year.",
    "Set beside the year to September 2018, the year to September 2019 brought a drop in hate crime.",
    "Robbery climbed in quarter two when set against the same quarter of the previous year.",
    "Hate crime was lower in the year to September 2019 than in the year to September 2018.",
    "There has been an upturn in burglary between quarter two 2018-19 and quarter two 2019-20.",
    "Burglary was down 4.1 per cent in quarter two on the same quarter last year.",
    "Hate crime is up by 63 in quarter two on the same quarter last year.",
    "Burglary in quarter two was higher than a year earlier.",
]  # fmt: skip

RIGHT = [
    "The Panel wished to know the number of robberies in quarter two; it was 86.",
    "Vehicle crime came to 855 in the quarter to September 2019.",
    "During the three months to September 2019 officers dealt with 4,712 anti-social behaviour incidents.",
    "Victim satisfaction was 76.9 per cent in quarter two.",
    "Fewer burglaries came to light in quarter two than in quarter two 2018-19.",
    "More hate crimes were seen in quarter two than in the same quarter last year.",
    "Fewer burglaries were recorded in quarter two 2019-20 than in quarter two 2018-19.",
    "There were more burglaries in quarter two 2018-19 than in quarter two 2019-20.",
    "Hate crime is up by 36 in quarter two on the same quarter last year.",
    "We aim to see fewer hate crimes in quarter two than a year ago.",
    "Nationally, burglary rose in quarter two.",
    "In quarter two 40 of the burglaries were in Framley.",
    "Hate crime rose to 263 in quarter two, and 12 arrests were made.",
    "Burglary fell in quarter two, while the number of officers rose.",
]  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_what_the_record_denies_is_found(text):
    assert len(rules(text) & RULES) == 1
    assert rules(text) <= RULES


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_record_bears_out_is_left_alone(text):
    assert rules(text) == set()
