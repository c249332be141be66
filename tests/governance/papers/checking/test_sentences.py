"""One sentence at a time: what is wrong is found where it stands, and its right twin is left alone."""

import pytest

from governance.papers.checking.check import check
from governance.papers.checking.facts import facts_of
from governance.papers.checking.periods import parse_quarter

QUARTER = parse_quarter("2019-20Q2")
MEETING = (2019, 12, 19)
FACTS = facts_of(
    [
        ("crime-volume", "quarter", "2019-20Q2", 11856),
        ("crime-volume", "quarter", "2019-20Q1", 10952),
        ("crime-volume", "rolling12", "2019-09", 44340),
        ("crime-volume", "rolling12_year_ago", "2019-09", 43082),
        ("hate-crime", "quarter", "2019-20Q2", 178),
        ("hate-crime", "quarter", "2019-20Q1", 163),
        ("hate-crime", "rolling12", "2019-09", 619),
        ("hate-crime", "rolling12", "2018-09", 658),
        ("burglary", "quarter", "2019-20Q2", 801),
        ("burglary", "quarter_year_ago", "2019-20Q2", 900),
        ("burglary", "rolling12", "2019-09", 3026),
        ("burglary", "rolling12", "2018-09", 4382),
        ("response-immediate", "quarter", "2019-20Q2", 767),
        ("response-immediate", "quarter", "2019-20Q1", 626),
        ("complaints", "rolling12_on_year_percentage", "2019-09", 39.7),
    ]
)


def found(text: str) -> list[tuple[str, str]]:
    """(severity, words) of each finding but those of style."""
    return [
        (one.severity, one.said) for one in check(text, FACTS, quarter=QUARTER, meeting=MEETING) if one.severity != "E"
    ]


WRONG = [
    ("There were 619 hate crimes in the year to September 2019, a decrease of 39 (6.9 per cent).", "A", "6.9 per cent"),
    ("There were 691 hate crimes in the 12 months to September 2019.", "A", "691"),
    ("There were 163 hate crimes in quarter two.", "B", "163"),
    ("Hate crime rose by 5.9 per cent in the 12 months to September 2019.", "C", "5.9 per cent"),
    ("Hate crime has increased in the 12 months to September 2019.", "C", "increased"),
    ("Burglary fell by 12 per cent in quarter two compared with the same quarter last year.", "A", "12 per cent"),
    ("Burglary halved in the year to September 2019.", "A", "halved"),
    ("Complaints rose by 36.7 per cent in the 12 months to September 2019.", "A", "36.7 per cent"),
    ("Thefts fell from 4,382 to 3,026, a reduction of 39.0 per cent.", "A", "39.0 per cent"),
    ("Thefts rose from 4,382 to 3,026.", "A", "rose"),
    ("Recorded crime in quarter two was 11,856, up 9.3 per cent on the 10,952 in quarter one.", "A", "9.3 per cent"),
    ("Of the 26 appeals completed, 6 were upheld, which is 32 per cent.", "A", "32 per cent"),
    ("The figure was 33 per cent (6 appeals completed and 3 upheld).", "A", "33 per cent"),
    ("One in six applications (45 of 180) was refused.", "A", "One in six"),
    ("Satisfaction fell from 84.3 per cent to 77.7 per cent, a fall of 6.6 per cent.", "A", "6.6 per cent"),
    ("Confidence rose from 74.0 per cent to 77.7 per cent, up 4.7 percentage points.", "A", "4.7 percentage points"),
    ("The wait fell from 3 minutes 49 seconds to 1 minute 20 seconds, down 56 per cent.", "A", "56 per cent"),
    ("Calls more than doubled, from 529 to 739.", "A", "more than doubled"),
    ("A significant fall in robberies was seen, from 39 to 35.", "C", "significant"),
    ("There were 200 letters, 30 more than the 180 in quarter one.", "A", "30"),
    ("The immediate response time was 10 minutes and 26 seconds in quarter two.", "B", "10 minutes and 26 seconds"),
    ("Of 7,296 outcomes, 16 per cent (1,085 of 7,296) were cautions.", "A", "16 per cent"),
    ("7,296 cases closed, of which 5,611 were in court and 1,658 were out of court.", "A", "7,296"),
    ("It was over ten per cent for 20 consecutive months, April 2016 to October 2017.", "A", "20"),
    ("The ratio of 16.5 per cent is below the most similar group average of 14.4 per cent.", "A", "below"),
    ("The new unit will open on 1 October 2019.", "B", "1 October 2019"),
    ("The board meets on Monday 19 December 2019.", "B", "Monday 19 December 2019"),
    ("The audit closed on 31 September 2019.", "B", "31 September 2019"),
    ("Crime in quarter two 2019-20 (1 April to 30 June 2019) is set out here.", "B", "(1 April to 30 June 2019)"),
    ("It fell in the year to September 2019 compared with the year to June 2018.", "B", "year to June 2018"),
    ("There were 41 cases in the 12 months to September.", "B", "12 months to September"),
    ("The level shows no exception in quarter one.", "B", "quarter one"),
    ("There were 1,204 cases in the 12 months to December 2019.", "B", "12 months to December 2019"),
    ("On average 27 collisions a month and 273 in total were recorded in the 12 months to June 2019.", "A", "27"),
    ("The fall in waiting correlates with higher satisfaction (r = 0.74, n = 24, p < 0.01).", "C", "correlates with higher satisfaction (r = 0.74"),
    ("Burglary is correlated with unemployment.", "C", "correlated"),
    ("I expect the system to open on 14 October 2019.", "B", "14 October 2019"),
    ("The new van will be launched on 11 December 2019.", "B", "11 December 2019"),
    ("On average there were 22.5 offences each month in quarter two (90 in all).", "A", "22.5"),
    ("In the twelve months to the end of September, 703 calls came in.", "B", "twelve months to the end of September"),
    ("In quarter two, that is April to June 2019, 314 thefts were logged.", "B", ", that is April to June 2019"),
    ("Reports in quarter two (April to June) numbered 104.", "B", "(April to June)"),
]  # fmt: skip

