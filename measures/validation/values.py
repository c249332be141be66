"""Figures read from text, by column, each different text once.

Shapes: everything is by row, float64[n] with NaN where there is no figure, so the checks are plain array arithmetic.
Floats keep 15 significant digits, more than any official figure has; they are what the record stores.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from measures.parsing.mapping import NUMERATOR, VALUE
from measures.parsing.numbers import SECONDS, NotANumber, Numbers, parse_durations, parse_numbers
from measures.parsing.table import TextColumn
from measures.validation.definitions import Definition, Figure, SeriesKey

TIMED = (VALUE, NUMERATOR)  # what is a duration, of a duration's figures


@dataclass(frozen=True)
class Trouble:
    """Rows int[k] of one column whose text is not a figure, and the reading that says why, by text."""

    rows: np.ndarray
    column: TextColumn
    problems: Mapping[int, NotANumber]


@dataclass(frozen=True)
class Column:
    """One kind of figure by row: `floats` float64[n]; masks bool[n] of those that could not be read and those with
    %."""

    floats: np.ndarray
    bad: np.ndarray
    percent: np.ndarray
    troubles: tuple[Trouble, ...]


def read_column(role: str, column: TextColumn, codes: np.ndarray, definitions: Sequence[Definition]) -> Column:
    """Read the texts of n rows whose measures are codes int32[n] (below 0: none, read as plain numbers).

    A text stands for seconds in a row of a duration and for a number elsewhere, so rows are read in groups by unit.
    """
    units = [_unit(definition) if role in TIMED else "" for definition in definitions]
    groups = sorted(set(units))
    by_definition = np.array([groups.index(unit) + 1 for unit in units] + [0], dtype=np.int8)
    group = by_definition[np.where(codes >= 0, codes, len(units))]
    floats = np.full(len(codes), np.nan)
    bad, percent = np.zeros(len(codes), dtype=bool), np.zeros(len(codes), dtype=bool)
    troubles = []
    for number in np.unique(group):
        rows = np.flatnonzero(group == number)
        unit = groups[number - 1] if number else ""
        read = _read_used(column, rows, unit)
        floats[rows] = read.floats[column.codes[rows]]
        for mask, texts in ((bad, list(read.problems)), (percent, list(read.percents))):
            by_text = np.zeros(len(column.texts), dtype=bool)
            by_text[texts] = True
            mask[rows] = by_text[column.codes[rows]]
        troubles.append(Trouble(rows[bad[rows]], column, read.problems))
    return Column(floats, bad, percent, tuple(trouble for trouble in troubles if len(trouble.rows)))


def _unit(definition: Definition) -> str:
    """What a plain number of a duration is counted in; "" for what is not a duration."""
    if definition.kind != "duration":
        return ""
    return definition.unit if definition.unit in SECONDS else "seconds"


def _read_used(column: TextColumn, rows: np.ndarray, unit: str) -> Numbers:
    """Numbers by text of the column; only the texts these rows use are read."""
    used = np.flatnonzero(np.bincount(column.codes[rows], minlength=len(column.texts)))
    texts = [column.texts[code] for code in used.tolist()]
    read = parse_durations(texts, unit=unit) if unit else parse_numbers(texts)
    floats = np.full(len(column.texts), np.nan)
    floats[used] = read.floats
    positions = used.tolist()
    problems = {positions[i]: problem for i, problem in read.problems.items()}
    return Numbers(floats, problems, frozenset(positions[i] for i in read.percents))


@dataclass(frozen=True)
class Values:
    """n figures that may be stored: `series_codes` int32[n] into `series`, `months` and `row_numbers` int32[n], and
    float64[n] of each part of a Figure, NaN where there is none (`value` has no NaN). No series has a month twice.
    `provisional` is said of the whole file, or of its months from `provisional_from` on."""

    series: tuple[SeriesKey, ...]
    series_codes: np.ndarray
    months: np.ndarray
    row_numbers: np.ndarray
    value: np.ndarray
    denominator: np.ndarray
    margin: np.ndarray
    sample_size: np.ndarray
    provisional: bool = False
    provisional_from: int = 0

    @property
    def uncertain(self) -> np.ndarray:
        """bool[n]: which figures are provisional."""
        return self.provisional & (self.months >= self.provisional_from)

    def __len__(self) -> int:
        return len(self.months)

    def taken(self, positions: np.ndarray) -> "Values":
        """The figures at these positions int[k] alone; the series stay as they are numbered."""
        arrays = (
            field.name for field in fields(self) if field.name not in ("series", "provisional", "provisional_from")
        )
        return replace(self, **{name: getattr(self, name)[positions] for name in arrays})

    def figures(self, positions: np.ndarray | None = None) -> list[Figure]:
        """The figures at these positions int[k], or all, in order."""
        parts = [self.value, self.denominator, self.margin, self.sample_size]
        if positions is not None:
            parts = [part[positions] for part in parts]
        optional = [
            [None if number != number else number for number in part.tolist()]
            if not np.isnan(part).all()
            else [None] * len(part)
            for part in parts[1:]
        ]
        sizes = [None if number is None else int(number) for number in optional[2]]
        said = (self.uncertain if positions is None else self.uncertain[positions]).tolist()
        return list(map(Figure._make, zip(parts[0].tolist(), optional[0], optional[1], sizes, said, strict=True)))

    def records(self, positions: np.ndarray | None = None) -> Iterator[tuple[SeriesKey, int, Figure, int]]:
        """(series, month, figure, row number) at these positions, or of all, for storing."""
        chosen = slice(None) if positions is None else positions
        series = [self.series[code] for code in self.series_codes[chosen].tolist()]
        months, rows = self.months[chosen].tolist(), self.row_numbers[chosen].tolist()
        return zip(series, months, self.figures(positions), rows, strict=True)
