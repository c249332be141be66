"""Whether two measures move together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.trends.association import changes_on_year, correlate, z_scores

FIRST = [112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126]
SECOND = [30, 31, 28, 35, 33, 37, 41, 38, 36, 29, 30, 27, 33, 32]


def months(values, first=24_000):
    return dict(enumerate(map(float, values), first))


@pytest.mark.parametrize(
    ("first", "second", "r", "p"),
    [  # scipy.stats.pearsonr
        (FIRST, SECOND, 0.7629328654518343, 0.0015040034661610326),
        (FIRST, [-value for value in SECOND], -0.7629328654518343, 0.0015040034661610326),
        (FIRST, [5, 1, 4, 2, 3, 5, 1, 2, 4, 3, 1, 5, 2, 4], -0.031165771286803604, 0.9157697005164271),
    ],
)
def test_correlation_agrees_with_scipy(first, second, r, p):
    found = correlate(months(first), months(second))
    assert (found.months, found.r, found.p) == (14, pytest.approx(r, rel=1e-6), pytest.approx(p, rel=1e-4))


def test_only_months_that_both_have_count():
    found = correlate(months(range(30)), months([value**2 for value in range(30)], 24_010))
    assert found.months == 20


def test_a_straight_line_is_certain():
    found = correlate(months(FIRST), months([3 * value - 7 for value in FIRST]))
    assert (found.r, found.p) == (pytest.approx(1.0), pytest.approx(0.0, abs=1e-12))


def test_too_few_months_and_a_constant_cannot_be_said():
    assert correlate(months(FIRST[:11]), months(SECOND[:11])).why_not == "They have 11 months in common; 12 are needed."
    assert correlate(months([0.1] * 14), months(SECOND)).why_not == "One of them is the same every month."


def test_a_shared_trend_and_season_are_gone_from_the_changes_on_the_year():
    rng = np.random.default_rng(4)
    shared = 2 * np.arange(96) + 30 * np.sin(2 * np.pi * np.arange(96) / 12)
    one, other = (months(shared + rng.normal(0, 5, 96)) for _ in range(2))
    assert correlate(one, other).r > 0.95
    differences = correlate(changes_on_year(one), changes_on_year(other))
    assert differences.months == 84
    assert abs(differences.r) < 0.25


def test_changes_want_the_month_a_year_before():
    assert changes_on_year({1: 5.0, 13: 8.0, 14: 2.0}) == {13: 3.0}


@given(st.lists(st.integers(-500, 500), min_size=2, max_size=40))
def test_scores_have_no_mean_and_a_spread_of_one(values):
    scores = list(z_scores(months(values)).values())
    if len(set(values)) == 1:
        assert scores == []
    else:
        assert np.mean(scores) == pytest.approx(0, abs=1e-9)
        assert np.std(scores, ddof=1) == pytest.approx(1)


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=12, max_size=30))
def test_correlation_is_mutual_and_within_bounds(pairs):
    one, other = (months(values) for values in zip(*pairs, strict=True))
    found, turned = correlate(one, other), correlate(other, one)
    assert (found.r, found.p) == (turned.r, turned.p)
    if found.r is not None:
        assert -1 <= found.r <= 1
        assert 0 <= found.p <= 1
