"""Flags at every as-of month: neighbouring windows share nearly all their months, so each is joined from halves.

How windows are joined is in `joined`. The rules are those of `rules`; a test holds the two together.

Tables are (as-of months, series). What depends only on which months are there is (as-of months, 1) where all are.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from measures.trends.joined import Joined, Moments, Places, Sums, Windows, every_month, later
from measures.trends.levels import Flags
from measures.trends.ruleset import CANNOT_SAY, ROLLING_HISTORY, ROLLING_MONTHS, SEASONAL_CHECK, YEAR_ON_YEAR, Ruleset
from measures.trends.trend_tests import CONTRAST_LENGTH, CORRECTED_FREEDOM, MOST_CORRELATED
from measures.trends.windows import Bools, Floats


@lru_cache(maxsize=32)
def _critical(alpha: float, most: int) -> Floats:
    """By degrees of freedom up to `most`, the square of Student's t beyond which a slope is significant."""
    return np.asarray(stdtrit(np.maximum(np.arange(most + 1), 1), 1 - alpha / 2) ** 2)


@dataclass(frozen=True)
class Months:
    """n series by as-of months: `values` NaN where missing, and for ratios what their rolling twelve is made of.

    `rolling` (months, n): the rolling twelve months to each, NaN where one is missing; None for plain counts.
    `recorded` where it is not simply that there is a value. `exact`: see `joined.are_exact`.
    """

    values: Floats
    rolling: Floats | None
    recorded: Bools | None
    exact: bool


def flags(months: Months, ruleset: Ruleset, only: Collection[str]) -> dict[str, NDArray]:
    """The flags of the rules in `only` and `no_data`, (as-of months, n), for series of one phase."""
    return _Sliding(months, ruleset).answers(only)


