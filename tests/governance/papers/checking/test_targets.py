"""A result against a target, a standard or an average: above, below, met and missed."""

import pytest

from governance.papers.checking.check import check
from governance.papers.checking.periods import parse_quarter

QUARTER = parse_quarter("2019-20Q2")


def rules(text: str) -> set[str]:
    return {one.rule for one in check(text, quarter=QUARTER, meeting=(2019, 12, 19)) if one.severity in "ABC"}


WRONG = [
    "At 47.0 per 10,000 dwellings our burglary rate is higher than the peer average of 52.3.",
    "The force's rate is 8.1 per 1,000 people, worse than the 9.4 of similar forces when it comes to robberies.",
    "Our result of 71 per cent exceeded the national average of 78 per cent.",
    "The average answer took 14 seconds, beating the standard of 10 seconds.",
    "We achieved the target of 90 per cent, with 84 per cent of visits made on time.",
    "The target of 80 per cent was met: 74 per cent of files were complete.",
    "Response took 16 minutes and 4 seconds, inside the target of 15 minutes.",
    "With 3.4 offences per 1,000 residents, the county lies above the regional mean of 4.1.",
    "The peer average, 45.2, is above the county's 51.7 per 1,000 households.",
    "The share of letters answered within ten days, 93 per cent, is below the 85 per cent the Charter promises.",
    "Attendance ran at 96 per cent against a target of 95 per cent, so the target was missed.",
    "Compared with a national average of 12.1 per cent, our 14.3 per cent is lower.",
    "The sickness rate of 5.1 per cent meets the target of no more than 4.0 per cent.",
    "Timeliness stands at 62 per cent, which is under the target of 60 per cent.",
]  # fmt: skip

RIGHT = [
    "At 57.0 per 10,000 dwellings our burglary rate is higher than the peer average of 52.3.",
    "The average answer took 8 seconds, beating the standard of 10 seconds.",
    "We achieved the target of 90 per cent, with 94 per cent of visits made on time.",
    "Attendance ran at 94 per cent against a target of 95 per cent, so the target was missed.",
    "Compared with a national average of 12.1 per cent, our 14.3 per cent is higher.",
    "The sickness rate of 3.1 per cent meets the target of no more than 4.0 per cent.",
    "The peer average, 55.2, is above the county's 51.7 per 1,000 households.",
    "The target is 90 per cent and the result 92 per cent.",
    "Of 40 forces, ours was among the 12 within the national average.",
    "The rate of 12 per cent is not below the target of 10 per cent.",
    "Response took 14 minutes and 4 seconds, inside the target of 15 minutes.",
    "Over 60 per cent of the 400 callers said that the target was met.",
    "A target of 85 per cent is set for 2020-21; this year it is 80 per cent.",
    "Some 37 of the 43 forces met the standard.",
]  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_a_verdict_that_the_two_figures_deny_is_found(text):
    assert rules(text) == {"above-or-below"}


@pytest.mark.parametrize("text", RIGHT)
def test_a_verdict_that_the_two_figures_bear_out_is_left_alone(text):
    assert rules(text) == set()
