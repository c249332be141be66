"""Where a series would go if nothing changed."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from measures.trends.projection import LINES, RARE, SMOOTHING, YEAR_AGO, project, project_rolling
from measures.trends.rare import coming, dispersion, quantile
from measures.trends.smoothing import smooth, sum_variance

SHARED = Path(__file__).resolve().parents[4] / "shared"
T975 = 1.9893185571365714  # Student's t, 82 degrees of freedom (scipy.stats.t.ppf)


def season(years: int, level: float = 100.0) -> np.ndarray:
    return level + 20 * np.sin(2 * np.pi * np.arange(12 * years) / 12)


def noisy(years: int, seed: int) -> np.ndarray:
    return season(years) + np.random.default_rng(seed).normal(0, 6, 12 * years)


def test_a_series_that_repeats_itself_goes_on_repeating_itself():
    ahead = project_rolling(season(5))
    assert np.allclose(ahead.central, 1200.0)
    assert ahead.sigma == pytest.approx(0.0, abs=1e-9)
    assert np.allclose(ahead.high95, ahead.low95)
    assert (ahead.method, ahead.months) == (SMOOTHING, 60)


@pytest.mark.parametrize(
    ("months", "method"), [(23, ""), (24, YEAR_AGO), (35, YEAR_AGO), (36, SMOOTHING), (47, SMOOTHING)]
)
def test_the_method_is_that_of_what_is_held(months, method):
    assert project(noisy(4, 1)[None, :months]).method.tolist() == [method]


def test_what_is_not_projected():
    assert project_rolling(season(3)[:23]) is None
    assert project_rolling([]) is None
    broken = season(4)
    broken[30] = np.nan
    assert project_rolling(broken) is None
    assert np.isnan(project(broken[None, :]).central).all()


def test_a_gap_a_left_out_month_and_a_new_phase_are_not_reached_across():
    months = noisy(6, 2)
    other = months.copy()
    other[:24] += 500  # as they were counted before
    usable = np.arange(72) >= 24
    found = project(other[None, :], usable[None, :])
    plain = project(months[None, 24:])
    assert (found.method[0], found.months[0]) == (SMOOTHING, 48)
    for line in LINES:
        np.testing.assert_array_equal(getattr(found, line), getattr(plain, line))
    gap = months.copy()
    gap[40] = np.nan
    assert project(gap[None, :]).method.tolist() == [YEAR_AGO]


def test_intervals_are_nested_symmetric_and_grow():
    ahead = project_rolling(noisy(6, 5))
    assert np.allclose(ahead.high95 - ahead.central, ahead.central - ahead.low95)
    assert (ahead.high95 > ahead.high80).all() and (ahead.high80 > ahead.central).all()
    assert (np.diff(ahead.high95 - ahead.low95) > 0).all()


def test_width_after_a_year_is_that_of_the_joint_path():
    """Twelve months ahead: sigma squared times the sum of (1 + alpha (12 - j)) squared, j from 1 to 12."""
    ahead = project_rolling(noisy(8, 11))
    weights = 1 + ahead.alpha * (12 - np.arange(1, 13))
    expected = T975 * ahead.sigma * np.sqrt((weights**2).sum())
    assert ahead.high95[-1] - ahead.central[-1] == pytest.approx(expected)


def test_months_added_as_if_independent_would_be_too_narrow():
    assert sum_variance(np.array([0.3]), 12, 8)[0] == pytest.approx(12 + 2 * 0.3 * 66 + 0.09 * 506)
    assert sum_variance(np.array([0.0]), 6, 3)[0] == pytest.approx(6 + 6 * 6 / 36)


def test_the_total_to_march_holds_what_is_recorded_and_projects_the_rest():
    """Six months recorded: with nought for sigma the interval is a point, and with noise it is that of six months."""
    months = noisy(8, 4)
    ahead = project_rolling(months)
    alone = smooth(months[None, :]).ahead[0]
    assert ahead.central[5] == pytest.approx(months[-6:].sum() + alone[:6].sum())


def test_no_total_is_below_nought():
    falling = np.maximum(0, 42 - np.arange(48) * 0.9) + np.random.default_rng(3).poisson(12, 48)
    fans = project(falling[None, :])
    assert all((getattr(fans, line) >= 0).all() for line in LINES)


def test_rare_events_keep_their_rate():
    months = np.random.default_rng(8).poisson(3, (1, 60)).astype(float)
    fans, latest = project(months), months[:, -24:]
    assert (fans.method[0], fans.months[0]) == (RARE, 24)
    assert fans.central[0, -1] == pytest.approx((latest.sum() + 0.5) / 2)
    assert all((getattr(fans, line) == np.floor(getattr(fans, line))).all() for line in ("low95", "high95"))


def test_nothing_in_two_years_may_still_be_followed_by_something():
    fans = project(np.zeros((1, 36)))
    assert (fans.low95[0, -1], fans.high95[0, -1]) == (0, 2)
    assert fans.central[0, -1] == pytest.approx(0.25)


def test_hours_are_no_counts_and_are_smoothed():
    assert project(np.full((1, 36), 2.5)).method.tolist() == [SMOOTHING]


def test_negative_binomial_quantiles():
    """scipy.stats.nbinom(n, p).ppf with n = mean^2 / (variance - mean), p = mean / variance."""
    mean, variance = np.array([36.25, 0.25, 4.0, 100.0]), np.array([54.375, 0.375, 12.0, 150.0])
    assert quantile(mean, variance, 0.025).tolist() == [23.0, 0.0, 0.0, 77.0]
    assert quantile(mean, variance, 0.9).tolist() == [46.0, 1.0, 9.0, 116.0]
    assert quantile(mean, variance, 0.975).tolist() == [52.0, 2.0, 13.0, 125.0]


def test_months_that_vary_more_than_poisson_months_widen_the_interval():
    even, uneven = np.array([[3.0, 5.0] * 12]), np.array([[0.0, 8.0] * 12])
    assert dispersion(even).tolist() == [1.0]
    assert dispersion(uneven)[0] == pytest.approx(16 * 24 / 23 / 4)
    assert coming(uneven, 12)[0] == coming(even, 12)[0]
    assert coming(uneven, 12)[1][0] / coming(even, 12)[1][0] == pytest.approx(dispersion(uneven)[0])


def test_few_months_repeat_the_year_before():
    months = np.concatenate([np.full(12, 100.0), np.full(12, 110.0)]) + np.tile([1.0, -1.0], 12)
    fans = project(months[None, :])
    assert np.allclose(fans.central, months[-12:].sum())
    widths = fans.high95[0] - fans.low95[0]
    assert np.allclose(widths / widths[0], np.arange(1, 13))  # the years differ as a whole and not by noise


@settings(max_examples=30)
@given(
    months=arrays(np.float64, (4, 50), elements=st.integers(0, 400).map(float)),
    holes=arrays(np.bool_, (4, 50), elements=st.sampled_from([False] * 40 + [True])),
)
def test_series_are_projected_together_as_they_are_alone(months, holes):
    table = np.where(holes, np.nan, months)
    together = project(table)
    for row in range(4):
        alone = project(table[[row]])
        assert (alone.method[0], alone.months[0]) == (together.method[row], together.months[row])
        for line in LINES:
            np.testing.assert_allclose(getattr(together, line)[row], getattr(alone, line)[0], rtol=1e-12)


STABLE = {
    "normal": lambda rng, shape: rng.normal(100, 10, shape),
    "poisson 50": lambda rng, shape: rng.poisson(50, shape).astype(float),
    "poisson 400 with a season": lambda rng, shape: rng.poisson(
        400 * (1 + 0.2 * np.sin(2 * np.pi * np.arange(shape[1]) / 12)), shape
    ).astype(float),
    "poisson 5": lambda rng, shape: rng.poisson(5, shape).astype(float),
}


def covered(months: np.ndarray, ahead: int = 12) -> tuple[float, float, int]:
    """Share of rows whose total to the last month lay within the 95 and the 80 per cent fan made a year before."""
    fans = project(months[:, :-12])
    made = fans.method != ""
    totals = months[made][:, months.shape[1] - 24 + ahead : months.shape[1] - 12 + ahead].sum(axis=1)
    found = []
    for low, high in (("low95", "high95"), ("low80", "high80")):
        ends = getattr(fans, low)[made, ahead - 1], getattr(fans, high)[made, ahead - 1]
        found.append(float(((ends[0] <= totals) & (totals <= ends[1])).mean()))
    return found[0], found[1], int(made.sum())


@pytest.mark.parametrize("process", STABLE)
def test_the_95_per_cent_fan_of_a_stable_series_holds_its_year_95_times_in_100(process):
    months = STABLE[process](np.random.default_rng(2019), (2_000, 84))
    within95, within80, made = covered(months)
    print(f"{process}: {made} series, total of twelve months within 95%: {within95:.3f}, within 80%: {within80:.3f}")
    assert made == 2_000
    assert 0.93 <= within95 <= 0.97
    assert 0.77 <= within80 <= 0.87


def _windows(rows: dict[str, dict[int, float]], history: int, apart: int) -> np.ndarray:
    """Every whole run of `history` months and the twelve after it, so many months apart, of every series."""
    made = []
    for months in rows.values():
        for end in range(min(months) + history + 11, max(months) + 1, apart):
            made.append([months.get(month, np.nan) for month in range(end - history - 11, end + 1)])
    return np.array([one for one in made if not np.isnan(one).any()])


def _nsw() -> dict[str, dict[int, float]]:
    with (SHARED / "oracle" / "series_nsw_offences.csv").open() as file:
        header, *lines = csv.reader(file)
    months = [12 * int(one[:4]) + int(one[5:]) - 1 for one in header[1:]]
    return {line[0]: {m: float(v) for m, v in zip(months, line[1:], strict=True) if v} for line in lines}


def _street() -> dict[str, dict[int, float]]:
    made: dict[str, dict[int, float]] = {}
    with next((SHARED / "data" / "monthly_street").glob("*.csv")).open() as file:
        for row in csv.DictReader(file):
            year, month = row["month"].split("-")
            series = made.setdefault(f"{row['force_id']} {row['crime_type']}", {})
            series[12 * int(year) + int(month) - 1] = float(row["count"])
    return made


@pytest.mark.parametrize(("source", "history", "apart", "fewest"), [(_nsw, 72, 12, 480), (_street, 24, 3, 50)])
def test_real_series_fall_within_the_fans_about_as_often_as_they_say(source, history, apart, fewest):
    """Real series are not stable: the fans promise what follows if nothing changes, so fewer lie within."""
    if not SHARED.exists():
        pytest.skip("NOT RUN: ../shared is absent")
    windows = _windows(source(), history, apart)
    for ahead in (3, 12):
        within95, within80, made = covered(windows, ahead)
        print(
            f"{source.__name__[1:]}: {made} projections of a total {ahead} months on; within 95%: {within95:.3f}, within 80%: {within80:.3f}"
        )
        assert made > fewest
        assert within95 > 0.6
