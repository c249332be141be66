"""Columns of text held as whole numbers and a list of the different texts.

A file of a hundred thousand rows has a few hundred different months and measures. Each different text is stored once
and read once, whatever the number of rows. Standard library only: the limited subprocess uses it too.
"""

from array import array
from collections.abc import Iterable, Sequence


class Codes(dict[str, int]):
    """Text -> its code, given in the order texts are first seen."""

    def __missing__(self, text: str) -> int:
        code = self[text] = len(self)
        return code


class ColumnBuilder:
    """Rows of text in, one pair (codes, texts) a column out.

    Short rows are filled with blanks; blank rows are left out.
    Row numbers are those a spreadsheet shows: every row of the file counts, blank ones too.
    """

    def __init__(self) -> None:
        self.row_numbers = array("i")
        self.blank_rows = 0
        self._seen = 0
        self._coders: list[Codes] = []
        self._codes: list[array[int]] = []

    @property
    def width(self) -> int:
        return len(self._coders)

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Add the next rows of the file, each a sequence of cells."""
        numbers: Iterable[int] = range(self._seen + 1, self._seen + len(rows) + 1)
        self._seen += len(rows)
        width = max(map(len, rows), default=0)
        if min(map(len, rows), default=0) != width or not all(map(any, rows)):
            filled = [(n, row) for n, row in zip(numbers, rows, strict=True) if any(map(str.strip, row))]
            self.blank_rows += len(rows) - len(filled)
            numbers = [n for n, _ in filled]
            rows = [row if len(row) == width else [*row, *[""] * (width - len(row))] for _, row in filled]
        self._widen(width)
        self.row_numbers.extend(numbers)
        columns = list(zip(*rows, strict=True)) if rows else []
        for column, (coder, codes) in enumerate(zip(self._coders, self._codes, strict=True)):
            cells = columns[column] if column < len(columns) else [""] * len(rows)
            codes.extend(map(coder.__getitem__, cells))

    def add_flat(self, cells: Sequence[str], width: int) -> None:
        """Add rows given as one run of cells, row after row, each `width` long and none of them blank."""
        count = len(cells) // width
        self._widen(width)
        self.row_numbers.extend(range(self._seen + 1, self._seen + count + 1))
        self._seen += count
        for column, (coder, codes) in enumerate(zip(self._coders, self._codes, strict=True)):
            own = cells[column::width] if column < width else [""] * count
            codes.extend(map(coder.__getitem__, own))

    def _widen(self, width: int) -> None:
        while self.width < width:
            coder = Codes()
            blank = [coder[""]] * len(self.row_numbers) if len(self.row_numbers) else []
            self._coders.append(coder)
            self._codes.append(array("i", blank))

    def columns(self) -> list[tuple["array[int]", list[str]]]:
        return [(codes, list(coder)) for coder, codes in zip(self._coders, self._codes, strict=True)]
