"""The signal engine: every rule of the dashboard key, for many series at once.

`evaluate_latest` answers for one as-of month a series, with the numbers that explain each flag; `evaluate_history`
answers for every as-of month. Both run the same rules on the same windows. A row's answer depends on that row's
window alone: not on its neighbours, not on months before the window, not on the size of the chunk.

Rules (source: the dashboard key of the panel report; readings in `ruleset`, explained in docs/method.md):
r1 latest month beyond 2 SD; r2 last 3 months beyond 1 SD; r3 last 8 months on one side of the mean; r4 slope of the
last 12 months; r5 slope of the last 12 rolling totals as printed; r5c the same slope with a p that holds; r5c_ar the
same with a p that also holds where months follow one another; r4s, not a symbol, is r4 with the season taken out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from measures.trends import joined, sliding, trend_tests
from measures.trends.levels import Extents, Flags, Levels, depths_needed
from measures.trends.ruleset import (
    CANNOT_SAY,
    ROLLING,
    ROLLING_HISTORY,
    ROLLING_MONTHS,
    RULES,
    SEASONAL_CHECK,
    Ruleset,
)
from measures.trends.trend_tests import Trend
from measures.trends.windows import Block, Bools, Floats, MonthlySeries, history_blocks, latest_blocks

LATEST_CHUNK = 4096  # series; arrays of one lag then stay in the processor's cache
EVERY_RULE = (*RULES, SEASONAL_CHECK)
HISTORY_CELLS = 15_000  # series times as-of months judged at a time: an array of them is kept by the allocator


@dataclass(frozen=True)
class Evaluation:
    """Answers of the rules. Arrays are (N,) for the latest month, (N, M) for a history.

    flags             by rule: int8, 1 up, -1 down, 0 nothing, CANNOT_SAY (-128) where the months needed are missing
    no_data           bool: nothing recorded for the ruleset's twelve months
    not_enough_data   bool: not the above, yet at least one symbol of the ruleset cannot be said
    statistics        by name, see `evaluate_latest`; empty in a history unless asked for
    """

    ruleset: Ruleset
    flags: dict[str, Flags]
    no_data: Bools
    not_enough_data: Bools
    statistics: dict[str, NDArray] = field(default_factory=dict)

    @property
    def shown(self) -> dict[str, Flags]:
        """Flags of the symbols the ruleset shows, headline first; ROLLING by the best rule that can be said."""
        return {name: self.rolling if name == ROLLING else self.flags[name] for name in self.ruleset.shown}

    @property
    def rolling(self) -> Flags:
        """The flag of the rolling trend: of the first of the ruleset's rules for it that can be said."""
        best, *others = (self.flags[rule] for rule in self.ruleset.rolling_rules)
        for other in others:
            best = np.where(best == CANNOT_SAY, other, best)
        return best

    @property
    def season_doubt(self) -> Bools:
        """True where r4 and r4 without the season disagree: the trend may only be the time of year."""
        raw, adjusted = self.flags["r4"], self.flags[SEASONAL_CHECK]
        return (raw != adjusted) & (raw != CANNOT_SAY) & (adjusted != CANNOT_SAY)


def evaluate_latest(
    series: MonthlySeries,
    ruleset: Ruleset,
    as_of: ArrayLike | None = None,
    *,
    explain: bool = True,
    chunk: int = LATEST_CHUNK,
) -> Evaluation:
    """Every rule at one as-of month a series; the flags alone without `explain`.

    `as_of`: column of the last month of each measure, (N,) or one for all; None means the last column; -1 means no
    month yet. A lagged measure's as-of is the report month less its lag. Raises ValueError for a column not there.

    Statistics: value; r1_, r2_, r3_ each with mean, sd, months, upper, lower; r4_, r4s_, r5_, r5c_, r5c_ar_ each with
    slope (per month, in the measure's unit), t (without end for an exact line) and p; r4_months; r5_latest and
    r5_first, the newest and oldest of the twelve rolling values, given where all 23 months are there;
    r5c_ar_correlation, of neighbouring differences on the year. Baseline numbers are given where any month of the
    baseline is there; slopes, t and p only where sayable.
    """
    rows, months = series.shape
    columns = np.asarray(months - 1 if as_of is None else as_of)
    if columns.size and not np.issubdtype(columns.dtype, np.integer):
        raise ValueError("As-of months are column numbers.")
    columns = np.broadcast_to(columns.astype(np.int64), (rows,))
    if rows and (columns.min() < -1 or columns.max() >= months):
        raise ValueError(f"An as-of month lies outside the {months} months given.")
    found = _Collected(ruleset, (rows,))
    for members, block in latest_blocks(series, columns, ruleset.reach, ruleset.depth, chunk):
        found.put(members, {name: answer[0] for name, answer in _apply(block, ruleset, explain=explain).items()})
    return found.evaluation()


