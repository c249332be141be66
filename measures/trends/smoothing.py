"""Additive exponential smoothing with a season and no trend, ETS(A,N,A), for many series at once.

A level moves by a share `alpha` of each month's surprise, and the month's own seasonal term by a share `gamma`. Both
shares are found by least squares over a grid. Source: Hyndman and Athanasopoulos, Forecasting: principles and
practice, chapter 8; the variance of a sum of coming months is that of the joint path, section 8.7 there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SEASON = 12  # months
ALPHAS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 0.95)
GAMMAS = (0.0, 0.05, 0.1, 0.2, 0.35)
PARAMETERS = 14  # estimated from the months: a level, eleven free seasonal terms, two shares
CHUNK = 512  # series whose grids are in memory at a time


@dataclass(frozen=True)
class Smoothed:
    """N series after their last month. `ahead` (N, 12): the coming months; the rest (N,).

    sigma is the standard deviation of a month's surprise; freedom the degrees of freedom it was estimated with.
    """

    ahead: Floats
    alpha: Floats
    gamma: Floats
    sigma: Floats
    freedom: Floats


def smooth(values: Floats) -> Smoothed:
    """Fit every row of (N, 12 * years), years at least three, no month missing. ValueError: another length."""
    if values.shape[1] % SEASON or values.shape[1] < 3 * SEASON:
        raise ValueError("Smoothing wants whole years of months, three at least.")
    parts = [_smooth(values[start : start + CHUNK]) for start in range(0, values.shape[0], CHUNK)]
    if not parts:
        return Smoothed(np.empty((0, SEASON)), *(np.empty(0) for _ in range(4)))
    fields = ("ahead", "alpha", "gamma", "sigma", "freedom")
    return Smoothed(*(np.concatenate([getattr(part, name) for part in parts]) for name in fields))


def sum_variance(alpha: Floats, months: int, years: int) -> Floats:
    """Variance of the sum of the next `months` months (1 to 12), in units of sigma squared; (N,).

    The surprise of month j is in the sum itself and, through the level, in each month after it: the sum over j of
    (1 + alpha (months - j)) squared. Adding the variances of single months would forget that. To it comes what is not
    known of the seasonal terms: each is an average over `years`, and over a whole year their errors cancel.
    """
    later = months - np.arange(1, months + 1)
    path = ((1 + alpha[:, None] * later) ** 2).sum(axis=1)
    return path + months * (SEASON - months) / (SEASON * years)


def _start(values: Floats) -> tuple[Floats, Floats]:
    """First level (N,) and seasonal terms (N, 12): the usual departure of each month from its year, drift taken out."""
    years = values.reshape(values.shape[0], -1, SEASON)
    means = years.mean(axis=2)
    drift = (means[:, -1] - means[:, 0]) / (SEASON * (means.shape[1] - 1))
    within = np.arange(SEASON) - (SEASON - 1) / 2
    season = (years - means[:, :, None]).mean(axis=1) - drift[:, None] * within
    return means[:, 0], season


def _smooth(values: Floats) -> Smoothed:
    alphas, gammas = (grid.ravel() for grid in np.meshgrid(ALPHAS, GAMMAS))
    level, season = _start(values)
    levels = np.repeat(level[:, None], alphas.size, axis=1)  # (N, pairs of shares)
    seasons = np.repeat(season.T[:, :, None], alphas.size, axis=2)  # (12, N, pairs)
    squares = np.zeros(levels.shape)
    for place, month in enumerate(values.T):
        surprise = month[:, None] - levels - seasons[place % SEASON]
        squares += surprise**2
        levels += alphas * surprise
        seasons[place % SEASON] += gammas * surprise
    best = squares.argmin(axis=1)
    rows = np.arange(values.shape[0])
    freedom = float(values.shape[1] - PARAMETERS)
    return Smoothed(
        ahead=levels[rows, best][:, None] + seasons[:, rows, best].T,
        alpha=alphas[best],
        gamma=gammas[best],
        sigma=np.sqrt(squares[rows, best] / freedom),
        freedom=np.full(rows.size, freedom),
    )
