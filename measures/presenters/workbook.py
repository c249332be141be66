"""Spreadsheets of several sheets: text as text, numbers as numbers, nothing that a spreadsheet would work out."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST, NARROWEST = 60, 9  # characters of a column
TITLE_LENGTH = 31  # characters Excel allows a sheet's name
LONGEST_CELL = 32_767  # characters Excel allows a cell


@dataclass(frozen=True)
class Sheet:
    """One sheet: lines of words above, a header, and rows. None is an empty cell."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    above: Sequence[str] = field(default_factory=tuple)


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as one XLSX file."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title[:TITLE_LENGTH]), sheet)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _write(page: WriteOnlyWorksheet, sheet: Sheet) -> None:
    for place, width in enumerate(_widths(sheet), 1):
        page.column_dimensions[get_column_letter(place)].width = width
    lead = len(sheet.above) + bool(sheet.above)  # an empty row between words and table
    page.freeze_panes = f"A{lead + 2}"
    for line in sheet.above:
        page.append([_cell(page, line)])
    if sheet.above:
        page.append([])
    page.append([_cell(page, words, bold=True) for words in sheet.header])
    for row in sheet.rows:
        page.append([_cell(page, None if value == "" else value) for value in row])


def _cell(page: WriteOnlyWorksheet, value: object, *, bold: bool = False) -> Cell:
    if value is None or isinstance(value, int | float | dt.date):
        cell = WriteOnlyCell(page, value=value)
        if isinstance(value, dt.date):
            cell.number_format = "d mmmm yyyy"
        return cell
    cell = WriteOnlyCell(page, value="")
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_CELL]
    cell.data_type = "s"  # whatever it begins with: never a formula
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=bold)
    return cell


def _widths(sheet: Sheet) -> list[int]:
    """A column as wide as its longest cell, within reason."""
    columns = zip(sheet.header, *sheet.rows, strict=True) if sheet.rows else ((words,) for words in sheet.header)
    longest = (max(len(str(value)) for value in column if value is not None) for column in columns)
    return [min(max(one + 2, NARROWEST), WIDEST) for one in longest]
