"""Whether two measures move together: Pearson's correlation with its sign, number of months and p-value.

Two series that both rise, or that share a season, correlate without having anything to do with each other. So the
same is asked of their changes on the year before, in which a steady trend is a constant and the season is gone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from scipy.special import stdtr

FEWEST = 12  # months below which a correlation says nothing worth printing
YEAR = 12  # months


@dataclass(frozen=True)
class Association:
    """r in -1..1, p two-sided (Student's t, n - 2 degrees of freedom); None with `why_not` where it cannot be said."""

    months: int
    r: float | None = None
    p: float | None = None
    why_not: str = ""


def correlate(first: Mapping[int, float], second: Mapping[int, float]) -> Association:
    """Pearson's r over the months that both have."""
    months = sorted(first.keys() & second.keys())
    number = len(months)
    if number < FEWEST:
        return Association(number, why_not=f"They have {number} months in common; {FEWEST} are needed.")
    one, other = _departures([first[m] for m in months]), _departures([second[m] for m in months])
    if one is None or other is None:
        return Association(number, why_not="One of them is the same every month.")
    r = max(-1.0, min(1.0, math.fsum(a * b for a, b in zip(one, other, strict=True))))
    if abs(r) == 1.0:
        return Association(number, r, 0.0)
    t = abs(r) * math.sqrt((number - 2) / (1 - r * r))
    return Association(number, r, float(2 * stdtr(number - 2, -t)))


def _departures(values: list[float]) -> list[float] | None:
    """From their mean, scaled to a length of one; None where there is none."""
    mean = math.fsum(values) / len(values)
    away = [value - mean for value in values]
    length = math.sqrt(math.fsum(one * one for one in away))
    if length <= 1e-9 * max(1.0, max(abs(value) for value in values)):
        return None
    return [one / length for one in away]


def changes_on_year(values: Mapping[int, float]) -> dict[int, float]:
    """Each month less the same month a year before, where both are there."""
    return {month: value - values[month - YEAR] for month, value in values.items() if month - YEAR in values}


def z_scores(values: Mapping[int, float]) -> dict[int, float]:
    """Each value in standard deviations (n - 1) from the mean; empty where they do not vary."""
    held = list(values.values())
    if len(held) < 2 or _departures(held) is None:
        return {}
    mean = math.fsum(held) / len(held)
    sd = math.sqrt(math.fsum((value - mean) ** 2 for value in held) / (len(held) - 1))
    return {month: (value - mean) / sd for month, value in values.items()}
