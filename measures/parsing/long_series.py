"""A long table of series: `series,month,value` or `series,month,numerator,denominator`, one month of one series a row.

Read as a stream, so that tens of millions of rows fit: each name and month is kept once, each figure as a float. The
first thing wrong ends the reading with a sentence that names its row, as a spreadsheet numbers it.
"""

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from measures.parsing.coding import Codes
from measures.parsing.months import NotAMonth, month_text, parse_month
from measures.parsing.numbers import LARGEST, NotANumber, parse_number
from measures.parsing.problems import Unreadable, quote

PLAIN = ("series", "month", "value")
RATIO = ("series", "month", "numerator", "denominator")
CHUNK_ROWS = 50_000


@dataclass(frozen=True)
class LongSeries:
    """n series, in the order of the file, in k rows sorted by series. `first` and `last` are month indexes.

    codes, months  int32[k]: position of the series among `names`, month index; no series has a month twice
    values         float64[k], NaN where there is no figure; numerators where there are denominators
    denominators   float64[k] or None; never zero: such a month is missing, numerator and all
    """

    names: list[str]
    first: int
    last: int
    codes: np.ndarray
    months: np.ndarray
    values: np.ndarray
    denominators: np.ndarray | None

    def tables(self, first: int, last: int, size: int) -> Iterator[tuple[list[str], np.ndarray, np.ndarray | None]]:
        """Names, values and denominators of `size` series at a time, (series, months first..last), NaN missing."""
        for start in range(0, len(self.names), size):
            names = self.names[start : start + size]
            low, high = np.searchsorted(self.codes, [start, start + len(names)])
            inside = (self.months[low:high] >= first) & (self.months[low:high] <= last)
            place = (self.codes[low:high][inside] - start, self.months[low:high][inside] - first)
            tables = []
            for column in (self.values, self.denominators):
                if column is not None:
                    table = np.full((len(names), last - first + 1), np.nan)
                    table[place] = column[low:high][inside]
                    tables.append(table)
            yield names, tables[0], tables[1] if len(tables) > 1 else None


def read(lines: Iterable[str]) -> LongSeries:
    """Read the lines of a file. Raises Unreadable with a sentence; its problem carries the row."""
    rows = csv.reader(lines, strict=True)
    try:
        columns = _heading(next(rows, []))
        read_so_far = _Reading(columns)
        number = 2
        while chunk := list(islice(rows, CHUNK_ROWS)):
            read_so_far.add(number, chunk)
            number += len(chunk)
    except csv.Error as problem:
        raise Unreadable("csv_broken", f"the quotation marks do not pair up ({problem}).", rows.line_num) from None
    except UnicodeDecodeError:
        raise Unreadable("not_utf8", "the text is not UTF-8: save the file as CSV UTF-8.", rows.line_num + 1) from None
    return read_so_far.result()


def _heading(cells: Sequence[str]) -> tuple[str, ...]:
    named = tuple(cell.strip().lower() for cell in cells)
    for wanted in (PLAIN, RATIO):
        if sorted(named) == sorted(wanted):
            return named
    raise Unreadable(
        "heading", f"the heading must be {','.join(PLAIN)} or {','.join(RATIO)}, not {quote(','.join(cells))}.", 1
    )


