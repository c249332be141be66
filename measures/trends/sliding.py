"""Flags at every as-of month: neighbouring windows share nearly all their months, so each is built from halves.

A window of 24 months is joined from one of 16 and one of 8, that of 16 from two of 8, and so on: five joins instead of
24 additions, and each join serves every as-of month. What is joined is the number of months, their mean and the sum of
squares about it (Chan, Golub and LeVeque 1983), which loses no digits as running sums of squares would; so a window's
answer depends on its own months alone. The rules are those of `rules`; a test holds the two together.

Tables are (as-of months, series). What depends only on which months are there is (as-of months, 1) where all are.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from measures.trends.levels import Flags, to_flags
from measures.trends.ruleset import ROLLING_HISTORY, ROLLING_MONTHS, SEASONAL_CHECK, YEAR_ON_YEAR, Ruleset
from measures.trends.trend_tests import CONTRAST_LENGTH, CORRECTED_FREEDOM, MOST_CORRELATED
from measures.trends.windows import Bools, Floats


def halves(months: int) -> tuple[int, int]:
    """How a window is joined: its latest months, a power of two, and the months before them."""
    latest = 1
    while 2 * latest < months:
        latest *= 2
    return latest, months - latest


def later(table: NDArray, months: int) -> NDArray:
    """The table `months` as-of months later: what held then, and nothing (0) before."""
    moved = np.zeros_like(table)
    if months < len(table):
        moved[months:] = table[: len(table) - months]
    return moved


@dataclass
class Joined:
    """Sums, lowest or highest values of windows, each size worked out once. Early windows are of what there is."""

    table: NDArray
    join: np.ufunc
    found: dict[int, NDArray] = field(default_factory=dict)

    def of(self, months: int) -> NDArray:
        if months == 1:
            return self.table
        if months not in self.found:
            latest, before = halves(months)
            newest, oldest = self.of(latest), self.of(before)
            whole = np.empty_like(newest)
            whole[:latest] = newest[:latest]
            if latest < len(whole):
                self.join(newest[latest:], oldest[: len(whole) - latest], out=whole[latest:])
            self.found[months] = whole
        return self.found[months]


@dataclass(frozen=True)
class Places:
    """Of a size of window: how many months are there, the middle of their positions and the squares about it.

    share, weight, apart: what a join needs of positions, whatever the values (see `Moments.of`).
    """

    number: Floats
    middle: Floats
    spread: Floats
    share: Floats | None = None
    weight: Floats | None = None
    apart: Floats | None = None


class Windows:
    """Which months are there, (as-of months, series) or one column for all; the places of each size once."""

    def __init__(self, there: Bools) -> None:
        number = there.astype(np.float64)
        position = np.arange(len(there), dtype=np.float64)[:, None]
        self.found = {1: Places(number, np.where(there, position, 0.0), np.zeros(there.shape))}

    def of(self, months: int) -> Places:
        if months not in self.found:
            latest, before = (self.of(part) for part in halves(months))
            gap = halves(months)[0]
            ahead = later(before.number, gap)
            number = latest.number + ahead
            share = ahead / np.maximum(number, 1.0)
            apart = later(before.middle, gap) - latest.middle
            weight = share * latest.number
            middle = latest.middle + apart * share
            spread = latest.spread + later(before.spread, gap) + apart * apart * weight
            self.found[months] = Places(number, middle, spread, share, weight, apart)
        return self.found[months]


@dataclass
class Moments:
    """Mean, squares about it, and products with the positions, of windows of a table; 0 where a month is missing."""

    table: Floats
    windows: Windows
    found: dict[int, tuple[Floats, Floats, Floats | None]] = field(default_factory=dict)

    def of(self, months: int, *, line: bool = False) -> tuple[Floats, Floats, Floats | None]:
        """(mean, squares, products); products only where asked for a line."""
        if months == 1:
            return self.table, self._nothing, self._nothing
        held = self.found.get(months)
        if held is None or (line and held[2] is None):
            held = self.found[months] = self._joined(months, line=line)
        return held

    def __post_init__(self) -> None:
        self._nothing = np.zeros((len(self.table), 1))

    def _joined(self, months: int, *, line: bool) -> tuple[Floats, Floats, Floats | None]:
        gap, rest = halves(months)
        mean, squares, products = self.of(gap, line=line)
        mean_before, squares_before, products_before = self.of(rest, line=line)
        if gap >= len(mean):
            return mean, squares, products
        places = self.windows.of(months)
        share, weight, apart = (_rows(part, gap) for part in (places.share, places.weight, places.apart))
        size = len(mean) - gap
        delta = mean_before[:size] - mean[gap:]
        joined_products = None
        if line and products is not None and products_before is not None:
            joined_products = _grown(products, gap, delta * (weight * apart), products_before[:size])
        joined_mean = _grown(mean, gap, delta * share, None)
        delta *= delta
        delta *= weight
        return joined_mean, _grown(squares, gap, delta, squares_before[:size]), joined_products


def _grown(latest: Floats, gap: int, more: Floats, before: Floats | None) -> Floats:
    """What the latest months of a window hold, and from row `gap` on what the months before add; uses up `more`."""
    grown = np.empty((len(latest), more.shape[1]))
    grown[:gap] = latest[:gap]
    if before is not None and before.shape == more.shape:
        more += before
    np.add(more, latest[gap:], out=grown[gap:])
    return grown


def _rows(table: Floats | None, gap: int) -> Floats:
    return np.empty((0, 1)) if table is None else table[gap:]


@dataclass(frozen=True)
class Months:
    """n series by as-of months: `values` NaN where missing, and for ratios what their rolling twelve is made of.

    `rolling` (months, n): the rolling twelve months to each, NaN where one is missing; None for plain counts.
    `recorded` where it is not simply that there is a value.
    """

    values: Floats
    rolling: Floats | None
    recorded: Bools | None


def flags(months: Months, ruleset: Ruleset, only: Collection[str]) -> dict[str, NDArray]:
    """The flags of the rules in `only` and `no_data`, (as-of months, n), for series of one phase."""
    return _Sliding(months, ruleset).answers(only)


class _Sliding:
    def __init__(self, months: Months, ruleset: Ruleset) -> None:
        self.months = months
        self.ruleset = ruleset
        there = ~np.isnan(months.values)
        whole = bool(there.all())
        self.there = np.ones((len(there), 1), dtype=np.bool_) if whole else there
        self.zeroed = months.values if whole else np.where(there, months.values, 0.0)
        self.windows = Windows(self.there)
        self.moments = Moments(self.zeroed, self.windows)
        self.lowest, self.highest = Joined(months.values, np.fmin), Joined(months.values, np.fmax)
        self.largest = Joined(np.abs(self.zeroed), np.maximum)
        self.tolerances: dict[int, Floats] = {}

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

    def tolerance(self, months: int) -> Floats:
        if months not in self.tolerances:
            self.tolerances[months] = self.ruleset.tolerance * np.maximum(self.largest.of(months), 1.0)
        return self.tolerances[months]

    def critical(self, freedom: Floats | int) -> Floats:
        """The square of Student's t beyond which a slope is significant."""
        most = int(np.max(freedom))
        table = stdtrit(np.maximum(np.arange(most + 1), 1), 1 - self.ruleset.alpha / 2) ** 2
        return np.asarray(table[np.asarray(freedom).astype(np.int64)])

    def level(self, rule: str) -> Flags:
        ruleset = self.ruleset
        first, size = ruleset.base_lags(rule)
        run = {"r1": 1, "r2": ruleset.short_run, "r3": ruleset.long_run}[rule]
        width = {"r1": ruleset.spike_sd, "r2": ruleset.short_run_sd, "r3": 0.0}[rule]
        mean, squares, _ = self.moments.of(size)
        number = later(self.windows.of(size).number, first)
        mean = later(mean, first) if first else mean
        slack = self.tolerance(first + size)
        if width:
            squares = later(squares, first) if first else squares
            slack = slack + width * np.sqrt(squares / np.maximum(number - ruleset.ddof, 1.0))
        sayable = (self.windows.of(run).number == run) & (number >= ruleset.baseline_needs)
        return to_flags(self.lowest.of(run) > mean + slack, self.highest.of(run) < mean - slack, sayable)

    def trend(self) -> Flags:
        ruleset = self.ruleset
        places = self.windows.of(ruleset.trend_months)
        _, squares, products = self.moments.of(ruleset.trend_months, line=True)
        least = self.tolerance(ruleset.trend_months) ** 2
        clear = self._clear(squares, products, places, least) & (squares > least)
        return _signed(clear, products, places.number >= ruleset.trend_needs)

    def _clear(self, squares: Floats, products: Floats | None, places: Places, least: Floats) -> Bools:
        """Whether a line's slope is significant, an exact line being so."""
        explained = np.asarray(products) ** 2 / np.maximum(places.spread, 1.0)
        left = np.maximum(squares - explained, 0.0)
        freedom = np.maximum(places.number - 2, 0.0)
        return (explained * freedom > self.critical(freedom) * left) | (left <= least)

    def seasonless(self) -> Flags:
        ruleset = self.ruleset
        years, size = ruleset.season_years, ruleset.trend_months
        usual, drift = np.zeros_like(self.zeroed), np.zeros_like(self.zeroed)
        there = self.there.copy()
        for year in range(1, years + 1):
            before = later(self.zeroed, 12 * year)
            usual += before
            drift += ((years + 1) / 2 - year) * before
            there &= later(self.there, 12 * year)
        windows = Windows(there)
        places = windows.of(size)
        departures = np.where(there, self.zeroed - usual / years, 0.0)
        _, squares, products = Moments(departures, windows).of(size, line=True)
        number = np.maximum(places.number, 1.0)
        drift = Joined(np.where(there, drift, 0.0), np.add).of(size) / (years * (years * years - 1) * number)
        spread = np.maximum(places.spread, 1.0)
        slack = self.tolerance(ruleset.season_months)
        slope = np.asarray(products) / spread + drift
        left = np.maximum(squares - np.asarray(products) ** 2 / spread, 0.0)
        freedom = np.maximum(places.number - 2, 0.0)
        error = left * (1 / spread + 1 / (12 * number * (years * years - 1) * (years + 1)))
        exact = left <= slack**2
        clear = (slope * slope * freedom > self.critical(freedom) * error) | exact
        clear &= ~(exact & (np.abs(slope) <= slack))
        return _signed(clear, slope, places.number >= ruleset.trend_needs)

    def rolling(self, *, corrected: bool) -> dict[str, Flags]:
        """r5, r5c and, where wanted, r5c_ar."""
        mean, _, _ = self.moments.of(ROLLING_MONTHS)
        totals = mean * ROLLING_MONTHS
        slack = self.tolerance(ROLLING_HISTORY)
        least = slack**2
        known = self.windows.of(ROLLING_HISTORY).number == ROLLING_HISTORY
        every = Windows(np.ones((len(totals), 1), dtype=np.bool_))
        places = every.of(ROLLING_MONTHS)
        _, squares, products = Moments(totals, every).of(ROLLING_MONTHS, line=True)
        slope = np.asarray(products) / np.maximum(places.spread, 1.0)
        said = known
        if self.months.rolling is not None:
            there = ~np.isnan(self.months.rolling)
            rolled = np.where(there, self.months.rolling, 0.0)
            said = Joined(there.astype(np.int64), np.add).of(ROLLING_MONTHS) == ROLLING_MONTHS
            known = known & said
            _, squares, products = Moments(rolled, every).of(ROLLING_MONTHS, line=True)
        clear = self._clear(squares, products, places, least) & (squares > least)
        change = self.zeroed - later(self.zeroed, 12)
        middle, varied, _ = Moments(change, every).of(YEAR_ON_YEAR)
        flat, steady = varied <= least, np.abs(middle) <= slack
        bound = self.critical(YEAR_ON_YEAR - 1) * CONTRAST_LENGTH**2 / (YEAR_ON_YEAR - 1)
        plain = np.where(flat, ~steady, slope * slope > bound * varied)
        found = {"r5": _signed(clear, products, said), "r5c": _signed(plain, slope, known)}
        if corrected:
            found["r5c_ar"] = self._corrected(change, slope, flat, steady, least, known)
        return found

    def _corrected(
        self, change: Floats, slope: Floats, flat: Bools, steady: Bools, least: Floats, known: Bools
    ) -> Flags:
        size, needs = self.ruleset.past_differences, self.ruleset.past_needs
        there = self.there & later(self.there, 12)
        before_there = later(there, 1)
        windows = Windows(there)
        number = windows.of(size).number
        change = np.where(there, change, 0.0)
        middle, squares, _ = Moments(change, windows).of(size)
        before = later(change, 1)
        both = (there & before_there).astype(np.float64)
        pairs = _inner(both, size)
        products = _inner(change * before, size) - middle * _inner((change + before) * both, size)
        products += pairs * middle * middle
        products *= (number - 1) / np.maximum(pairs, 1.0)
        follows = np.divide(products, squares, out=np.zeros_like(products), where=squares > 0)
        np.clip(follows, 0.0, MOST_CORRELATED, out=follows)
        varied = squares / np.maximum(number - 1, 1.0) * ((1 + follows) / (1 - follows))
        varied, squares, number = (later(table, YEAR_ON_YEAR) for table in (varied, squares, number))
        past_flat = squares <= least
        bound = self.critical(CORRECTED_FREEDOM) * CONTRAST_LENGTH**2
        clear = np.where(past_flat, ~steady, slope * slope > bound * varied)
        return _signed(clear, slope, known & (number >= needs) & (~past_flat | flat))


def _inner(table: Floats, size: int) -> Floats:
    """Sums over the `size - 1` neighbours within each window of `size`: the first has its neighbour outside."""
    return np.asarray(Joined(table, np.add).of(size - 1))


def _signed(clear: Bools, slope: Floats | None, sayable: Bools) -> Flags:
    way = np.asarray(slope)
    return to_flags(clear & (way > 0), clear & (way < 0), sayable)
