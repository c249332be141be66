"""The one process that opens a stranger's workbook: `python -m measures.parsing.limited`.

On standard input come one line of JSON, {"task": "list"} or {"task": "read", "sheet": name or null}, and then the
workbook; one JSON object goes out on standard output; the parent is `workbook`. Before
a byte is read the process limits its own memory and time, so a file that gets past the guard ends this process
and nothing else. Standard library and the fast reader only: it must start in a few hundredths of a second.

Out: {"problem": {...}} when it cannot be read, else {"sheets": [{"name", "hidden"}], "sheet": name, "problems": [...],
"hidden_rows": n, "blank_rows": n, "row_numbers": base64 of int32[n],
"columns": [{"codes": base64 of int32[n], "texts": [...]}]}.
"""

import base64
import io
import json
import resource
import sys
import zipfile
from array import array
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum, WorksheetNotFound

from measures.parsing import opendocument
from measures.parsing.coding import ColumnBuilder
from measures.parsing.guard import MB, RESAVE, WORKBOOK_BYTES, checked_zip, is_open_document
from measures.parsing.problems import Unreadable, quote
from measures.parsing.worksheet import Scan, scan_sheet, sheet_parts

MEMORY_BYTES = 300 * MB  # address space; a sheet of two million cells takes 200 MB of it
CPU_SECONDS = 20
CHUNK_ROWS = 5_000


def answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What the parent is told."""
    try:
        container = checked_zip(data)
        scans = _scans(container)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = {sheet.name: sheet.visible == SheetVisibleEnum.Visible for sheet in workbook.sheets_metadata}
        sheets = [{"name": name, "hidden": not visible.get(name, True)} for name in scans]
        if not sheets:
            raise Unreadable("no_sheet", f"The workbook has no sheet with cells. {RESAVE}")
        if request["task"] == "list":
            return {"sheets": sheets}
        return {"sheets": sheets} | _read(workbook, scans, request["sheet"] or _first(sheets))
    except Unreadable as refusal:
        return {"problem": asdict(refusal.problem)}
    except (CalamineError, WorksheetNotFound, ValueError, OverflowError, MemoryError):
        return {
            "problem": asdict(Unreadable("damaged", f"The workbook is damaged and cannot be read. {RESAVE}").problem)
        }


def _scans(container: zipfile.ZipFile) -> dict[str, Callable[[], Scan]]:
    """Sheet name -> how to look through it, in the workbook's order."""
    if is_open_document(container):
        names = opendocument.sheet_names(container)
        return {name: partial(opendocument.scan_sheet, container, name) for name in names}
    return {name: partial(scan_sheet, container, part) for name, part in sheet_parts(container).items()}


def _first(sheets: list[dict[str, Any]]) -> str:
    """The first sheet that is not hidden, or the first of all."""
    return next((sheet["name"] for sheet in sheets if not sheet["hidden"]), sheets[0]["name"])


def _read(workbook: CalamineWorkbook, scans: dict[str, Callable[[], Scan]], name: str) -> dict[str, Any]:
    if name not in scans:
        names = ", ".join(quote(other) for other in scans)
        raise Unreadable("no_sheet", f"The workbook has no sheet called {quote(name)}. It has {names}.")
    scan = scans[name]()
    sheet = workbook.get_sheet_by_name(name)
    _check_agreement(sheet, scan)
    builder = ColumnBuilder()
    chunk: list[list[str]] = []
    for row in _rows(sheet, scan):
        chunk.append(row)
        if len(chunk) == CHUNK_ROWS:
            builder.add(chunk)
            chunk = []
    builder.add(chunk)
    return {
        "sheet": name,
        "problems": [asdict(problem) for problem in scan.problems()],
        "hidden_rows": scan.hidden_rows,
        "blank_rows": builder.blank_rows,
        "row_numbers": _packed(builder.row_numbers),
        "columns": [{"codes": _packed(codes), "texts": texts} for codes, texts in builder.columns()],
    }


def _check_agreement(sheet: CalamineSheet, scan: Scan) -> None:
    """The fast reader must not see a cell beyond those that were looked through."""
    if sheet.end is not None and (sheet.end[0] >= scan.last_row or sheet.end[1] >= scan.last_column):
        raise Unreadable("damaged", f"The sheet inside the workbook can be read two ways. {RESAVE}")


def _rows(sheet: CalamineSheet, scan: Scan) -> Iterator[list[str]]:
    """Every row from row 1 as text, blank ones too, every column from A."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    if not scan.percents:
        for row in sheet.iter_rows():
            yield [*before, *(cell if type(cell) is str else _text(cell) for cell in row)]
        return
    percents = scan.percents
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield [
            *before,
            *(
                _percent(cell) if (number, column) in percents and type(cell) is float else _text(cell)
                for column, cell in enumerate(row, len(before) + 1)
            ),
        ]


def _text(cell: Any) -> str:
    """A cell as a person would type it: 44340, 12.5, 2019-09-30, 30:05:00. Fifteen digits, as the spreadsheet shows."""
    if type(cell) is float or type(cell) is int:
        return format(cell, ".15g")
    if type(cell) is str:
        return cell
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3_600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(cell).upper() if isinstance(cell, bool) else str(cell)


def _percent(cell: float) -> str:
    """0.125 in a cell that shows percentages is 12.5%, as the person sees it."""
    return format(float(format(cell, ".15g")) * 100, ".13g") + "%"


def _packed(numbers: "array[int]") -> str:
    return base64.b64encode(numbers.tobytes()).decode("ascii")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    request = json.loads(sys.stdin.buffer.readline())
    json.dump(answer(request, sys.stdin.buffer.read(WORKBOOK_BYTES + 1)), sys.stdout)
