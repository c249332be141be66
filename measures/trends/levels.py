"""Baselines and the rules about levels: the spike (r1), the short run (r2) and the long run (r3).

Arrays are (as-of months, series). "Up" is described; "down" is its mirror. Comparisons are strict: a month equal to a
limit has not exceeded it, and a month equal to the mean breaks a run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from measures.trends.ruleset import CANNOT_SAY, Ruleset
from measures.trends.windows import Block, Bools, Floats

Flags = NDArray[np.int8]
Counts = NDArray[np.int64]


def to_flags(up: Bools, down: Bools, sayable: Bools | bool) -> Flags:
    """1 where up, -1 where down, 0 where neither, CANNOT_SAY where the months needed are missing."""
    flags = up.astype(np.int8) - down.astype(np.int8)
    if sayable is not True:
        flags[~np.broadcast_to(sayable, flags.shape)] = CANNOT_SAY
    return flags


class Extents:
    """Lowest, highest and number of the values of the last k months, for the k asked for; found in one pass."""

    def __init__(self, block: Block, depths: set[int]) -> None:
        self.complete = block.complete
        self._found: dict[int, tuple[Floats, Floats, Counts | None]] = {}
        low = high = block.value(0)
        count = None if block.complete else (~np.isnan(low)).astype(np.int64)
        least, most = (np.minimum, np.maximum) if block.complete else (np.fmin, np.fmax)
        for months in range(1, max(depths) + 1):
            if months > 1:
                value = block.value(months - 1)
                low, high = least(low, value), most(high, value)
                count = None if count is None else count + ~np.isnan(value)
            if months in depths:
                self._found[months] = (low, high, count)

    def lowest(self, months: int) -> Floats:
        """Least value of the last `months`, missing ones passed over; NaN where all are missing."""
        return self._found[months][0]

    def highest(self, months: int) -> Floats:
        """Greatest value of the last `months`."""
        return self._found[months][1]

    def all_there(self, months: int) -> Bools | bool:
        """Whether none of the last `months` is missing."""
        count = self._found[months][2]
        return True if count is None else count == months

    def tolerance(self, months: int, relative: float) -> Floats:
        """What two numbers of the last `months` may differ by and still be equal: relative * max(1, largest size)."""
        low, high, _ = self._found[months]
        largest = (np.maximum if self.complete else np.fmax)(high, -low)
        return relative * (np.maximum if self.complete else np.fmax)(largest, 1.0)


def how_many(present: Sequence[Bools]) -> Counts:
    """Number of the masks that are true, element by element."""
    return np.asarray(np.sum(present, axis=0, dtype=np.int64))


@dataclass(frozen=True)
class Baseline:
    """Mean, standard deviation and number of the months of a baseline; NaN where there are none to average."""

    mean: Floats
    sd: Floats
    months: Counts


def baseline(block: Block, first: int, months: int, ddof: int) -> Baseline:
    """Mean and standard deviation of the months at lags first .. first + months - 1, missing ones left out."""
    lags = range(first, first + months)
    if block.complete:
        total = block.value(first).copy()
        for lag in lags[1:]:
            total += block.value(lag)
        mean = total / months
        squares = np.zeros_like(mean)
        for lag in lags:
            deviation = block.value(lag) - mean
            deviation *= deviation
            squares += deviation
        return Baseline(mean, np.sqrt(squares / (months - ddof)), np.full(mean.shape, months))
    values = [block.value(lag) for lag in lags]
    present = [~np.isnan(value) for value in values]
    count = how_many(present)
    total = np.zeros(count.shape)
    for value, there in zip(values, present, strict=True):
        total += np.where(there, value, 0.0)
    mean = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    squares = np.zeros(count.shape)
    for value, there in zip(values, present, strict=True):
        squares += np.where(there, value - mean, 0.0) ** 2
    variance = np.divide(squares, count - ddof, out=np.full(total.shape, np.nan), where=count > ddof)
    return Baseline(mean, np.sqrt(variance), count)


@dataclass
class Levels:
    """Works out r1, r2 and r3 for a block, computing each baseline once."""

    block: Block
    ruleset: Ruleset
    extents: Extents
    _baselines: dict[tuple[int, int], Baseline] = field(default_factory=dict)

    def base(self, rule: str) -> tuple[Baseline, Floats, Bools | bool]:
        """A rule's baseline, the tolerance of its comparisons, and whether enough of its months are there."""
        first, months = self.ruleset.base_lags(rule)
        if (first, months) not in self._baselines:
            self._baselines[first, months] = baseline(self.block, first, months, self.ruleset.ddof)
        found = self._baselines[first, months]
        enough = True if self.block.complete else found.months >= self.ruleset.baseline_needs
        return found, self.extents.tolerance(first + months, self.ruleset.tolerance), enough

    def judge(self, rule: str) -> dict[str, NDArray]:
        """Flags of r1, r2 or r3, and the numbers that explain them.

        Keys: the rule's name for its flags; then, with the rule's name before them, _mean, _sd, _months of the
        baseline, and _upper and _lower limit. An _sd of exactly 0 means there is no variation in the baseline.
        """
        ruleset = self.ruleset
        run = {"r1": 1, "r2": ruleset.short_run, "r3": ruleset.long_run}[rule]
        width = {"r1": ruleset.spike_sd, "r2": ruleset.short_run_sd, "r3": 0.0}[rule]
        found, tolerance, enough = self.base(rule)
        upper, lower = (found.mean + width * found.sd, found.mean - width * found.sd) if width else (found.mean,) * 2
        up = self.extents.lowest(run) > upper + tolerance
        down = self.extents.highest(run) < lower - tolerance
        return {
            rule: to_flags(up, down, self.extents.all_there(run) & enough),
            f"{rule}_mean": found.mean,
            f"{rule}_sd": np.where(found.sd <= tolerance, 0.0, found.sd),
            f"{rule}_months": found.months,
            f"{rule}_upper": upper,
            f"{rule}_lower": lower,
        }


def depths_needed(ruleset: Ruleset) -> set[int]:
    """The depths at which the rules ask for extents: their runs, their windows and the windows of the trends."""
    windows = {sum(ruleset.base_lags(rule)) for rule in ("r1", "r2", "r3")}
    return windows | {1, ruleset.short_run, ruleset.long_run, ruleset.trend_months}
