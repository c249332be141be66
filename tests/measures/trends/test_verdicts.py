"""One force and its peers under every way of judging."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from measures.trends.peers import DEFAULT_PEERS, GREATER, IN_LINE_ABOVE, IN_LINE_BELOW, LESS, PeerSettings
from measures.trends.ruleset import CANNOT_SAY
from measures.trends.verdicts import (
    METHODS,
    Amount,
    band,
    change_needed,
    every_method,
    next_points,
    own_interval,
    turning_points,
    with_value,
    without_each,
)

NAMES = {GREATER: "greater", IN_LINE_ABOVE: "in_line_above", IN_LINE_BELOW: "in_line_below", LESS: "less"}
READINGS = {
    "A_ci_vs_mean_incl": "interval",
    "B_ci_vs_mean_excl": "interval_without",
    "C_1sd_incl": "spread1",
    "D_1sd_excl": "spread1_without",
    "E_2sd_excl": "spread2_without",
    "F_pred95_excl": "prediction",
}


def force(value, people=None, per=1000.0):
    return Amount(value, None if people is None else value * people / per, people, per)


GROUP = [force(value, 500_000) for value in (60.0, 64.0, 66.0, 70.0, 72.0, 76.0, 80.0)]


def test_real_areas_agree_under_all_six_readings(oracle):
    """The file's rates per 1,000 are shares of those asked: their interval is Wilson's, as of a percentage."""
    rows = oracle.rows("peers_expected_even_groups.csv")
    held = [Amount(float(r["rate_per_1000"]) / 10, float(r["numerator"]), float(r["denominator"]), 100.0) for r in rows]
    compared = 0
    for place, row in enumerate(rows):
        peers = [one for other, one in enumerate(held) if rows[other]["group"] == row["group"] and other != place]
        answers = {one.method: one for one in every_method(held[place], peers)}
        for column, method in READINGS.items():
            assert NAMES[answers[method].level] == row[column], (row["area"], column)
            compared += 1
        answer = answers["funnel95"]  # about the rate of the peers taken together
        assert 10 * answer.mean == pytest.approx(float(row["pooled_rate_excl"]), rel=1e-9)
        low, high = own_interval(held[place])
        assert 10 * low == pytest.approx(float(row["wilson95_low"]), rel=1e-9)
        assert 10 * high == pytest.approx(float(row["wilson95_high"]), rel=1e-9)
    oracle.compared("peers_expected_even_groups.csv", rows=len(rows), values=compared + 3 * len(rows))
    assert (len(rows), compared) == (152, 912)


def test_a_funnel_agrees_with_published_significance(oracle):
    """Each area of the file against everybody together: the file's own words for what is outside its limits."""
    inputs = oracle.rows("phe_test_funnel_inputs.csv")
    held = [(float(row["numerator"]), float(row["denominator"])) for row in inputs]
    whole = Amount(0.0, sum(above for above, _ in held), sum(below for _, below in held), 100.0)
    everybody = [whole] * 4  # together they have the target of all
    for row, (above, below) in zip(inputs, held, strict=True):
        own = Amount(100 * above / below, above, below, 100.0)
        said = {one.method: one.level for one in every_method(own, everybody)}
        far, near = said["funnel998"], said["funnel95"]
        expected = {"High": GREATER, "Low": LESS}.get(row["significance"].split()[0])
        if expected is None:
            assert abs(near) == 1, row["Area"]
        else:
            assert (far if "0.001" in row["significance"] else near) == expected, row["Area"]
            assert abs(far) == (2 if "0.001" in row["significance"] else 1), row["Area"]
    oracle.compared("phe_test_funnel_inputs.csv", rows=len(inputs), values=len(inputs))
    assert len(inputs) == 303


