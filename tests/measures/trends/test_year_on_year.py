"""The last twelve months against the twelve before, month by month."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from measures.trends.ruleset import CANNOT_SAY
from measures.trends.year_on_year import paired, year_against_year_before

SEASON = np.array([30.0, 28, 35, 40, 44, 50, 55, 52, 45, 40, 34, 31])
NOISE = np.array([1.0, -2, 0, 2, -1, 1, 0, -1, 2, -2, 1, -1])


def test_a_shift_is_seen_through_any_season():
    found = paired([SEASON + 3 + NOISE], [SEASON])
    assert (found.slope[0], found.flags(0.05).tolist()) == (3.0, [1])
    assert found.p()[0] == pytest.approx(stats.ttest_rel(SEASON + 3 + NOISE, SEASON).pvalue)
    assert paired([SEASON + NOISE], [SEASON]).flags(0.05).tolist() == [0]


def test_differences_all_alike_are_certain_and_none_is_none():
    found = paired([SEASON + 0.1, SEASON], [SEASON, SEASON])
    assert (found.p().tolist(), found.flags(0.05).tolist()) == ([0.0, 1.0], [1, 0])


def test_ten_pairs_are_needed_and_a_month_without_its_pair_is_left_out():
    later, gaps = SEASON + 3 + NOISE, SEASON.copy()
    gaps[[0, 5]] = math.nan
    ten = paired([later], [gaps])
    assert (ten.freedom.tolist(), ten.flags(0.05).tolist()) == ([9], [1])
    gaps[7] = math.nan
    nine = paired([later], [gaps])
    assert nine.flags(0.05).tolist() == [CANNOT_SAY]
    assert np.isnan(nine.p()).tolist() == [True]


@settings(max_examples=60)
@given(st.lists(st.integers(-20, 20), min_size=12, max_size=12), st.lists(st.integers(0, 20), min_size=12, max_size=12))
def test_turned_round_it_says_the_opposite(later, earlier):
    one, other = paired([later], [earlier]), paired([earlier], [later])
    assert one.flags(0.05).tolist() == (-other.flags(0.05)).tolist()
    assert one.p().tolist() == other.p().tolist()


def test_one_series_by_month():
    values = {month: float(SEASON[month % 12] + (3 + NOISE[month % 12]) * (month >= 12)) for month in range(24)}
    assert year_against_year_before(values, 23).flags(0.05).tolist() == [1]
    assert year_against_year_before(values, 22).flags(0.05).tolist() == [1]  # eleven pairs
    assert year_against_year_before(values, 11).flags(0.05).tolist() == [CANNOT_SAY]


def test_tables_of_two_shapes_are_refused():
    with pytest.raises(ValueError, match="of one shape"):
        paired([SEASON], [SEASON[:11]])


def test_it_is_wrong_of_unchanging_months_as_often_as_it_says():
    months = np.random.Generator(np.random.PCG64(17)).poisson(50, size=(8_000, 24)).astype(float)
    assert (paired(months[:, 12:], months[:, :12]).flags(0.05) != 0).mean() == pytest.approx(0.05, abs=0.01)