class _Sliding:
    def __init__(self, months: Months, ruleset: Ruleset) -> None:
        self.months = months
        self.ruleset = ruleset
        there = ~np.isnan(months.values)
        self.whole = bool(there.all())
        self.windows = every_month(len(there)) if self.whole else Windows(there)
        self.there = np.ones((len(there), 1), dtype=np.bool_) if self.whole else there
        self.zeroed = months.values if self.whole else np.where(there, months.values, 0.0)
        self.moments = self.moments_of(self.zeroed, self.windows)
        least, most = (np.minimum, np.maximum) if self.whole else (np.fmin, np.fmax)
        self.lowest, self.highest = Joined(months.values, least), Joined(months.values, most)
        slack = np.abs(self.zeroed)
        np.maximum(slack, 1.0, out=slack)
        slack *= ruleset.tolerance
        self.tolerance = Joined(slack, np.maximum).of
        self.deviations: dict[int, tuple[Floats, Floats]] = {}

    def moments_of(self, table: Floats, windows: Windows) -> Moments | Sums:
        return (Sums if self.months.exact else Moments)(table, windows)

    def answers(self, only: Collection[str]) -> dict[str, NDArray]:
        found: dict[str, NDArray] = {rule: self.level(rule) for rule in ("r1", "r2", "r3") if rule in only}
        if "r4" in only:
            found["r4"] = self.trend()
        if SEASONAL_CHECK in only:
            found[SEASONAL_CHECK] = self.seasonless()
        if any(rule in only for rule in ("r5", "r5c", "r5c_ar")):
            found |= self.rolling(corrected="r5c_ar" in only)
        recorded = self.there if self.months.recorded is None else self.months.recorded
        heard = Joined(recorded, np.logical_or).of(self.ruleset.no_data_months)
        found["no_data"] = ~np.broadcast_to(heard, self.zeroed.shape)
        return found

    def critical(self, freedom: Floats | int) -> Floats:
        """The square of Student's t beyond which a slope is significant."""
        table = _critical(self.ruleset.alpha, int(np.max(freedom)))
        return np.asarray(table[np.asarray(freedom).astype(np.int64)])

    def base(self, size: int) -> tuple[Floats, Floats]:
        """Mean and standard deviation of the windows of a size."""
        if size not in self.deviations:
            mean, squares, _ = self.moments.of(size)
            freedom = np.maximum(self.windows.of(size).number - self.ruleset.ddof, 1.0)
            self.deviations[size] = mean, np.sqrt(squares / freedom)
        return self.deviations[size]

    def level(self, rule: str) -> Flags:
        ruleset = self.ruleset
        first, size = ruleset.base_lags(rule)
        run = {"r1": 1, "r2": ruleset.short_run, "r3": ruleset.long_run}[rule]
        width = {"r1": ruleset.spike_sd, "r2": ruleset.short_run_sd, "r3": 0.0}[rule]
        mean, deviation = self.base(size)
        number = later(self.windows.of(size).number, first)
        flags = np.zeros(self.zeroed.shape, dtype=np.int8)
        bases = max(len(mean) - first, 0)  # the months before have no base and cannot be said
        if bases:
            mean, slack = mean[:bases], self.tolerance(first + size)[first:]
            if width:
                slack = width * deviation[:bases] + slack
            up, down = self.lowest.of(run)[first:] > mean + slack, self.highest.of(run)[first:] < mean - slack
            np.subtract(up.view(np.int8), down.view(np.int8), out=flags[first:])
        return _said(flags, (self.windows.of(run).number == run) & (number >= ruleset.baseline_needs))

    def trend(self) -> Flags:
        ruleset = self.ruleset
        places = self.windows.of(ruleset.trend_months)
        _, squares, products = self.moments.of(ruleset.trend_months, line=True)
        least = self.tolerance(ruleset.trend_months) ** 2
        clear = self._clear(squares, products, places, least)
        return _signed(clear, products, places.number >= ruleset.trend_needs)

    def _clear(self, squares: Floats, products: Floats | None, places: Places, least: Floats) -> Bools:
        """Whether a line's slope is significant, an exact line being so and a constant not."""
        freedom = np.maximum(places.number - 2, 0.0)
        explained = np.asarray(products) ** 2
        explained *= 1.0 / np.maximum(places.spread, 1.0)
        left = squares - explained
        exact = left <= least
        left *= self.critical(freedom)
        explained *= freedom
        clear = np.asarray(explained > left)
        clear |= exact
        clear &= squares > least
        return clear

    def seasonless(self) -> Flags:
        ruleset = self.ruleset
        years, size = ruleset.season_years, ruleset.trend_months
        usual, drift = np.zeros_like(self.zeroed), np.zeros_like(self.zeroed)
        there = self.there.copy()
        for year in range(1, years + 1):
            before = self.zeroed[: -12 * year]
            usual[12 * year :] += before
            drift[12 * year :] += ((years + 1) / 2 - year) * before
            there &= later(self.there, 12 * year)
        windows = every_month(len(there), 12 * years) if self.whole else Windows(there)
        places = windows.of(size)
        departures = years * self.zeroed  # and so are the departures, so that whole numbers stay whole
        departures -= usual
        _, squares, products = self.moments_of(_blanked(departures, there), windows).of(size, line=True)
        squares *= 1 / years**2
        number, spread = np.maximum(places.number, 1.0), np.maximum(places.spread, 1.0)
        freedom = np.maximum(places.number - 2, 0.0)
        slack = self.tolerance(ruleset.season_months)
        slope = Joined(_blanked(drift, there), np.add).of(size) / (years * (years * years - 1) * number)
        line = np.asarray(products) * (1 / (years * spread))
        slope += line
        line *= line
        line *= spread
        left = squares - line
        np.maximum(left, 0.0, out=left)
        exact = left <= slack**2
        left *= self.critical(freedom) * (1 / spread + 1 / (12 * number * (years * years - 1) * (years + 1)))
        clear = slope * slope * freedom > left
        clear |= exact
        if exact.any():
            clear &= ~(exact & (np.abs(slope) <= slack))
        return _signed(clear, slope, places.number >= ruleset.trend_needs)

    def rolling(self, *, corrected: bool) -> dict[str, Flags]:
        """r5, r5c and, where wanted, r5c_ar."""
        months = len(self.zeroed)
        totals = self._totals()
        slack = self.tolerance(ROLLING_HISTORY)
        least = slack**2
        known = self.windows.of(ROLLING_HISTORY).number == ROLLING_HISTORY
        every = every_month(months)
        places = every.of(ROLLING_MONTHS)
        _, squares, products = self.moments_of(totals, every).of(ROLLING_MONTHS, line=True)
        slope = np.asarray(products) * (1.0 / np.maximum(places.spread, 1.0))
        said = known
        if self.months.rolling is not None:
            there = ~np.isnan(self.months.rolling)
            rolled = np.where(there, self.months.rolling, 0.0)
            said = Joined(there.astype(np.int64), np.add).of(ROLLING_MONTHS) == ROLLING_MONTHS
            known = known & said
            _, squares, products = Moments(rolled, every).of(ROLLING_MONTHS, line=True)
        clear = self._clear(squares, products, places, least)
        found = {"r5": _signed(clear, products, said)}

        both_years = self.there & later(self.there, 12)
        windows = every_month(months, 12) if self.whole else Windows(both_years)
        change = self.zeroed.copy()
        change[12:] -= self.zeroed[:-12]
        change = _blanked(change, both_years)
        changes = self.moments_of(change, windows)
        middle, varied, _ = changes.of(YEAR_ON_YEAR)
        flat, steady = varied <= least, np.abs(middle) <= slack
        bound = self.critical(YEAR_ON_YEAR - 1) * CONTRAST_LENGTH**2 / (YEAR_ON_YEAR - 1)
        plain = slope * slope > bound * varied
        if flat.any():
            plain = np.where(flat, ~steady, plain)
        found["r5c"] = _signed(plain, slope, known)
        if corrected:
            past = self._past(change, changes, both_years, windows)
            found["r5c_ar"] = self._corrected(past, slope, flat, steady, known)
        return found

    def _totals(self) -> Floats:
        if isinstance(self.moments, Sums):
            return self.moments.sums.of(ROLLING_MONTHS)
        mean, _, _ = self.moments.of(ROLLING_MONTHS)
        return mean * ROLLING_MONTHS

    def _past(
        self, change: Floats, changes: Moments | Sums, there: Bools, windows: Windows
    ) -> tuple[Floats, Floats, Floats]:
        """Of the past differences to each month: spread, widened by how they follow one another; squares; number."""
        size = self.ruleset.past_differences
        number = windows.of(size).number
        middle, squares, _ = changes.of(size)
        both = (there & later(there, 1)).astype(np.float64)
        pairs = _inner(both, size)
        products = np.zeros_like(change)
        np.multiply(change[1:], change[:-1], out=products[1:])
        products = _inner(products, size)
        if self.whole:  # each is a neighbour twice, but for the first and the last of the window
            ends = change.copy()
            ends[12 + size - 1 :] += change[12 : 1 - size]
            ends[: 12 + size - 1] += change[12:13].sum(axis=0)
            ends -= (2 * number - pairs) * middle
            ends *= middle
            products += ends
        else:
            products -= middle * _inner((change + later(change, 1)) * both, size)
            products += pairs * middle * middle
        products *= (number - 1) / np.maximum(pairs, 1.0)
        follows = np.divide(products, squares, out=np.zeros_like(products), where=squares > 0)
        np.clip(follows, 0.0, MOST_CORRELATED, out=follows)
        widened = squares * (1 / np.maximum(number - 1, 1.0))
        widened *= 1 + follows
        widened /= np.subtract(1, follows, out=follows)
        return widened, squares, number

    def _corrected(
        self, past: tuple[Floats, Floats, Floats], slope: Floats, flat: Bools, steady: Bools, known: Bools
    ) -> Flags:
        widened, squares, number = (later(table, YEAR_ON_YEAR) for table in past)
        past_flat = squares <= self.tolerance(ROLLING_HISTORY) ** 2
        bound = self.critical(CORRECTED_FREEDOM) * CONTRAST_LENGTH**2
        widened *= bound
        clear = slope * slope > widened
        sayable = known & (number >= self.ruleset.past_needs)
        if past_flat.any():
            clear = np.where(past_flat, ~steady, clear)
            sayable = sayable & (~past_flat | flat)
        return _signed(clear, slope, sayable)


def _inner(table: Floats, size: int) -> Floats:
    """Sums over the `size - 1` neighbours within each window of `size`: the first has its neighbour outside."""
    return np.asarray(Joined(table, np.add).of(size - 1))


def _blanked(table: Floats, there: Bools) -> Floats:
    """The table with 0 in the months that are not there; the table given is used up."""
    if there.shape[1] == 1:
        table[~there[:, 0]] = 0.0
    else:
        table[~there] = 0.0
    return table


def _said(flags: Flags, sayable: Bools) -> Flags:
    """The flags, those that cannot be said marked so; the flags given are used up."""
    if sayable.shape[1] == 1:
        flags[~sayable[:, 0]] = CANNOT_SAY
    else:
        flags[~sayable] = CANNOT_SAY
    return flags


def _signed(clear: Bools, slope: Floats | None, sayable: Bools) -> Flags:
    way = np.asarray(slope)
    flags = np.subtract((way > 0).view(np.int8), (way < 0).view(np.int8))
    flags *= clear.view(np.int8)
    return _said(flags, sayable)