def test_every_method_answers_once_and_in_order():
    answers = every_method(force(81.0, 500_000), GROUP)
    assert [one.method for one in answers] == list(METHODS)
    assert {one.method: NAMES[one.level] for one in answers} == {
        "spread1": "greater",
        "spread1_without": "greater",
        "spread2": "in_line_above",
        "spread2_without": "in_line_above",
        "prediction": "in_line_above",
        "interval": "greater",  # so many crimes that chance in the counting cannot explain the gap
        "interval_without": "greater",
        "funnel95": "greater",
        "funnel998": "greater",
    }


def test_what_has_no_parts_cannot_be_judged_by_its_sampling():
    answers = every_method(force(81.0), [force(one.value) for one in GROUP])
    assert {one.method for one in answers if one.level == CANNOT_SAY} == {
        "interval",
        "interval_without",
        "funnel95",
        "funnel998",
    }


def test_three_peers_are_too_few_for_any_method():
    assert {one.level for one in every_method(force(81.0, 500_000), GROUP[:3])} == {CANNOT_SAY}


def test_an_interval_of_events_is_byars():
    """PHEindicatormethods, byars_lower and byars_upper of 65 at 95 per cent: 50.16462 and 82.84937."""
    low, high = own_interval(Amount(0.65, 65.0, 100_000.0, 1000.0))
    assert (100 * low, 100 * high) == (pytest.approx(50.16, abs=0.01), pytest.approx(82.85, abs=0.01))
    assert own_interval(Amount(0.0, 0.0, 1000.0, 1000.0))[0] == 0.0


def test_a_funnel_of_few_events_cannot_say():
    few = [Amount(0.1, 3.0, 30_000.0, 1000.0) for _ in range(7)]
    assert every_method(few[0], few)[-1].level == CANNOT_SAY


def test_leaving_out_each_peer_shows_whom_the_verdict_hangs_on():
    outlier = [force(value) for value in (60.0, 60.0, 61.0, 61.0, 62.0, 62.0, 100.0)]
    found = without_each(force(66.0), outlier)
    assert [NAMES[one.level] for one in found] == ["in_line_below"] * 6 + ["greater"]
    assert found[-1].mean == pytest.approx((60 + 60 + 61 + 61 + 62 + 62 + 66) / 7)


def test_the_turning_point_is_further_out_than_the_band_as_the_force_moves_it():
    own = force(70.0, 721_000)
    points = turning_points(GROUP)
    drawn = band("", own, GROUP, DEFAULT_PEERS)
    assert points.above > drawn.upper
    assert points.mean == pytest.approx(sum(one.value for one in GROUP) / 7)
    assert next_points(own, points) == (points.mean, points.above)
    assert change_needed(own, points.above) == pytest.approx((points.above - 70) * 721)
    assert change_needed(force(70.0), points.above) is None


def test_in_a_small_group_no_value_could_lie_outside_a_wide_band():
    points = turning_points(GROUP[:4], PeerSettings(k=2.0))
    assert math.isnan(points.above) and math.isnan(points.below)
    assert band("", force(10_000.0), GROUP[:4], PeerSettings(k=2.0)).level == IN_LINE_ABOVE
    assert next_points(force(10_000.0), points) == (points.mean, None)


VALUES = st.lists(st.integers(10, 200).map(float), min_size=4, max_size=9)
SETTINGS = st.sampled_from(
    [PeerSettings(), PeerSettings(include_self=False), PeerSettings(k=2.0), PeerSettings(k=0.5, ddof=0)]
)


@given(values=VALUES, settings=SETTINGS)
def test_the_verdict_changes_at_the_turning_points_and_not_before(values, settings):
    assume(len(set(values)) > 1)
    peers, own = [force(value) for value in values], force(50.0, 1000)
    points = turning_points(peers, settings)
    for point, before, after in (
        (points.above, IN_LINE_ABOVE, GREATER),
        (points.mean, IN_LINE_BELOW, IN_LINE_ABOVE),
        (points.below, LESS, IN_LINE_BELOW),
    ):
        if not math.isnan(point):
            levels = [band("", with_value(own, point + step), peers, settings).level for step in (-1e-4, 1e-4)]
            assert levels == [before, after]
