"""Monthly series as arrays, and the windows of months the rules look at.

Shapes: N series by M months, oldest month first, float64, NaN where a month is missing. Missing is never zero.
Rules are written in lags (0 is the latest month, 1 the one before). A `Block` answers every lag for many series, and
for one as-of month or a run of them, with one slice; so the latest month and the whole history share the same rules.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LARGEST = 1e15  # whole numbers up to here are exact in float64, and the squares of any up to here are finite


@dataclass(frozen=True)
class MonthlySeries:
    """N series on one calendar of M months.

    values        (N, M) the monthly value each rule but the rolling ones looks at
    numerator     (N, M) or None for plain counts
    denominator   (N, M) or None for plain counts
    factor        (N,) rolling twelve = factor * sum(numerator) / sum(denominator)
    smallest_year (N,) the rolling twelve is not judged where its denominators add up to less
    recorded      (N, M) or None: the month was recorded, even where no ratio can be made of it
    phase         (N, M) int or None: months of different phases (a change of recording, say) are never compared
    """

    values: Floats
    numerator: Floats | None = None
    denominator: Floats | None = None
    factor: Floats | None = None
    smallest_year: Floats | None = None
    recorded: Bools | None = None
    phase: NDArray[np.int16] | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Number of series, number of months."""
        return self.values.shape


def _table(numbers: ArrayLike, name: str) -> Floats:
    table = np.asarray(numbers, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"{name} must be a table of series by months, not {table.ndim}-dimensional.")
    if not table.shape[1]:
        raise ValueError(f"{name} cover no month at all.")
    if table.size and max(np.fmax.reduce(table, axis=None), -np.fmin.reduce(table, axis=None)) > LARGEST:
        raise ValueError(f"{name} hold a number beyond {LARGEST:.0e}, which no month of the office can be.")
    return table


def _phases(phase: ArrayLike | None, shape: tuple[int, ...]) -> NDArray[np.int16] | None:
    if phase is None:
        return None
    table = np.asarray(phase, dtype=np.int16)
    if table.shape != shape:
        raise ValueError("The phases must have the shape of the values.")
    return table


def counts(values: ArrayLike, phase: ArrayLike | None = None) -> MonthlySeries:
    """Counts, hours or any other amount that adds up: rolling twelve = sum of twelve months. (N, M), NaN missing."""
    table = _table(values, "The values")
    return MonthlySeries(values=table, phase=_phases(phase, table.shape))


def ratios(
    numerator: ArrayLike,
    denominator: ArrayLike,
    *,
    stock: ArrayLike = False,
    per: ArrayLike = 1.0,
    smallest_denominator: ArrayLike = 0.0,
    smallest_year: ArrayLike = 0.0,
    phase: ArrayLike | None = None,
) -> MonthlySeries:
    """Percentages, durations and rates. Numerator, denominator (N, M), NaN missing; the rest one a series or for all.

    Rolling twelve = per * sum / sum for a flow denominator (incidents), per * sum / mean for a stock one (population,
    staff): never the mean of twelve percentages. A month whose denominator is zero, or below `smallest_denominator`,
    has no monthly value (it is recorded, and counts in the rolling sums). A rolling twelve whose denominators add up
    to less than `smallest_year` is not judged either.
    """
    top, bottom = _table(numerator, "The numerators"), _table(denominator, "The denominators")
    if top.shape != bottom.shape:
        raise ValueError("Numerators and denominators must cover the same series and months.")
    rows = top.shape[0]
    per_series = _one_a_series(per, rows)
    recorded = ~(np.isnan(top) | np.isnan(bottom))
    usable = recorded & (bottom > 0) & (bottom >= _one_a_series(smallest_denominator, rows)[:, None])
    values = np.full(top.shape, np.nan)
    np.divide(top * per_series[:, None], bottom, out=values, where=usable)
    return MonthlySeries(
        values=_table(values, "The ratios"),
        numerator=top,
        denominator=bottom,
        factor=per_series * np.where(_one_a_series(stock, rows) > 0, 12.0, 1.0),
        smallest_year=_one_a_series(smallest_year, rows),
        recorded=recorded,
        phase=_phases(phase, top.shape),
    )


def _one_a_series(setting: ArrayLike, rows: int) -> Floats:
    return np.broadcast_to(np.asarray(setting, dtype=np.float64), (rows,))


@dataclass(frozen=True)
class Block:
    """Windows of n series for `span` as-of months in a row: each table (depth - 1 + span, n), oldest month first.

    complete       no month is missing among the latest, `near` of them, that all rules but r5c_ar look at
    past_complete  no month is missing at all
    """

    depth: int
    span: int
    values: Floats
    numerator: Floats | None = None
    denominator: Floats | None = None
    factor: Floats | None = None
    smallest_year: Floats | None = None
    recorded: Bools | None = None
    phase: NDArray[np.int16] | None = None
    complete: bool = False
    past_complete: bool = False

    def _at(self, table: NDArray, lag: int) -> NDArray:
        start = self.depth - 1 - lag
        return table[start : start + self.span]

    def value(self, lag: int) -> Floats:
        """Monthly value `lag` months before each as-of month, (span, n); NaN where missing or of another phase."""
        value = self._at(self.values, lag)
        if self.phase is None:
            return value
        return np.where(self._at(self.phase, lag) == self._at(self.phase, 0), value, np.nan)

    def part(self, name: str, lag: int) -> Floats:
        """Numerator or denominator at `lag`, NaN where missing or of another phase."""
        part = self._at(getattr(self, name), lag)
        if self.phase is None:
            return part
        return np.where(self._at(self.phase, lag) == self._at(self.phase, 0), part, np.nan)

    def is_younger(self, months: int) -> Bools | None:
        """Whether an as-of month has fewer than `months` months of its phase, (span, n); None where all are one phase.

        A series that begins is no new phase: its first recorded phase is never young, wherever the table begins.
        """
        if self.phase is None:
            return None
        known = ~np.isnan(self.values) if self.recorded is None else self.recorded
        first = self.phase[known.argmax(axis=0), np.arange(known.shape[1])]
        now = self._at(self.phase, 0)
        return np.asarray((self._at(self.phase, months - 1) != now) & (first != now))

    def was_recorded(self, lag: int) -> Bools:
        """Whether the month was recorded at all, in any phase."""
        if self.recorded is None:
            return ~np.isnan(self._at(self.values, lag))
        return self._at(self.recorded, lag)