class _Reading:
    """Chunks of rows, turned into numbers as they come."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self.columns = columns
        self.names = Codes()
        self.months: dict[str, int] = {}
        self.parts: dict[str, list[np.ndarray]] = {name: [] for name in ("row", *columns)}

    def add(self, first: int, rows: list[list[str]]) -> None:
        numbers = np.arange(first, first + len(rows), dtype=np.int32)
        width = len(self.columns)
        if set(map(len, rows)) != {width}:
            numbers = numbers[[bool(row) for row in rows]]
            rows = [row for row in rows if row]
            for number, row in zip(numbers, rows, strict=True):
                if len(row) != width:
                    raise Unreadable("width", f"there are {len(row)} cells where {width} belong.", int(number))
        if not rows:
            return
        cells = dict(zip(self.columns, zip(*rows, strict=True), strict=True))
        self.parts["row"].append(numbers)
        self.parts["series"].append(self._series(cells["series"], numbers))
        self.parts["month"].append(self._months(cells["month"], numbers))
        for name in self.columns:
            if name not in ("series", "month"):
                self.parts[name].append(_figures(cells[name], numbers))

    def _series(self, cells: Sequence[str], numbers: np.ndarray) -> np.ndarray:
        codes = np.fromiter(map(self.names.__getitem__, cells), np.int32, len(cells))
        for position, cell in enumerate(cells) if any(not name.strip() for name in set(cells)) else ():
            if not cell.strip():
                raise Unreadable("series_missing", "the series has no name.", int(numbers[position]))
        return codes

    def _months(self, cells: Sequence[str], numbers: np.ndarray) -> np.ndarray:
        for text in set(cells) - self.months.keys():
            try:
                self.months[text] = parse_month(text)
            except NotAMonth as problem:
                raise Unreadable(problem.code, str(problem), int(numbers[cells.index(text)])) from None
        return np.fromiter(map(self.months.__getitem__, cells), np.int32, len(cells))

    def result(self) -> LongSeries:
        if not self.parts["row"]:
            raise Unreadable("no_rows", "there are no figures below the heading.", 2)
        whole = {name: np.concatenate(self.parts.pop(name)) for name in list(self.parts)}
        rows, codes, months = whole.pop("row"), whole.pop("series"), whole.pop("month")
        values = whole["numerator"] if "numerator" in whole else whole["value"]
        below = whole.get("denominator")
        if below is not None:
            _check_denominators(below, rows)
            empty = ~(below > 0)  # missing as well
            values[empty] = below[empty] = np.nan
        if (np.diff(codes) < 0).any():
            order = np.argsort(codes, kind="stable")
            rows, codes, months, values = rows[order], codes[order], months[order], values[order]
            below = None if below is None else below[order]
        first, last = int(months.min()), int(months.max())
        _check_once(codes, months, rows)
        return LongSeries(list(self.names), first, last, codes, months, values, below)


def _figures(cells: Sequence[str], numbers: np.ndarray) -> np.ndarray:
    """The figures of a column; blanks and the like are NaN."""
    figures = np.fromiter(map(_float, cells), np.float64, len(cells))
    doubtful = ~(np.abs(figures) < float(LARGEST))
    if "_" in "".join(cells):  # which Python takes for a separator of thousands
        doubtful[:] = True
    for position in np.flatnonzero(doubtful).tolist():
        try:
            number = parse_number(cells[position])
        except NotANumber as problem:
            raise Unreadable(problem.code, str(problem), int(numbers[position])) from None
        figures[position] = math.nan if number is None else float(number)
    return figures


def _float(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return math.nan


def _check_denominators(below: np.ndarray, rows: np.ndarray) -> None:
    negative = np.flatnonzero(below < 0)
    if negative.size:
        raise Unreadable("denominator_negative", "the denominator is below zero.", int(rows[negative[0]]))


def _check_once(codes: np.ndarray, months: np.ndarray, rows: np.ndarray) -> None:
    """No series has two rows of one month. The rows are sorted by series."""
    span = int(months.max()) - int(months.min()) + 1
    cell = codes.astype(np.int64) * span + (months - months.min())
    if (np.diff(cell) > 0).all():
        return
    order = np.argsort(cell, kind="stable")
    again = np.flatnonzero(np.diff(cell[order]) == 0)
    if again.size:
        one, other = rows[order[again[0]]], rows[order[again[0] + 1]]
        month = month_text(int(months[order[again[0]]]))
        raise Unreadable("month_twice", f"row {one} has a figure of the same series for {month} already.", int(other))
