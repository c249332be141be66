"""What a rare event will come to if its rate stays: counts too small for a normal interval.

The coming count is negative binomial: Poisson months at a rate that is itself known only from the months behind. With
n months adding up to S and h months to come, the mean is h (S + 1/2) / n and the variance mean * (1 + h / n), as the
Poisson-gamma predictive distribution has them (Jeffreys' prior). Where the months vary by more than Poisson months do
(dispersion test, 5 per cent, one-sided) the variance is multiplied by the dispersion found.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, chdtri

Floats = NDArray[np.float64]

ALPHA = 0.05  # of the test of whether months vary more than Poisson months


def dispersion(months: Floats) -> Floats:
    """Variance over mean of each row of (N, n), 1 where a Poisson count would vary as much; (N,)."""
    mean = months.mean(axis=1)
    free = months.shape[1] - 1
    ratio = np.divide(months.var(axis=1, ddof=1), mean, out=np.ones(mean.shape), where=mean > 0)
    return np.where(free * ratio > chdtri(free, ALPHA), ratio, 1.0)


def coming(months: Floats, ahead: int) -> tuple[Floats, Floats]:
    """Mean and variance (N,) of the sum of the next `ahead` months, from each row of (N, n) counts."""
    number = months.shape[1]
    mean = ahead * (months.sum(axis=1) + 0.5) / number
    return mean, dispersion(months) * mean * (1 + ahead / number)


def quantile(mean: Floats, variance: Floats, share: float) -> Floats:
    """Smallest whole number that a negative binomial count exceeds no more than 1 - share of the time; (N,).

    Needs variance above mean. Found by halving, since no closed form exists.
    """
    size = mean**2 / (variance - mean)
    chance = mean / variance
    low, high = np.full(mean.shape, -1.0), np.ceil(mean + 40 * np.sqrt(variance) + 40)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        reached = betainc(size, middle + 1, chance) >= share
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    return high
