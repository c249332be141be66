"""Where a monthly series would go if nothing changed: additive exponential smoothing with a season and no trend.

The model is ETS(A,N,A): a level that moves by a share of each surprise, and twelve seasonal terms that do the same.
The shares are found by least squares over a grid. Intervals of the rolling twelve months follow the joint path: a
surprise in month j moves every later month by `alpha`, so the variances of months must not simply be added.
Source: Hyndman and Athanasopoulos, Forecasting: principles and practice, chapter 8.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

SEASON = 12  # months
FEWEST = 36  # months below which no season can be told from a year
LONGEST = 96  # months looked at
ALPHAS = np.linspace(0.02, 0.98, 33)
GAMMAS = np.linspace(0.0, 0.5, 11)
Z80, Z95 = 1.2815515655446004, 1.959963984540054


@dataclass(frozen=True)
class Projection:
    """The next twelve rolling totals with their intervals, each (12,); `alpha` and `sigma` of the model."""

    central: Floats
    low80: Floats
    high80: Floats
    low95: Floats
    high95: Floats
    alpha: float
    sigma: float


def project_rolling(months: ArrayLike) -> Projection | None:
    """The rolling twelve-month totals of the next twelve months of a count. None: too short, or a month is missing.

    `months` are consecutive, oldest first. No total is below nought.
    """
    values = np.asarray(months, dtype=np.float64)[-LONGEST:]
    if values.size < FEWEST or np.isnan(values).any():
        return None
    alphas, gammas = (grid.ravel() for grid in np.meshgrid(ALPHAS, GAMMAS))
    squares, level, season = _smooth(values, alphas, gammas)
    best = int(np.argmin(squares))
    sigma = float(np.sqrt(squares[best] / max(1, values.size - SEASON - 2)))
    alpha = float(alphas[best])
    ahead = level[best] + season[best]
    path = np.concatenate([values[-(SEASON - 1) :], ahead])
    central = np.convolve(path, np.ones(SEASON), "valid")
    spread = sigma * np.array([_path_sd(steps, alpha) for steps in range(1, SEASON + 1)])
    low80, high80, low95, high95 = (np.maximum(0.0, central + side * spread) for side in (-Z80, Z80, -Z95, Z95))
    return Projection(np.maximum(0.0, central), low80, high80, low95, high95, alpha, sigma)


def _smooth(values: Floats, alphas: Floats, gammas: Floats) -> tuple[Floats, Floats, Floats]:
    """Sum of squared surprises, last level and the coming twelve seasonal terms for every pair of shares at once."""
    start = values[:SEASON].mean()
    level = np.full(alphas.shape, start)
    season = np.repeat((values[:SEASON] - start)[:, None], alphas.size, axis=1)
    squares = np.zeros(alphas.shape)
    for place, value in enumerate(values):
        month = place % SEASON
        surprise = value - level - season[month]
        if place >= SEASON:
            squares += surprise**2
        level = level + alphas * surprise
        season[month] = season[month] + gammas * surprise
    order = (np.arange(SEASON) + values.size) % SEASON
    return squares, level, season[order].T


def _path_sd(steps: int, alpha: float) -> float:
    """Standard deviations of one surprise that the sum of `steps` coming months has."""
    weights = 1 + alpha * (steps - np.arange(1, steps + 1))
    return float(np.sqrt((weights**2).sum()))
