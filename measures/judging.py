"""What the rules say of many series at every month asked about, as whole columns: ready to be kept, nothing is written.

A month's answer has a hash of everything it can depend on, so that only what may have changed is written.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from measures import reading
from measures.models.signal import SEASON_DOUBT, STATISTICS
from measures.trends import rules, ruleset
from measures.trends.ruleset import CANNOT_SAY, RULES

WINDOW = max(one.reach for one in ruleset.VERSIONS)  # months behind an answer
SAID = repr((RULES, STATISTICS)).encode()  # an engine that says more must say it of every row
ONLY_SHOWN = ("name", "version", "rolling_test", "chance")  # settings of a ruleset that change no rule's answer
Months = NDArray[np.int64]
Sets = Sequence[tuple[int, ruleset.Ruleset]]  # the primary key of each ruleset, and the ruleset


@dataclass(frozen=True)
class Answers:
    """n rows of TrendSignal by column; `missing` are masks bool[n] of what cannot be said."""

    columns: dict[str, NDArray]
    missing: dict[str, NDArray[np.bool_]]

    def __len__(self) -> int:
        return len(self.columns["series_id"])

    def taken(self, places: NDArray) -> "Answers":
        return Answers(
            {name: values[places] for name, values in self.columns.items()},
            {name: mask[places] for name, mask in self.missing.items()},
        )


def judge(table: reading.Table, ends: list[int], sets: Sets) -> Answers:
    """Every series of the table at its latest month and at each quarter's end less its lag, under every ruleset."""
    quotient = np.array([one.measure.kind not in reading.ADDITIVE for one in table.series], dtype=bool)
    lags = np.array([one.measure.lag_months for one in table.series], dtype=np.int64)
    recorded = np.cumsum(~np.isnan(table.values), axis=1)
    inputs = _Inputs(table)
    found: list[Answers] = []
    for rows in (np.flatnonzero(quotient), np.flatnonzero(~quotient)):
        if rows.size:
            is_quotient = bool(quotient[rows[0]])
            data = table.monthly_series(rows, quotient=is_quotient)
            for asked, as_of in _turns(table.last_months()[rows], lags[rows], ends):
                some, columns = rows[asked], table.columns(as_of)
                hashes = inputs.hashes(some, as_of, columns, with_denominators=is_quotient)
                part = data if asked.all() else table.monthly_series(some, quotient=is_quotient)
                for pk, one in _answered(part, columns, sets):
                    silent = _is_silent(recorded, some, columns, one.ruleset.no_data_months)
                    series = inputs.series[some]
                    found.append(_columns(one, series=series, ruleset=pk, as_of=as_of, silent=silent, hashes=hashes))
    return _together(found)


def _turns(latest: Months, lags: Months, ends: list[int]) -> Iterator[tuple[NDArray[np.bool_], Months]]:
    """For each turn, which rows are asked (bool[n]) and at which months: the quarter ends, then the latest month.

    The latest month of a series (-1: none) is passed over where it is a quarter's end as well.
    """
    everyone = np.ones(len(lags), dtype=bool)
    for end in ends:
        yield everyone, end - lags
    apart = (latest >= 0) & ~np.isin(latest + lags, ends)
    if apart.any():
        yield apart, latest[apart]


def _answered(data: rules.MonthlySeries, columns: Months, sets: Sets) -> Iterator[tuple[int, rules.Evaluation]]:
    """The answers under each ruleset; rulesets that differ in what they show alone share the work."""
    done: dict[str, rules.Evaluation] = {}
    for pk, one in sets:
        settings = repr({name: value for name, value in one.parameters().items() if name not in ONLY_SHOWN})
        if settings not in done:
            done[settings] = rules.evaluate_latest(data, one, columns)
        yield pk, replace(done[settings], ruleset=one)


def _is_silent(recorded: NDArray[np.int64], rows: Months, columns: Months, months: int) -> NDArray[np.bool_]:
    """Nothing recorded in the months up to this one; a month a data note leaves out was recorded all the same."""

    def until(column: Months) -> NDArray[np.int64]:
        return np.where(column >= 0, recorded[rows, np.maximum(column, 0)], 0)

    return until(columns) == until(columns - months)