def evaluate_history(
    series: MonthlySeries,
    ruleset: Ruleset,
    *,
    explain: bool = False,
    only: Collection[str] = EVERY_RULE,
    chunk: int | None = None,
) -> Evaluation:
    """Every rule at every as-of month: flags (N, M), and with `explain` the statistics of `evaluate_latest` (N, M).

    `only`: the rules wanted; others may be left at CANNOT_SAY, which saves their time. With `explain` all are given.
    """
    found = _Collected(ruleset, series.shape)
    columns = np.arange(series.shape[1])
    chunk = chunk or max(16, HISTORY_CELLS // series.shape[1])
    one_phase = np.zeros(series.shape[0], dtype=np.bool_) if explain else _of_one_phase(series)
    for rows, exact in _alike(series, np.flatnonzero(one_phase)):
        for start in range(0, rows.size, chunk):
            members = rows[start : start + chunk]
            answers = sliding.flags(_months(series, members, exact=exact), ruleset, only)
            found.put(members, {name: answer.T for name, answer in answers.items()})
    others = np.flatnonzero(~one_phase)
    for members, span, block in history_blocks(_taken(series, others), ruleset.reach, ruleset.depth, chunk):
        answers = _apply(block, ruleset, explain=explain)
        found.put((others[members][:, None], columns[span]), {n: a.T for n, a in answers.items()})
    return found.evaluation()


def _of_one_phase(series: MonthlySeries) -> Bools:
    if series.phase is None:
        return np.ones(series.shape[0], dtype=np.bool_)
    return np.asarray((series.phase == series.phase[:, :1]).all(axis=1))


def _alike(series: MonthlySeries, rows: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], bool]]:
    """Rows with every month there, whose windows are of the same months for all, and the others, exact ones apart."""
    kinds = np.zeros(rows.size, dtype=np.int8)
    for start in range(0, rows.size, LATEST_CHUNK):
        part = series.values[rows[start : start + LATEST_CHUNK]]
        kinds[start : start + LATEST_CHUNK] = 2 * joined.are_exact(part) + np.isnan(part).any(axis=1)
    for kind in range(4):
        alike = rows[kinds == kind]
        if alike.size:
            yield alike, kind >= 2


def _months(series: MonthlySeries, rows: NDArray[np.int64], *, exact: bool) -> sliding.Months:
    """Some rows as the sliding windows take them."""
    values = np.ascontiguousarray(series.values[rows].T)
    recorded = None if series.recorded is None else np.ascontiguousarray(series.recorded[rows].T)
    if series.numerator is None or series.denominator is None or series.factor is None or series.smallest_year is None:
        return sliding.Months(values, None, recorded, exact)
    top, bottom = (np.ascontiguousarray(part[rows].T) for part in (series.numerator, series.denominator))
    rolling = trend_tests.rolling_ratios(top, bottom, series.factor[rows], series.smallest_year[rows])
    return sliding.Months(values, rolling, recorded, exact)


def _taken(series: MonthlySeries, rows: NDArray[np.int64]) -> MonthlySeries:
    if rows.size == series.shape[0]:
        return series
    parts = {one.name: getattr(series, one.name) for one in fields(series)}
    taken: dict[str, Any] = {name: None if part is None else part[rows] for name, part in parts.items()}
    return MonthlySeries(**taken)


class _Collected:
    """Answers of the blocks, put together in the order of the series."""

    def __init__(self, ruleset: Ruleset, shape: tuple[int, ...]) -> None:
        self.ruleset = ruleset
        self.shape = shape
        self.answers: dict[str, NDArray] = {}
        for name in EVERY_RULE:
            self.answers[name] = np.full(shape, CANNOT_SAY, dtype=np.int8)
        self.answers["no_data"] = np.ones(shape, dtype=np.bool_)

    def put(self, place: NDArray | tuple[NDArray, NDArray], answers: dict[str, NDArray]) -> None:
        for name, answer in answers.items():
            if name not in self.answers:
                self.answers[name] = np.empty(self.shape, dtype=answer.dtype)
            self.answers[name][place] = answer

    def evaluation(self) -> Evaluation:
        answers = dict(self.answers)
        flags = {name: answers.pop(name) for name in EVERY_RULE}
        no_data = answers.pop("no_data")
        found = Evaluation(self.ruleset, flags, no_data, np.zeros(self.shape, dtype=np.bool_), answers)
        unsaid = np.zeros(self.shape, dtype=np.bool_)
        for shown in found.shown.values():
            unsaid |= shown == CANNOT_SAY
        return replace(found, not_enough_data=unsaid & ~no_data)