TABLES = ("values", "numerator", "denominator", "recorded", "phase")
SETTINGS = ("factor", "smallest_year")  # one a series


def _padding(table: NDArray) -> float | bool | int:
    return np.nan if table.dtype == np.float64 else 0


def _windows(table: NDArray, rows: slice, as_of: NDArray[np.int64], depth: int) -> NDArray:
    """(depth, n): the `depth` months ending at each row's as-of column; padding where there is no such column."""
    last = int(as_of[0])
    if last >= depth - 1 and (as_of == last).all():
        return np.ascontiguousarray(table[rows, last - depth + 1 : last + 1].T)
    columns = as_of[:, None] + np.arange(1 - depth, 1)
    window = np.take_along_axis(table[rows], np.maximum(columns, 0), axis=1)
    window[columns < 0] = _padding(table)
    return np.ascontiguousarray(window.T)


def _split(
    tables: dict[str, Any], settings: dict[str, Any], depth: int, near: int, span: int
) -> Iterator[tuple[NDArray, Block]]:
    """Rows with every month there take the fast path; the rest the path that counts what is there."""
    known = ~np.isnan(tables["values"])
    if "phase" in tables:
        known &= tables["phase"] == tables["phase"][-1]
    complete = known[-near:].all(axis=0)
    past_complete = known.all(axis=0)
    for wanted in ((True, True), (True, False), (False, False)):
        members = np.flatnonzero((complete == wanted[0]) & (past_complete == wanted[1]))
        if not members.size:
            continue
        everyone = members.size == complete.size
        taken = {name: table if everyone else table[:, members] for name, table in tables.items()}
        if wanted[1]:
            taken.pop("phase", None)
        own: dict[str, Any] = {name: setting[members] for name, setting in settings.items()}
        yield members, Block(depth, span, **taken, **own, complete=wanted[0], past_complete=wanted[1])


def _present(series: MonthlySeries) -> dict[str, NDArray]:
    return {name: getattr(series, name) for name in TABLES if getattr(series, name) is not None}


def _settings(series: MonthlySeries, rows: slice) -> dict[str, Floats]:
    return {name: getattr(series, name)[rows] for name in SETTINGS if getattr(series, name) is not None}


def latest_blocks(
    series: MonthlySeries, as_of: NDArray[np.int64], depth: int, near: int, chunk: int
) -> Iterator[tuple[NDArray, Block]]:
    """Blocks of one as-of month a series, with the row numbers each holds."""
    for start in range(0, series.shape[0], chunk):
        rows = slice(start, min(start + chunk, series.shape[0]))
        tables = {name: _windows(table, rows, as_of[rows], depth) for name, table in _present(series).items()}
        for members, block in _split(tables, _settings(series, rows), depth, near, 1):
            yield members + start, block


def history_blocks(series: MonthlySeries, depth: int, near: int, chunk: int) -> Iterator[tuple[NDArray, slice, Block]]:
    """Blocks of every as-of month, with the row numbers and the as-of columns each holds."""
    months = series.shape[1]
    # Up to these as-of months there is no full window, and no full window of the latest months, behind them.
    young, youngest = min(depth - 1, months), min(near - 1, months)
    for start in range(0, series.shape[0], chunk):
        rows = slice(start, min(start + chunk, series.shape[0]))
        tables = {name: np.ascontiguousarray(table[rows].T) for name, table in _present(series).items()}
        for members, block in _split(tables, _settings(series, rows), depth, months, months):
            padded = _padded(block, depth)
            if not block.complete:
                yield members + start, slice(0, months), padded
                continue
            for first, last, known in ((0, youngest, 0), (youngest, young, 1), (young, months, 2)):
                if last > first:
                    yield members + start, slice(first, last), _columns(padded, first, last - first, known)


def _padded(block: Block, depth: int) -> Block:
    def pad(table: NDArray | None) -> NDArray | None:
        if table is None:
            return None
        head = np.full((depth - 1, table.shape[1]), _padding(table), dtype=table.dtype)
        return np.concatenate([head, table])

    tables: dict[str, Any] = {name: pad(getattr(block, name)) for name in TABLES}
    return dataclasses.replace(block, **tables, complete=False, past_complete=False)


def _columns(block: Block, first: int, span: int, known: int) -> Block:
    """Some as-of months; `known` 0: months are missing, 1: none of the latest is, 2: none is."""
    rows = slice(first, first + block.depth - 1 + span)
    tables: dict[str, Any] = {}
    for name in TABLES:
        table = getattr(block, name)
        tables[name] = None if table is None else table[rows]
    return dataclasses.replace(block, span=span, **tables, complete=known > 0, past_complete=known > 1)
