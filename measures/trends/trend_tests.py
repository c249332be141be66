"""The tests of trend: a straight line through twelve points, and the slope of twelve rolling totals with an honest p.

Sources: ordinary least squares with Student's t (r4, and r5 as the key prints it). Neighbouring rolling totals share
eleven of their twelve months, so least squares calls 59 of 100 unchanging series "significant". The slope of the
totals is, exactly, a weighted sum of the last eleven year-on-year differences, and those do not overlap: r5c tests
that same slope with a t test on the differences, and is wrong about 5 times in 100, as intended. Where high months
follow high months it is wrong more often (14 in 100 at a correlation of 0.3); r5c_ar takes the spread of the
differences and how far each follows the one before from the years before, and is wrong 3 to 6 times in 100.

Arrays are (as-of months, series). Two-sided throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from measures.trends.levels import Flags, how_many, to_flags
from measures.trends.ruleset import ROLLING_MONTHS, YEAR_ON_YEAR
from measures.trends.windows import Block, Bools, Floats

CONTRAST = np.array([m * (12 - m) / 286 for m in range(1, 12)])  # their weights; symmetrical, oldest first
CONTRAST_LENGTH = float(np.sqrt((CONTRAST**2).sum()))
CORRECTED_FREEDOM = 20  # degrees of freedom r5c_ar is referred to, found by simulation
MOST_CORRELATED = 0.9  # beyond it the correction would be without bound; below 0 none is made


@dataclass(frozen=True)
class Trend:
    """A tested slope: change a month, its t, the degrees of freedom, and whether there were months enough to say."""

    slope: Floats
    t: Floats
    freedom: NDArray[np.int64] | int
    sayable: Bools | bool

    def flags(self, alpha: float) -> Flags:
        """1 significantly rising, -1 significantly falling, 0 neither, CANNOT_SAY."""
        critical = stdtrit(self.freedom, 1 - alpha / 2)
        return to_flags(self.t > critical, self.t < -critical, self.sayable)

    def p(self) -> Floats:
        """Two-sided p: 0 for an exact line, 1 for a constant, NaN where it cannot be said."""
        p = 2 * stdtr(self.freedom, -np.abs(self.t))
        return p if self.sayable is True else np.where(self.sayable, p, np.nan)

    def known_slope(self) -> Floats:
        """The slope, NaN where it cannot be said."""
        return self.slope if self.sayable is True else np.where(self.sayable, self.slope, np.nan)


def t_of(slope: Floats, standard_error: Floats, exact: Bools, constant: Bools) -> Floats:
    """t = slope / standard error; without end for an exact line, 0 for a constant, so that p is 0 and 1."""
    degenerate = exact | constant
    t = np.divide(slope, standard_error, out=np.zeros_like(slope), where=~degenerate & (standard_error > 0))
    t[exact & ~constant] = np.copysign(np.inf, slope[exact & ~constant])
    return t


@dataclass(frozen=True)
class Fit:
    """A least-squares line: its slope, and sums of squares about the mean, about the line and of the months."""

    slope: Floats
    variation: Floats
    unexplained: Floats
    spread: Floats | float
    months: NDArray[np.int64] | int

    def tested(self, tolerance: Floats, needs: int) -> Trend:
        """Student's t of the slope, on two degrees of freedom fewer than there are months."""
        constant = self.variation <= tolerance**2
        return self._against(self.slope, 0.0, constant, tolerance, needs)

    def tested_with(self, drift: Floats, drift_variance: Floats | float, tolerance: Floats, needs: int) -> Trend:
        """The same of slope + drift, the drift being independent of the line; its variance in units of a month's."""
        constant = (self.unexplained <= tolerance**2) & (np.abs(self.slope + drift) <= tolerance)
        return self._against(self.slope + drift, drift_variance, constant, tolerance, needs)

    def _against(self, slope: Floats, more: Floats | float, constant: Bools, tolerance: Floats, needs: int) -> Trend:
        freedom = np.maximum(self.months - 2, 1)
        inverse = np.divide(1.0, self.spread, out=np.zeros(np.shape(self.spread)), where=np.asarray(self.spread) > 0)
        error = np.sqrt(self.unexplained / freedom * (inverse + more))
        t = t_of(slope, error, self.unexplained <= tolerance**2, constant)
        return Trend(slope, t, freedom, self.months >= needs if isinstance(self.months, np.ndarray) else True)


def fit_whole(points: Sequence[Floats]) -> Fit:
    """Least squares of complete points, oldest first, one month apart."""
    size = len(points)
    middle = (size - 1) / 2
    spread = size * (size * size - 1) / 12  # 143 for twelve months
    mean = points[0].copy()
    for point in points[1:]:
        mean += point
    mean /= size
    slope, variation, unexplained = np.zeros_like(mean), np.zeros_like(mean), np.zeros_like(mean)
    for position, point in enumerate(points):
        deviation = point - mean
        slope += deviation * ((position - middle) / spread)
        deviation *= deviation
        variation += deviation
    for position, point in enumerate(points):
        residual = point - mean
        residual -= slope * (position - middle)
        residual *= residual
        unexplained += residual
    return Fit(slope, variation, unexplained, spread, size)


