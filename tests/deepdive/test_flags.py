import datetime as dt

import pytest

from deepdive.flags import Facts, Said, flags, unchanged_for
from deepdive.promises import promises

TODAY = dt.date(2019, 12, 2)
SOUND = {"is_open": True, "today": TODAY, "has_owner": True, "due": dt.date(2020, 3, 31)}
SAME = Said("No  change.", "stalled", "red")


def words(**facts):
    return [flag.words for flag in flags(Facts(**(SOUND | facts)))]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, []),
        ({"due": dt.date(2019, 12, 1)}, ["1 day overdue"]),
        ({"due": TODAY}, []),
        ({"due": None}, ["no due date"]),
        ({"has_owner": False}, ["no owner"]),
        ({"promises": [dt.date(2019, 10, 31)]}, ["promised for 31 October 2019, not reached"]),
        (
            {"promises": [dt.date(2019, 10, 31), dt.date(2019, 9, 1), dt.date(2020, 1, 1)]},
            ["two promised dates have passed, the first on 1 September 2019"],
        ),
        ({"moved": 2}, []),
        ({"moved": 3}, ["due date moved three times"]),
        ({"asked": True, "quarter": "quarter two 2019-20"}, ["no update yet for quarter two 2019-20"]),
        ({"asked": True, "written": True, "quarter": "quarter two 2019-20"}, []),
        ({"said": [SAME]}, []),
        ({"said": [SAME, Said("no change.", "stalled", "red")]}, ["said the same for two quarters"]),
        ({"said": [SAME, SAME], "stale_after": 3}, []),
        ({"said": [SAME, Said("No change.", "stalled", "amber")]}, []),
        ({"said": [SAME] * 12}, ["said the same for 12 quarters"]),
        ({"is_open": False, "due": None, "has_owner": False, "moved": 9}, []),
    ],
)
def test_flags_say_what_is_wrong(facts, said):
    assert words(**facts) == said


def test_gravest_comes_first():
    assert words(due=dt.date(2019, 11, 30), has_owner=False, moved=4, promises=[dt.date(2019, 12, 1)]) == [
        "2 days overdue",
        "promised for 1 December 2019, not reached",
        "no owner",
        "due date moved four times",
    ]


def test_quarters_are_counted_only_up_to_a_change():
    other = Said("Begun.", "in_progress", "green")
    assert [unchanged_for(said) for said in ([], [SAME], [SAME, SAME, other, SAME], [other, SAME])] == [0, 1, 2, 1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The review will report by 31 March 2020.", [dt.date(2020, 3, 31)]),
        ("It ends on the 1st. The group meets on 5th February.", [dt.date(2020, 2, 5)]),
        ("Guidance goes out by the end of March.", [dt.date(2020, 3, 31)]),
        ("It was agreed in May 2019 and starts in January 2020.", [dt.date(2020, 1, 31)]),
        ("We may decide. May we decide?", []),
        ("It was held on 4 November 2019.", []),
        ("The panel will hear next month; the rest in the new year.", [dt.date(2020, 1, 31)]),
        ("A draft is due 30 February 2020.", []),
        ("It will be looked at again in the near future.", []),
        ("Funding of 1.5 million runs to 31 December 2020. No more is known.", [dt.date(2020, 12, 31)]),
        ("In December 2019 the first, in June 2020 the second.", [dt.date(2020, 6, 30)]),
        ("", []),
    ],
)
def test_promised_days_are_found_in_words(text, found):
    assert [one.due for one in promises(text, TODAY)] == found


def test_promise_keeps_its_sentence():
    text = "One thing is done.\nThe  second review (of 3.5 posts) is due on 31 January 2020! More follows."
    assert [one.text for one in promises(text, TODAY)] == [
        "The second review (of 3.5 posts) is due on 31 January 2020!"
    ]
