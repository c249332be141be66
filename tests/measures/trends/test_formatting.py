"""House style of numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.trends.formatting import (
    duration_text,
    is_exact_half,
    number_text,
    per_cent_text,
    points_text,
    round_half_up,
    value_text,
)


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (0.125, 2, "0.13"),
        (1.005, 2, "1.01"),
        (2.675, 2, "2.68"),
        (-0.4, 0, "0"),
        (Fraction(2, 3), 1, "0.7"),
        (Decimal("9.95"), 1, "10.0"),
        (1234, 0, "1234"),
    ],
)
def test_halves_round_away_from_zero_as_in_a_spreadsheet(number, places, rounded):
    assert str(round_half_up(number, places)) == rounded


@given(st.fractions(min_value=-(10**9), max_value=10**9), st.integers(0, 4))
def test_rounding_is_never_further_than_half_a_step(number, places):
    rounded = round_half_up(number, places)
    assert abs(Fraction(rounded) - number) <= Fraction(1, 2 * 10**places)
    assert round_half_up(-number, places) == -rounded


def test_exact_half_is_known():
    assert [is_exact_half(Fraction(n, 8), 1) for n in (10, 9)] == [True, False]
    assert is_exact_half(Fraction(-5, 2))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (number_text(44340), "44,340"),
        (number_text(-39), "\N{MINUS SIGN}39"),
        (number_text(1258, signed=True), "+1,258"),
        (number_text(-0.04, 1), "0.0"),
        (number_text(0, signed=True), "0"),
        (number_text(61.23, 1), "61.2"),
        (per_cent_text(2.92), "2.9 per cent"),
        (per_cent_text(2.92, context="table"), "2.9%"),
        (per_cent_text(-5.927, context="table", signed=True), "\N{MINUS SIGN}5.9%"),
        (per_cent_text(89, 0), "89 per cent"),
        (points_text(5.8), "5.8 percentage points"),
        (points_text(1), "1.0 percentage point"),
        (points_text(-6.6, context="table"), "\N{MINUS SIGN}6.6pp"),
        (value_text(14.84, "days"), "14.8"),
        (value_text(767, "seconds", "table"), "12:47"),
        (value_text(26.41, "per_cent_change", places=0), "26 per cent"),
        (value_text(2.1, "percentage_points", "table"), "2.1pp"),
    ],
)
def test_numbers_in_house_style(text, expected):
    assert text == expected


@pytest.mark.parametrize(
    ("seconds", "prose", "table"),
    [
        (767, "12 minutes and 47 seconds", "12:47"),
        (61, "1 minute and 1 second", "1:01"),
        (4, "4 seconds", "0:04"),
        (3600, "1 hour", "1:00:00"),
        (3723, "1 hour, 2 minutes and 3 seconds", "1:02:03"),
        (59.5, "1 minute", "1:00"),
        (0, "0 seconds", "0:00"),
        (-141, "\N{MINUS SIGN}2 minutes and 21 seconds", "\N{MINUS SIGN}2:21"),
        (Fraction(3101 * 36329, 36329), "51 minutes and 41 seconds", "51:41"),
    ],
)
def test_durations_in_house_style(seconds, prose, table):
    assert (duration_text(seconds), duration_text(seconds, "table")) == (prose, table)


def test_a_missing_number_is_not_rounded():
    with pytest.raises(ValueError, match="missing number"):
        round_half_up(float("nan"))
