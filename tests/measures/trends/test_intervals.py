"""Intervals and funnel limits, against cases of the project and against PHEindicatormethods' own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import chdtr, ndtr, pdtr

from measures.trends import intervals
from measures.trends.figures import monthly_data, over
from measures.trends.intervals import Interval
from measures.trends.periods import month_span

SHARES = {"95%": 0.95, "99.8%": 0.998, "95_0": 0.95, "99_8": 0.998, "2s": 0.95, "3s": 0.998}
METHODS = {"Byars": lambda x, n, share: intervals.byar(x, share), "Wilson": intervals.wilson}


def numbers(rows, column):
    return np.array([np.nan if row[column] in ("NA", "") else float(row[column]) for row in rows])


def agree(found, wanted, tolerance=1e-9):
    """How many numbers were compared, a missing one being missing in both."""
    np.testing.assert_allclose(found, wanted, rtol=tolerance, atol=1e-12, equal_nan=True)
    return np.size(wanted)


# The project's own cases.


def test_appeals_upheld_two_of_ten():
    lower, upper = intervals.wilson(2, 10)
    assert [round(float(100 * one), 1) for one in (lower, upper)] == [5.7, 51.0]


def test_wilson_reaches_nought_and_one_exactly():
    assert intervals.wilson(0, 20).lower == 0
    assert intervals.wilson(20, 20).upper == 1


@pytest.mark.parametrize(("x", "n"), [(3, 0), (-1, 10), (11, 10), (np.nan, 10), (1, np.nan)])
def test_wilson_cannot_say_of_what_is_no_proportion(x, n):
    assert np.isnan(intervals.wilson(x, n)).all()


@given(st.integers(0, 200), st.integers(1, 200), st.sampled_from([0.8, 0.95, 0.998]))
def test_a_wilson_limit_is_where_the_score_test_just_rejects(x, extra, share):
    n = x + extra
    for limit in intervals.wilson(x, n, share):
        if 0 < limit < 1:
            z = abs(x / n - limit) / np.sqrt(limit * (1 - limit) / n)
            assert ndtr(z) == pytest.approx(0.5 + share / 2, abs=1e-9)


@given(st.integers(0, 300), st.sampled_from([0.8, 0.95, 0.998]))
def test_exact_limits_leave_half_of_the_rest_in_each_tail(x, share):
    lower, upper = (float(one) for one in intervals.exact_poisson(x, share))
    tail = (1 - share) / 2
    assert pdtr(x, upper) == pytest.approx(tail, rel=1e-8)
    assert (1 - pdtr(x - 1, lower) if x else tail) == pytest.approx(tail, rel=1e-6)
    assert chdtr(2 * x + 2, 2 * upper) == pytest.approx(1 - tail, rel=1e-8)


def test_exact_below_ten_and_byar_from_ten_on():
    few, many = intervals.poisson(9), intervals.poisson(10)
    assert (few.upper, many.upper) == (intervals.exact_poisson(9).upper, intervals.byar(10).upper)
    assert intervals.poisson(0) == (0, pytest.approx(3.6888794541))


def test_byar_has_no_lower_limit_of_nought_or_below_it():
    assert np.isnan([intervals.byar(0).lower, intervals.byar(1, 0.998).lower]).all()
    assert intervals.byar(1).lower == pytest.approx(0.0130721329)


def test_byar_is_close_to_exact_from_ten_on():
    x = np.arange(10, 2000)
    close, exact = intervals.byar(x), intervals.exact_poisson(x)
    assert np.abs(np.array(close) - np.array(exact)).max() < 0.03


def test_a_rate_is_its_count_times_what_it_is_per():
    lower, upper = intervals.rate([5, 61], [711, 1000], 1000)
    assert lower[0] == pytest.approx(intervals.exact_poisson(5).lower * 1000 / 711)
    assert upper[1] == pytest.approx(intervals.byar(61).upper)
    assert np.isnan(intervals.rate(5, 0)).all()


def test_a_mean_of_one_has_no_interval():
    assert np.isnan(intervals.mean(5, 1, 1)).all()
    assert intervals.mean(10, 2, 4) == (pytest.approx(10 - 3.1824463053), pytest.approx(10 + 3.1824463053))


def test_a_survey_keeps_its_own_margin():
    assert intervals.survey(77.7, 3.5) == (pytest.approx(74.2), pytest.approx(81.2))
    assert intervals.survey(98, 3.5).upper == 100
    assert np.isnan(intervals.survey(77.7, np.nan)).all()


def test_the_effective_number_gives_the_margin_back():
    number = float(intervals.effective_number(77.7, 3.5))
    assert round(number) == 543
    assert 100 * 1.959963985 * np.sqrt(0.777 * 0.223 / number) == pytest.approx(3.5)
    assert np.isnan(intervals.effective_number([77.7, 0, 50], [0, 3, np.nan])).all()


def test_a_proportion_on_a_funnel_limit_has_an_interval_that_ends_at_the_average():
    limits = intervals.funnel_proportion(0.3, 400)
    assert intervals.wilson(limits.lower * 400, 400).upper == pytest.approx(0.3)
    assert intervals.wilson(limits.upper * 400, 400).lower == pytest.approx(0.3)


def test_against_says_which_side():
    limits = Interval(np.array([1.0, 1.0, 1.0, np.nan]), np.array([2.0, 2.0, 2.0, np.nan]))
    assert intervals.against([0.5, 2.0, 2.1, 9.0], limits).tolist() == [-1, 0, 1, 0]


def test_everything_takes_arrays_that_broadcast():
    lower, _ = intervals.wilson(np.arange(3), 10, np.array([[0.95], [0.998]]))
    assert lower.shape == (2, 3)


# PHEindicatormethods' cases.


def test_byar_and_wilson_agree_with_the_published_cases(oracle):
    rows, compared = oracle.rows("phe_test_BW.csv"), 0
    for method, work_out in METHODS.items():
        held = [row for row in rows if row["method"] == method]
        share = np.array([SHARES[row["confidence"]] for row in held])
        lower, upper = work_out(numbers(held, "x"), numbers(held, "n"), share)
        compared += agree(lower, numbers(held, "lowercl")) + agree(upper, numbers(held, "uppercl"))
    oracle.compared("phe_test_BW.csv", rows=len(rows), values=compared)
    assert (len(rows), compared) == (13, 26)
    assert rows[12]["lowercl"] == "NA"  # one event at 99.8 per cent: Byar's limit would be below nought


def compared_wide(rows, work_out):
    compared = 0
    for name in ("95_0", "99_8"):
        held = [row for row in rows if row.get(f"lower{name}cl")]
        lower, upper = work_out(held, SHARES[name])
        compared += agree(lower, numbers(held, f"lower{name}cl"), 1e-8)
        compared += agree(upper, numbers(held, f"upper{name}cl"), 1e-8)
    return compared


def compared_long(rows, work_out):
    held = [row for row in rows if row["lowercl"]]
    share = np.array([SHARES[row["confidence"]] for row in held])
    lower, upper = work_out(held, share)
    return agree(lower, numbers(held, "lowercl"), 1e-8) + agree(upper, numbers(held, "uppercl"), 1e-8)


def rates(rows, share):
    parts = numbers(rows, "Numerator"), numbers(rows, "Denominator")
    return intervals.rate(*parts, numbers(rows, "multiplier"), share)


def proportions(rows, share):
    found = intervals.wilson(numbers(rows, "Numerator"), numbers(rows, "Denominator"), share)
    times = numbers(rows, "multiplier")
    return found.lower * times, found.upper * times


def values_and_methods(rows, kind, per):
    """The value by the registry of statistics, and by which method its limits were found: exactly below ten events."""
    compared = 0
    for row, above, below in zip(rows, numbers(rows, "Numerator"), numbers(rows, "Denominator"), strict=True):
        times = float(row["multiplier"])
        value = over(monthly_data(kind, [0], [above], [below]), month_span(0), "", "").value
        compared += agree(np.nan if value is None else float(value) / per * times, numbers([row], "value")[0])
        if kind == "ratio":
            method = "Wilson"
        else:
            method = "NA" if np.isnan(above) else "Exact" if above < intervals.EXACT_BELOW else "Byars"
        said = {1: "proportion of 1", 100: "percentage"}[times] if kind == "ratio" else f"rate per {times:.0f}"
        assert (row["method"], row["statistic"]) == (method, said), row["Area"]
        compared += 2
    return compared


@pytest.mark.parametrize(
    ("name", "work_out", "kind", "per"), [("Rate", rates, "rate", 1000), ("Prop", proportions, "ratio", 100)]
)
def test_rates_and_proportions_agree_with_the_published_cases(name, work_out, kind, per, oracle):
    for file, limits_of, each in (
        (f"phe_test_{name}.csv", compared_wide, 4),
        (f"phe_test_{name}_g_results.csv", compared_long, 2),
    ):
        rows = oracle.rows(file)
        compared = limits_of(rows, work_out) + values_and_methods(rows, kind, per)
        assert compared == (each + 3) * len(rows)
        assert [row["Area"] for row in rows if row["value"] != "NA"]
        oracle.compared(file, rows=len(rows), values=compared)


def test_means_agree_with_the_published_cases(oracle):
    wide, values = oracle.rows("phe_test_Mean_results.csv"), oracle.rows("phe_test_Mean.csv")
    for row in wide:
        held = [float(one["values"]) for one in values if row["area"] in (one["area"], "No grouping")]
        told = [float(row[column]) for column in ("value_count", "value_sum", "value", "stdev")]
        assert told == pytest.approx([len(held), np.sum(held), np.mean(held), np.std(held, ddof=1)])
        assert (row["statistic"], row["method"]) == ("mean", "Student's t-distribution")

    def means(rows, share):
        return intervals.mean(numbers(rows, "value"), numbers(rows, "stdev"), numbers(rows, "value_count"), share)

    compared = compared_wide(wide, means) + 6 * len(wide)
    oracle.compared("phe_test_Mean_results.csv", rows=len(wide), values=compared)
    oracle.compared("phe_test_Mean.csv", rows=len(values), values=0)  # what the means are of
    assert compared == 10 * len(wide)


LEVELS = {(1, 1): "High (0.001)", (1, 0): "High (0.025)", (-1, -1): "Low (0.001)", (-1, 0): "Low (0.025)"}


def significance(narrow, wide):
    """What both pairs of limits say, in the words of the published cases."""
    return [LEVELS.get((int(a), int(b)), "Not significant") for a, b in zip(narrow, wide, strict=True)]


def test_funnel_of_proportions_agrees_with_the_published_cases(oracle):
    areas, limits = oracle.rows("phe_test_funnel_inputs.csv"), oracle.rows("phe_test_funnel_outputs.csv")
    above, below = numbers(areas, "numerator"), numbers(areas, "denominator")
    average = above.sum() / below.sum()
    sides = [
        intervals.against(above / below, intervals.funnel_proportion(average, below, SHARES[name]))
        for name in ("2s", "3s")
    ]
    assert significance(*sides) == [row["significance"] for row in areas]
    compared = 0
    for name in ("2s", "3s"):
        found = intervals.funnel_proportion(average, numbers(limits, "Population"), SHARES[name])
        for side in ("lower", "upper"):
            wanted = numbers(limits, f"{side}_{name}_limit")
            np.testing.assert_allclose(100 * getattr(found, side), wanted, atol=2e-6)
            compared += wanted.size
    np.testing.assert_allclose(100 * average, numbers(limits, "baseline"), atol=2e-6)
    compared += len(limits)
    oracle.compared("phe_test_funnel_inputs.csv", rows=len(areas), values=len(areas))
    oracle.compared("phe_test_funnel_outputs.csv", rows=len(limits), values=compared)
    assert (len(areas), compared) == (303, 5 * len(limits))


def test_funnel_of_ratios_agrees_with_the_published_cases(oracle):
    """The file's `exp_events` are the expected numbers on a limit, its `count` what the ratio there is beyond one."""
    areas, limits = oracle.rows("phe_test_funnel_ratio_inputs.csv"), oracle.rows("phe_test_funnel_ratio_outputs.csv")
    observed, expected = numbers(areas, "obs"), numbers(areas, "expected")
    sides = [intervals.against_expected(observed, expected, SHARES[name]) for name in ("2s", "3s")]
    assert significance(*sides) == [row["significance"] for row in areas]
    by_ratio = intervals.against(observed / expected, intervals.funnel_ratio(observed))
    assert (by_ratio == sides[0])[observed > 0].all()
    compared, events = 0, numbers(limits, "Observed_events")
    for name in ("2s", "3s"):
        found, expected_there = (
            intervals.funnel_ratio(events, SHARES[name]),
            intervals.exact_poisson(events, SHARES[name]),
        )
        # Found in the file by halving: of one event the three-sigma limit is known to five digits.
        for side, other in (("lower", "upper"), ("upper", "lower")):
            ratio = getattr(found, side)
            compared += agree(100 * ratio, numbers(limits, f"{side}_{name}_isr"), 5e-5)
            compared += agree(getattr(expected_there, other), numbers(limits, f"{side}_{name}_exp_events"), 5e-5)
            compared += agree(ratio - 1, numbers(limits, f"{side}_{name}_count"), 5e-5)
    oracle.compared("phe_test_funnel_ratio_inputs.csv", rows=len(areas), values=len(areas))
    oracle.compared("phe_test_funnel_ratio_outputs.csv", rows=len(limits), values=compared)
    assert (len(areas), compared) == (300, 12 * len(limits))
