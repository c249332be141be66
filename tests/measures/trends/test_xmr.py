"""The second view: NHS Making Data Count's rules, against a plain reading of them and against its own cases."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.charts.palette import Tone
from measures.models import Measure
from measures.presenters.marks import tone_of
from measures.trends import xmr
from measures.trends.xmr import COMMON, NHS, OUTSIDE, SHIFT, TREND, TWO_OF_THREE, Settings, judge

STEADY = [10.0, 12.0] * 8


def kinds(months, **given):
    return judge([months], **given).kind[0].tolist()


def test_limits_are_the_mean_and_two_and_two_thirds_moving_ranges():
    limits = judge([STEADY]).limits
    assert {one[0, 0] for one in (limits.mean, limits.lower, limits.upper)} == {11, 11 - 2.66 * 2, 11 + 2.66 * 2}
    assert limits.near_upper[0, 0] == pytest.approx(11 + 2.66 * 2 * 2 / 3)


def test_a_wild_moving_range_does_not_set_the_limits():
    months = [*STEADY, 90.0]
    assert judge([months]).limits.upper[0, 0] < 25 < judge([months], settings=Settings(screen=0)).limits.upper[0, 0]
    assert kinds([*STEADY, 17.0], baseline=np.arange(17) < 16) == [COMMON] * 16 + [OUTSIDE]


def test_a_constant_is_common_cause_whatever_its_binary_fraction():
    assert kinds([0.1] * 24) == [COMMON] * 24


def test_a_missing_month_breaks_a_run_and_has_no_moving_range():
    run = [*STEADY, *[11.6, 11.7, 11.65, 11.75, 11.6, 11.7, 11.65]]
    gap = [*run[:19], np.nan, *run[20:]]
    baseline = np.arange(23) < 16
    assert kinds(run, baseline=baseline)[-7:] == [SHIFT] * 7
    assert kinds(gap, baseline=baseline) == [COMMON] * 23


def test_six_rises_are_seven_rising_months():
    assert kinds([5.0, *range(4, 11)], baseline=np.arange(8) < 0) == [COMMON] + [TREND] * 7
    assert kinds([5.0, *range(4, 10)], baseline=np.arange(7) < 0) == [COMMON] * 7


def test_each_phase_has_limits_of_its_own_and_no_run_crosses():
    months, phase = [10.0, 12.0] * 7 + [30.0, 32.0] * 7, np.arange(28) // 14
    found = judge([months], phase=phase)
    assert found.limits.mean[0, [0, 27]].tolist() == [11, 31]
    assert found.kind[0].tolist() == [COMMON] * 28
    assert not found.limits.short.any()
    assert judge([months], phase=np.arange(28) // 16).limits.short[0].tolist() == [False] * 16 + [True] * 12


def test_a_frozen_baseline_holds_later_months_against_it():
    months = [*STEADY, *[20.0] * 3]
    frozen = judge([months], baseline=np.arange(19) < 16)
    assert (frozen.limits.mean[0, -1], frozen.kind[0, -3:].tolist()) == (11, [OUTSIDE] * 3)


def test_too_few_months_have_no_limits():
    found = judge([[np.nan, np.nan, 3.0], [np.nan] * 3])
    assert np.isnan(found.limits.upper).all()
    assert found.kind.tolist() == [[COMMON] * 3] * 2
    assert judge(np.empty((0, 5))).kind.shape == (0, 5)


@pytest.mark.parametrize("given", [{"phase": [0, 1]}, {"baseline": [[True]] * 3}])
def test_shapes_that_do_not_fit_are_refused(given):
    with pytest.raises(ValueError, match="must have the shape"):
        judge([[1.0, 2.0, 3.0]] * 2, **given)
    with pytest.raises(ValueError, match="series by months"):
        judge([1.0, 2.0])


@pytest.mark.parametrize(
    ("target", "up", "said"),
    [(4, True, "fails"), (4, False, "passes"), (0, True, "passes"), (3, True, "hit-and-miss"), (np.nan, True, "")],
)
def test_assurance_against_a_target(target, up, said):
    assert xmr.assurance(1, 3, target, up_is_good=up) == said


# ---- a plain reading of the rules, one series at a time


def plain(series, phase, baseline):
    """kind and special of each month."""
    months = len(series)
    there = [value == value for value in series]
    mean, low, high = [np.nan] * months, [np.nan] * months, [np.nan] * months
    nearly = [np.nan] * months
    for one in set(phase):
        of = [m for m in range(months) if phase[m] == one]
        base = [m for m in of if there[m] and baseline[m]]
        ranges = [abs(series[m] - series[m - 1]) for m in base if m - 1 in base]
        if not base or not ranges:
            for m in of:
                mean[m] = np.mean([series[b] for b in base]) if base else np.nan
            continue
        first = np.mean(ranges)
        moving = np.mean([r for r in ranges if r <= 3.267 * first])
        for m in of:
            mean[m] = np.mean([series[b] for b in base])
            low[m], high[m], nearly[m] = mean[m] - 2.66 * moving, mean[m] + 2.66 * moving, 2.66 * 2 / 3 * moving
    slack = 1e-9 * max([1.0, *(abs(value) for value in series if value == value)])
    side = [int(series[m] > mean[m] + slack) - int(series[m] < mean[m] - slack) for m in range(months)]
    outside = [int(series[m] > high[m] + slack) - int(series[m] < low[m] - slack) for m in range(months)]
    close = [not outside[m] and abs(series[m] - mean[m]) > nearly[m] + slack for m in range(months)]
    found = [(COMMON, 0)] * months

    def windows(length):
        every = [range(start, start + length) for start in range(months - length + 1)]
        return [window for window in every if len({phase[m] for m in window}) == 1]

    for w in windows(7):
        if abs(sum(side[m] for m in w)) == 7:
            for m in w:
                found[m] = (SHIFT, side[m])
    for w in windows(3):
        if abs(sum(side[m] for m in w)) == 3 and sum(close[m] for m in w) >= 2:
            for m in w:
                found[m] = (TWO_OF_THREE, side[m]) if close[m] else found[m]
    for w in windows(7):
        steps = [int(series[m] > series[m - 1]) - int(series[m] < series[m - 1]) for m in w[1:]]
        if abs(sum(steps)) == 6:
            for m in w:
                found[m] = (TREND, steps[0])
    return [(OUTSIDE, outside[m]) if outside[m] else found[m] for m in range(months)]


cells = st.one_of(*[st.integers(0, 30).map(lambda n: n / 4)] * 12, st.just(float("nan")))


@settings(max_examples=150)
@given(data=st.data(), width=st.integers(1, 40))
def test_all_series_at_once_agree_with_the_plain_reading(data, width):
    table = np.array(data.draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=3)))
    phase = np.sort(np.array(data.draw(st.lists(st.integers(0, 2), min_size=width, max_size=width))))
    baseline = np.array(data.draw(st.lists(st.booleans(), min_size=width, max_size=width)))
    found = judge(table, phase=phase, baseline=baseline)
    for row, series in enumerate(table.tolist()):
        wanted = plain(series, phase.tolist(), baseline.tolist())
        got = list(zip(found.kind[row].tolist(), found.special[row].tolist(), strict=True))
        assert got == wanted


@settings(max_examples=60)
@given(table=st.lists(st.lists(cells, min_size=20, max_size=20), min_size=1, max_size=3).map(np.array))
def test_upside_down_months_show_the_mirror(table):
    found, mirrored = judge(table), judge(-table)
    assert mirrored.kind.tolist() == found.kind.tolist()
    assert mirrored.special.tolist() == (-found.special).tolist()


# ---- cases made elsewhere


def alone(sides):
    return np.array([sides], dtype=np.int8).reshape(1, -1), np.ones((1, len(sides)), dtype=bool)


def test_making_data_counts_own_cases_agree(oracle):
    cases = oracle.json("nhsr_ptd_unit_cases.json")
    compared = 0
    for sides, wanted in cases["seven_point_one_side_mean"]:
        ends = xmr._run_ends(*alone(sides), 7)[0]
        assert np.abs(ends).tolist() == wanted
        compared += 1
    for ends, wanted in cases["part_of_seven_trend"]:
        assert np.abs(xmr.spread_back(alone(ends)[0], 7)[0]).tolist() == wanted
        compared += 1
    for values, wanted in cases["seven_point_trend"]:
        steps = [0, *np.sign(np.diff(values)).astype(int)][: len(values)]
        assert xmr._run_ends(*alone(steps), 6)[0].tolist() == wanted
        compared += 1
    for close, side, wanted in cases["part_of_two_in_three__close__rel__expected"]:
        sides, together = alone(side)
        assert np.abs(xmr.two_of_three(np.array([close], bool), sides, together)[0]).tolist() == wanted
        compared += 1
    for close, side, wanted in cases["two_in_three__close_to_limits__relative_to_mean__expected"]:
        sides, together = alone(side)
        found = np.abs(xmr.two_of_three(np.array([close], bool), sides, together)[0])
        assert found.tolist() == [int(w and c) for w, c in zip(wanted, close, strict=True)]
        compared += 1
    for case in cases["assurance"]:
        names = {"consistent_fail": "fails", "consistent_pass": "passes", "inconsistent": "hit-and-miss"}
        for way in ("increase", "decrease"):
            said = xmr.assurance(case["lpl"], case["upl"], case["target"], up_is_good=way == "increase")
            assert said == names[case[way]]
            compared += 1
    opposite = cases["opposite_sides_not_2of3"]
    assert kinds([float(y) for y in opposite["y"]])[-2:] == [COMMON] * 2
    constants = cases["constants"]
    assert (NHS.limit, NHS.limit * NHS.near) == pytest.approx((constants["limit"], constants["near_limit"]))
    assert (NHS.screen, NHS.short) == (constants["screen_mr_above"], constants["short_group_warning_n_lt"])
    order = {"outside limits": OUTSIDE, "7 point trend": TREND, "2 in 3": TWO_OF_THREE, "7 points one side": SHIFT}
    assert [order[name] for name in cases["priority_order"][:-1]] == list(xmr.PRIORITY)
    oracle.compared("nhsr_ptd_unit_cases.json", rows=compared + 3, values=compared + 3)
    assert compared == 40


def test_making_data_counts_snapshot_agrees(oracle):
    snapshot = oracle.json("nhsr_ptd_standard_snapshot.json")
    up_is_good = Measure(polarity=Measure.Polarity.UP)  # as the snapshot was made
    compared = 0
    for name, held in snapshot.items():
        rows = oracle.watched("nhsr_ptd_standard_snapshot.json", held)
        values = np.array([[row["y"] for row in rows]], dtype=float)
        baseline = [row["fix_y"] is not None for row in rows]
        found = judge(
            values,
            phase=[row["rebase_group"] for row in rows],
            baseline=baseline,
            settings=Settings(screen=0) if name == "r3" else NHS,
        )
        days = [date.fromisoformat(row["x"]) for row in rows]
        assert days == [days[0] + timedelta(days=n) for n in range(len(rows))]  # in order: what runs are made of
        assert {row["f"] for row in rows} == {"no facet"}
        assert [row["fix_y"] for row in rows] == [
            row["y"] if kept else None for row, kept in zip(rows, baseline, strict=True)
        ]
        for column, numbers in (
            ("mean_col", found.limits.mean),
            ("lpl", found.limits.lower),
            ("upl", found.limits.upper),
        ):
            np.testing.assert_allclose(numbers[0], [row[column] for row in rows], rtol=1e-9, err_msg=f"{name} {column}")
        assert (found.outside[0] != 0).tolist() == [row["outside_limits"] for row in rows]
        assert found.side[0].tolist() == [row["relative_to_mean"] for row in rows]
        assert found.close[0].tolist() == [row["close_to_limits"] for row in rows]
        assert found.limits.short[0].tolist() == [row["short_group_warning"] for row in rows]
        said = {"Common Cause": COMMON, "Above UCL": OUTSIDE}
        assert found.kind[0].tolist() == [said[row["special_cause_type"]] for row in rows]
        assert (found.kind[0] != COMMON).tolist() == [row["special_cause_flag"] for row in rows]
        tones = {"common_cause": Tone.NEUTRAL, "special_cause_improvement": Tone.IMPROVEMENT}
        assert [tone_of(up_is_good, side) for side in found.special[0].tolist()] == [
            tones[row["point_type"]] for row in rows
        ]
        for row in rows:  # none has a target: nothing is assured
            assert (row["target"], row["trajectory"]) == (None, None)
        assert xmr.assurance(found.limits.lower[0, 0], found.limits.upper[0, 0], np.nan, up_is_good=True) == ""
        compared += len(rows)
    oracle.compared("nhsr_ptd_standard_snapshot.json", rows=compared, values=10 * compared)
    assert compared == 100
