"""The figures and charts of a version as files: CSV with its CSVW description, XLSX, and all of them in a ZIP.

Made from frozen content and nothing else, so a build has what that build shows and the same bytes each time.
"""

import csv
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.conf import settings

from governance.papers.content import reading
from governance.papers.content.shapes import Paper
from governance.papers.content.tables import Column, Table, chart_table, described, group, tables_of, written
from governance.papers.following import Follow
from measures.presenters.drawings import CSV_MARK
from measures.presenters.table import safe
from measures.presenters.workbook import Sheet, workbook

DESCRIPTION = "csv-metadata.json"  # where a CSVW program looks, beside the tables
BEHIND = "-metadata.json"  # the same of one table, behind the name of its file
RESTRICTED = "Not for publication: this version has parts that are marked above OFFICIAL."
MADE_AT = re.compile(rb'(?<=W3CDTF">)[0-9TZ:.-]+')  # in a workbook, when it was made and changed
NEVER = (1980, 1, 1, 0, 0, 0)  # the earliest moment a ZIP can name: the same files give the same bytes


def safe_tables(paper: Paper, follow: Follow) -> list[Table]:
    """The tables of a build, with no cell that a spreadsheet would take for a formula."""
    addresses = [follow.address(one.reference) for one in paper.figures]
    return [_safe(one) for one in tables_of(paper, addresses)]


def safe_chart(paper: Paper, number: int) -> Table | None:
    """The table of one chart that a build shows."""
    found = (one for one in reading.charts(paper) if one.number == number and not one.withheld)
    return next((_safe(chart_table(one)) for one in found), None)


def _safe(table: Table) -> Table:
    columns = tuple(replace(one, title=str(safe(one.title))) for one in table.columns)
    rows = tuple(tuple(_cell(one, cell) for one, cell in zip(columns, row, strict=True)) for row in table.rows)
    return replace(table, columns=columns, rows=rows)


def _cell(column: Column, cell: Any) -> Any:
    return safe(cell) if column.datatype == "string" else cell


def csv_file(table: Table) -> str:
    held = StringIO()
    writer = csv.writer(held)
    writer.writerow([one.title for one in table.columns])
    writer.writerows([written(cell) for cell in row] for row in table.rows)
    return CSV_MARK + held.getvalue()


def xlsx_file(tables: Iterable[Table], paper: Paper) -> bytes:
    """One sheet a table, under its title and its source. It does not say when it was made: content never changes."""
    held, made = BytesIO(), BytesIO(workbook([_sheet(one, paper) for one in tables]))
    with zipfile.ZipFile(made) as written, zipfile.ZipFile(held, "w") as kept:
        for name in written.namelist():
            kept.writestr(
                zipfile.ZipInfo(name, NEVER),
                MADE_AT.sub(b"1980-01-01T00:00:00Z", written.read(name)),
                zipfile.ZIP_DEFLATED,
            )
    return held.getvalue()


def _sheet(table: Table, paper: Paper) -> Sheet:
    cover = paper.cover
    above = [
        table.title,
        f"{cover.office}. {cover.title}, {cover.period}, version {cover.version}",
        f"Source: {table.source}" if table.source else "",
        "SYNTHETIC: the figures are made up." if cover.synthetic else "",
    ]
    rows = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in table.rows]
    title = table.name.replace("-", " ").capitalize()
    return Sheet(title, [one.title for one in table.columns], rows, [line for line in above if line])


def description(paper: Paper, tables: Sequence[Table], build: str, *, query: str = "") -> str:
    """The CSVW description of some tables; `query` stands behind the address of each."""
    licence = settings.DATA_LICENCE if build == "public" else ""
    said = [described(one, f"{one.name}.csv{query}", licence=licence, publisher=paper.cover.office) for one in tables]
    whole = group(paper, said, rights="" if build == "public" else RESTRICTED)
    return json.dumps(whole, ensure_ascii=False, indent=1)


def archive(paper: Paper, build: str, follow: Follow) -> bytes:
    """Every table as CSV with one description of them all, and the same as one workbook."""
    tables = safe_tables(paper, follow)
    parts: dict[str, str | bytes] = {f"{one.name}.csv": csv_file(one) for one in tables}
    parts |= {DESCRIPTION: description(paper, tables, build), "figures.xlsx": xlsx_file(tables, paper)}
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as kept:
        for name, content in parts.items():
            kept.writestr(zipfile.ZipInfo(name, NEVER), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()