def _columns(
    found: rules.Evaluation,
    *,
    series: Months,
    ruleset: int,
    as_of: Months,
    silent: NDArray[np.bool_],
    hashes: NDArray[np.int64],
) -> Answers:
    unsaid = np.zeros(len(series), dtype=bool)
    for flags in found.shown.values():
        unsaid |= flags == CANNOT_SAY
    columns: dict[str, NDArray] = {
        "series_id": series,
        "ruleset_id": np.full(len(series), ruleset, dtype=np.int64),
        "as_of": as_of.astype(np.int32),
        "no_data": silent,
        "not_enough": unsaid & ~silent,
        "numbers": packed(found, len(series)),
        "input_hash": hashes,
    }
    columns |= {rule: found.flags[rule].astype(np.int16) for rule in RULES}
    return Answers(columns, {rule: found.flags[rule] == CANNOT_SAY for rule in RULES})


def packed(found: rules.Evaluation, count: int) -> NDArray:
    """The statistics of each row as TrendSignal keeps them: bytes of one length."""
    numbers = np.empty((count, len(STATISTICS)), dtype="<f8")
    for place, name in enumerate(STATISTICS):
        numbers[:, place] = found.season_doubt if name == SEASON_DOUBT else found.statistics[name]
    numbers[~np.isfinite(numbers)] = np.nan
    return numbers.view(f"V{numbers.dtype.itemsize * len(STATISTICS)}").reshape(count)


class _Inputs:
    """What answers depend on: the window's figures, what is left out of it, the phases, the kind of measure."""

    def __init__(self, table: reading.Table) -> None:
        self.series = np.array([one.pk for one in table.series], dtype=np.int64)
        self._settings = [
            f"{one.measure.kind}\x1f{one.measure.stock_denominator}\x1f{reading.smallest(one.measure)}".encode()
            for one in table.series
        ]
        before = ((0, 0), (WINDOW, 0))  # the same for one series whatever else was read with it
        there = ~np.isnan(table.values)
        self._values = np.pad(table.values, before, constant_values=np.nan)
        self._denominators = np.pad(np.where(there, table.denominators, np.nan), before, constant_values=np.nan)
        self._left_out = np.pad(table.left_out & there, before)
        self._phases = np.pad(table.phases, before)
        self._there = np.pad(there, before)

    def hashes(self, rows: Months, as_of: Months, columns: Months, *, with_denominators: bool) -> NDArray[np.int64]:
        """64 bits a row: the same as long as nothing that the answer at that month can depend on has changed."""
        window = (columns + WINDOW)[:, None] + np.arange(1 - WINDOW, 1)
        place = (rows[:, None], window)
        marks = self._marks(place)
        marked = marks.any(axis=1).tolist()
        parts = [self._values[place], *([self._denominators[place]] if with_denominators else [])]
        plain = WINDOW * len(parts)
        data = np.concatenate([*parts, *([marks] if any(marked) else [])], axis=1)
        found = [
            _digest(SAID, self._settings[row], month, bare if has_marks else bare[:plain])
            for row, month, has_marks, bare in zip(rows.tolist(), as_of.tolist(), marked, data, strict=True)
        ]
        return np.frombuffer(b"".join(found), dtype="<i8").astype(np.int64)

    def _marks(self, place: tuple) -> NDArray[np.float64]:
        """What of the window is left out, and how many phases ago each month was; noughts where nothing is recorded."""
        there = self._there[place]
        phases = self._phases[place].astype(np.float64)
        return np.where(there, 2 * (phases - phases[:, -1:]) + self._left_out[place], 0.0)


def _digest(said: bytes, settings: bytes, month: int, figures: NDArray[np.float64]) -> bytes:
    digest = hashlib.blake2b(said + settings, digest_size=8)
    digest.update(b"\x1f%d\x1f" % month)
    digest.update(figures)
    return digest.digest()


def _together(found: list[Answers]) -> Answers:
    if not found:
        return Answers({"series_id": np.empty(0, dtype=np.int64)}, {})
    return Answers(
        {name: np.concatenate([one.columns[name] for one in found]) for name in found[0].columns},
        {name: np.concatenate([one.missing[name] for one in found]) for name in found[0].missing},
    )
