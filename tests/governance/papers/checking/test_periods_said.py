"""Which quarter a paper speaks of, what it sets it against, and results of what is not over."""

import pytest

from governance.papers.checking.check import check
from governance.papers.checking.periods import parse_quarter

QUARTER = parse_quarter("2019-20Q2")


def rules(text: str) -> set[str]:
    return {one.rule for one in check(text, quarter=QUARTER, meeting=(2019, 12, 19)) if one.severity in "ABC"}


OF_ANOTHER_QUARTER = [
    "The figures in this report are for quarter one.",
    "This report relates to the three months to June 2019.",
    "My commentary covers Q4 2018-19.",
    "The accompanying tables present the position for quarter three.",
    "Burglary remains stable in quarter one.",
    "For the quarter under review, Q1 2019-20, the volume is as expected.",
    "In this quarter (January to March 2019) the result is within its limits.",
    "There is nothing to report in Q3.",
    "The dashboard shows no exceptions in quarter four 2018-19.",
    "This report describes the quarter ended 30 June 2019.",
]  # fmt: skip

NOT_THE_SAME_TIME = [
    "In August 2019 there were 41 fires; in the same month of the previous year, July 2018, there were 52.",
    "In the same month last year, May 2018, there were 52 fires; in August 2019 there were 41.",
    "There were 90 fires in quarter two 2019-20, against 100 in the same quarter of the previous year, quarter two 2017-18.",
    "There were 90 fires in quarter two 2019-20. In the previous quarter (quarter four 2018-19) there were 71.",
    "In the year to September 2019 there were 400 fires, 10 fewer than in the year to July 2018.",
    "There were 36 fires in August 2019, compared with 41 in June 2018.",
    "A year earlier (September 2017) there were 36 fires; in September 2019 there were 44.",
    "There were 36 fires in August 2019 and 41 a year earlier, in July 2018.",
    "The year to September 2019 saw 500 calls, against 480 in the nine months to September 2018.",
]  # fmt: skip

NOT_OVER = [
    "Fires numbered 36 in November 2019 and 41 in December 2019.",
    "In quarter three 2019-20 the team received 36 letters.",
    "Over 2019 as a whole the team took 340 calls.",
    "The team handled 340 calls in the year to March 2020.",
    "There were 340 calls in the whole of 2019-20.",
    "In the full financial year 2019-20 we received 340 letters.",
    "A total of 340 calls were taken from October to December 2019.",
]  # fmt: skip

RIGHT = [
    "The figures in this report are for quarter two.",
    "The next report covers quarter three.",
    "This report follows the one for quarter one.",
    "A report on quarter one was sent in September.",
    "Footfall rose in quarter one and is stable now.",
    "In the quarter one paper I said that the work was late.",
    "Quarter four was a hard one for the team.",
    "For the quarter under review, Q2 2019-20, the volume is as expected.",
    "In August 2019 there were 41 fires; in the same month of the previous year, August 2018, there were 52.",
    "There were 90 fires in quarter two 2019-20. In the previous quarter (quarter one 2019-20) there were 71.",
    "There were 36 fires in August 2019, compared with 41 in July 2019.",
    "A year earlier (September 2018) there were 36 fires; in September 2019 there were 44.",
    "There will be 340 sessions in 2019-20 as a whole.",
    "The team has handled 340 calls in 2019-20 so far.",
    "In 2019-20 the precept was set at 100 pounds for 24 parishes.",
    "The lease of 12 vehicles was signed on 3 December 2019.",
    "There were 24 fires in October 2019, after the quarter closed.",
    "Compared with the previous quarter, quarter two saw 12 more fires.",
    "Since quarter one there have been 12 fires.",
    "Since September 2017, when there were 90 a month, fires have fallen to 60 a month in September 2019.",
]  # fmt: skip


@pytest.mark.parametrize("text", OF_ANOTHER_QUARTER)
def test_another_quarter_named_where_the_papers_own_is_meant_is_found(text):
    assert rules(text) == {"another-quarter"}


@pytest.mark.parametrize("text", NOT_THE_SAME_TIME)
def test_a_period_set_against_another_time_of_the_year_is_found(text):
    assert rules(text) == {"comparator-period"}


@pytest.mark.parametrize("text", NOT_OVER)
def test_a_result_of_a_period_that_is_not_over_is_found(text):
    assert rules(text) == {"period-not-over"}


@pytest.mark.parametrize("text", RIGHT)
def test_a_period_that_fits_is_left_alone(text):
    assert rules(text) == set()
