"""How far chance alone may have moved a proportion, a rate or a mean: confidence intervals and funnel limits.

Wilson's score interval for proportions; for counts and rates the exact Poisson interval below ten and Byar's
approximation from ten on; Student's t for means; a survey's own margin where it gives one. These are the methods the
public health observatories publish theirs by (PHEindicatormethods, "Commonly used public health statistics and their
confidence intervals", 2008). Arguments are arrays or numbers that broadcast; NaN wherever an answer cannot be given: a
negative or missing count, nothing to divide by, a mean of fewer than two. `confidence` is a share: 0.95, 0.998.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtri, ndtri, stdtrit

Floats = NDArray[np.float64]
CONFIDENCE = 0.95
EXACT_BELOW = 10  # counts: Byar's approximation is poor under this, and has no lower limit of nought


class Interval(NamedTuple):
    """Lower and upper limit, of one shape, in the unit of the value."""

    lower: Floats
    upper: Floats


def _array(*values: ArrayLike) -> list[Floats]:
    return [np.array(one) for one in np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in values))]


def _two_sided(confidence: ArrayLike) -> Floats:
    """Standard normal deviates within which the share `confidence` lies."""
    return np.asarray(ndtri(0.5 + np.asarray(confidence, dtype=float) / 2))


def wilson(successes: ArrayLike, trials: ArrayLike, confidence: ArrayLike = CONFIDENCE) -> Interval:
    """The score interval of a proportion, 0 to 1 (Wilson 1927; Newcombe 1998, method 3)."""
    x, n, z = _array(successes, trials, _two_sided(confidence))
    with np.errstate(invalid="ignore", divide="ignore"):
        possible = (n > 0) & (x >= 0) & (x <= n)
        half = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
        below, above, under = 2 * x + z**2 - half, 2 * x + z**2 + half, 2 * (n + z**2)
        lower = np.where(x == 0, 0.0, below / under)
        upper = np.where(x == n, 1.0, above / under)
    return Interval(np.where(possible, lower, np.nan), np.where(possible, upper, np.nan))


def byar(count: ArrayLike, confidence: ArrayLike = CONFIDENCE) -> Interval:
    """Byar's approximate interval of a Poisson count (Breslow and Day 1987, volume 2).

    Of nought, and of counts so small that the approximation falls below nought, there is no lower limit.
    """
    x, z = _array(count, _two_sided(confidence))
    with np.errstate(invalid="ignore", divide="ignore"):
        lower = x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3
        more = x + 1
        upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return Interval(np.where((x > 0) & (lower >= 0), lower, np.nan), np.where(x >= 0, upper, np.nan))


def exact_poisson(count: ArrayLike, confidence: ArrayLike = CONFIDENCE) -> Interval:
    """The exact interval of a Poisson count, by chi-squared (Garwood 1936)."""
    x, share = _array(count, confidence)
    tail = (1 - share) / 2
    with np.errstate(invalid="ignore"):
        lower = np.where(x == 0, 0.0, chdtri(2 * np.where(x > 0, x, 1), 1 - tail) / 2)
        upper = chdtri(2 * np.where(x >= 0, x, 0) + 2, tail) / 2
    return Interval(np.where(x >= 0, lower, np.nan), np.where(x >= 0, upper, np.nan))


def poisson(count: ArrayLike, confidence: ArrayLike = CONFIDENCE) -> Interval:
    """The interval of a count: exact below ten, Byar's from ten on."""
    x, share = _array(count, confidence)
    exact, close = exact_poisson(x, share), byar(x, share)
    few = x < EXACT_BELOW
    return Interval(np.where(few, exact.lower, close.lower), np.where(few, exact.upper, close.upper))


def rate(count: ArrayLike, people: ArrayLike, per: float = 1000, confidence: ArrayLike = CONFIDENCE) -> Interval:
    """The interval of a rate per so many people."""
    x, n, share = _array(count, people, confidence)
    limits = poisson(x, share)
    with np.errstate(invalid="ignore", divide="ignore"):
        times = np.where(n > 0, per / n, np.nan)
    return Interval(limits.lower * times, limits.upper * times)


