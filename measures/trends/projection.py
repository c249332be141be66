"""Where rolling twelve-month totals would go if nothing changed, for many series at once: a fan, never a target.

Three methods, by what is held up to the last month (`METHODS`):

smoothing  36 months or more: exponential smoothing with a season, `measures.trends.smoothing`; 8 years are looked at
rare       whole numbers averaging below 10 a month over 24 months: the rate stays, `measures.trends.rare`
year_ago   24 to 35 months: each month as the same month a year before

A method sees only the run of months that ends with the last one: it never reaches across a missing month, a month left
out of baselines or a new phase. Intervals are of the joint path of the coming months. The total to a coming March is
months already recorded plus months to come, so its interval is over the rest of the year only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from measures.trends.rare import coming, quantile
from measures.trends.smoothing import SEASON, smooth, sum_variance

Floats = NDArray[np.float64]

VERSION = 1  # of the methods; kept with every projection, and raised when one changes
SMOOTHING, RARE, YEAR_AGO, NONE = "smoothing", "rare", "year_ago", ""
METHODS = (SMOOTHING, RARE, YEAR_AGO)
FEWEST = 24  # months below which nothing is projected
SEASONAL = 36  # months below which no season can be told from a year
LONGEST = 96  # months looked at
RARE_BELOW = 10.0  # a month, on average
SIDES = {"low95": 0.025, "low80": 0.1, "high80": 0.9, "high95": 0.975}
LINES = ("central", *SIDES)


@dataclass(frozen=True)
class Fans:
    """N series. Each line (N, 12): the rolling totals to each of the twelve coming months, NaN where none is made.

    method  (N,) one of METHODS or ""
    months  (N,) how many months the method used
    alpha, sigma  (N,) of the smoothing; NaN for the other methods
    """

    method: NDArray[np.str_]
    months: NDArray[np.int64]
    central: Floats
    low95: Floats
    low80: Floats
    high80: Floats
    high95: Floats
    alpha: Floats
    sigma: Floats


@dataclass(frozen=True)
class Projection:
    """One series' fan, each line (12,); `alpha` and `sigma` NaN unless smoothed."""

    central: Floats
    low80: Floats
    high80: Floats
    low95: Floats
    high95: Floats
    method: str
    months: int
    alpha: float
    sigma: float


def project(values: ArrayLike, usable: ArrayLike | None = None) -> Fans:
    """The fans of N amounts that add up, from (N, M) months, oldest first, NaN missing; the last column is the as-of.

    `usable` (N, M): months a method may see, for the left-out ones and those of an earlier phase; default all.
    No line is below nought.
    """
    table = np.atleast_2d(np.asarray(values, dtype=np.float64))
    seen = ~np.isnan(table) if usable is None else ~np.isnan(table) & np.atleast_2d(np.asarray(usable, dtype=bool))
    run = _run_length(seen)
    method = _methods(table, run)
    count = table.shape[0]
    lines = {name: np.full((count, SEASON), np.nan) for name in LINES}
    used = np.zeros(count, dtype=np.int64)
    alpha, sigma = np.full(count, np.nan), np.full(count, np.nan)
    for years in range(SEASONAL // SEASON, LONGEST // SEASON + 1):
        rows = np.flatnonzero((method == SMOOTHING) & (np.minimum(run, LONGEST) // SEASON == years))
        if rows.size:
            used[rows] = years * SEASON
            alpha[rows], sigma[rows] = _smoothing(table[rows, -years * SEASON :], rows, lines)
    rows = np.flatnonzero(method == RARE)
    if rows.size:
        used[rows] = FEWEST
        _rare(table[rows, -FEWEST:], rows, lines)
    for row in np.flatnonzero(method == YEAR_AGO):
        used[row] = run[row]
        _year_ago(table[row, -int(run[row]) :], int(row), lines)
    kept = {name: np.maximum(line, 0.0) for name, line in lines.items()}
    return Fans(method=method, months=used, alpha=alpha, sigma=sigma, **kept)


def project_rolling(months: ArrayLike) -> Projection | None:
    """One series: the fan after its last month. None: too few months since the last gap."""
    values = np.asarray(months, dtype=np.float64)
    if not values.size:
        return None
    fans = project(values[None, :])
    if fans.method[0] == NONE:
        return None
    lines = {name: getattr(fans, name)[0] for name in LINES}
    return Projection(
        **lines,
        method=str(fans.method[0]),
        months=int(fans.months[0]),
        alpha=float(fans.alpha[0]),
        sigma=float(fans.sigma[0]),
    )


def _run_length(seen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many months in a row, up to the last column, may be seen; (N,)."""
    backwards = ~seen[:, ::-1]
    return np.where(backwards.any(axis=1), backwards.argmax(axis=1), seen.shape[1])


def _methods(table: Floats, run: NDArray[np.int64]) -> NDArray[np.str_]:
    method = np.where(run >= SEASONAL, SMOOTHING, np.where(run >= FEWEST, YEAR_AGO, NONE)).astype("<U9")
    rows = np.flatnonzero(run >= FEWEST)
    latest = table[rows, -FEWEST:]
    rare = (latest.mean(axis=1) < RARE_BELOW) & (latest == np.floor(latest)).all(axis=1) & (latest >= 0).all(axis=1)
    method[rows[rare]] = RARE
    return method


def _known(values: Floats) -> Floats:
    """The part of each coming rolling total that is recorded already: its last 11, 10 .. 0 months; (n, 12)."""
    tail = values[:, :-SEASON:-1][:, ::-1]  # the last eleven
    sums = np.cumsum(tail[:, ::-1], axis=1)[:, ::-1]
    return np.concatenate([sums, np.zeros((values.shape[0], 1))], axis=1)


def _smoothing(values: Floats, rows: NDArray[np.int64], lines: dict[str, Floats]) -> tuple[Floats, Floats]:
    found = smooth(values)
    central = _known(values) + np.cumsum(found.ahead, axis=1)
    years = values.shape[1] // SEASON
    spread = np.sqrt(np.stack([sum_variance(found.alpha, steps, years) for steps in range(1, SEASON + 1)], axis=1))
    spread *= found.sigma[:, None]
    lines["central"][rows] = central
    for name, share in SIDES.items():
        lines[name][rows] = central + stdtrit(found.freedom, share)[:, None] * spread
    return found.alpha, found.sigma


def _rare(values: Floats, rows: NDArray[np.int64], lines: dict[str, Floats]) -> None:
    known = _known(values)
    for steps in range(1, SEASON + 1):
        mean, variance = coming(values, steps)
        before = known[:, steps - 1]
        lines["central"][rows, steps - 1] = before + mean
        for name, share in SIDES.items():
            lines[name][rows, steps - 1] = before + quantile(mean, variance, share)


def _year_ago(values: Floats, row: int, lines: dict[str, Floats]) -> None:
    """A repetition of last year. Besides the months' own noise, two years may differ as a whole, by as much as these
    two did: with so few months that is all that is known of it."""
    changes = values[SEASON:] - values[:-SEASON]
    number = changes.size
    noise = changes.var(ddof=1)
    whole = max(0.0, changes.mean() ** 2 - noise / number)
    steps = np.arange(1, SEASON + 1)
    central = sliding_window_view(np.concatenate([values[-(SEASON - 1) :], values[-SEASON:]]), SEASON).sum(axis=1)
    spread = np.sqrt(steps * noise + steps**2 * whole)
    lines["central"][row] = central
    for name, share in SIDES.items():
        lines[name][row] = central + stdtrit(number - 1, share) * spread