RIGHT = [
    "In the year to September 2019 there were 2,982 referrals, or 249 a month on average.",
    "Reports in quarter two (July to September) numbered 104.",
    "The number of burglaries in July to September 2019 was 801; in the previous quarter it was 679.",
    "The quarter's 178 hate crimes are more than the 171 of the same quarter last year.",
    "Hate crime stood at 178 in quarter two, against 163 in quarter one.",
    "The wait is above the 1 minute and 4 seconds of quarter one.",
    "There were 375 cases in the 12 months to September 2019. In the year to June the rise was 28 per cent.",
    "There were 619 hate crimes in the year to September 2019, a decrease of 39 (5.9 per cent).",
    "There were 178 hate crimes in quarter two.",
    "Hate crime fell by 5.9 per cent in the 12 months to September 2019.",
    "Burglary fell by 11 per cent in quarter two compared with the same quarter last year.",
    "Burglary fell by nearly a third in the year to September 2019.",
    "Complaints rose by 39.7 per cent in the 12 months to September 2019.",
    "Thefts fell from 4,382 to 3,026, a reduction of 30.9 per cent.",
    "Recorded crime in quarter two was 11,856, up 8.3 per cent on the 10,952 in quarter one.",
    "Recorded crime rose by 2.9 per cent in the 12 months to September 2019, and by 6 per cent nationally.",
    "Of the 26 appeals completed, 6 were upheld, which is 23 per cent.",
    "The figure was 50 per cent (6 appeals completed and 3 upheld).",
    "Satisfaction fell from 84.3 per cent to 77.7 per cent, a fall of 6.6 percentage points.",
    "The wait fell from 3 minutes 49 seconds to 1 minute 20 seconds, down 65 per cent.",
    "A significant fall in robberies was seen, from 390 to 305.",
    "There were 200 letters, 20 more than the 180 in quarter one.",
    "7,296 cases closed, of which 5,611 were in court and 1,685 were out of court.",
    "It was over ten per cent for 19 consecutive months, April 2016 to October 2017.",
    "The ratio of 16.5 per cent is above the most similar group average of 14.4 per cent.",
    "The new unit will open on 1 February 2020.",
    "The new unit opened on 1 October 2019.",
    "The board meets on Thursday 19 December 2019.",
    "Crime in quarter two 2019-20 (1 July to 30 September 2019) is set out here.",
    "It fell in the year to September 2019 compared with the year to September 2018.",
    "A fuller account will be given in the quarter three report.",
    "On average 23 collisions a month and 273 in total were recorded in the 12 months to June 2019.",
    "The fall in waiting correlates with higher satisfaction (r = -0.74, n = 24, p < 0.01).",
    "In 2018/19, there were 2,579 incidents, of which 1,464 were aged 13 to 17 and 172 under 13.",
    "A full file has 11 measures; 27,163 999 calls were answered within an average of five seconds.",
    "The Force has 49 additional officers for 2020/21, beside the 41 paid for by the precept.",
    "Action 2.07 and section 136 of the Act are dealt with in part 3.",
]


@pytest.mark.parametrize(("text", "severity", "words"), WRONG)
def test_what_is_wrong_is_found_where_it_stands(text, severity, words):
    assert found(text) == [(severity, words)]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text):
    assert found(text) == []


def test_a_finding_points_into_the_file_as_it_was_written():
    source = "# Part\n\n1. **Thefts** fell from 4,382 to 3,026,\n   a *reduction* of **39.0&nbsp;per cent**.\n"
    (one,) = check(source, quarter=QUARTER)
    assert source[one.start : one.end] == "39.0&nbsp;per cent"
    assert (one.said, one.suggestion) == ("39.0 per cent", "30.9 per cent")


def test_html_is_read_as_its_words_are():
    source = "<h1>Part</h1><p>Of the <b>26</b> appeals, 6 were upheld: <i>32 per cent</i>.</p><script>9 of 3</script>"
    (one,) = check(source, quarter=QUARTER)
    assert (source[one.start : one.end], one.rule, one.suggestion) == (
        "32 per cent",
        "share-and-its-parts",
        "23 per cent",
    )
