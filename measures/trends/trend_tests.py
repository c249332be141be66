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

from measures.trends.levels import Flags, to_flags
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


def line(points: Sequence[Floats], tolerance: Floats) -> Trend:
    """Least squares of complete points, oldest first, one month apart."""
    size = len(points)
    middle = (size - 1) / 2
    spread = size * (size * size - 1) / 12  # sum of squared distances from the middle month: 143 for twelve
    mean = points[0].copy()
    for point in points[1:]:
        mean += point
    mean /= size
    slope = np.zeros_like(mean)
    variation = np.zeros_like(mean)
    for position, point in enumerate(points):
        deviation = point - mean
        slope += deviation * ((position - middle) / spread)
        deviation *= deviation
        variation += deviation
    unexplained = np.zeros_like(mean)
    for position, point in enumerate(points):
        residual = point - mean
        residual -= slope * (position - middle)
        residual *= residual
        unexplained += residual
    t = t_of(
        slope, np.sqrt(unexplained / ((size - 2) * spread)), unexplained <= tolerance**2, variation <= tolerance**2
    )
    return Trend(slope, t, size - 2, True)


def line_with_gaps(points: Sequence[Floats], tolerance: Floats, needs: int) -> Trend:
    """Least squares of the points that are there, oldest first; at least `needs` of them, degrees of freedom n - 2."""
    present = [~np.isnan(point) for point in points]
    count = np.sum(present, axis=0, dtype=np.int64)
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
    freedom = np.maximum(count - 2, 1)
    squared_error = np.divide(unexplained, freedom * spread, out=np.zeros(count.shape), where=spread > 0)
    t = t_of(slope, np.sqrt(squared_error), unexplained <= tolerance**2, variation <= tolerance**2)
    return Trend(slope, t, freedom, count >= needs)


def line_through(points: Sequence[Floats], tolerance: Floats, needs: int, *, complete: bool) -> Trend:
    """Least squares, by the quick way where no point is missing."""
    return line(points, tolerance) if complete else line_with_gaps(points, tolerance, needs)


def year_on_year(block: Block) -> list[Floats]:
    """The last eleven differences between a month and the same month a year earlier, oldest first."""
    return [block.value(lag) - block.value(lag + 12) for lag in range(DIFFERENCES - 1, -1, -1)]


def contrast(differences: Sequence[Floats], tolerance: Floats, *, complete: bool) -> Trend:
    """r5c: the slope of twelve rolling totals, tested on the eleven year-on-year differences in it; df 10."""
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
    sayable: Bools | bool = True
    if not complete:
        sayable = ~np.isnan(slope)
        slope = np.where(sayable, slope, 0.0)
        sd = np.where(sayable, sd, 0.0)
    t = t_of(slope, sd * CONTRAST_LENGTH, flat, flat & (np.abs(mean) <= tolerance))
    return Trend(slope, t, DIFFERENCES - 1, sayable)


def rolling_totals(block: Block, differences: Sequence[Floats]) -> list[Floats]:
    """Twelve rolling-twelve values, oldest first: sums, or factor * sum / sum for ratios; NaN if a month is missing."""
    if block.numerator is None:
        totals = [sum(block.value(lag) for lag in range(DIFFERENCES, DIFFERENCES + ROLLING_MONTHS))]
        for difference in differences:
            totals.append(totals[-1] + difference)
        return totals
    top, bottom = (_rolling_sums(block, name) for name in ("numerator", "denominator"))
    totals = []
    for upper, lower in zip(top, bottom, strict=True):
        ratio = np.divide(upper, lower, out=np.full(upper.shape, np.nan), where=lower > 0)
        totals.append(ratio * block.factor)
    return totals


def _rolling_sums(block: Block, name: str) -> list[Floats]:
    parts = [block.part(name, lag) for lag in range(DIFFERENCES + ROLLING_MONTHS - 1, -1, -1)]
    sums = [sum(parts[:ROLLING_MONTHS])]
    for position in range(ROLLING_MONTHS, len(parts)):
        sums.append(sums[-1] + (parts[position] - parts[position - ROLLING_MONTHS]))
    return sums


def rolling_line(totals: Sequence[Floats], tolerance: Floats, *, complete: bool) -> Trend:
    """r5 as the key prints it: least squares through twelve rolling totals, all of them needed. Its p does not hold."""
    if complete:
        return line(totals, tolerance)
    return line_with_gaps(totals, tolerance, ROLLING_MONTHS)


def without_season(block: Block, years: int, months: int) -> list[Floats]:
    """The last `months` values less what is usual for that month: its mean in the `years` before. Oldest first."""
    adjusted = []
    for lag in range(months - 1, -1, -1):
        usual = block.value(lag + 12).copy()
        for year in range(2, years + 1):
            usual += block.value(lag + 12 * year)
        adjusted.append(block.value(lag) - usual / years)
    return adjusted
