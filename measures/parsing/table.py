"""What every reader hands on: the filled rows of one sheet, by column, all as text.

Shapes: a table of n rows has `row_numbers` int32[n] and one `TextColumn` a column, each with `codes` int32[n] into its
own `texts`. Texts are kept as the file has them, so a message can repeat them. The heading is still among the rows:
which row it is, is the mapping's business.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from measures.parsing.coding import ColumnBuilder
from measures.parsing.report import Report


@dataclass(frozen=True)
class TextColumn:
    """codes int32[n]; row i reads texts[codes[i]]. A text may be listed more than once."""

    codes: np.ndarray
    texts: Sequence[str]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> str:
        return self.texts[self.codes[row]]

    def taken(self, rows: np.ndarray) -> "TextColumn":
        """The same texts for some of the rows: rows is a mask bool[n] or positions int[k]."""
        return TextColumn(self.codes[rows], self.texts)

    def counts(self) -> np.ndarray:
        """How many rows read each text: int[len(texts)]."""
        return np.bincount(self.codes, minlength=len(self.texts))


@dataclass(frozen=True)
class Table:
    """One sheet: its name ("" for a file without sheets), columns and the row numbers a spreadsheet shows."""

    name: str
    columns: tuple[TextColumn, ...]
    row_numbers: np.ndarray
    blank_rows: int = 0

    def __len__(self) -> int:
        return len(self.row_numbers)

    def cells(self, row: int) -> list[str]:
        """The cells of the row at this position (0 is the first filled row)."""
        return [column[row] for column in self.columns]

    def head(self, rows: int) -> list[list[str]]:
        """The first rows, to show a person what was read."""
        return [self.cells(row) for row in range(min(rows, len(self)))]

    @classmethod
    def built(cls, name: str, builder: ColumnBuilder) -> "Table":
        return cls.from_codes(name, builder.columns(), builder.row_numbers, builder.blank_rows)

    @classmethod
    def from_codes(
        cls, name: str, columns: Sequence[tuple[Any, Sequence[str]]], row_numbers: Any, blank_rows: int
    ) -> "Table":
        """From what ColumnBuilder makes: (codes, texts) a column, as buffers of 32-bit whole numbers."""
        coded = tuple(TextColumn(np.frombuffer(codes, dtype=np.int32), texts) for codes, texts in columns)
        return cls(name, coded, np.frombuffer(row_numbers, dtype=np.int32), blank_rows)


@dataclass(frozen=True)
class Options:
    """What a person chose before reading: a sheet of a workbook, the encoding of a text file."""

    sheet: str | None = None
    encoding: str | None = None


NO_OPTIONS = Options()


@dataclass(frozen=True)
class Sheet:
    """A sheet a person may choose. A hidden one is offered too, and said to be hidden."""

    name: str
    hidden: bool = False


@dataclass(frozen=True)
class Reading:
    """What a reader made of a file. `table` is None when it could not be read; the report then says why.

    `details` are facts worth showing and keeping: {"encoding": "UTF-8", "delimiter": "comma"} for a CSV. `mapping` is
    set by a format that knows its own layout and needs nobody to say which column is which; `found` is then what it
    recognised (see `official.found.Found`), and `table` is None where that asks a question first or holds populations.
    """

    format: str
    table: Table | None
    report: Report
    sheets: tuple[Sheet, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, Any] | None = None
    found: Any = None
