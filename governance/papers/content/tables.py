"""The figures and charts of a paper as typed tables, and what the W3C's CSVW vocabulary says of them. Pure.

A cell is what was printed, in a form that a program reads: 1,304 is 1304, 3.2% is 3.2 in a column of per cent, 12:47 is
767 in one of seconds, September 2019 is 2019-09. Nothing finer than what was printed is in it. A word in a column of
numbers (not shown, no data) stays as it is, and the column's description lists it as no value (`null`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from governance.papers.content import reading
from governance.papers.content.shapes import BoundFigure, Chart, Paper
from measures.charts.months import NAMES

NUMBER = re.compile(r"([−-]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(%?)")
CLOCK = re.compile(r"([−-]?)((?:\d[\d,]*:)?\d+:\d\d)")
MONTH = re.compile(rf"({'|'.join(NAMES)}) (\d{{4}})")
NO_VALUE = re.compile(r"no data|not shown|fewer than \d+|not available|[–—]?")
EXACT = Context(prec=12)
LANGUAGE = "en-GB"
CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": LANGUAGE}]
PER_CENT, SECONDS = "per cent", "seconds"

Cell = str | int | Decimal


@dataclass(frozen=True, slots=True)
class Column:
    """`datatype` is one of CSVW's; `nulls` are words of the column that stand where there is no value."""

    name: str
    title: str
    datatype: str = "string"
    nulls: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns. `months` are the first and the last it tells of, as 2019-09."""

    name: str  # of its file, without an ending
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str = ""
    months: tuple[str, str] | None = None


def tables_of(paper: Paper, addresses: Sequence[str] = ()) -> list[Table]:
    """Every table of a build: its figures, and each chart that it shows. `addresses` are those of the figures."""
    shown = [chart_table(one) for one in reading.charts(paper) if not one.withheld]
    return [figures_table(paper.figures, addresses), *shown]


def chart_table(chart: Chart) -> Table:
    """The table that says what a chart says."""
    held = list(zip(*chart.rows, strict=True)) if chart.rows else [()] * len(chart.header)
    columns, cells = [], []
    for title, words in zip(_apart(chart.header), held, strict=True):
        column, values = _column(title, words)
        columns.append(column)
        cells.append(values)
    named = tuple(_named(columns))
    first = cells[0] if columns and columns[0].datatype == "gYearMonth" else []
    span = (str(min(first)), str(max(first))) if first else None
    rows = tuple(zip(*cells, strict=True))
    return Table(f"figure-{chart.number}", f"Figure {chart.number}: {chart.caption}", named, rows, chart.source, span)


def figures_table(figures: Iterable[BoundFigure], addresses: Sequence[str] = ()) -> Table:
    """Every figure that was worked out from the record: as printed, and as it was exactly."""
    columns = [
        Column("place", "Where it stands"),
        Column("reference", "Reference"),
        Column("printed", "As printed"),
        Column("value", "Value", "decimal", ("",)),
        Column("unit", "Unit of the value"),
        Column("period", "Period"),
        Column("formula", "Formula"),
    ]
    rows = [
        (one.place, one.reference, one.text, exact(one.value), one.unit, one.period, one.formula) for one in figures
    ]
    if addresses:
        columns.append(Column("source", "Where it comes from", "anyURI"))
        rows = [(*row, address) for row, address in zip(rows, addresses, strict=True)]
    return Table("figures", "Figures of this paper", tuple(columns), tuple(rows))


def exact(value: str) -> Cell:
    """A fraction ("34/2") as a decimal number; one that never ends is cut at twelve digits."""
    if not value:
        return ""
    held = Fraction(value)
    if held.denominator == 1:
        return held.numerator
    return EXACT.divide(Decimal(held.numerator), Decimal(held.denominator))


def written(cell: Cell) -> str:
    """A cell as a CSV file has it."""
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _apart(header: Iterable[str]) -> list[str]:
    """Titles of columns, no two alike and none empty."""
    found: list[str] = []
    for place, words in enumerate(header, 1):
        title = words or f"Column {place}"
        found.append(title if title not in found else f"{title} ({place})")
    return found


def _named(columns: Iterable[Column]) -> Iterable[Column]:
    used: set[str] = set()
    for place, one in enumerate(columns, 1):
        name = "_".join(re.findall(r"[a-z0-9]+", one.title.lower())) or f"column_{place}"
        name = name if name not in used and name[0].isalpha() else f"column_{place}_{name}"
        used.add(name)
        yield Column(name, one.title, one.datatype, one.nulls, one.unit)


def _column(title: str, words: Sequence[str]) -> tuple[Column, list[Cell]]:
    """A column of printed words with the type that all of them have; of words where they have none in common."""
    filled = [one for one in words if one]
    months = [MONTH.fullmatch(one) for one in words]
    if words and all(months):
        found = [f"{one[2]}-{NAMES.index(one[1]) + 1:02}" for one in months if one]
        return Column("", title, "gYearMonth"), list(found)
    for read, pattern in ((number_of, NUMBER), (seconds_of, CLOCK)):
        matched = [pattern.fullmatch(one) for one in words]
        values = [read(one) if one else None for one in matched]
        others = [one for one, value in zip(words, values, strict=True) if value is None]
        units = {unit for value in values if value for unit in (value[1],)}
        if len(units) != 1 or not filled or not all(NO_VALUE.fullmatch(one) for one in others):
            continue
        (unit,) = units
        numbers: list[Cell] = [value[0] if value else word for word, value in zip(words, values, strict=True)]
        whole = all(value[0] == int(value[0]) and isinstance(value[0], int) for value in values if value)
        said = f"{title} ({unit})" if unit else title
        return Column("", said, "integer" if whole else "decimal", tuple(dict.fromkeys(others)), unit), numbers
    return Column("", title), list(words)


def number_of(found: re.Match[str]) -> tuple[int | Decimal, str]:
    sign = "-" if found[1] else ""
    digits = sign + found[2].replace(",", "")
    return (Decimal(digits) if "." in digits else int(digits)), PER_CENT if found[3] else ""


def seconds_of(found: re.Match[str]) -> tuple[int, str]:
    total = 0
    for part in found[2].replace(",", "").split(":"):
        total = total * 60 + int(part)
    return (-total if found[1] else total), SECONDS


def described(table: Table, address: str, *, licence: str = "", publisher: str = "") -> dict[str, Any]:
    """The description of one table, `address` being that of its CSV file."""
    said: dict[str, Any] = {"url": address, "dc:title": table.title, "dc:language": LANGUAGE}
    if publisher:
        said["dc:publisher"] = publisher
    if table.source:
        said["dc:source"] = table.source
    if licence:
        said["dc:license"] = {"@id": licence}
    if table.months:
        said["dc:temporal"] = "/".join(table.months)
    said["tableSchema"] = {"columns": [_described(one) for one in table.columns]}
    return said


def _described(column: Column) -> dict[str, Any]:
    said: dict[str, Any] = {"name": column.name, "titles": column.title, "datatype": column.datatype}
    if column.nulls:
        said["null"] = list(column.nulls)
    if column.unit:
        said["dc:description"] = f"In {column.unit}."
    return said


def group(paper: Paper, tables: Iterable[dict[str, Any]], *, rights: str = "") -> dict[str, Any]:
    """The description of all tables of a paper as one JSON-LD document (a CSVW table group)."""
    cover = paper.cover
    said: dict[str, Any] = {
        "@context": CONTEXT,
        "dc:title": f"{cover.title}, {cover.period}: figures and charts",
        "dc:publisher": cover.office,
        "dc:description": f"Version {cover.version} of the paper for the {cover.meeting} on {cover.meeting_date}. "
        f"Figures as at {cover.as_at}.{' The figures are made up.' if cover.synthetic else ''}",
        "dc:temporal": cover.period_dates,
    }
    if rights:
        said["dc:rights"] = rights
    return said | {"tables": list(tables)}