def mean(average: ArrayLike, deviation: ArrayLike, number: ArrayLike, confidence: ArrayLike = CONFIDENCE) -> Interval:
    """The interval of a mean of `number` values with a sample standard deviation, by Student's t."""
    centre, sd, n, share = _array(average, deviation, number, confidence)
    with np.errstate(invalid="ignore", divide="ignore"):
        known = (n > 1) & (sd >= 0)
        t = stdtrit(np.where(known, n - 1, 1.0), 0.5 + share / 2)
        half = np.where(known, t * sd / np.sqrt(n), np.nan)
    return Interval(centre - half, centre + half)


def survey(per_cent: ArrayLike, margin: ArrayLike) -> Interval:
    """A survey's percentage with the margin it gives, in points, kept within 0 and 100."""
    value, half = _array(per_cent, margin)
    half = np.where(half >= 0, half, np.nan)
    return Interval(np.maximum(value - half, 0.0), np.minimum(value + half, 100.0))


def effective_number(per_cent: ArrayLike, margin: ArrayLike, confidence: ArrayLike = CONFIDENCE) -> Floats:
    """How many answers of a simple random sample would have given a survey its margin; its design is in it."""
    p, half, z = _array(np.asarray(per_cent, dtype=float) / 100, margin, _two_sided(confidence))
    with np.errstate(invalid="ignore", divide="ignore"):
        number = p * (1 - p) * (100 * z / half) ** 2
    return np.where((half > 0) & (p > 0) & (p < 1), number, np.nan)


def funnel_proportion(average: ArrayLike, trials: ArrayLike, confidence: ArrayLike = CONFIDENCE) -> Interval:
    """Between what limits proportions of so many trials lie by chance where the average, 0 to 1, is everybody's.

    A proportion lies on a limit where its Wilson interval ends at the average. Kept within 0 and 1.
    """
    p, n, z = _array(average, trials, _two_sided(confidence))
    with np.errstate(invalid="ignore", divide="ignore"):
        half = np.where((n > 0) & (p >= 0) & (p <= 1), z * np.sqrt(p * (1 - p) / n), np.nan)
    return Interval(np.maximum(p - half, 0.0), np.minimum(p + half, 1.0))


def funnel_ratio(observed: ArrayLike, confidence: ArrayLike = CONFIDENCE) -> Interval:
    """Between what limits the ratio of so many observed events to the expected number lies by chance.

    A ratio lies on a limit where the interval of the observed number ends at the expected one. The upper limit of
    nought observed is infinite. Exact at every number.
    """
    x, share = _array(observed, confidence)
    limits = exact_poisson(x, share)
    with np.errstate(invalid="ignore", divide="ignore"):
        return Interval(x / limits.upper, np.where(limits.lower > 0, x / limits.lower, np.inf))


def against(value: ArrayLike, limits: Interval) -> NDArray[np.int8]:
    """1 above the limits, -1 below them, 0 between or on them, and 0 where either is missing."""
    held = np.asarray(value, dtype=float)
    with np.errstate(invalid="ignore"):
        return (held > limits.upper).astype(np.int8) - (held < limits.lower).astype(np.int8)


def against_expected(observed: ArrayLike, expected: ArrayLike, confidence: ArrayLike = CONFIDENCE) -> NDArray[np.int8]:
    """1 where more was observed than chance about the expected number explains, -1 where less, 0 otherwise.

    The same as `against` of the ratio and `funnel_ratio`, and it has an answer for nought observed.
    """
    held, limits = np.asarray(expected, dtype=float), exact_poisson(observed, confidence)
    with np.errstate(invalid="ignore"):
        return (held < limits.lower).astype(np.int8) - (held > limits.upper).astype(np.int8)