def fit_present(points: Sequence[Floats]) -> Fit:
    """Least squares of the points that are there, oldest first; NaN where missing."""
    present = [~np.isnan(point) for point in points]
    count = how_many(present)
    divisor = np.maximum(count, 1)
    centre = sum(position * there for position, there in enumerate(present)) / divisor
    mean = sum(np.where(there, point, 0.0) for point, there in zip(points, present, strict=True)) / divisor
    spread, covariation, variation = np.zeros(count.shape), np.zeros(count.shape), np.zeros(count.shape)
    for position, (point, there) in enumerate(zip(points, present, strict=True)):
        distance = np.where(there, position - centre, 0.0)
        deviation = np.where(there, point - mean, 0.0)
        spread += distance**2
        covariation += distance * deviation
        variation += deviation**2
    slope = np.divide(covariation, spread, out=np.zeros(count.shape), where=spread > 0)
    unexplained = np.zeros(count.shape)
    for position, (point, there) in enumerate(zip(points, present, strict=True)):
        residual = np.where(there, point - mean - slope * (position - centre), 0.0)
        unexplained += residual**2
    return Fit(slope, variation, unexplained, spread, count)


def fit(points: Sequence[Floats], *, complete: bool) -> Fit:
    """Least squares, by the quick way where no point is missing."""
    return fit_whole(points) if complete else fit_present(points)


def added(arrays: Sequence[Floats]) -> Floats:
    """Element by element, in the order given, so that the same months always add up to the same."""
    total = arrays[0].copy()
    for array in arrays[1:]:
        total += array
    return total


def year_on_year(block: Block) -> list[Floats]:
    """The last eleven differences between a month and the same month a year earlier, oldest first."""
    return [block.value(lag) - block.value(lag + 12) for lag in range(YEAR_ON_YEAR - 1, -1, -1)]


@dataclass(frozen=True)
class YearsChange:
    """The eleven year-on-year differences of twelve rolling totals: their slope, mean and squares about it."""

    slope: Floats
    mean: Floats
    squares: Floats
    flat: Bools  # all alike


def years_change(differences: Sequence[Floats], tolerance: Floats, sayable: Bools | bool) -> YearsChange:
    """`sayable`: where all the 23 months are there; elsewhere the differences may hold NaN, and these are zeros."""
    slope = np.zeros_like(differences[0])
    mean = np.zeros_like(slope)
    for weight, difference in zip(CONTRAST, differences, strict=True):
        slope += weight * difference
        mean += difference
    mean /= YEAR_ON_YEAR
    squares = np.zeros_like(slope)
    for difference in differences:
        deviation = difference - mean
        deviation *= deviation
        squares += deviation
    if sayable is not True:
        slope, mean, squares = (np.where(sayable, found, 0.0) for found in (slope, mean, squares))
    return YearsChange(slope, mean, squares, squares <= tolerance**2)


def contrast(change: YearsChange, tolerance: Floats, sayable: Bools | bool) -> Trend:
    """r5c: the slope of twelve rolling totals, tested on the eleven year-on-year differences in it; df 10."""
    error = np.sqrt(change.squares / (YEAR_ON_YEAR - 1)) * CONTRAST_LENGTH
    t = t_of(change.slope, error, change.flat, change.flat & (np.abs(change.mean) <= tolerance))
    return Trend(change.slope, t, YEAR_ON_YEAR - 1, sayable)


@dataclass(frozen=True)
class Past:
    """The year-on-year differences before the eleven tested, for r5c_ar.

    differences  how many are there;  squares  sum of squares about their mean
    correlation  of neighbouring ones (lag 1), 0 where it cannot be told
    """

    differences: NDArray[np.int64] | int
    squares: Floats
    correlation: Floats

    def known_correlation(self, needs: int) -> Floats:
        """The correlation; NaN where too few differences are there."""
        return np.where(np.asarray(self.differences) >= needs, self.correlation, np.nan)


def past_of(block: Block, months: int) -> Past:
    """The `months` year-on-year differences before the eleven tested, missing ones left out."""
    lags = range(YEAR_ON_YEAR + months - 1, YEAR_ON_YEAR - 1, -1)
    differences = [block.value(lag) - block.value(lag + 12) for lag in lags]
    if not block.past_complete:
        return _past_present(differences)
    mean = added(differences)
    mean /= months
    squares, products = np.zeros_like(mean), np.zeros_like(mean)
    before = np.zeros_like(mean)
    for difference in differences:
        deviation = difference - mean
        squares += deviation * deviation
        before *= deviation
        products += before
        before = deviation
    return Past(months, squares, _share(products, squares))


