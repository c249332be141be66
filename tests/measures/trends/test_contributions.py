"""Which parts explain the change of a total."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.trends.contributions import REST, explain, leading, overlaps


def pairs(**given):
    return {name: (Fraction(before), Fraction(after)) for name, (before, after) in given.items()}


def test_parts_are_in_order_of_what_they_add_and_the_rest_comes_last():
    found = explain(Fraction(1000), Fraction(1100), pairs(Burglary=(200, 180), Violence=(300, 362), Theft=(250, 290)))
    assert [(one.name, one.change, one.share) for one in found.parts] == [
        ("Violence", 62, Fraction(62, 100)),
        ("Theft", 40, Fraction(40, 100)),
        ("Burglary", -20, Fraction(-20, 100)),
        (REST, 18, Fraction(18, 100)),
    ]
    assert leading(found).name == "Violence"


def test_of_a_fall_what_fell_most_comes_first():
    found = explain(Fraction(500), Fraction(450), pairs(North=(200, 210), South=(300, 240)))
    assert [(one.name, one.share) for one in found.parts] == [("South", Fraction(6, 5)), ("North", Fraction(-1, 5))]


def test_of_no_change_there_are_no_shares():
    found = explain(Fraction(500), Fraction(500), pairs(North=(200, 210), South=(300, 290)))
    assert [one.share for one in found.parts] == [None, None]
    assert leading(found) is None


def test_nothing_leads_where_every_named_part_pulls_the_other_way():
    assert leading(explain(Fraction(100), Fraction(120), pairs(North=(50, 40)))) is None


def test_parts_of_a_percentage_add_up_to_its_change():
    """10 of 100 became 30 of 200: 10 per cent became 15, of which the North gave 2 points and the South 3."""
    per = Fraction(1), Fraction(2)
    found = explain(Fraction(10), Fraction(30), pairs(North=(6, 16), South=(4, 14)), per)
    assert (found.before, found.after) == (10, 15)
    assert [(one.name, one.change) for one in found.parts] == [("South", 3), ("North", 2)]


def test_parts_that_are_more_than_the_whole_overlap():
    assert overlaps(explain(Fraction(100), Fraction(120), pairs(Violence=(80, 90), Knives=(40, 40))))
    assert not overlaps(explain(Fraction(100), Fraction(120), pairs(Violence=(80, 90))))


def test_nothing_is_divided_by_nought():
    with pytest.raises(ValueError, match="above nought"):
        explain(Fraction(1), Fraction(2), {}, (Fraction(0), Fraction(1)))


NUMBERS = st.fractions(min_value=0, max_value=10**6, max_denominator=1000)
PARTS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.tuples(NUMBERS, NUMBERS), max_size=8)
DIVISORS = st.tuples(*[st.fractions(min_value=Fraction(1, 100), max_value=10**4, max_denominator=100)] * 2)


@given(before=NUMBERS, after=NUMBERS, parts=PARTS, divisors=DIVISORS)
def test_contributions_add_up_to_the_change(before, after, parts, divisors):
    found = explain(before, after, parts, divisors)
    if found.parts:
        assert sum(one.change for one in found.parts) == found.change
        assert sum(one.before for one in found.parts) == found.before
        if found.change:
            assert sum(one.share for one in found.parts) == 1
    else:
        assert found.change == 0
    assert {one.name for one in found.parts} - {REST} == set(parts)
