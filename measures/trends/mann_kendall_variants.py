"""The family of Mann-Kendall tests that allow for months that follow one another, or that take several series at once.

For analysts who are asked for one of them, and to check the engine against published answers; no symbol uses them. On
rolling totals none of them holds (docs/method.md). One series a call. Sources: Hamed and Rao (1998), Yue and Wang
(2004), von Storch (1995), Yue and others (2002), Dietz and Killeen (1981), Hirsch and Slack (1984), Libiseller and
Grimvall (2002).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri
from scipy.stats import rankdata

from measures.trends.mann_kendall import mann_kendall, p_of, sens_slopes, z_of
from measures.trends.windows import Floats


@dataclass(frozen=True)
class Answer:
    """S, its variance, tau, z and two-sided p."""

    s: float
    variance: float
    tau: float
    z: float
    p: float


def _answer(s: float, variance: float, tau: float, *, continuous: bool = False) -> Answer:
    """z with the continuity correction of whole S; without it where S is `continuous`."""
    if continuous:
        z = s / np.sqrt(variance) if variance > 0 else 0.0
    else:
        z = float(z_of(np.array(s), np.array(variance)))
    return Answer(float(s), float(variance), float(tau), float(z), float(p_of(np.array(z))))


def _known(series: ArrayLike) -> Floats:
    values = np.asarray(series, dtype=np.float64)
    return values[~np.isnan(values)]


def _detrended(series: ArrayLike) -> tuple[Floats, float]:
    """The months that are there less the trend, and Sen's slope, for which the missing ones keep their places."""
    slope = float(sens_slopes(np.asarray(series, dtype=np.float64)[None, :])[0][0])
    values = _known(series)
    return values - np.arange(1, len(values) + 1) * slope, slope


def _autocorrelation(values: Floats, lags: int) -> Floats:
    """At lags 0 to `lags`; of a constant, none."""
    deviation = values - values.mean()
    products = np.correlate(deviation, deviation, "full")[len(values) - 1 :][: lags + 1]
    return products / products[0] if products[0] > 0 else np.eye(1, lags + 1)[0]


def hamed_rao(series: ArrayLike, lags: int | None = None, alpha: float = 0.05) -> Answer:
    """The variance of S widened by the significant autocorrelations of the ranks, the trend taken out."""
    values = _known(series)
    plain, n = mann_kendall(values[None, :]), len(values)
    most = n - 1 if lags is None else lags
    follows = _autocorrelation(rankdata(_detrended(series)[0]), most)[1:]
    lag = np.arange(1, most + 1)
    counted = np.where(np.abs(follows) > ndtri(1 - alpha / 2) / np.sqrt(n), follows, 0.0)
    wider = 1 + 2 / (n * (n - 1) * (n - 2)) * ((n - lag) * (n - lag - 1) * (n - lag - 2) * counted).sum()
    return _answer(plain.s[0], plain.variance[0] * wider, plain.tau[0])


def yue_wang(series: ArrayLike, lags: int | None = None) -> Answer:
    """The variance of S widened by every autocorrelation of the months, the trend taken out."""
    values = _known(series)
    plain, n = mann_kendall(values[None, :]), len(values)
    most = n - 1 if lags is None else lags
    follows = _autocorrelation(_detrended(series)[0], most)[1:]
    wider = 1 + 2 * ((1 - np.arange(1, most + 1) / n) * follows).sum()
    return _answer(plain.s[0], plain.variance[0] * wider, plain.tau[0])


def pre_whitened(series: ArrayLike, *, trend_free: bool = False) -> Answer:
    """The test of what each month adds to its share of the month before; `trend_free` takes the trend out meanwhile."""
    values = _known(series)
    kept, slope = _detrended(series) if trend_free else (values, 0.0)
    left = kept[1:] - kept[:-1] * _autocorrelation(kept, 1)[1]
    plain = mann_kendall((left + np.arange(1, len(left) + 1) * slope)[None, :])
    return _answer(plain.s[0], plain.variance[0], plain.tau[0])


def regional(table: ArrayLike) -> tuple[Answer, float]:
    """Several series (months, series) as independent witnesses of one trend; and the median of all their slopes."""
    columns = np.asarray(table, dtype=np.float64).T
    found = mann_kendall(columns)
    pairs = (found.months * (found.months - 1) / 2).sum()
    return _answer(found.s.sum(), found.variance.sum(), found.s.sum() / pairs), _common_slope(columns)


def correlated(table: ArrayLike) -> tuple[Answer, float]:
    """Several series (months, series) that move together: their covariances are in the variance of the sum of S.

    With a calendar month a column and a year a row it is the seasonal test whose seasons correlate.
    """
    values = np.asarray(table, dtype=np.float64)
    rows = values[~np.isnan(values).any(axis=1)]
    found, n = mann_kendall(rows.T), len(rows)
    ranks = _ranks(rows)
    variance = sum(_covariance(rows, ranks, i, j) for i in range(rows.shape[1]) for j in range(rows.shape[1]))
    tau = found.s.sum() / (rows.shape[1] * n * (n - 1) / 2)
    return _answer(found.s.sum(), variance, tau, continuous=True), _common_slope(values.T)


def partial(table: ArrayLike) -> Answer:
    """The trend of the first of two series (months, 2) that the second does not account for."""
    values = np.asarray(table, dtype=np.float64)
    rows = values[~np.isnan(values).any(axis=1)]
    found, n = mann_kendall(rows.T), len(rows)
    whole = n * (n - 1) * (2 * n + 5) / 18
    share = _covariance(rows, _ranks(rows), 0, 1) / whole
    return _answer(found.s[0] - share * found.s[1], (1 - share**2) * whole, found.tau[0], continuous=True)


def _ranks(rows: Floats) -> Floats:
    return np.asarray(rankdata(rows, axis=0))


def _covariance(rows: Floats, ranks: Floats, one: int, other: int) -> float:
    """Of the S of two columns, by concordant pairs and ranks."""
    n = len(rows)
    first, second = rows[:, one], rows[:, other]
    sides = np.sign(first[:, None] - first[None, :]) * np.sign(second[:, None] - second[None, :])
    concordant = np.triu(sides, 1).sum()
    return float((concordant + 4 * (ranks[:, one] * ranks[:, other]).sum() - n * (n + 1) ** 2) / 3)


def _common_slope(columns: Floats) -> float:
    """The median slope of all pairs within each of the series."""
    lags = range(1, columns.shape[1])
    slopes = np.concatenate([((columns[:, lag:] - columns[:, :-lag]) / lag).ravel() for lag in lags])
    return float(np.nanmedian(slopes))
