"""Mann-Kendall for many series at once, and its family, against a plain counting of pairs and published answers."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.trends import mann_kendall_variants as variants
from measures.trends.mann_kendall import mann_kendall, seasonal_mann_kendall, sens_slopes
from measures.trends.ruleset import CANNOT_SAY
from tests.measures.trends.test_oracle import nsw

cells = st.one_of(*[st.integers(-3, 9).map(float)] * 8, st.just(math.nan))


def plain(series):
    """S, variance and number of months of one series, a pair at a time."""
    values = [value for value in series if value == value]
    n = len(values)
    s = sum((b > a) - (b < a) for i, a in enumerate(values) for b in values[i + 1 :])
    ties = [values.count(value) for value in set(values)]
    return s, (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18, n


@settings(max_examples=100)
@given(st.integers(1, 24).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1)))
def test_all_series_at_once_agree_with_the_plain_counting(rows):
    found = mann_kendall(np.array(rows))
    mirrored = mann_kendall(-np.array(rows))
    for place, series in enumerate(rows):
        s, variance, months = plain(series)
        assert (found.s[place], found.months[place], mirrored.s[place]) == (s, months, -s)
        assert found.variance[place] == pytest.approx(variance)
        z = 0.0 if s == 0 else (s - math.copysign(1, s)) / math.sqrt(variance)
        assert found.z[place] == pytest.approx(z)
        assert found.p[place] == pytest.approx(math.erfc(abs(z) / math.sqrt(2)))


def test_flags_and_too_few_months():
    rising, falling = list(range(12)), list(range(12, 0, -1))
    short = [*[math.nan] * 3, *range(9)]
    found = mann_kendall([rising, falling, [5] * 12, short])
    assert found.flags(0.05, 10, CANNOT_SAY).tolist() == [1, -1, 0, CANNOT_SAY]
    assert (found.tau[0], found.p[2]) == (1.0, 1.0)


def test_a_season_cancels_in_the_seasonal_test():
    season = np.tile([0, 3, 8, 12, 17, 21, 24, 28, 33, 37, 40, 46], 4).astype(float)
    assert seasonal_mann_kendall([season]).s[0] == 0
    assert seasonal_mann_kendall([season + np.repeat([0, 1, 2, 3], 12)]).tau[0] == 1.0


def test_sens_slope_passes_over_what_is_missing():
    slope, intercept = sens_slopes([[1.0, math.nan, 5.0, 7.0], [math.nan] * 4])
    assert (slope[0], intercept[0]) == (2.0, 1.0)
    assert np.isnan([slope[1], intercept[1]]).all()


def test_a_single_series_is_refused():
    with pytest.raises(ValueError, match="series by months"):
        mann_kendall([1.0, 2.0])


# ---- cases made elsewhere


def test_last_twelve_months_of_real_series_agree(oracle):
    expected, series, as_of = nsw(oracle)
    windows = np.array([row[last - 11 : last + 1] for row, last in zip(series.values, as_of, strict=True)])
    found = mann_kendall(windows)
    slope, _ = sens_slopes(windows)
    columns = {"r4_mk_s": found.s, "r4_mk_z": found.z, "r4_mk_p": found.p, "r4_sen": slope}
    for column, numbers in columns.items():
        np.testing.assert_allclose(numbers, [float(row[column]) for row in expected], rtol=1e-8, atol=1e-12)
    assert found.flags(0.05, 10, CANNOT_SAY).tolist() == [int(row["r4_mk"]) for row in expected]
    oracle.compared("seed_rules_expected_nsw.csv", rows=len(expected), values=5 * len(expected))
    assert len(expected) == 126


def seasons(series, period=12):
    padded = np.concatenate([series, np.full(-len(series) % period, np.nan)])
    return padded.reshape(-1, period)


def vectorised(found):
    return {"Tau": found.tau[0], "s": found.s[0], "var_s": found.variance[0], "z": found.z[0], "p": found.p[0]}


def alone(answer, slope=None):
    told = {"Tau": answer.tau, "s": answer.s, "var_s": answer.variance, "z": answer.z, "p": answer.p}
    return told | ({} if slope is None else {"slope": slope})


def sen(series, step=1):
    slope, intercept = sens_slopes(series[None, :], step)
    return {"slope": slope[0], "intercept": intercept[0]}


def called(name, data, options):
    lags = int(options[4:]) if options.startswith("lag") else None
    whole = {
        "sens_slope": lambda: sen(data),
        "seasonal_sens_slope": lambda: sen(data, 12),
        "original_test": lambda: vectorised(mann_kendall(data[None, :])),
        "seasonal_test": lambda: vectorised(seasonal_mann_kendall(data[None, :])),
        "hamed_rao_modification_test": lambda: alone(variants.hamed_rao(data, lags)),
        "yue_wang_modification_test": lambda: alone(variants.yue_wang(data, lags)),
        "pre_whitening_modification_test": lambda: alone(variants.pre_whitened(data)),
        "trend_free_pre_whitening_modification_test": lambda: alone(variants.pre_whitened(data, trend_free=True)),
        "regional_test": lambda: alone(*variants.regional(data)),
        "correlated_multivariate_test": lambda: alone(*variants.correlated(data)),
        "correlated_seasonal_test": lambda: alone(variants.correlated(seasons(data))[0]),
        "partial_test": lambda: alone(variants.partial(data)) | sen(data[:, 0]),
    }
    return whole[name]()


def test_the_family_agrees_with_published_answers(oracle):
    held = oracle.json("pymannkendall_tests.json")
    data = {name: np.array(values, dtype=float) for name, values in held["data"].items() if isinstance(values, list)}
    data |= {"NoTrendData": np.full(360, 1.0), "TrendData": np.arange(360.0), "NoTrend2dData": np.ones((360, 2))}
    compared = 0
    for case in held["cases"]:
        name, _, options = case["args"].partition(", ")
        found = called(case["function"], data[name], options)
        wanted = dict(case["expected"])
        if "h" in wanted:
            found["h"] = bool(found["p"] < 0.05)
            found["trend"] = ("increasing" if found["z"] > 0 else "decreasing") if found["h"] else "no trend"
        for key, value in wanted.items():
            told = found[key] if isinstance(value, str | bool) else pytest.approx(found[key], rel=1e-9, abs=1e-12)
            assert value == told, (case["function"], case["args"], key)
            compared += 1
    oracle.compared("pymannkendall_tests.json", rows=len(held["cases"]), values=compared)
    assert len(held["cases"]) == 39
