"""The XmR chart with the rules of NHS England's Making Data Count: a second opinion beside the dashboard's rules.

Limits are the mean plus and minus 2.66 times the mean moving range (how far each month is from the one before), not
standard deviations: what is usual from month to month, without the key's 24 months. Four things are called special
cause: a month outside the limits; seven in a row on one side of the mean (a shift); seven in a row each above, or each
below, the one before (a trend, one month less of movement); two of three in a row beyond two thirds of the way to the
same limit. Source: NHS England, Making Data Count, as NHSRplotthedots works it out; checked against its own cases.

Arrays are (series, months), oldest month first, NaN missing. A missing month has no moving range and breaks a run.
Limits, runs and the three months of two-in-three stay within one phase; what is in `baseline` sets a phase's limits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from measures.trends.windows import Bools, Floats

Sides = NDArray[np.int8]

COMMON, OUTSIDE, TREND, TWO_OF_THREE, SHIFT = range(5)
PRIORITY = (OUTSIDE, TREND, TWO_OF_THREE, SHIFT)  # the first that holds is a month's kind

TOLERANCE = 1e-9  # relative to the largest value of a series

PASSES, FAILS, HIT_AND_MISS, NO_ASSURANCE = "passes", "fails", "hit-and-miss", ""


@dataclass(frozen=True)
class Settings:
    """`limit` and `near` in mean moving ranges and as a share of it; `screen`: moving ranges beyond so many times
    their mean are left out of it once (0: none is); `short`: fewer months than these in a phase are a warning."""

    limit: float = 2.66
    near: float = 2 / 3
    screen: float = 3.267
    shift: int = 7  # months
    trend: int = 7  # months
    short: int = 13  # months


NHS = Settings()


@dataclass(frozen=True)
class Limits:
    """Of the phase each month is in, each (N, M): NaN where the phase has no month, or no two in a row, to tell."""

    mean: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    short: Bools  # the phase has too few months to lean on


@dataclass(frozen=True)
class XmR:
    """Each (N, M): what was found of each month; 1 above or rising, -1 below or falling, 0 not.

    judged    the values, NaN missing
    side      of the mean;  close  beyond two thirds of the way to a limit, not beyond it
    outside, trend, two_of_three, shift   the rules, marked on every month of the run or the close ones of the three
    kind      COMMON or the first of PRIORITY that holds;  special  its direction
    """

    limits: Limits
    judged: Floats
    side: Sides
    close: Bools
    outside: Sides
    trend: Sides
    two_of_three: Sides
    shift: Sides

    @property
    def kind(self) -> NDArray[np.int8]:
        """Which rule a month is marked for, the first in NHS order."""
        found = np.zeros(self.side.shape, dtype=np.int8)
        for rule, sides in reversed(self._by_priority()):
            found[sides != 0] = rule
        return found

    @property
    def special(self) -> Sides:
        """1 or -1: the direction of the rule a month is marked for; 0 for common cause."""
        found = np.zeros(self.side.shape, dtype=np.int8)
        for _, sides in reversed(self._by_priority()):
            found = np.where(sides != 0, sides, found)
        return found

    def _by_priority(self) -> list[tuple[int, Sides]]:
        sides = {OUTSIDE: self.outside, TREND: self.trend, TWO_OF_THREE: self.two_of_three, SHIFT: self.shift}
        return [(rule, sides[rule]) for rule in PRIORITY]


def judge(
    values: ArrayLike, *, phase: ArrayLike | None = None, baseline: ArrayLike | None = None, settings: Settings = NHS
) -> XmR:
    """Every rule at every month of N series. `phase` int (N, M) or (M,): a change of number starts new limits.

    `baseline` bool (N, M) or (M,): the months that set limits; None means all of the phase. A frozen baseline is one
    whose later months are false. Raises ValueError for shapes that do not fit.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("The values must be a table of series by months.")
    phases = None if phase is None else _fitted(phase, table.shape, "phases").astype(np.int64)
    used = ~np.isnan(table)
    if baseline is not None:
        used &= _fitted(baseline, table.shape, "baseline").astype(np.bool_)
    limits = _limits(table, phases, used, settings)
    # What rounding may take for a difference: a constant 0.1 lies on its own mean.
    slack = TOLERANCE * np.fmax(1.0, np.fmax.reduce(np.abs(table), axis=1, initial=0.0))[:, None]
    side = _beyond(table, limits.mean, limits.mean, slack)
    outside = _beyond(table, limits.lower, limits.upper, slack)
    close = (_beyond(table, limits.near_lower, limits.near_upper, slack) != 0) & (outside == 0)
    together = _together(phases, table.shape)
    step = np.zeros(table.shape, dtype=np.int8)
    step[:, 1:] = _side(np.diff(table, axis=1)) * together[:, 1:]
    return XmR(
        limits=limits,
        judged=table,
        side=side,
        close=close,
        outside=outside,
        trend=trend_of(step, together, settings.trend),
        two_of_three=two_of_three(close, side, together),
        shift=shift_of(side, together, settings.shift),
    )


