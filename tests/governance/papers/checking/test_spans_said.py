"""Spans counted, days that are past, signs of correlations, and totals said in other ways."""

import pytest

from governance.papers.checking.check import check
from governance.papers.checking.periods import parse_quarter

QUARTER = parse_quarter("2019-20Q2")
RULES = {"months-counted", "date-past", "correlation-sign", "sum-of-parts"}


def rules(text: str) -> set[str]:
    return {one.rule for one in check(text, quarter=QUARTER, meeting=(2019, 12, 19)) if one.severity in "ABC"}


WRONG = [
    "For nine months, April to October 2018, the desk was shut.",
    "The six quarters between quarter one 2018-19 and quarter one 2019-20 are plotted.",
    "From July 2018 to March 2019, a run of eight months, the limit was broken.",
    "It was counted in four quarters (quarter one, quarter two and quarter three).",
    "Over three years (2015-16, 2016-17, 2017-18 and 2018-19) the number was level.",
    "Seven consecutive quarters, from quarter three 2017-18 to quarter two 2019-20, lie above the mean.",
    "The 11 months from January 2018 to December 2018 were wet.",
    "On 3 October the new desk will open to callers.",
    "From Monday 2 December the lines are to be open at night.",
    "The office is due to move on 4 November 2019.",
    "As one rises the other rises too (r = -0.61, n = 30, p < 0.01).",
    "The warmer it was, the more calls rose: they move in step, r = −0.55, n = 36, p = 0.02.",
    "Rain and footfall go in opposite directions (r = 0.48, n = 40, p < 0.01).",
    "When staffing falls, waits rise: r = 0.7, n = 24, p < 0.01.",
    "In the city there were 40 thefts and in the villages 30. Together that makes 80.",
    "Of the 900 letters, 400 came by post, 300 by hand and 180 by courier.",
    "Some of it is old: 250 files from the city, 150 from the coast and 100 from the hills, a total of 550.",
    "The desk took 1,250 calls in all, 700 by day and 505 by night.",
    "400 plus 250 gives 560.",
]  # fmt: skip

RIGHT = [
    "For seven months, April to October 2018, the desk was shut.",
    "The five quarters between quarter one 2018-19 and quarter one 2019-20 are plotted.",
    "From July 2018 to March 2019, a run of nine months, the limit was broken.",
    "It was counted in three quarters (quarter four, quarter one and quarter two).",
    "Over four years (2015-16, 2016-17, 2017-18 and 2018-19) the number was level.",
    "Over two years, from September 2017 to September 2019, it doubled.",
    "Some 12 officers for quarter two 2019-20 came from July to September 2019.",
    "On 3 January the new desk will open to callers.",
    "The office had been due to move on 4 November 2019.",
    "The office was to have moved on 4 November 2019, and will move in March 2020.",
    "From 2 December the lines were open at night.",
    "As one rises the other rises too (r = 0.61, n = 30, p < 0.01).",
    "Rain and footfall go in opposite directions (r = -0.48, n = 40, p < 0.01).",
    "In the city there were 40 thefts and in the villages 30. Together that makes 70.",
    "In the city there were 40 thefts and in the villages 30. The total of arrests was 12.",
    "Of the 900 letters, 400 came by post, 300 by hand and 200 by courier.",
    "Of the 900 letters, 100 came late and 50 were lost.",
    "The desk took 1,250 calls in all, 700 by day and 550 by night.",
    "There were 40 stewards, 30 cadets and 11 dogs at the fair.",
]  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_a_count_a_day_or_a_sign_that_cannot_be_is_found(text):
    assert len(rules(text) & RULES) == 1
    assert rules(text) <= RULES


@pytest.mark.parametrize("text", RIGHT)
def test_a_count_a_day_or_a_sign_that_can_be_is_left_alone(text):
    assert rules(text) == set()
