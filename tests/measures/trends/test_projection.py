"""Where a series would go if nothing changed."""

import numpy as np
import pytest

from measures.trends.projection import Z80, Z95, project_rolling


def season(years: int, level: float = 100.0) -> np.ndarray:
    return level + 20 * np.sin(2 * np.pi * np.arange(12 * years) / 12)


def test_a_series_that_repeats_itself_goes_on_repeating_itself():
    ahead = project_rolling(season(5))
    assert np.allclose(ahead.central, 1200.0)
    assert ahead.sigma == pytest.approx(0.0, abs=1e-9)
    assert np.allclose(ahead.high95, ahead.low95)


def test_too_short_or_broken_series_are_not_projected():
    assert project_rolling(season(3)[:35]) is None
    broken = season(4)
    broken[7] = np.nan
    assert project_rolling(broken) is None


def test_intervals_are_nested_symmetric_and_grow():
    noise = np.random.default_rng(5).normal(0, 6, 72)
    ahead = project_rolling(season(6) + noise)
    assert np.allclose((ahead.high95 - ahead.central) / (ahead.high80 - ahead.central), Z95 / Z80)
    assert np.allclose(ahead.high95 - ahead.central, ahead.central - ahead.low95)
    widths = ahead.high95 - ahead.low95
    assert (np.diff(widths) > 0).all()


def test_width_after_a_year_is_that_of_the_joint_path():
    """Twelve months ahead: sigma squared times the sum of (1 + alpha (12 - j)) squared, j from 1 to 12."""
    noise = np.random.default_rng(11).normal(0, 6, 96)
    ahead = project_rolling(season(8) + noise)
    weights = 1 + ahead.alpha * (12 - np.arange(1, 13))
    expected = Z95 * ahead.sigma * np.sqrt((weights**2).sum())
    assert ahead.high95[-1] - ahead.central[-1] == pytest.approx(expected)


def test_the_next_year_falls_within_the_95_per_cent_interval_about_as_often_as_it_says():
    inside, rounds = 0, 200
    for seed in range(rounds):
        months = season(8) + np.random.default_rng(seed).normal(0, 6, 96)
        ahead = project_rolling(months[:84])
        total = months[84:].sum()
        inside += ahead.low95[-1] <= total <= ahead.high95[-1]
    assert 0.90 <= inside / rounds <= 1.0


def test_no_total_is_below_nought():
    falling = np.maximum(0, 12 - np.arange(48) * 0.25) + np.random.default_rng(3).poisson(1, 48)
    ahead = project_rolling(falling)
    lines = (ahead.central, ahead.low80, ahead.low95, ahead.high80, ahead.high95)
    assert all((line >= 0).all() for line in lines)
