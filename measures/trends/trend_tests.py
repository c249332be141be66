"""The tests of trend: a straight line through twelve points, and the slope of twelve rolling totals with an honest p.

Sources: ordinary least squares with Student's t (r4, and r5 as the key prints it). Neighbouring rolling totals share
eleven of their twelve months, so least squares calls 59 of 100 unchanging series "significant". The slope of the
totals is, exactly, a weighted sum of the last eleven year-on-year differences, and those do not overlap: r5c tests
that same slope with a t test on the differences, and is wrong about 5 times in 100, as intended.

Arrays are (as-of months, series). Two-sided throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from measures.trends.levels import Flags, how_many, to_flags
from measures.trends.ruleset import ROLLING_MONTHS
from measures.trends.windows import Block, Bools, Floats

DIFFERENCES = ROLLING_MONTHS - 1  # year-on-year differences inside the slope of twelve rolling totals
CONTRAST = np.array([m * (12 - m) / 286 for m in range(1, 12)])  # their weights; symmetrical, oldest first
CONTRAST_LENGTH = float(np.sqrt((CONTRAST**2).sum()))


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
        constant = (self.variation <= tolerance**2) & (np.abs(drift) <= tolerance)
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
    return [block.value(lag) - block.value(lag + 12) for lag in range(DIFFERENCES - 1, -1, -1)]


def contrast(differences: Sequence[Floats], tolerance: Floats, sayable: Bools | bool) -> Trend:
    """r5c: the slope of twelve rolling totals, tested on the eleven year-on-year differences in it; df 10.

    `sayable`: where all the 23 months are there; elsewhere the differences may hold NaN.
    """
    slope = np.zeros_like(differences[0])
    mean = np.zeros_like(slope)
    for weight, difference in zip(CONTRAST, differences, strict=True):
        slope += weight * difference
        mean += difference
    mean /= DIFFERENCES
    squares = np.zeros_like(slope)
    for difference in differences:
        deviation = difference - mean
        deviation *= deviation
        squares += deviation
    sd = np.sqrt(squares / (DIFFERENCES - 1))
    flat = squares <= tolerance**2
    if sayable is not True:
        slope = np.where(sayable, slope, 0.0)
        sd = np.where(sayable, sd, 0.0)
    t = t_of(slope, sd * CONTRAST_LENGTH, flat, flat & (np.abs(mean) <= tolerance))
    return Trend(slope, t, DIFFERENCES - 1, sayable)


def rolling_totals(block: Block, differences: Sequence[Floats]) -> list[Floats]:
    """Twelve rolling-twelve values, oldest first: sums, or factor * sum / sum for ratios; NaN if a month is missing."""
    if block.factor is None or block.smallest_year is None:
        totals = [added([block.value(lag) for lag in range(DIFFERENCES, DIFFERENCES + ROLLING_MONTHS)])]
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
    parts = [block.part(name, lag) for lag in range(DIFFERENCES + ROLLING_MONTHS - 1, -1, -1)]
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
