"""Excel (.xlsx) and OpenDocument (.ods) workbooks, opened in a subprocess with limits of its own; see `limited`.

Formulas are refused: the file holds the result each had when it was last saved, and nothing says that is still right.
Cells that show an error are refused too. Hidden rows are read and said to be there. Of a workbook with several sheets
the first that is not hidden is read unless the caller names one; all are listed in `Reading.sheets`.
"""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from measures.parsing.guard import OLD_WORKBOOK_START, WORKBOOK_BYTES, ZIP_START, Source, load
from measures.parsing.problems import WARNING, Problem, Unreadable
from measures.parsing.report import Collector
from measures.parsing.table import NO_OPTIONS, Options, Reading, Sheet, Table

NAME = "workbook"
WALL_SECONDS = 30
PROJECT = Path(__file__).resolve().parents[2]


def recognises(head: bytes) -> bool:
    """Whether the first bytes are those of a zip, or of an old .xls that deserves its own sentence."""
    return head.startswith((ZIP_START, OLD_WORKBOOK_START))


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """One sheet as a table. Never raises at the file: problems are in the reading's report."""
    try:
        answer = _ask(source, {"task": "read", "sheet": options.sheet})
    except Unreadable as refusal:
        return _refused(refusal)
    collector = Collector()
    collector.extend(Problem(**problem) for problem in answer["problems"])
    if answer["hidden_rows"]:
        message = _hidden(answer["hidden_rows"])
        collector.add("hidden_rows", message, severity=WARNING)
    columns = [(base64.b64decode(column["codes"]), column["texts"]) for column in answer["columns"]]
    numbers = base64.b64decode(answer["row_numbers"])
    table = Table.from_codes(answer["sheet"], columns, numbers, answer["blank_rows"])
    if not len(table):
        collector.add("empty", "The sheet is empty. Choose the sheet with the figures.")
    return Reading(NAME, table if len(table) else None, collector.report(), _sheets(answer), {"sheet": answer["sheet"]})


def list_sheets(source: Source) -> Reading:
    """The workbook's sheets only: `table` is None and the report is clean unless the file cannot be opened."""
    try:
        return Reading(NAME, None, Collector().report(), _sheets(_ask(source, {"task": "list"})))
    except Unreadable as refusal:
        return _refused(refusal)


def _hidden(rows: int) -> str:
    if rows == 1:
        return "1 row of the sheet is hidden or filtered out of view; it was read as well."
    return f"{rows:,} rows of the sheet are hidden or filtered out of view; they were read as well."


def _refused(refusal: Unreadable) -> Reading:
    collector = Collector()
    collector.extend([refusal.problem])
    return Reading(NAME, None, collector.report())


def _sheets(answer: dict[str, Any]) -> tuple[Sheet, ...]:
    return tuple(Sheet(sheet["name"], sheet["hidden"]) for sheet in answer["sheets"])


def _ask(source: Source, request: dict[str, Any]) -> dict[str, Any]:
    """Run the limited process on the workbook. Raises Unreadable with its sentence or with ours when it ended early."""
    data = load(source, WORKBOOK_BYTES)
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-m", "measures.parsing.limited"],
            input=json.dumps(request).encode() + b"\n" + data,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=PROJECT,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_hard() from None
    if done.returncode != 0:
        raise _too_hard()
    answer = json.loads(done.stdout)
    if "problem" in answer:
        problem = answer["problem"]
        raise Unreadable(problem["code"], problem["message"], problem["row"], problem["column"])
    return answer


def _too_hard() -> Unreadable:
    return Unreadable(
        "too_hard",
        "Reading the workbook took more memory or time than is allowed, so it was stopped; nothing was imported. "
        "Keep only the sheet with the figures, or save it as CSV.",
    )