def _past_present(differences: Sequence[Floats]) -> Past:
    present = [~np.isnan(difference) for difference in differences]
    count = how_many(present)
    total = np.zeros(count.shape)
    for difference, there in zip(differences, present, strict=True):
        total += np.where(there, difference, 0.0)
    mean = total / np.maximum(count, 1)
    squares, products, pairs = np.zeros(count.shape), np.zeros(count.shape), np.zeros(count.shape)
    before, was_there = np.zeros(count.shape), np.zeros(count.shape, dtype=np.bool_)
    for difference, there in zip(differences, present, strict=True):
        deviation = np.where(there, difference - mean, 0.0)
        squares += deviation * deviation
        products += before * deviation
        pairs += was_there & there
        before, was_there = deviation, there
    # Around a gap neighbours are lost: the mean product of those left stands for all.
    products *= (count - 1) / np.maximum(pairs, 1)
    return Past(count, squares, _share(products, squares))


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)


def corrected(change: YearsChange, past: Past, needs: int, tolerance: Floats, sayable: Bools | bool) -> Trend:
    """r5c_ar: the slope of r5c against the spread of the past differences, widened by how they follow one another.

    Referred to Student's t with 20 degrees of freedom. A past without any variation says nothing of chance: then only
    a constant (p 1) and a steady change (p 0), with eleven differences all alike, can be said.
    """
    count = np.asarray(past.differences)
    flat = past.squares <= tolerance**2
    correlation = np.clip(past.correlation, 0.0, MOST_CORRELATED)
    widened = past.squares / np.maximum(count - 1, 1) * ((1 + correlation) / (1 - correlation))
    t = t_of(change.slope, np.sqrt(widened) * CONTRAST_LENGTH, flat, flat & (np.abs(change.mean) <= tolerance))
    return Trend(change.slope, t, CORRECTED_FREEDOM, (count >= needs) & (~flat | change.flat) & sayable)


def rolling_totals(block: Block, differences: Sequence[Floats]) -> list[Floats]:
    """Twelve rolling-twelve values, oldest first: sums, or factor * sum / sum for ratios; NaN if a month is missing."""
    if block.factor is None or block.smallest_year is None:
        totals = [added([block.value(lag) for lag in range(YEAR_ON_YEAR, YEAR_ON_YEAR + ROLLING_MONTHS)])]
        for difference in differences:
            totals.append(totals[-1] + difference)
        return totals
    top, bottom = (_rolling_sums(block, name) for name in ("numerator", "denominator"))
    totals = []
    for upper, lower in zip(top, bottom, strict=True):
        enough = (lower > 0) & (lower >= block.smallest_year)
        ratio = np.divide(upper, lower, out=np.full(upper.shape, np.nan), where=enough)
        totals.append(ratio * block.factor)
    return totals


def _rolling_sums(block: Block, name: str) -> list[Floats]:
    parts = [block.part(name, lag) for lag in range(YEAR_ON_YEAR + ROLLING_MONTHS - 1, -1, -1)]
    sums = [added(parts[:ROLLING_MONTHS])]
    for position in range(ROLLING_MONTHS, len(parts)):
        sums.append(sums[-1] + (parts[position] - parts[position - ROLLING_MONTHS]))
    return sums


def seasonal_check(block: Block, years: int, months: int, needs: int, tolerance: Floats) -> Trend:
    """r4s: the slope of the last `months` after taking out what is usual for each calendar month.

    Usual is the month's mean in the `years` before. That takes out any steady drift along with the season, so the
    drift of those years is measured between them and put back, with its own error in the test. Under independent
    Normal months with any fixed season, t has exactly Student's distribution.
    """
    departures, drifts = [], []
    for lag in range(months - 1, -1, -1):
        earlier = [block.value(lag + 12 * year) for year in range(1, years + 1)]
        departures.append(block.value(lag) - added(earlier) / years)
        drifts.append(added([((years + 1) / 2 - year) * value for year, value in enumerate(earlier, 1)]))
    per_month = years * (years * years - 1)  # 12 * sum of squared distances between years, in years
    found = fit(departures, complete=block.complete)
    if not block.complete:
        drifts = [
            np.where(np.isnan(departure), 0.0, drift) for departure, drift in zip(departures, drifts, strict=True)
        ]
    drift = added(drifts) / (per_month * np.maximum(found.months, 1))
    drift_variance = 1 / (12 * np.maximum(found.months, 1) * (years * years - 1) * (years + 1))
    return found.tested_with(drift, drift_variance, tolerance, needs)


def rolling_ratios(top: Floats, bottom: Floats, factor: Floats, smallest_year: Floats) -> Floats:
    """The rolling twelve months to each month, (months, n): factor * sum / sum, NaN as in `rolling_totals`."""
    rolled = np.full(top.shape, np.nan)
    if len(top) >= ROLLING_MONTHS:
        upper, lower = (sliding_window_view(part, ROLLING_MONTHS, axis=0).sum(axis=2) for part in (top, bottom))
        enough = (lower > 0) & (lower >= smallest_year)
        np.divide(factor * upper, lower, out=rolled[ROLLING_MONTHS - 1 :], where=enough)
    return rolled