def _fitted(given: ArrayLike, shape: tuple[int, ...], name: str) -> NDArray:
    found = np.asarray(given)
    try:
        return np.broadcast_to(found, shape)
    except ValueError:
        raise ValueError(f"The {name} must have the shape of the values, or of one series.") from None


def _beyond(table: Floats, lower: Floats, upper: Floats, slack: Floats) -> Sides:
    return (table > upper + slack).astype(np.int8) - (table < lower - slack).astype(np.int8)


def _side(numbers: Floats) -> Sides:
    """1 above zero, -1 below, 0 at zero or missing."""
    return (numbers > 0).astype(np.int8) - (numbers < 0).astype(np.int8)


def _together(phases: NDArray[np.int64] | None, shape: tuple[int, ...]) -> Bools:
    """Whether a month is of the phase of the month before it."""
    same = np.ones(shape, dtype=np.bool_)
    if phases is not None:
        same[:, 1:] = phases[:, 1:] == phases[:, :-1]
    return same


def _limits(table: Floats, phases: NDArray[np.int64] | None, used: Bools, settings: Settings) -> Limits:
    mean, moving = np.full(table.shape, np.nan), np.full(table.shape, np.nan)
    short = np.zeros(table.shape, dtype=np.bool_)
    ranges = np.full(table.shape, np.nan)
    ranges[:, 1:] = np.abs(np.diff(np.where(used, table, np.nan), axis=1))
    there = ~np.isnan(table)
    for one in [None] if phases is None else np.unique(phases):
        within = np.ones(table.shape, dtype=np.bool_) if phases is None or one is None else phases == one
        if phases is not None:  # a range is of two months of one phase
            inner = within.copy()
            inner[:, 1:] &= within[:, :-1]
        else:
            inner = within
        middle = _mean(table, used & within)
        spread = _mean(ranges, inner & ~np.isnan(ranges))
        if settings.screen:
            kept = inner & (ranges <= settings.screen * spread[:, None])
            spread = _mean(ranges, kept)
        mean = np.where(within, middle[:, None], mean)
        moving = np.where(within, spread[:, None], moving)
        short |= within & ((there & within).sum(axis=1) < settings.short)[:, None]
    wide, near = settings.limit * moving, settings.limit * settings.near * moving
    return Limits(mean, mean - wide, mean + wide, mean - near, mean + near, short)


def _mean(table: Floats, members: Bools) -> Floats:
    """Row by row, of the members; NaN where there is none."""
    number = members.sum(axis=1)
    total = np.where(members, table, 0.0).sum(axis=1)
    return np.divide(total, number, out=np.full(total.shape, np.nan), where=number > 0)


def _run_ends(side: Sides, together: Bools, length: int) -> Sides:
    """1 or -1 on the month that completes `length` in a row of one side, in one phase."""
    up, down = side > 0, side < 0
    ends_up, ends_down = up.copy(), down.copy()
    months = side.shape[1]
    for back in range(1, length):
        for ends, sides in ((ends_up, up), (ends_down, down)):
            ends[:, :back] = False
            ends[:, back:] &= sides[:, :-back]
            ends[:, back:] &= together[:, 1 : max(1, months - back + 1)]
    return ends_up.astype(np.int8) - ends_down.astype(np.int8)


def spread_back(ends: Sides, length: int) -> Sides:
    """The months of each run, from the months that complete it."""
    spread = ends.copy()
    for back in range(1, length):
        earlier = spread[:, :-back]
        np.copyto(earlier, ends[:, back:], where=(earlier == 0) & (ends[:, back:] != 0))
    return spread


def shift_of(side: Sides, together: Bools, length: int) -> Sides:
    """Every month of `length` or more in a row on one side of the mean."""
    return spread_back(_run_ends(side, together, length), length)


def trend_of(step: Sides, together: Bools, length: int) -> Sides:
    """Every month of `length` or more in a row, each above (or each below) the one before it: one step fewer."""
    return spread_back(_run_ends(step, together, length - 1), length)


def two_of_three(close: Bools, side: Sides, together: Bools) -> Sides:
    """The close months of any three in a row on one side, of which at least two are close."""
    found = np.zeros(side.shape, dtype=np.int8)
    if side.shape[1] < 3:
        return found
    first, second, third = side[:, :-2], side[:, 1:-1], side[:, 2:]
    number = close[:, :-2].astype(np.int8) + close[:, 1:-1] + close[:, 2:]
    held = (first == second) & (second == third) & (number >= 2) & together[:, 1:-1] & together[:, 2:]
    marked = np.where(held, first, 0).astype(np.int8)
    for position in range(3):
        part = found[:, position : position + marked.shape[1]]
        np.copyto(part, marked, where=marked != 0)
    return np.where(close, found, 0).astype(np.int8)


def assurance(lower: float, upper: float, target: float, *, up_is_good: bool) -> str:
    """Whether a process within its limits can be relied on to meet a target: PASSES, FAILS or HIT_AND_MISS.

    A limit on the target is hit and miss. NO_ASSURANCE where limits or target are not known.
    """
    if not (lower <= upper) or target != target:
        return NO_ASSURANCE
    if target > upper:
        return FAILS if up_is_good else PASSES
    if target < lower:
        return PASSES if up_is_good else FAILS
    return HIT_AND_MISS
