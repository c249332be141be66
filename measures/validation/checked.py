"""The rows of one file while they are being checked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from measures.parsing.layout import Rows
from measures.parsing.problems import ERROR
from measures.parsing.report import Collector
from measures.validation.definitions import Definition
from measures.validation.values import Column


@dataclass
class Checked:
    """n rows: which measure each is of (`codes` int32[n] into definitions, below 0 for none), the figures read, and
    `sound`, the mask bool[n] of the rows without an error so far. `corrections` and `lone_averages`: see
    `validate`."""

    rows: Rows
    definitions: Sequence[Definition]
    codes: np.ndarray
    columns: dict[str, Column]
    sound: np.ndarray
    collector: Collector
    corrections: bool = False
    lone_averages: bool = False

    def of(self, quality: Callable[[Definition], bool]) -> np.ndarray:
        """Mask bool[n] of the rows whose measure has a quality."""
        return self.by_measure([quality(definition) for definition in self.definitions], False)

    def by_measure(self, by_definition: Sequence[float], otherwise: float) -> np.ndarray:
        """One number a definition, spread over the rows; `otherwise` where a row has no measure."""
        spread = np.array([*by_definition, otherwise])
        return spread[np.where(self.codes >= 0, self.codes, len(self.definitions))]

    def floats(self, role: str) -> np.ndarray:
        """float64[n] of one figure, all NaN where the file does not hold it."""
        return self.columns[role].floats if role in self.columns else np.full(len(self.rows), np.nan)

    def name(self, position: int) -> str:
        """The measure of this row as printed, and whose it is: "Burglary, South Yorkshire"."""
        parts = [self.definitions[self.codes[position]].name]
        parts += [column[position].strip() for column in (self.rows.areas, self.rows.breakdowns) if column is not None]
        return ", ".join(filter(None, parts))

    def find(
        self, code: str, mask: np.ndarray, sentence: Callable[[int], str], *, role: str, severity: str = ERROR
    ) -> None:
        """A problem for every row of the mask bool[n]; `sentence` is given the position of the row."""
        at = np.flatnonzero(mask)
        self.collector.add_rows(
            code,
            self.rows.row_numbers[at],
            lambda i: sentence(int(at[i])),
            column=lambda i: self.rows.column(role, int(at[i])),
            severity=severity,
        )
        if severity == ERROR:
            self.sound[at] = False


def number(figure: float) -> str:
    """A figure in a sentence: 1,234 or 12.5."""
    return f"{figure:,.10g}"
