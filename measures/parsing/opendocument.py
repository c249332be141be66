"""A look through an OpenDocument spreadsheet's XML before the fast reader opens it; `worksheet` is the same for Excel.

All sheets stand in one part, and a cell or a row may say that it is repeated a million times. Blank repetitions are how
every spreadsheet program fills the rest of a sheet and take no room; a repeated cell that holds something does. The
part is streamed once, element by element. Standard library only.
"""

import zipfile
from dataclasses import dataclass, field

from measures.parsing.worksheet import Scan, check_extent, stream_elements

CONTENT = "content.xml"
ROOT_DEPTH = 1  # of the tables that are sheets; a table inside a cell is deeper
HIDDEN = ("collapse", "filter")


def sheet_names(container: zipfile.ZipFile) -> list[str]:
    """The names of the sheets, in the workbook's order. Raises Unreadable."""
    reader = _Names()
    stream_elements(container, CONTENT, reader.start, reader.end)
    return reader.names


def scan_sheet(container: zipfile.ZipFile, name: str) -> Scan:
    """Stream one sheet. Raises Unreadable where it passes a limit or is not XML."""
    reader = _SheetReader(name)
    stream_elements(container, CONTENT, reader.start, reader.end)
    return reader.scan


@dataclass
class _Names:
    names: list[str] = field(default_factory=list)
    depth: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _bare(name) == "table":
            self.depth += 1
            if self.depth == ROOT_DEPTH:
                self.names.append(_attribute(attributes, "name"))

    def end(self, name: str) -> None:
        self.depth -= _bare(name) == "table"


@dataclass
class _SheetReader:
    """Follows rows and cells of the sheet that is wanted. `wide` and `high`: how often the cell and row repeat."""

    wanted: str
    scan: Scan = field(default_factory=Scan)
    depth: int = 0
    inside: bool = False
    row: int = 0
    high: int = 1
    column: int = 0
    wide: int = 1
    hidden: bool = False
    filled: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        bare = _bare(name)
        if bare == "table":
            self.depth += 1
            if self.depth == ROOT_DEPTH:
                self.inside = _attribute(attributes, "name") == self.wanted
        elif not self.inside or self.depth != ROOT_DEPTH:
            return
        elif bare == "table-row":
            self.row += self.high if self.row else 1
            self.high = _repeated(attributes, "number-rows-repeated")
            self.column, self.wide, self.filled = 0, 1, False
            self.hidden = _attribute(attributes, "visibility") in HIDDEN
        elif bare in ("table-cell", "covered-table-cell"):
            self.column += self.wide if self.column else 1
            self.wide = _repeated(attributes, "number-columns-repeated")
            self._cell(attributes)
        elif bare == "p" and self.column:
            self._fill()

    def end(self, name: str) -> None:
        bare = _bare(name)
        if bare == "table":
            self.depth -= 1
            self.inside = self.inside and self.depth >= ROOT_DEPTH
        elif bare == "table-row" and self.inside and self.depth == ROOT_DEPTH:
            self.scan.hidden_rows += self.high if self.hidden and self.filled else 0
            self.column = 0

    def _cell(self, attributes: dict[str, str]) -> None:
        kinds = [value for key, value in attributes.items() if key.endswith(":value-type")]
        if kinds:
            self._fill()
        if _attribute(attributes, "formula"):
            self.scan.note_formula(self.row, self.column)
        if "error" in kinds:
            self.scan.note_error(self.row, self.column)
        elif "percentage" in kinds:
            rows, columns = range(self.row, self.row + self.high), range(self.column, self.column + self.wide)
            self.scan.percents.update((row, column) for row in rows for column in columns)

    def _fill(self) -> None:
        """There is something in the cell, as often as it repeats."""
        self.filled = True
        last_row, last_column = self.row + self.high - 1, self.column + self.wide - 1
        if last_row > self.scan.last_row or last_column > self.scan.last_column:
            self.scan.last_row = max(last_row, self.scan.last_row)
            self.scan.last_column = max(last_column, self.scan.last_column)
            check_extent(self.scan, last_row, last_column)


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute of the table's own vocabulary, whatever prefix the file gives it; "" where it is not there."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def _repeated(attributes: dict[str, str], name: str) -> int:
    return max(1, int(_attribute(attributes, name) or 1))
