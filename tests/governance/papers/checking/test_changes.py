"""Two figures set against each other: the words between them, the change, the difference and the claim of chance."""

import pytest

from governance.papers.checking.check import check
from governance.papers.checking.periods import parse_quarter

QUARTER = parse_quarter("2019-20Q2")


def said(text: str) -> list[str]:
    return [one.said for one in check(text, quarter=QUARTER, meeting=(2019, 12, 19)) if one.severity in "ABC"]


WRONG = [
    # which way
    ("Missing person reports grew from 88 last quarter to 71 this quarter.", "grew"),
    ("We logged 64 near misses in the latest quarter, down from 51 in the one before.", "down"),
    ("At 9 minutes, the queue was shorter than the 7 minutes of last year.", "shorter"),
    ("Turnout at surgeries was 140 in 2017-18 and 118 in 2018-19, a rise that pleases me.", "rise"),
    ("The average queue has improved, from 58 seconds last year to 2 minutes 4 now.", "improved"),
    ("Victim confidence deteriorated from 61.2 per cent to 66.0 per cent.", "deteriorated"),
    ("We issued 212 tickets this quarter. In the previous quarter there were 198, so the number has dropped.", "dropped"),
    ("Compared with the 77 of last year, tenders climbed to 69 this year.", "climbed"),
    ("Fewer people came in quarter two (412) than in quarter one (377).", "Fewer"),
    # by how much, in hundredths
    ("Letters went up from 50 to 60 (17 per cent).", "17 per cent"),
    ("Letters were 60, against 50 a year ago, which is growth of 17 per cent.", "17 per cent"),
    ("The post room handled 60 letters this year and 50 last year; that is an uplift of nearly 40 per cent.", "40 per cent"),
    ("Sittings fell by a half, from 90 to 72.", "half"),
    ("There were 90 sittings last year and 72 this year, so they are down by a third.", "third"),
    ("There were 400 letters in quarter two. This is a rise of 80 (20.0 per cent) on quarter one.", "20.0 per cent"),
    ("Doubled since last year, visits went from 210 to 330.", "Doubled"),
    # by how much, in figures
    ("Letters fell from 60 to 45, a difference of 25.", "25"),
    ("We had 310 callers in quarter two, 45 more than the 275 of quarter one.", "45"),
    ("The stock of cases is up by 130, to 905 now from 795 a year ago.", "130"),
    # points
    ("Awareness was 40 per cent last year and is 46 per cent now, up 6 per cent.", "6 per cent"),
    ("The share fell by 5 per cent (45 per cent to 40 per cent).", "5 per cent"),
    ("The share rose from 40 per cent to 46 per cent, a gain of 8 percentage points.", "8 percentage points"),
    # chance
    ("Fires fell significantly, from 12 last year to 9 this year.", "significantly"),
    ("At 31, drownings are significantly higher than the 27 of a year ago.", "significantly"),
    ("Fires show a statistically significant drop (16 to 11).", "statistically significant"),
]  # fmt: skip

RIGHT = [
    "Missing person reports grew from 71 last quarter to 88 this quarter.",
    "We logged 51 near misses in the latest quarter, down from 64 in the one before.",
    "At 6 minutes, the queue was shorter than the 7 minutes of last year.",
    "The average queue has improved, from 2 minutes 4 last year to 58 seconds now.",
    "Fewer people came in quarter two (377) than in quarter one (412).",
    "Letters went up from 50 to 60 (20 per cent).",
    "There were 400 letters in quarter two. This is a rise of 80 (25.0 per cent) on quarter one.",
    "There were 90 sittings last year and 60 this year, so they are down by a third.",
    "The stock of cases is up by 110, to 905 now from 795 a year ago.",
    "Awareness was 40 per cent last year and is 46 per cent now, up 6 percentage points.",
    "Awareness was 40 per cent last year and is 46 per cent now, up 15 per cent.",
    "Fires fell significantly, from 120 last year to 64 this year.",
    "There were 120 fires in Framley and 80 in Silverbridge, and fewer than 20 elsewhere.",
    "Fires fell from 120 to 90, and the number of false alarms rose by 4 per cent.",
    "We aim to reduce the number of fires from 90 in 2018-19 to 80 in 2019-20.",
    "The target rises from 80 to 90 and is not expected to fall.",
    "Of 60 letters, 20 more than usual came by post.",
    "We took on 30 officers and followed up 12 complaints.",
    "It was 14 per cent in Framley and 19 per cent in Silverbridge, higher than in most towns.",
    "More than 500 people came, against 420 last year.",
]


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_a_change_that_its_two_figures_deny_is_found(text, words):
    assert said(text) == [words]


@pytest.mark.parametrize("text", RIGHT)
def test_a_change_that_its_two_figures_bear_out_is_left_alone(text):
    assert said(text) == []
