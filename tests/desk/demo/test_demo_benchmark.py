"""Months made to meet totals: exactly, smoothly and in whole numbers."""

import numpy as np
import pytest

from desk.demo import grid
from desk.demo.benchmark import FLAT, Recipe, benchmark, curve, months_of, parts_of, seasonal, whole_numbers

QUARTERS = (("2019-04", "2019-06", 330), ("2019-07", "2019-09", 240))


def test_totals_are_met_exactly_and_a_proportional_indicator_is_left_alone():
    steady = np.full(grid.MONTHS, 10.0)
    met = benchmark(steady, (("2018-10", "2019-09", 120),))
    assert np.allclose(met, steady)
    made = benchmark(steady, QUARTERS)
    assert np.allclose([made[-6:-3].sum(), made[-3:].sum()], [330, 240])


def test_no_step_appears_where_two_totals_meet():
    made = benchmark(np.full(grid.MONTHS, 100.0), QUARTERS)
    steps = np.abs(np.diff(made[-6:]))
    assert steps[2] == pytest.approx(steps.max(), rel=0.01)
    assert steps[2] < 20  # scaling each quarter by itself would step by 30


def test_totals_that_claim_the_same_month_are_refused():
    with pytest.raises(ValueError, match="Two totals claim the same month"):
        benchmark(np.ones(grid.MONTHS), (("2019-04", "2019-06", 3), ("2019-06", "2019-09", 4)))


def test_whole_numbers_keep_each_total():
    made = whole_numbers(benchmark(np.linspace(1, 3, grid.MONTHS), QUARTERS), QUARTERS)
    assert (made[-6:-3].sum(), made[-3:].sum(), made.dtype.kind) == (330, 240, "i")


def test_a_series_is_made_by_its_name_alone():
    recipe = Recipe("a-count", (("2013-04", 50), ("2019-09", 80)), QUARTERS)
    again = Recipe("a-count", (("2013-04", 50), ("2019-09", 80)), QUARTERS)
    other = Recipe("another", (("2013-04", 50), ("2019-09", 80)), QUARTERS)
    assert (months_of(recipe) == months_of(again)).all()
    assert (months_of(recipe) != months_of(other)).any()


def test_totals_that_cannot_be_met_above_nought_are_refused():
    steep = (("2019-04", "2019-06", 900), ("2019-07", "2019-09", 1))
    with pytest.raises(ValueError, match="below nought"):
        months_of(Recipe("steep", (("2013-04", 50),), steep))


def test_parts_follow_their_whole():
    whole = np.full(grid.MONTHS, 200)
    made = parts_of("a-share", whole, (("2013-04", 0.25),), (("2019-07", "2019-09", 150),))
    assert made[-3:].sum() == 150
    assert made.mean() == pytest.approx(50, rel=0.15)


def test_season_averages_to_one_over_any_twelve_months():
    factors = (0.5, *FLAT[1:])
    laid = seasonal(factors)
    assert laid[:12].mean() == pytest.approx(1)
    assert laid[9] == laid[:12].min()  # the grid begins in April, so January is tenth


def test_curve_is_straight_between_its_knots_and_flat_outside():
    made = curve((("2013-06", 10), ("2013-08", 14)))
    assert made[:6].tolist() == [10, 10, 10, 12, 14, 14]


def test_months_outside_the_grid_are_refused():
    with pytest.raises(ValueError, match="outside April 2013"):
        grid.index("2019-10")
