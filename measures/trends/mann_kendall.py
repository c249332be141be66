"""Mann-Kendall: whether later months tend to be higher than earlier ones, by counting pairs instead of fitting a line.

S is the number of pairs that rise less those that fall; under no change it is about Normal with a variance that the
ties lower. Sources: Mann (1945), Kendall (1975); Sen (1968) for the slope, Hirsch and others (1982) for the seasonal
test. It does not mind outliers; it does mind months that follow one another, and on rolling totals it fails as the
line does. Missing months are passed over. Arrays are (series, months), oldest month first, NaN missing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from measures.trends.windows import Floats

CHUNK = 2_048  # series; the pairs of one lag then stay in the processor's cache


@dataclass(frozen=True)
class MannKendall:
    """Each (N,): S, its variance, tau (S as a share of all pairs), z with the continuity correction, two-sided p."""

    s: Floats
    variance: Floats
    tau: Floats
    months: NDArray[np.int64]

    @property
    def z(self) -> Floats:
        """0 where S is 0: a constant, or no pairs."""
        return z_of(self.s, self.variance)

    @property
    def p(self) -> Floats:
        return p_of(self.z)

    def flags(self, alpha: float, needs: int, cannot_say: int) -> NDArray[np.int8]:
        """1 rising, -1 falling, 0 neither; `cannot_say` with fewer than `needs` months."""
        critical = ndtri(1 - alpha / 2)
        flags = (self.z > critical).astype(np.int8) - (self.z < -critical).astype(np.int8)
        flags[self.months < needs] = cannot_say
        return flags


def z_of(s: Floats, variance: Floats) -> Floats:
    """Nought where there is no variance, or where a correction for months that follow one another leaves none."""
    nearer = s - np.sign(s)
    return np.divide(nearer, np.sqrt(np.maximum(variance, 0.0)), out=np.zeros_like(nearer), where=variance > 0)


def p_of(z: Floats) -> Floats:
    return np.asarray(2 * ndtr(-np.abs(z)))


def mann_kendall(values: ArrayLike) -> MannKendall:
    """The test of every series of (N, M)."""
    table = _table(values)
    s, ties, months = (np.zeros(len(table)) for _ in range(3))
    for start in range(0, len(table), CHUNK):
        part = slice(start, start + CHUNK)
        s[part], ties[part], months[part] = _pairs(np.ascontiguousarray(table[part].T))
    pairs = months * (months - 1) / 2
    variance = (months * (months - 1) * (2 * months + 5) - ties) / 18
    return MannKendall(s, variance, _share(s, pairs), months.astype(np.int64))


def seasonal_mann_kendall(values: ArrayLike, period: int = 12) -> MannKendall:
    """The same within each calendar month, S and its variance added over them: the season cancels."""
    table = _table(values)
    parts = [mann_kendall(table[:, season::period]) for season in range(min(period, table.shape[1]))]
    s, variance = (np.asarray(sum(found)) for found in ([one.s for one in parts], [one.variance for one in parts]))
    pairs = np.asarray(sum(one.months * (one.months - 1) / 2 for one in parts))
    return MannKendall(s, variance, _share(s, pairs), np.asarray(sum(one.months for one in parts)))


def sens_slopes(values: ArrayLike, step: int = 1) -> tuple[Floats, Floats]:
    """Sen's slope, the median over pairs a whole number of `step` apart, in units a `step`; and its intercept.

    NaN without a pair. The intercept is the median less the slope times the median position.
    """
    table = _table(values)
    rows, months = table.shape
    slopes = [(table[:, lag:] - table[:, :-lag]) / (lag // step) for lag in range(step, months, step)]
    slope = np.full(rows, np.nan)
    together = np.concatenate(slopes, axis=1) if slopes else np.empty((rows, 0))
    able = ~np.isnan(together).all(axis=1)
    slope[able] = np.nanmedian(together[able], axis=1)
    position = np.where(np.isnan(table), np.nan, np.arange(months) / step)
    middle, centre = np.full(rows, np.nan), np.full(rows, np.nan)
    middle[able], centre[able] = np.nanmedian(table[able], axis=1), np.nanmedian(position[able], axis=1)
    return slope, middle - centre * slope


def _pairs(months: Floats) -> tuple[Floats, Floats, Floats]:
    """S, the sum over ties of t(t - 1)(2t + 5), and the number of months, of a table (M, n)."""
    s = np.zeros(months.shape[1], dtype=np.int32)
    alike = np.zeros(months.shape, dtype=np.int16)  # others that equal each month
    for lag in range(1, len(months)):
        later, earlier = months[lag:], months[:-lag]
        rises, falls = (later > earlier).view(np.int8), (later < earlier).view(np.int8)
        s += (rises - falls).sum(axis=0, dtype=np.int32)
        equal = later == earlier
        alike[lag:] += equal
        alike[:-lag] += equal
    # Each of the t members of a tie has t - 1 others: the sum over members is the sum over ties.
    others = alike.astype(np.float64)
    number = (~np.isnan(months)).sum(axis=0, dtype=np.float64)
    return s.astype(np.float64), (others * (2 * others + 7)).sum(axis=0), number


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _table(values: ArrayLike) -> Floats:
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("The values must be a table of series by months.")
    return table
