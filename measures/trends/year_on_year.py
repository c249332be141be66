"""Whether the last twelve months lie above or below the twelve before, each month paired with that month a year ago.

A paired t test of the twelve differences: pairing takes the season out exactly. It asks about the level of the year;
r5c asks about the slope of the rolling twelve-month figure. Like every test of months it takes them to be independent:
where high months follow high months it says "changed" too often (13 times in 100 at a correlation of 0.3, not 5).
Source: Student 1908.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from measures.trends.periods import YEAR_MONTHS
from measures.trends.trend_tests import Trend, t_of

FEWEST_PAIRS = 10  # of the twelve, as of the months a straight line needs
TOLERANCE = 1e-9  # relative to the largest value


def paired(later: ArrayLike, earlier: ArrayLike, needs: int = FEWEST_PAIRS) -> Trend:
    """(n, months) each, NaN missing. `slope` of the answer is the mean difference; a pair without both is left out."""
    now, before = np.asarray(later, dtype=np.float64), np.asarray(earlier, dtype=np.float64)
    if now.ndim != 2 or now.shape != before.shape:
        raise ValueError("Two tables of series by months are needed, of one shape.")
    differences = now - before
    there = ~np.isnan(differences)
    count = there.sum(axis=1)
    divisor = np.maximum(count, 1)
    mean = np.where(there, differences, 0.0).sum(axis=1) / divisor
    squares = np.where(there, (differences - mean[:, None]) ** 2, 0.0).sum(axis=1)
    largest = np.fmax.reduce(np.fmax(np.abs(now), np.abs(before)), axis=1, initial=1.0)
    slack = TOLERANCE * np.where(np.isnan(largest), 1.0, largest)
    alike = squares <= slack**2
    freedom = np.maximum(count - 1, 1)
    t = t_of(mean, np.sqrt(squares / freedom / divisor), alike, alike & (np.abs(mean) <= slack))
    return Trend(mean, t, freedom, count >= needs)


def year_against_year_before(values: Mapping[int, float], month: int) -> Trend:
    """The same of one series by month index, at the twelve months to a month."""
    nan = float("nan")
    later = [values.get(one, nan) for one in range(month - YEAR_MONTHS + 1, month + 1)]
    earlier = [values.get(one - YEAR_MONTHS, nan) for one in range(month - YEAR_MONTHS + 1, month + 1)]
    return paired([later], [earlier])
