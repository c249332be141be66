"""A look through a sheet's XML before the fast reader opens it.

The fast reader makes room for every cell between the first and the last that are named, so one cell at XFD1048576 asks
for 17 thousand million; it takes the result a formula had when the file was saved; and it reads a cell that shows an
error as blank. This module streams the XML once, element by element, and says so first. Standard library only.
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import Any
from xml.parsers import expat

from measures.parsing.guard import CHUNK_BYTES, MB, RESAVE
from measures.parsing.problems import Problem, Unreadable, column_letter

ROWS = 200_000  # last row that may be used
COLUMNS = 1_000  # last column that may be used
CELLS = 2_000_000  # rows x columns of the used rectangle: the fast reader holds them all
PART_BYTES = 8 * MB  # workbook.xml, its relations and styles are read whole
LISTED = 1_000  # cells with formulas or errors named one by one; the rest are counted

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_PERCENT_FORMATS = {9, 10}  # built into every workbook: 0% and 0.00%


@dataclass
class Scan:
    """What a sheet holds that the fast reader would not tell. Positions are (row, column), both from 1."""

    last_row: int = 0
    last_column: int = 0
    formulas: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)
    formula_count: int = 0
    error_count: int = 0
    hidden_rows: int = 0
    percents: set[tuple[int, int]] = field(default_factory=set)

    def note_formula(self, row: int, column: int) -> None:
        self.formula_count += 1
        self.formulas += [(row, column)] if len(self.formulas) < LISTED else []

    def note_error(self, row: int, column: int) -> None:
        self.error_count += 1
        self.errors += [(row, column)] if len(self.errors) < LISTED else []

    def problems(self) -> list[Problem]:
        """A problem a cell; those beyond LISTED are told by their number in one more."""
        found = [
            Problem(
                row,
                column_letter(column - 1),
                "formula",
                f"{cell_name(row, column)} holds a formula; save the file as values.",
            )
            for row, column in self.formulas
        ] + [
            Problem(
                row,
                column_letter(column - 1),
                "spreadsheet_error",
                f"{cell_name(row, column)} shows a spreadsheet error; correct it at its source.",
            )
            for row, column in self.errors
        ]
        more = self.formula_count + self.error_count - len(found)
        if more:
            found.append(
                Problem(None, None, "formula", f"{more:,} more cells hold formulas or errors; save the file as values.")
            )
        return found


def cell_name(row: int, column: int) -> str:
    return f"{column_letter(column - 1)}{row}"


def sheet_parts(container: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> the entry that holds it, worksheets only, in the workbook's order. Raises Unreadable."""
    targets = {}
    for name, attributes in _elements(container, "xl/_rels/workbook.xml.rels"):
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes.get("Id")] = normpath(join("/xl", attributes.get("Target", ""))).lstrip("/")
    parts = {}
    for name, attributes in _elements(container, "xl/workbook.xml"):
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), None)
        if name == "sheet" and relation in targets:
            parts[attributes.get("name", "")] = targets[relation]
    return parts


def scan_sheet(container: zipfile.ZipFile, part: str) -> Scan:
    """Stream one sheet. Raises Unreadable where it passes a limit or is not XML."""
    reader = _SheetReader(_percent_styles(container))
    stream_elements(container, part, reader.start)
    return reader.scan


class _SheetReader:
    """Follows rows and cells as the parser meets them. A cell without a reference follows the one before it."""

    def __init__(self, percent_styles: set[str]) -> None:
        self.scan = Scan()
        self.percent_styles = percent_styles
        self.row = 0
        self.column = 0
        self.columns: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            self._row(attributes)
        elif name == "f":
            self.scan.note_formula(self.row, self.column)

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
        self.column = 0
        if attributes.get("hidden") in ("1", "true"):
            self.scan.hidden_rows += 1

    def _cell(self, attributes: dict[str, str]) -> None:
        if reference := attributes.get("r"):
            self._locate(reference)
        else:
            self.column += 1
        scan = self.scan
        if self.row > scan.last_row or self.column > scan.last_column:
            scan.last_row, scan.last_column = max(self.row, scan.last_row), max(self.column, scan.last_column)
            check_extent(scan, self.row, self.column)
        if attributes.get("t") == "e":
            scan.note_error(self.row, self.column)
        elif attributes.get("s") in self.percent_styles:
            scan.percents.add((self.row, self.column))

    def _locate(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            if not _REFERENCE.fullmatch(reference):
                raise ValueError(reference)
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            self.columns[letters] = column
        self.row, self.column = int(reference[len(letters) :]), column


def check_extent(scan: Scan, row: int, column: int) -> None:
    if scan.last_row > ROWS or scan.last_column > COLUMNS or scan.last_row * scan.last_column > CELLS:
        raise Unreadable(
            "sheet_too_large",
            f"The sheet reaches cell {cell_name(row, column)}; "
            f"at most {ROWS:,} rows, {COLUMNS:,} columns and {CELLS:,} cells are read. "
            "Delete what is not part of the table, or save the table as CSV.",
            row,
            column_letter(column - 1),
        )


def _percent_styles(container: zipfile.ZipFile) -> set[str]:
    """The style numbers whose cells show 0.125 as 12.5%."""
    if "xl/styles.xml" not in container.namelist():
        return set()
    percents = {str(number) for number in _PERCENT_FORMATS}
    styles: list[str] = []
    for name, attributes in _elements(container, "xl/styles.xml"):
        if name == "numFmt" and "%" in attributes.get("formatCode", ""):
            percents.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":  # the xf before it describe named styles, not cells
            styles = []
        elif name == "xf":
            styles.append(attributes.get("numFmtId", ""))
    return {str(number) for number, number_format in enumerate(styles) if number_format in percents}


def _elements(container: zipfile.ZipFile, part: str) -> list[tuple[str, dict[str, str]]]:
    """The elements of a small part, in order, as (name without prefix, attributes)."""
    found: list[tuple[str, dict[str, str]]] = []
    if part in container.namelist() and container.getinfo(part).file_size > PART_BYTES:
        raise Unreadable("damaged", f"A description inside the workbook is far too long. {RESAVE}")
    stream_elements(container, part, lambda name, attributes: found.append((name.rpartition(":")[2], attributes)))
    return found


def stream_elements(
    container: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
) -> None:
    """Parse one entry piece by piece, calling start(name, attributes) and end(name). Raises Unreadable."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _refuse_dtd
    try:
        with container.open(part) as stream:
            while piece := stream.read(CHUNK_BYTES):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, KeyError, ValueError):
        raise Unreadable("damaged", f"The workbook is damaged: one of its parts cannot be read. {RESAVE}") from None


def _refuse_dtd(*_: Any) -> None:
    raise Unreadable("dtd", f"The workbook defines XML entities, which no spreadsheet program does. {RESAVE}")
