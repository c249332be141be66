"""Windows of months joined from halves: their sums, extremes, means and squares, for every as-of month at once.

A window of 24 months is joined from one of 16 and one of 8, that of 16 from two of 8, and so on: five joins instead of
24 additions, and each join serves every as-of month. What is joined is the number of months, their mean and the sum of
squares about it (Chan, Golub and LeVeque 1983), which loses no digits as running sums of squares would; so a window's
answer depends on its own months alone.

Whole numbers need no such care: their sums, and sums of their squares, are exact, so there the sums themselves are
joined, at a third of the work (`Sums`).

Tables are (as-of months, series), 0 where a month is missing. What depends only on which months are there is (as-of
months, 1) where all are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from measures.trends.windows import Bools, Floats

LARGEST_EXACT = 100_000.0  # up to this, whatever `Sums` adds up of whole numbers is below 2**53 and so is exact


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
            newest = self.of(latest)
            if self.join is np.add:
                gap, oldest = latest, self.of(before)
            else:  # a month looked at twice makes no other extreme, so the halves may overlap
                gap, oldest = before, newest
            whole = np.empty_like(newest)
            whole[:gap] = newest[:gap]
            if gap < len(whole):
                self.join(newest[gap:], oldest[: len(whole) - gap], out=whole[gap:])
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


@lru_cache(maxsize=32)
def every_month(months: int, after: int = 0) -> Windows:
    """The windows of series with every month there, the first `after` left out: the same for every table of them."""
    return Windows(np.arange(months)[:, None] >= after)


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
        if gap >= len(mean):  # fewer months than a half: what is known of one month stands for all, a column a series
            nothing = np.zeros_like(mean)
            return mean, squares + nothing, None if products is None else products + nothing
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


class Sums:
    """As `Moments`, of a table of whole numbers up to LARGEST_EXACT: by sums, which are exact."""

    def __init__(self, table: Floats, windows: Windows) -> None:
        self.windows = windows
        self.sums, self.squares = Joined(table, np.add), Joined(table * table, np.add)

    @cached_property
    def products(self) -> Joined:
        position = np.arange(len(self.sums.table), dtype=np.float64)[:, None]
        return Joined(self.sums.table * position, np.add)

    def of(self, months: int, *, line: bool = False) -> tuple[Floats, Floats, Floats | None]:
        """(mean, squares, products); products only where asked for a line."""
        places = self.windows.of(months)
        number = np.maximum(places.number, 1.0)
        share, total = 1.0 / number, self.sums.of(months)
        squares = self.squares.of(months) * number
        squares -= total * total
        squares *= share
        products = None
        if line:
            products = total * -places.middle
            products += self.products.of(months)
        return total * share, squares, products


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


def are_exact(values: Floats) -> Bools:
    """Of series by months, whose values are whole numbers small enough for their sums and squares to be exact."""
    known = np.where(np.isnan(values), 0.0, values)
    return np.asarray(((known == np.rint(known)) & (np.abs(known) <= LARGEST_EXACT)).all(axis=1))
