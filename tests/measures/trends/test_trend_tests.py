"""How often the trend tests cry wolf: the reason there are two rulesets and a seasonal check. Fixed seeds."""

import numpy as np
import pytest

from measures.trends.rules import evaluate_latest
from measures.trends.ruleset import DEFAULT
from measures.trends.windows import counts

SERIES = 8_000
SEASON = 10 * np.sin(2 * np.pi * np.arange(48) / 12)


def share_flagged(rule, season):
    generator = np.random.Generator(np.random.PCG64(11))
    values = generator.poisson(50 + season, size=(SERIES, 48)).astype(float)
    return float((np.abs(evaluate_latest(counts(values), DEFAULT).flags[rule]) == 1).mean())


@pytest.mark.parametrize(
    ("rule", "season", "share"),
    [
        ("r4", 0 * SEASON, 0.05),
        ("r4s", 0 * SEASON, 0.05),
        ("r4s", SEASON, 0.05),
        ("r5c", 0 * SEASON, 0.05),
        ("r5c", SEASON, 0.05),
        ("r5", 0 * SEASON, 0.60),
        ("r5", SEASON, 0.60),
    ],
)
def test_share_of_unchanging_series_called_a_trend(rule, season, share):
    assert share_flagged(rule, season) == pytest.approx(share, abs=0.015)


def test_raw_trend_is_misled_by_the_time_of_year():
    assert share_flagged("r4", SEASON) > 0.15


def test_seasonal_check_still_finds_a_real_rise():
    generator = np.random.Generator(np.random.PCG64(12))
    rising = 400 + 8 * SEASON + np.concatenate([np.zeros(36), np.linspace(0, 160, 12)])
    values = generator.poisson(rising, size=(2_000, 48)).astype(float)
    assert (evaluate_latest(counts(values), DEFAULT).flags["r4s"] == 1).mean() > 0.95


def follows(generator, correlation, shape):
    """Months each of which keeps a share of the departure of the month before."""
    noise = generator.standard_normal(shape)
    noise[:, 0] /= np.sqrt(1 - correlation**2)
    for column in range(1, shape[1]):
        noise[:, column] += correlation * noise[:, column - 1]
    return noise


@pytest.mark.parametrize(
    ("correlation", "plain", "corrected"), [(0.0, 0.047, 0.030), (0.3, 0.140, 0.055), (0.6, 0.317, 0.059)]
)
def test_share_of_unchanging_series_whose_months_follow_one_another_called_a_trend(correlation, plain, corrected):
    """The published simulation had 20,000 series; four standard errors of the two differences together."""
    values = follows(np.random.Generator(np.random.PCG64(13)), correlation, (SERIES, 71))
    flags = evaluate_latest(counts(values), DEFAULT).flags
    for rule, share in (("r5c", plain), ("r5c_ar", corrected)):
        within = 4 * (share * (1 - share) * (1 / SERIES + 1 / 20_000)) ** 0.5
        assert (np.abs(flags[rule]) == 1).mean() == pytest.approx(share, abs=within), rule
