"""What accepting a file would change: each figure beside the one the record holds.

`current` is the record as it stands: series -> month -> Figure. Months the record has and the file has not are counted
and left alone: a file never removes a figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from measures.validation.definitions import Figure, SeriesKey
from measures.validation.values import Values

Current = Mapping[SeriesKey, Mapping[int, Figure]]

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


@dataclass(frozen=True)
class Change:
    """One row of the preview. `old` is None where the record has nothing for the month."""

    series: SeriesKey
    month: int
    row: int
    old: Figure | None
    new: Figure


@dataclass(frozen=True)
class Comparison:
    """`new`, `changed`, `unchanged`: positions int64 into `values`, in the order of the file. `absent`: how many months
    the record holds of these series that the file has not. `new_series`: those of which the record holds nothing."""

    values: Values
    current: Current
    new: np.ndarray
    changed: np.ndarray
    unchanged: np.ndarray
    absent: int
    new_series: tuple[SeriesKey, ...]

    def changes(self, which: str, start: int = 0, stop: int | None = None) -> list[Change]:
        """Rows start..stop of NEW, CHANGED or UNCHANGED, old and new side by side: one page of the preview."""
        positions = {NEW: self.new, CHANGED: self.changed, UNCHANGED: self.unchanged}[which][start:stop]
        return [
            Change(series, month, row, self.current.get(series, {}).get(month), figure)
            for series, month, figure, row in self.values.records(positions)
        ]


def compare(values: Values, current: Current) -> Comparison:
    """Sort every figure into new, changed or unchanged."""
    held = [current.get(series, {}) for series in values.series]
    kinds = np.zeros(len(values), dtype=np.int8)  # new, where the record holds nothing of the series
    at = np.flatnonzero(np.array([bool(months) for months in held] + [False], dtype=bool)[values.series_codes])
    pairs = zip(values.series_codes[at].tolist(), values.months[at].tolist(), values.figures(at), strict=True)
    kinds[at] = np.fromiter((_kind(held[code].get(month), now) for code, month, now in pairs), np.int8, len(at))
    new, changed, unchanged = (np.flatnonzero(kinds == kind) for kind in range(3))
    absent = sum(map(len, held)) - len(changed) - len(unchanged)
    new_series = tuple(series for series, months in zip(values.series, held, strict=True) if not months)
    return Comparison(values, current, new, changed, unchanged, absent, new_series)


def _kind(old: Figure | None, now: Figure) -> int:
    if old is None:
        return 0
    return 2 if is_same(old, now) else 1


def is_same(held: Figure, given: Figure) -> bool:
    """Whether there is nothing to store. A provisional figure given again without that word is news: it is now final.

    A final figure given again in a file that is provisional as a whole stays final.
    """
    return held[:-1] == given[:-1] and (given.provisional or not held.provisional)
