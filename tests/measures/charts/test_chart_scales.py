"""Round numbers on axes, and values as people write them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.charts.axes import spread
from measures.charts.scale import line_scale, shared_grid, zero_scale
from measures.charts.svg import num, text_width, wrap
from measures.charts.units import COUNT, Kind, Unit

SHARE, CLOCK, RATE = Unit(Kind.PERCENT, 1), Unit(Kind.DURATION), Unit(Kind.NUMBER, 2, "per 1,000")
finite = st.floats(allow_nan=False, allow_infinity=False)


def words(scale) -> list[str]:
    return [label for _, label in scale.ticks]


@pytest.mark.parametrize(
    ("values", "unit", "marks"),
    [
        ((3, 1), COUNT, ["0", "1", "2", "3"]),
        ((0, 0), COUNT, ["0", "1"]),
        ((0.42,), RATE, ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5"]),
        ((3700,), COUNT, ["0", "1,000", "2,000", "3,000", "4,000"]),
        ((97.2,), SHARE, ["0%", "20%", "40%", "60%", "80%", "100%"]),
        ((767,), CLOCK, ["0:00", "5:00", "10:00", "15:00"]),
        ((4,), CLOCK, ["0:00", "0:01", "0:02", "0:03", "0:04"]),
        ((4100,), CLOCK, ["0:00", "15:00", "30:00", "45:00", "1:00:00", "1:15:00"]),
        ((-1.4, 1.8), Unit(), ["−2", "−1", "0", "1", "2"]),
    ],
)
def test_scale_from_nought_is_marked_with_round_numbers(values, unit, marks):
    assert words(zero_scale(values, unit, 200, 0)) == marks


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ((88.0, 99.5), ["85%", "90%", "95%", "100%"]),
        ((20.0, 60.0), ["0%", "20%", "40%", "60%"]),
    ],
)
def test_line_leaves_nought_out_only_where_values_lie_close(values, marks):
    assert words(line_scale(values, SHARE, 200, 0)) == marks


def test_share_never_has_an_axis_beyond_a_hundred_per_cent():
    assert words(line_scale((98.0, 100.0), SHARE, 200, 0)) == ["98.0%", "98.5%", "99.0%", "99.5%", "100.0%"]


def test_two_axes_have_the_same_number_of_steps():
    bars = shared_grid((63, 40), COUNT, 200, 0, steps=5, fill=0.72)
    line = shared_grid((619, 624), COUNT, 200, 0, steps=5, fill=0.97)
    assert words(bars) == ["0", "20", "40", "60", "80", "100"]
    assert words(line) == ["0", "150", "300", "450", "600", "750"]
    assert [bars.at(value) for value, _ in bars.ticks] == [line.at(value) for value, _ in line.ticks]


@given(st.lists(finite, max_size=8), st.sampled_from([COUNT, SHARE, CLOCK, RATE]))
def test_any_values_lie_on_the_scale_made_for_them(values, unit):
    held = [max(-1e300, min(1e300, value)) for value in values]
    for scale in (zero_scale(held, unit, 200, 0), line_scale(held, unit, 200, 0)):
        marks = [value for value, _ in scale.ticks]
        assert 2 <= len(marks) <= 12
        assert all(earlier < later for earlier, later in pairwise(marks))
        assert all(0 <= scale.at(value) <= 200 for value in held)


@pytest.mark.parametrize(
    ("unit", "value", "written"),
    [
        (COUNT, 10952, "10,952"),
        (SHARE, 91.25, "91.3%"),
        (SHARE, 5.65, "5.7%"),
        (RATE, -0.001, "0.00"),
        (RATE, -39, "−39.00"),
        (CLOCK, 767, "12:47"),
        (CLOCK, 80, "1:20"),
        (CLOCK, 4.4, "0:04"),
        (CLOCK, 3725, "1:02:05"),
        (COUNT, None, "no data"),
        (COUNT, float("nan"), "no data"),
        (COUNT, 1e300, "1e+300"),
    ],
)
def test_values_are_written_half_up_at_their_precision(unit, value, written):
    assert unit.format(value) == written


def test_values_are_said_with_their_words():
    assert RATE.say(61.2) == "61.20 per 1,000"
    assert RATE.say(None) == "no data"


@pytest.mark.parametrize(("value", "written"), [(1.0, "1"), (-0.04, "0"), (12.34, "12.3"), (-3.96, "-4")])
def test_coordinates_are_short(value, written):
    assert num(value) == written


def test_words_wrap_within_their_room_and_the_last_line_is_cut():
    lines = wrap("Recorded hate crimes and incidents, number a month and in twelve months", 13, 160, 2)
    assert lines == ["Recorded hate crimes", "and incidents, number…"]
    assert max(text_width(line, 13) for line in lines) <= 160


@given(st.lists(st.floats(0, 200), min_size=1, max_size=6))
def test_labels_never_touch_nor_leave_their_room(tops):
    ordered = sorted(tops)
    placed = spread(ordered, [30.0] * len(ordered), 0, 210)
    assert all(later - earlier >= 30 - 1e-6 for earlier, later in pairwise(placed))
    assert placed[0] >= -1e-6
    assert placed[-1] <= 180 + 1e-6