def _apply(block: Block, ruleset: Ruleset, *, explain: bool) -> dict[str, NDArray]:
    """All rules on one block: flags, no_data and, to explain, the statistics; each (span, n)."""
    answers: dict[str, NDArray] = {"no_data": _silent(block, ruleset.no_data_months)}
    extents = Extents(block, depths_needed(ruleset) | {ROLLING_HISTORY, ruleset.season_months})
    levels = Levels(block, ruleset, extents)
    for rule in ("r1", "r2", "r3"):
        answers.update(levels.judge(rule))
    recalibrating = block.is_younger(ruleset.trend_months)
    for rule, trend in _trends(block, ruleset, extents, answers).items():
        answers[rule] = trend.flags(ruleset.alpha)
        if recalibrating is not None:  # a missing month may be forgiven, a phase that is too young may not
            answers[rule] = np.where(recalibrating, np.int8(CANNOT_SAY), answers[rule])
        if explain:
            answers[f"{rule}_slope"] = trend.known_slope()
            answers[f"{rule}_t"] = trend.t if trend.sayable is True else np.where(trend.sayable, trend.t, np.nan)
            answers[f"{rule}_p"] = trend.p()
            if rule == "r4":
                answers["r4_months"] = np.broadcast_to(np.asarray(trend.freedom) + 2, trend.t.shape)
    if not explain:
        return {name: answers[name] for name in ("no_data", *RULES, SEASONAL_CHECK)}
    answers["value"] = block.value(0)
    return answers


def _trends(block: Block, ruleset: Ruleset, extents: Extents, answers: dict[str, NDArray]) -> dict[str, Trend]:
    """The trends of a block by rule; leaves the newest and oldest rolling value among the answers."""
    complete = block.complete
    year = extents.tolerance(ruleset.trend_months, ruleset.tolerance)
    two_years = extents.tolerance(ROLLING_HISTORY, ruleset.tolerance)
    season = extents.tolerance(ruleset.season_months, ruleset.tolerance)
    months = [block.value(lag) for lag in range(ruleset.trend_months - 1, -1, -1)]
    differences = trend_tests.year_on_year(block)
    totals = trend_tests.rolling_totals(block, differences)
    answers["r5_first"], answers["r5_latest"] = totals[0], totals[-1]
    whole = complete and block.numerator is None  # a ratio's rolling value may be too thin to judge
    known = True if whole else _all_known([*totals, *(block.value(lag) for lag in range(ROLLING_HISTORY))])
    change = trend_tests.years_change(differences, two_years, known)
    past = trend_tests.past_of(block, ruleset.past_differences)
    answers["r5c_ar_correlation"] = past.known_correlation(ruleset.past_needs)
    return {
        "r4": trend_tests.fit(months, complete=complete).tested(year, ruleset.trend_needs),
        SEASONAL_CHECK: trend_tests.seasonal_check(
            block, ruleset.season_years, ruleset.trend_months, ruleset.trend_needs, season
        ),
        "r5": trend_tests.fit(totals, complete=whole).tested(two_years, ROLLING_MONTHS),
        "r5c": trend_tests.contrast(change, two_years, known),
        "r5c_ar": trend_tests.corrected(change, past, ruleset.past_needs, two_years, known),
    }


def _all_known(values: list[Floats]) -> Bools:
    return ~np.isnan(trend_tests.added(values))


def _silent(block: Block, months: int) -> Bools:
    """Whether nothing at all was recorded in the last `months`."""
    if block.complete:
        return np.zeros((block.span, block.values.shape[1]), dtype=np.bool_)
    heard = block.was_recorded(0).copy()
    for lag in range(1, months):
        heard |= block.was_recorded(lag)
    return ~heard


def lit_since(flags: Flags, as_of: ArrayLike | None = None) -> NDArray[np.int64]:
    """First as-of column of the unbroken run of the flag each series shows at `as_of`; -1 where it shows none.

    `flags` (N, M) from `evaluate_history`. A month that cannot be said, or the opposite direction, breaks the run.
    """
    rows, months = flags.shape
    columns = np.broadcast_to(np.asarray(months - 1 if as_of is None else as_of), (rows,))
    now = flags[np.arange(rows), columns]
    position = np.arange(months)
    other = (flags != now[:, None]) & (position <= columns[:, None])
    last_other = np.where(other, position, -1).max(axis=1, initial=-1)
    return np.where((now == 1) | (now == -1), last_other + 1, -1)
