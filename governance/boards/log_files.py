"""Lists as spreadsheets and as plain lines: text stays text, and a list too long for a sheet says so."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from django.http import HttpResponse, StreamingHttpResponse

from governance.boards.presenters import day_words
from measures.presenters.table import safe
from measures.presenters.workbook import CONTENT_TYPE, Sheet, workbook

KINDS = ("csv", "xlsx")
MOST = 20_000  # rows of a spreadsheet
CSV_MARK = "\ufeff"  # by which Excel knows UTF-8


class Lined(Protocol):
    def line(self) -> list[object]: ...


class _Line:
    """What csv.writer writes to when each line leaves at once."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(headings: Sequence[str], rows: Iterable[Lined]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield CSV_MARK
    yield writer.writerow(headings)
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row.line()])


def answer(
    kind: str, name: str, title: str, headings: Sequence[str], rows: Iterable[Lined], day: dt.date
) -> HttpResponse:
    """The rows as a CSV or XLSX file to download."""
    if kind == "csv":
        response = StreamingHttpResponse(_csv_lines(headings, rows), content_type="text/csv; charset=utf-8")
    else:
        lines = [row.line() for row in islice(rows, MOST + 1)]
        above = [f"{title} on {day_words(day)}"]
        if len(lines) > MOST:
            above.append(f"This file holds the first {MOST:,}; the CSV file holds them all.")
        sheet = Sheet(title[:31], headings, lines[:MOST], above)
        response = HttpResponse(workbook([sheet]), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}-{day:%Y-%m-%d}.{kind}"'
    return response
