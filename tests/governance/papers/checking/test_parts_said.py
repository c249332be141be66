"""Shares, sums and means against the parts that are printed beside them."""

import pytest

from governance.papers.checking.check import check
from governance.papers.checking.periods import parse_quarter

QUARTER = parse_quarter("2019-20Q2")
RULES = {"share-and-its-parts", "sum-of-parts", "mean-per-month"}


def rules(text: str) -> set[str]:
    return {one.rule for one in check(text, quarter=QUARTER, meeting=(2019, 12, 19)) if one.severity in "ABC"}


WRONG = [
    "Half of 285 letters (57) came by post.",
    "Of the 120 letters that came, 18 were lost, a loss rate of 25 per cent.",
    "One in four of the 60 dogs (6) needed a vet.",
    "Two thirds of the 90 stewards (45) had been trained.",
    "Of 80 stewards, 20 were late, that is one in five.",
    "We wrote to 240 households and heard from 96 of them, or 60 per cent.",
    "The panel saw 64 files, 48 of which (57 per cent) were in order.",
    "From the 500 forms sent out, 215 came back – a return rate of 34 per cent.",
    "Out of 75 bids, 15 were won: a success rate of 30 per cent.",
    "40 of 160 vans were faulty, a third of the fleet.",
    "Of 90 guests, 60 stayed to the end and 30 did not, so the share who stayed was 33 per cent.",
    "The 300 calls consist of 120 about noise, 90 about parking and 80 about litter.",
    "We had 45 letters from the north, 30 from the south and 25 from the west, making 120 altogether.",
    "There were 640 visits: 310 by bus, 220 by car and 100 on foot.",
    "A total of 512 stewards served, made up of 300 in the city and 221 in the villages.",
    "Gifts of 120 in May and 140 in June add up to 206.",
    "The 75 posts break down into 40 officers and 25 staff.",
    "There were 900 letters (400 by post, 300 by hand and 100 by courier).",
    "In the six months to September 2019 there were 720 calls, or 72 a month.",
    "The 990 calls of quarter two make a monthly average of 300.",
    "There were 1,200 letters in the year to September 2019. That is a mean of 120 a month.",
    "On average 95 letters each month came in the 12 months to September 2019, 1,200 in all.",
    "Quarter two brought 660 calls, equal to 165 every month.",
]  # fmt: skip

RIGHT = [
    "A fifth of 285 letters (57) came by post.",
    "Of the 120 letters that came, 18 were lost, a loss rate of 15 per cent.",
    "Two thirds of the 90 stewards (60) had been trained.",
    "Of 80 stewards, 20 were late, that is one in four.",
    "We wrote to 240 households and heard from 96 of them, or 40 per cent.",
    "Of 90 guests, 60 stayed to the end and 30 did not, so the share who stayed was 67 per cent.",
    "Of 90 guests, 60 stayed to the end and 30 did not, so the share who did not stay was 33 per cent.",
    "The 300 calls consist of 120 about noise, 90 about parking and 90 about litter.",
    "There were 640 visits: among them 310 by bus and 220 by car.",
    "There were 640 visits, of which 100 were by bus and 40 by bicycle.",
    "We took 200 calls and 40 letters, and 30 per cent of staff were trained.",
    "There were 40 stewards, 30 cadets and 20 dogs at the fair, and 12 stalls.",
    "Half of the 80 guests came by bus and 12 walked.",
    "The rate is 12 per 1,000 people, and 30 per cent of 80 towns have a higher one.",
    "In the six months to September 2019 there were 720 calls, or 120 a month.",
    "There were 1,200 letters in the year to September 2019. That is a mean of 100 a month.",
    "Quarter two brought 389 calls, which works out at 130 a month.",
    "In three quarters of the year calls rose; in the fourth they fell from 40 to 30.",
    "The second half of the year brought 60 calls, 12 of them at night.",
    "For three quarters, 20 of the 40 posts were open.",
]  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_a_share_a_sum_or_a_mean_that_its_parts_deny_is_found(text):
    assert len(rules(text) & RULES) == 1
    assert rules(text) <= RULES


@pytest.mark.parametrize("text", RIGHT)
def test_a_share_a_sum_or_a_mean_that_its_parts_bear_out_is_left_alone(text):
    assert rules(text) == set()


@pytest.mark.parametrize(
    "text", ["We upheld 101 of the 202 cases heard (40 per cent).", "Of 444 bids, 111 (30 per cent) were won."]
)
def test_a_count_that_looks_like_a_telephone_number_is_a_count(text):
    assert rules(text) == {"share-and-its-parts"}


def test_a_telephone_number_is_no_count():
    assert (
        rules("More people dial 999 each year: 92,676 calls in 2018-19, 7.3 per cent more than the year before.")
        == set()
    )
